//! Every URL, grouped by who may call it. Who that is, is decided in [`permission`](crate::domain::permission); the
//! extractors of [`identity`](crate::web::identity) ask there.

mod address;

use actix_web::web::{ServiceConfig, route};

use self::address::{at, open_at, post, read};
use crate::error::AppError;
use crate::web::sent::to_its_page;
use crate::web::{account, api, assets, demo, desk, health, kept, reader, vendor};

/// All routes; those of the demo only in the demo.
pub fn all(service: &mut ServiceConfig, with_demo: bool) {
    anyone(service);
    if with_demo {
        the_demo(service);
    }
    vendors(service);
    editors(service);
    readers(service);
    machines(service);
    service.default_service(route().to(|| async { Err::<String, _>(AppError::NotThere) }));
}

fn anyone(service: &mut ServiceConfig) {
    service
        .service(at("/sign-in").route(read().to(account::sign_in::show)).route(post().to(account::sign_in::request)))
        .service(at("/sign-in/code").route(read().to(account::sign_in::code)).route(post().to(account::sign_in::enter_code)))
        .service(at("/sign-in/{token}").route(read().to(account::sign_in::link)).route(post().to(account::sign_in::enter_link)))
        .service(at("/sign-out").route(post().to(account::sign_in::sign_out)))
        .service(at("/kept").route(read().to(kept::show)).route(post().to(kept::leave)))
        .service(at("/health/live").route(read().to(health::live)))
        .service(at("/health/ready").route(read().to(health::ready)))
        .service(at("/favicon.ico").route(read().to(assets::icon)))
        .service(at("/static/{name}").route(read().to(assets::show)));
}

fn the_demo(service: &mut ServiceConfig) {
    service
        .service(at("/demo/mail").route(read().to(demo::list)))
        .service(at("/demo/mail/{name}").route(read().to(demo::show)))
        .service(at("/demo/mail/{name}/html").route(read().to(demo::html)))
        .service(at("/demo/mail/{name}/raw").route(read().to(demo::raw)));
}

fn vendors(service: &mut ServiceConfig) {
    service
        .service(at("/entries").route(read().to(vendor::entries::list)))
        .service(at("/entries/new").route(read().to(vendor::entries::new)).route(post().to(vendor::entries::start)))
        .service(at("/entries/{id}").route(read().to(vendor::home::show)))
        .service(at("/entries/{id}/check").route(read().to(vendor::check::show)))
        .service(at("/entries/{id}/submit").route(read().to(to_its_page)).route(post().to(vendor::submit::submit)))
        .service(at("/entries/{id}/receipt").route(read().to(vendor::submit::receipt)))
        .service(at("/entries/{id}/recall").route(read().to(to_its_page)).route(post().to(vendor::submit::recall)))
        .service(at("/entries/{id}/revise").route(read().to(to_its_page)).route(post().to(vendor::submit::revise)))
        .service(
            at("/entries/{id}/withdraw").route(read().to(vendor::withdraw::ask)).route(post().to(vendor::withdraw::withdraw)),
        )
        .service(at("/entries/{id}/reinstate").route(read().to(to_its_page)).route(post().to(vendor::withdraw::reinstate)))
        .service(at("/entries/{id}/preview").route(read().to(vendor::preview::show)))
        .service(at("/entries/{id}/history").route(read().to(vendor::history::show)))
        .service(at("/entries/{id}/notes/{note}").route(read().to(vendor::home::note)).route(post().to(vendor::home::reply)))
        .service(at("/entries/{id}/{page}").route(read().to(vendor::page::show)).route(post().to(vendor::page::save)));
}

