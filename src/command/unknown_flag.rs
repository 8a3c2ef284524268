//! Flags that there are not, and words too many: whoever mistyped two is told both at once.

use std::ffi::{OsStr, OsString};

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// The arguments without what the command does not know, and a sentence for each flag and word that was taken out.
pub fn without_unknown_flags(command: &Command, arguments: Vec<OsString>) -> (Vec<OsString>, Vec<String>) {
    let (mut arguments, mut sentences) = (arguments, Vec::new());
    // How many words may be values of flags that were taken out.
    let mut values = 0_usize;
    while let Some(error) = unknown(command, &arguments) {
        let Some(name) = text(&error, ContextKind::InvalidArg) else { break };
        // The first of them is the program.
        let Some(place) = arguments.iter().skip(1).position(|argument| is_called(argument, name)) else { break };
        let argument = arguments.remove(place + 1);
        let argument = argument.to_string_lossy();
        let (flag, value) = argument.split_once('=').map_or((&*argument, None), |(flag, value)| (flag, Some(value)));
        if name.starts_with('-') {
            sentences.push(no_flag(flag, text(&error, ContextKind::SuggestedArg)));
            values += usize::from(value.is_none());
        } else if values > 0 {
            values -= 1;
        } else {
            sentences.push(format!("{name}: nothing more is expected there; --help says what is"));
        }
    }
    (arguments, sentences)
}

/// The rest that is wrong with the arguments, in a sentence; none where help was asked for.
pub fn in_a_sentence(error: &Error) -> Option<String> {
    let text = error.to_string();
    let told = text.trim_start_matches("error: ").split("\n\n").next().unwrap_or_default();
    error.use_stderr().then(|| told.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What is told of the first argument that the command does not know.
fn unknown(command: &Command, arguments: &[OsString]) -> Option<Error> {
    let error = command.clone().try_get_matches_from(arguments).err()?;
    Some(error).filter(|error| error.kind() == ErrorKind::UnknownArgument)
}

fn text(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}

/// Whether the argument is this word, or this flag, perhaps with a value behind it. Of short flags that are written together
/// the first one names all.
fn is_called(argument: &OsStr, name: &str) -> bool {
    let argument = argument.to_string_lossy();
    let is_short = name.starts_with('-') && !name.starts_with("--");
    argument.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('=') || is_short)
}

fn no_flag(name: &str, similar: Option<&str>) -> String {
    match similar {
        Some(similar) => format!("{name}: there is no such flag; perhaps {similar} is meant"),
        None => format!("{name}: there is no such flag; --help says which there are"),
    }
}
