//! The command line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use almanac::app::World;
use almanac::command::{self, Failure};
use almanac::config::Flags;
use almanac::error::AppError;
use almanac::guide::Page;
use almanac::web::reader::Reading;
use almanac::web::reader::data::{self, Notation};
use clap::{Arg, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

/// What the publisher of an annual guide runs: a questionnaire for vendors, a desk for editors, a guide for readers.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Almanac {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the guide (this is also what happens without a command)
    Serve,
    /// Serve the guide with sample entries, on data of its own, to be tried out
    Demo {
        /// Throw away what was done in the demo before
        #[arg(long)]
        fresh: bool,
        /// Publish this many made-up entries as well, and a few of the year before: the same ones for the same number
        #[arg(long, default_value_t = command::MADE_UP.to_string(), value_name = "NUMBER", allow_negative_numbers = true)]
        entries: String,
    },
    /// Bring in entries from JSON or TOML files, all or none
    Import {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Write what is published to files
    Export {
        /// What is written: site (the whole guide, for any web server; only what changed), or an edition as json, csv or xlsx
        #[arg(long, value_enum)]
        format: Format,
        /// The edition, by its year; the newest if not given. Not for a site, which has all of them
        #[arg(long, allow_negative_numbers = true)]
        year: Option<String>,
        /// Where to: a folder for a site, else a file, or - for standard output
        to: PathBuf,
    },
    /// Make somebody an editor, and print a link to sign in with
    InviteEditor {
        /// The e-mail address
        email: String,
        /// The name
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Bring the database's schema up to date (which serving does too)
    Migrate,
    /// Say whether configuration, database and mail are right
    Check,
}

/// What an export writes.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// The whole guide of every edition, for any web server
    Site,
    /// An edition and its questions as JSON
    Json,
    /// An edition as CSV
    Csv,
    /// An edition as a workbook for spreadsheets
    Xlsx,
}

/// What was typed, or the end of the program with what is wrong with it; flags that there are not, beside what is wrong with
/// the rest. A variable that is empty counts as not set, as in a file of variables of which some have no value.
fn typed() -> Result<Almanac, Failure> {
    let is_empty = |arg: &Arg| arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    let command = Almanac::command().mut_args(|arg| if is_empty(&arg) { arg.env(None::<&str>) } else { arg });
    let hidden: Vec<Arg> =
        command.get_arguments().filter(|arg| is_not_the_demos(arg)).map(|arg| arg.clone().hide(true)).collect();
    let command = command.mut_subcommand("demo", |demo| demo.args(hidden));
    let (arguments, mut unknown) = command::without_unknown_flags(&command, std::env::args_os().collect());
    let typed = command.try_get_matches_from(arguments).and_then(|matches| Almanac::from_arg_matches(&matches));
    match typed {
        Ok(almanac) if unknown.is_empty() => return Ok(almanac),
        Err(error) if unknown.is_empty() => error.exit(),
        Ok(almanac) => unknown.extend(look(&almanac).err().into_iter().flat_map(|mistakes| mistakes.0)),
        Err(error) => unknown.extend(command::in_a_sentence(&error)),
    }
    Err(Failure(unknown))
}

/// Looks what else is wrong where something is already: nothing is made, and nothing begun.
fn look(almanac: &Almanac) -> Result<(), Failure> {
    let flags = &almanac.flags;
    match &almanac.command {
        None | Some(Command::Serve) => command::look_at_serve(flags),
        Some(Command::Demo { fresh, entries }) => command::look_at_demo(flags, *fresh, entries),
        Some(Command::Export { format: Format::Site, year, to }) => command::export::look_at_site(flags, year.as_deref(), to),
        Some(Command::Export { year, .. }) => command::export::look_at_edition(flags, year.as_deref()),
        Some(Command::Import { .. } | Command::InviteEditor { .. } | Command::Migrate | Command::Check) => {
            flags.look().map(drop).map_err(Failure::from)
        }
    }
}

/// Whether it leads to a database or a mail server, of which the demo has its own: it refuses them, and its help does not
/// offer them.
fn is_not_the_demos(arg: &Arg) -> bool {
    matches!(arg.get_id().as_str(), "database_url" | "mail" | "mail_user" | "mail_password")
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match typed() {
        Ok(almanac) => run(almanac).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            command::tell(&failure);
            ExitCode::from(2)
        }
    }
}

async fn run(almanac: Almanac) -> Result<(), Failure> {
    command::log(&almanac.flags.log);
    let (flags, world) = (almanac.flags, World::default());
    match almanac.command.unwrap_or(Command::Serve) {
        Command::Serve => command::serve(&flags, world).await,
        Command::Demo { fresh, entries } => command::demo(&flags, world, fresh, &entries).await,
        Command::Import { files } => command::import(&flags, world, &files).await,
        Command::Export { format, year, to } => export(&flags, world, format, year.as_deref(), &to).await,
        Command::InviteEditor { email, name } => command::invite_editor(&flags, world, &email, &name).await,
        Command::Migrate => command::migrate(&flags, world).await,
        Command::Check => command::check(&flags, world).await,
    }
}

async fn export(flags: &Flags, world: World, format: Format, year: Option<&str>, to: &Path) -> Result<(), Failure> {
    let make: fn(&Reading) -> Result<Page, AppError> = match format {
        Format::Site => return command::export::site(flags, world, year, to).await,
        Format::Json => |reading| data::make(reading, Notation::Json),
        Format::Csv => |reading| data::make(reading, Notation::Csv),
        Format::Xlsx => data::xlsx::make,
    };
    command::export::edition(flags, world, year, make, to).await
}