fn editors(service: &mut ServiceConfig) {
    service
        .service(at("/desk").route(read().to(desk::queue::show)))
        .service(at("/desk/history").route(read().to(desk::history::show)))
        .service(at("/desk/messages").route(read().to(desk::messages::show)))
        .service(at("/desk/messages/{id}/resend").route(read().to(to_its_page)).route(post().to(desk::messages::resend)))
        .service(at("/desk/entries/{id}").route(read().to(desk::review::show)))
        .service(at("/desk/entries/{id}/notes").route(read().to(to_its_page)).route(post().to(desk::saying::write)))
        .service(at("/desk/entries/{id}/notes/{note}").route(read().to(to_its_page)).route(post().to(desk::saying::act)))
        .service(at("/desk/entries/{id}/decision").route(read().to(to_its_page)).route(post().to(desk::decision::decide)))
        .service(
            at("/desk/entries/{id}/participation").route(read().to(to_its_page)).route(post().to(desk::participation::change)),
        )
        .service(at("/desk/entries/{id}/history").route(read().to(desk::history::of_entry)))
        .service(at("/desk/entries/{id}/preview").route(read().to(desk::review::preview)));
}

fn machines(service: &mut ServiceConfig) {
    service
        .service(at("/robots.txt").route(read().to(reader::sitemap::robots)))
        .service(at("/sitemap.xml").route(read().to(reader::sitemap::show)))
        .service(at("/sitemap/{number}.xml").route(read().to(reader::sitemap::part)))
        .service(open_at("/questions/{key}").route(read().to(api::question::show)))
        .service(at("/api").route(read().to(api::manual::with_stroke)))
        .service(at("/api/").route(read().to(api::manual::show)))
        .service(open_at("/api/openapi.json").route(read().to(api::openapi::show)))
        .service(open_at("/api/v1/editions").route(read().to(api::edition::list)))
        .service(open_at(r"/api/v1/editions/{year:\d{4}}/filters").route(read().to(api::filters::list)))
        .service(open_at(r"/api/v1/editions/{year:\d{4}}/programs").route(read().to(api::program::list)))
        .service(open_at(r"/api/v1/editions/{year:\d{4}}/programs/{slug}").route(read().to(api::program::show)))
        .service(open_at(r"/api/v1/editions/{year:\d{4}}/questions").route(read().to(api::question::list)));
}

fn readers(service: &mut ServiceConfig) {
    service
        .service(at("/").route(read().to(reader::list::newest)))
        .service(at(r"/{year:\d{4}}").route(read().to(reader::list::with_stroke)))
        .service(at(r"/{year:\d{4}}/").route(read().to(reader::list::show)))
        .service(open_at(r"/{year:\d{4}}/programs.json").route(read().to(reader::data::as_json)))
        .service(open_at(r"/{year:\d{4}}/programs.csv").route(read().to(reader::data::as_csv)))
        .service(open_at(r"/{year:\d{4}}/programs.xlsx").route(read().to(reader::data::as_workbook)))
        .service(open_at(r"/{year:\d{4}}/questions.json").route(read().to(reader::data::questions_as_json)))
        .service(open_at(r"/{year:\d{4}}/feed.atom").route(read().to(reader::feed::show)))
        .service(open_at(r"/{year:\d{4}}/programs/{slug}.json").route(read().to(reader::data::one_as_json)))
        .service(at(r"/{year:\d{4}}/compare").route(read().to(reader::compare::show)))
        .service(at(r"/{year:\d{4}}/find").route(read().to(reader::finder::show)))
        .service(at(r"/{year:\d{4}}/figures").route(read().to(reader::figures::show)))
        .service(at(r"/{year:\d{4}}/programs/{slug}").route(read().to(reader::profile::show)))
        .service(at(r"/{year:\d{4}}/programs/{slug}/card").route(read().to(reader::card::show)))
        .service(at(r"/{year:\d{4}}/programs/{slug}/print").route(read().to(reader::profile::print)))
        .service(
            at(r"/{year:\d{4}}/programs/{slug}/report")
                .route(read().to(reader::report::show))
                .route(post().to(reader::report::send)),
        );
}
