//! Every query once, on both databases.

use almanac::{
    db::{
        Connection, DbError, Document,
        accounts::{self, Member},
        answers, attempts, companies, editions, entries, events,
        messages::{self, Message},
        notes, profiles,
        signing_in::{self, KeptForm, Session, SignInLink},
    },
    domain::status::Status,
};
use serde_json::json;

use super::{
    databases::both,
    rows::{account, answer, at, company, edition, entry, event, id, message, note, profile},
};

type Checked = Result<(), DbError>;

async fn on_both(check: fn(&mut Connection) -> Checked) {
    for database in both() {
        println!("{}", database.name);
        database.open().await.write(check).await.unwrap();
    }
}

#[tokio::test]
async fn of_editions() {
    on_both(|connection| {
        let (older, newer) = (edition(2016), edition(2017));
        editions::insert(connection, &older)?;
        editions::insert(connection, &newer)?;
        assert_eq!(editions::find(connection, newer.id)?, Some(newer.clone()));
        assert_eq!(editions::find(connection, id())?, None);
        assert_eq!(editions::by_year(connection, 2016)?, Some(older.clone()));
        assert_eq!(editions::all(connection)?, [newer.clone(), older.clone()]);
        assert_eq!(editions::newest_open(connection, at(0))?, Some(newer.clone()));
        assert_eq!(editions::newest_open(connection, at(-1))?, None);
        assert_eq!(editions::newest_open(connection, at(100))?, None);
        assert_eq!(editions::newest_published(connection, at(199))?, None);
        assert!(editions::update_dates(connection, older.id, at(5), at(6), at(7))?);
        assert!(!editions::update_dates(connection, id(), at(5), at(6), at(7))?);
        assert_eq!(editions::newest_published(connection, at(7))?.unwrap().id, older.id);
        assert!(editions::update_questionnaire(connection, older.id, Document(json!([1])))?);
        assert_eq!(editions::find(connection, older.id)?.unwrap().questionnaire, Document(json!([1])));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_accounts_and_companies() {
    on_both(|connection| {
        let (ann, vendor) = (account("Ann@Example.org"), company("Digium"));
        accounts::insert(connection, &ann)?;
        companies::insert(connection, &vendor)?;
        assert_eq!(accounts::find(connection, ann.id)?, Some(ann.clone()));
        assert_eq!(accounts::by_folded_email(connection, "ann@example.org")?, Some(ann.clone()));
        assert_eq!(accounts::by_folded_email(connection, "Ann@Example.org")?, None);
        assert_eq!(accounts::editors(connection)?, []);
        assert!(accounts::set_editor(connection, ann.id, true)?);
        assert!(accounts::rename(connection, ann.id, "Ann")?);
        let ann = accounts::editors(connection)?.remove(0);
        assert_eq!((ann.name.as_str(), ann.editor), ("Ann", true));
        assert_eq!(accounts::all(connection)?, [ann.clone()]);

        assert!(companies::rename(connection, vendor.id, "ÉTÉ", "été")?);
        let vendor = companies::find(connection, vendor.id)?.unwrap();
        assert_eq!((vendor.name.as_str(), vendor.folded_name.as_str()), ("ÉTÉ", "été"));
        assert_eq!(companies::all(connection)?, [vendor.clone()]);

        let member = Member { company_id: vendor.id, account_id: ann.id, owner: true, created_at: at(1) };
        assert!(accounts::add_member(connection, &member)?);
        assert!(!accounts::add_member(connection, &Member { owner: false, ..member.clone() })?);
        assert_eq!(accounts::membership(connection, vendor.id, ann.id)?, Some(member.clone()));
        assert_eq!(accounts::companies_of(connection, ann.id)?, [(vendor.clone(), member.clone())]);
        assert_eq!(accounts::members_of(connection, vendor.id)?, [(ann.clone(), member.clone())]);
        assert!(accounts::remove_member(connection, vendor.id, ann.id)?);
        assert!(!accounts::remove_member(connection, vendor.id, ann.id)?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_attempts() {
    on_both(|connection| {
        let attempt = |seconds| attempts::Attempt {
            id: id(),
            kind: "mail".into(),
            subject_hash: "subject".into(),
            sender_hash: "sender".into(),
            at: at(seconds),
        };
        attempts::insert(connection, &attempt(1))?;
        attempts::insert(connection, &attempt(2))?;
        assert_eq!(attempts::about(connection, "mail", "subject", at(1))?, 2);
        assert_eq!(attempts::about(connection, "mail", "subject", at(2))?, 1);
        assert_eq!(attempts::about(connection, "code", "subject", at(1))?, 0);
        assert_eq!(attempts::from_sender(connection, "mail", "sender", at(1))?, 2);
        assert_eq!(attempts::delete_before(connection, at(2))?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_signing_in() {
    on_both(|connection| {
        let link = SignInLink {
            id: id(),
            email: "ann@example.org".into(),
            token_hash: "token".into(),
            code_hash: "code".into(),
            next: "/entries".into(),
            created_at: at(0),
            expires_at: at(20),
            used_at: None,
            tries: 0,
        };
        signing_in::insert_link(connection, &link)?;
        assert_eq!(signing_in::find_link(connection, link.id)?, Some(link.clone()));
        assert_eq!(signing_in::link_by_token_hash(connection, "token")?, Some(link.clone()));
        assert_eq!(signing_in::count_try(connection, link.id)?, Some(1));
        assert_eq!(signing_in::count_try(connection, link.id)?, Some(2));
        assert_eq!(signing_in::count_try(connection, id())?, None);
        assert!(signing_in::mark_link_used(connection, link.id, at(1))?);
        assert!(!signing_in::mark_link_used(connection, link.id, at(2))?);
        assert_eq!(signing_in::find_link(connection, link.id)?.unwrap().used_at, Some(at(1)));
        assert_eq!(signing_in::delete_links_expired_before(connection, at(20))?, 0);
        assert_eq!(signing_in::delete_links_expired_before(connection, at(21))?, 1);

        let ann = account("ann@example.org");
        accounts::insert(connection, &ann)?;
        let session = Session {
            id: id(),
            account_id: ann.id,
            token_hash: "cookie".into(),
            created_at: at(0),
            last_seen_at: at(0),
            expires_at: at(10),
            revoked_at: None,
        };
        signing_in::insert_session(connection, &session)?;
        assert_eq!(signing_in::session_by_token_hash(connection, "cookie")?, Some((session.clone(), ann.clone())));
        assert!(signing_in::touch_session(connection, session.id, at(3), at(13))?);
        assert!(signing_in::revoke_session(connection, session.id, at(4))?);
        assert!(!signing_in::revoke_session(connection, session.id, at(5))?);
        assert!(!signing_in::touch_session(connection, session.id, at(5), at(15))?);
        assert_eq!(signing_in::revoke_sessions_of(connection, ann.id, at(5))?, 0);
        let (session, _) = signing_in::session_by_token_hash(connection, "cookie")?.unwrap();
        assert_eq!((session.last_seen_at, session.expires_at, session.revoked_at), (at(3), at(13), Some(at(4))));

        let form = KeptForm {
            id: id(),
            token_hash: "kept".into(),
            path: "/entries".into(),
            body: "a=%C3%BC&b=".into(),
            created_at: at(0),
            account_id: Some(ann.id),
            refused: None,
        };
        signing_in::insert_kept_form(connection, &form)?;
        assert_eq!(signing_in::kept_form_by_token_hash(connection, "kept")?, Some(form.clone()));
        assert_eq!(signing_in::delete_kept_forms_before(connection, at(0))?, 0);
        signing_in::refuse_kept_form(connection, "kept", "It came too late.")?;
        let refused = KeptForm { refused: Some("It came too late.".into()), ..form.clone() };
        assert_eq!(signing_in::kept_form_by_token_hash(connection, "kept")?, Some(refused));
        signing_in::replace_kept_form(connection, "kept", "a=b", at(1))?;
        let replaced = KeptForm { body: "a=b".into(), created_at: at(1), ..form };
        assert_eq!(signing_in::kept_form_by_token_hash(connection, "kept")?, Some(replaced));
        signing_in::delete_kept_form(connection, "another")?;
        signing_in::delete_kept_form(connection, "kept")?;
        assert_eq!(signing_in::kept_form_by_token_hash(connection, "kept")?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_entries_and_answers() {
    on_both(|connection| {
        let (edition, vendor, ann, ben) = (edition(2017), company("Digium"), account("ann@a.org"), account("ben@b.org"));
        editions::insert(connection, &edition)?;
        companies::insert(connection, &vendor)?;
        accounts::insert(connection, &ann)?;
        accounts::insert(connection, &ben)?;
        let member = Member { company_id: vendor.id, account_id: ann.id, owner: true, created_at: at(1) };
        accounts::add_member(connection, &member)?;

        let draft = entry(edition.id, vendor.id, "digium");
        entries::insert(connection, &draft)?;
        assert_eq!(entries::find(connection, draft.id)?, Some(draft.clone()));
        assert_eq!(entries::by_reference(connection, "REFdigium")?, Some(draft.clone()));
        assert_eq!(entries::find_for_member(connection, draft.id, ann.id)?, Some(draft.clone()));
        assert_eq!(entries::find_for_member(connection, draft.id, ben.id)?, None);
        assert_eq!(entries::of_account(connection, ann.id)?, [(draft.clone(), 2017)]);
        assert_eq!(entries::of_account(connection, ben.id)?, []);
        assert_eq!(entries::of_company(connection, vendor.id)?, [draft.clone()]);
        assert_eq!(entries::for_edition(connection, edition.id)?, [draft.clone()]);
        assert!(entries::slug_taken(connection, edition.id, "digium")?);
        assert!(!entries::slug_taken(connection, edition.id, "other")?);
        assert!(entries::reference_taken(connection, "REFdigium")?);
        assert!(!entries::reference_taken(connection, "REFother")?);

        assert!(entries::change_status(connection, draft.id, Status::Draft, Status::Submitted, at(5))?);
        assert!(!entries::change_status(connection, draft.id, Status::Draft, Status::Submitted, at(6))?);
        entries::set_submitted(connection, draft.id, at(5))?;
        assert!(entries::set_slug(connection, draft.id, "digium-inc")?);
        let (company_name, program_name) = ("Digium, Inc.", "Partner Program");
        let save = entries::Save { id: draft.id, company_name, program_name, newest_turns: "0123456789abcdef.2", now: at(7) };
        assert_eq!(entries::count_save(connection, &save)?, Some(1));
        assert_eq!(entries::count_save(connection, &entries::Save { id: id(), ..save })?, None);
        assert_eq!(entries::find(connection, draft.id)?.unwrap().newest_turns, "0123456789abcdef.2");
        entries::set_newest_turns(connection, draft.id, "0123456789abcdef.4")?;
        assert_eq!(entries::find(connection, draft.id)?.unwrap().newest_turns, "0123456789abcdef.4");
        let submitted = entries::at_status(connection, edition.id, Status::Submitted)?.remove(0);
        assert_eq!((submitted.status_since, submitted.updated_at, submitted.submitted_at), (at(5), at(7), Some(at(5))));
        assert_eq!((submitted.revision, submitted.slug.as_str()), (1, "digium-inc"));
        assert_eq!((submitted.company_name.as_str(), submitted.program_name.as_str()), ("Digium, Inc.", "Partner Program"));

        let (first, mut second) = (answer(draft.id, "a"), answer(draft.id, "b"));
        assert_eq!(answers::insert_all(connection, &[first.clone(), second.clone()])?, 2);
        let mut third = answer(draft.id, "c");
        second.value = Document(json!(null));
        second.reason = None;
        second.rival = Some(Document(json!("other")));
        second.account_id = Some(ann.id);
        answers::upsert_all(connection, &[second.clone(), third.clone()])?;
        assert_eq!(answers::find(connection, draft.id, "b")?, Some(second.clone()));
        third.confirmed = Some("Is it right?".to_owned());
        answers::upsert_all(connection, &[third.clone()])?;
        answers::upsert_all(connection, &[])?;
        assert_eq!(answers::of_entry(connection, draft.id)?, [first, second.clone(), third.clone()]);
        let mut some = answers::to_questions(connection, draft.id, &["c", "b", "d"])?;
        some.sort_by_key(|answer| answer.question.clone());
        assert_eq!(some, [second, third]);
        assert_eq!(answers::to_questions(connection, draft.id, &[])?, []);
        assert_eq!(answers::find(connection, draft.id, "d")?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_events_and_notes() {
    on_both(|connection| {
        let (edition, vendor, ann) = (edition(2017), company("Digium"), account("ann@a.org"));
        let draft = entry(edition.id, vendor.id, "digium");
        editions::insert(connection, &edition)?;
        companies::insert(connection, &vendor)?;
        accounts::insert(connection, &ann)?;
        entries::insert(connection, &draft)?;

        let (first, second) = (event(draft.id, Some(ann.id), 1), event(draft.id, None, 2));
        events::insert(connection, &second)?;
        events::insert(connection, &first)?;
        assert_eq!(events::find(connection, first.id)?, Some(first.clone()));
        let history = events::of_entry(connection, draft.id)?;
        assert_eq!(history, [(first.clone(), Some("Ännchen".into())), (second.clone(), None)]);
        let newest = events::newest_of_edition(connection, edition.id, 1, 0)?;
        assert_eq!((&newest[0].event, newest[0].entry.as_ref(), newest.len()), (&second, Some(&draft), 1));
        assert_eq!(events::newest_of_edition(connection, id(), 1, 0)?, []);
        assert_eq!(events::newest(connection, 10, 1)?[0].event, first);

        let asked = note(draft.id, ann.id);
        let internal = almanac::db::notes::Note { id: id(), internal: true, ..asked.clone() };
        let reply = almanac::db::notes::Note { id: id(), thread_id: Some(asked.id), ..asked.clone() };
        for note in [&asked, &internal, &reply] {
            notes::insert(connection, note)?;
        }
        assert_eq!(notes::find(connection, reply.id)?, Some(reply.clone()));
        assert_eq!(notes::of_entry(connection, draft.id)?.len(), 3);
        assert_eq!(notes::open_count(connection, draft.id)?, 1);
        assert_eq!(notes::open_counts(connection, edition.id)?, [(draft.id, 1)]);
        assert!(notes::resolve(connection, asked.id, ann.id, at(4))?);
        assert!(!notes::resolve(connection, asked.id, ann.id, at(5))?);
        assert_eq!(notes::open_counts(connection, edition.id)?, []);
        let resolved = notes::find(connection, asked.id)?.unwrap();
        assert_eq!((resolved.resolved_at, resolved.resolved_by), (Some(at(4)), Some(ann.id)));
        assert!(notes::reopen(connection, asked.id)?);
        assert!(!notes::reopen(connection, asked.id)?);
        assert_eq!(notes::find(connection, asked.id)?, Some(asked));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_profiles() {
    on_both(|connection| {
        let (edition, vendor) = (edition(2017), company("Digium"));
        let published = entry(edition.id, vendor.id, "digium");
        editions::insert(connection, &edition)?;
        companies::insert(connection, &vendor)?;
        entries::insert(connection, &published)?;

        let nothing = profiles::newest_change(connection)?;
        assert_eq!(profiles::next_version(connection, published.id)?, 1);
        let first = profile(&published, 1);
        profiles::insert(connection, &first)?;
        assert_eq!(profiles::find(connection, first.id)?, Some(first.clone()));
        let current = profiles::current(connection, edition.id)?;
        assert_eq!(current.iter().map(|heading| (heading.id, heading.version)).collect::<Vec<_>>(), [(first.id, 1)]);
        let documents = profiles::documents(connection, &[first.id])?;
        let read = |(id, document): &(_, almanac::db::Unread)| (*id, serde_json::from_str(&document.0).expect("JSON"));
        assert_eq!(documents.iter().map(read).collect::<Vec<_>>(), [(first.id, first.document.0.clone())]);
        assert_eq!(profiles::next_version(connection, published.id)?, 2);
        let came = profiles::newest_change(connection)?;
        assert!(profiles::close_current(connection, published.id, at(20))?);
        assert!(!profiles::close_current(connection, published.id, at(21))?);
        let went = profiles::newest_change(connection)?;
        assert_eq!(profiles::current_of_entry(connection, published.id)?, None);
        let second = profile(&published, 2);
        profiles::insert(connection, &second)?;
        assert_eq!(profiles::current_of_entry(connection, published.id)?, Some(second.clone()));
        assert_eq!(profiles::of_entry(connection, published.id)?[0], second);
        let replaced = profiles::newest_change(connection)?;
        assert_eq!((replaced.profiles, replaced.last_from, replaced.last_until), (2, Some(at(20)), Some(at(20))));
        assert!(nothing != came && came != went && went != replaced);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_messages() {
    on_both(|connection| {
        let (early, late) = (message("early", 1), message("late", 2));
        assert!(messages::insert_or_ignore(connection, &late)?);
        assert!(messages::insert_or_ignore(connection, &early)?);
        assert!(!messages::insert_or_ignore(connection, &message("early", 3))?);
        assert_eq!(messages::find(connection, early.id)?, Some(early.clone()));
        assert_eq!(messages::claim_due(connection, at(0), 10, at(60))?, []);
        let claimed = messages::claim_due(connection, at(2), 1, at(60))?;
        assert_eq!((claimed[0].id, claimed[0].claimed_until, claimed.len()), (early.id, Some(at(60)), 1));
        assert_eq!(messages::claim_due(connection, at(3), 10, at(60))?[0].id, late.id);
        assert_eq!(messages::claim_due(connection, at(4), 10, at(60))?, []);
        assert_eq!(messages::claim_due(connection, at(60), 10, at(70))?.len(), 2);

        assert!(messages::mark_sent(connection, early.id, at(5))?);
        assert!(!messages::mark_sent(connection, early.id, at(6))?);
        assert!(messages::mark_retry(connection, late.id, 1, at(80), "no route")?);
        assert_eq!(messages::waiting_count(connection)?, 1);
        let waiting = messages::claim_due(connection, at(80), 10, at(90))?.remove(0);
        assert_eq!((waiting.attempts, waiting.last_error.as_deref()), (1, Some("no route")));
        assert!(messages::mark_failed(connection, late.id, 2, "no such mailbox", at(81))?);
        assert_eq!(messages::claim_due(connection, at(1000), 10, at(2000))?, []);
        assert_eq!(messages::failed(connection, 10)?[0].failed_at, Some(at(81)));
        assert_eq!(messages::newest(connection, 10, 0)?.len(), 2);
        assert!(messages::mark_retry(connection, late.id, 0, at(82), "")?);
        assert_eq!(messages::failed(connection, 10)?, []);

        let secret = |key: &str| Message { secret_until: Some(at(90)), ..message(key, 85) };
        let (in_time, too_late) = (secret("in time"), secret("too late"));
        for (message, given_up) in [(&in_time, at(90)), (&too_late, at(91))] {
            messages::insert_or_ignore(connection, message)?;
            assert!(messages::mark_failed(connection, message.id, 1, "no such mailbox", given_up)?);
        }
        assert_eq!(messages::failed(connection, 10)?.iter().map(|message| message.id).collect::<Vec<_>>(), [in_time.id]);
        assert_eq!(messages::failed_count(connection)?, 1);
        let is_failed = |message: Message| (message.has_failed(), message.came_too_late());
        assert_eq!(messages::find(connection, in_time.id)?.map(is_failed), Some((true, false)));
        assert_eq!(messages::find(connection, too_late.id)?.map(is_failed), Some((false, true)));
        Ok(())
    })
    .await;
}
