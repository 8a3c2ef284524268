//! Flags that there are not: whoever mistyped two is told both at once.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// The arguments without the flags that the command does not know, and a sentence for each of these.
pub fn without_unknown_flags(command: &Command, arguments: Vec<OsString>) -> (Vec<OsString>, Vec<String>) {
    let (mut arguments, mut sentences) = (arguments, Vec::new());
    // Where something stands that may be the value of a flag that was taken out.
    let mut value = None;
    while let Some(error) = unknown(command, &arguments) {
        let Some(name) = text(&error, ContextKind::InvalidArg) else { break };
        let Some(place) = arguments.iter().position(|argument| is_called(argument, name)) else { break };
        let is_flag = name.starts_with('-');
        if is_flag {
            sentences.push(sentence(name, text(&error, ContextKind::SuggestedArg)));
            value = Some(place).filter(|place| arguments[*place] == name);
        } else if value.take() != Some(place) {
            break;
        }
        arguments.remove(place);
    }
    (arguments, sentences)
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

/// Whether the argument is this flag, perhaps with a value behind it.
fn is_called(argument: &OsString, name: &str) -> bool {
    let argument = argument.to_string_lossy();
    argument.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

fn sentence(name: &str, similar: Option<&str>) -> String {
    match similar {
        Some(similar) => format!("{name}: there is no such flag; perhaps {similar} is meant"),
        None => format!("{name}: there is no such flag; --help says which there are"),
    }
}
