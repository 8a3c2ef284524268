//! What some tests need and not every machine has.
//!
//! Such a test is left out where it can't run, and the last lines of the run say so. With
//! `ALMANAC_TEST_REQUIRE=postgres,browser` it fails instead: for machines that must not leave
//! anything out.

use std::{
    env,
    sync::{Mutex, OnceLock},
};

use super::caretaker::Caretaker;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    Postgres,
    Browser,
}

impl Requirement {
    const ALL: [Self; 2] = [Self::Postgres, Self::Browser];

    fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Browser => "browser",
        }
    }

    fn how_to_get_it(self) -> &'static str {
        match self {
            Self::Postgres => {
                "needs PostgreSQL: install it (Debian: apt-get install postgresql) so that initdb and \
                 pg_ctl are in PATH or /usr/lib/postgresql/*/bin, or name a server that is there \
                 already: ALMANAC_TEST_POSTGRES=postgres://user:password@host/postgres"
            }
            Self::Browser => {
                "needs a browser: install Chromium and its driver (Debian: apt-get install chromium \
                 chromium-driver) so that chromedriver is in PATH"
            }
        }
    }

    /// Called instead of a test that can't run: panics if this machine has to be able to.
    pub fn leave_out(self) {
        let required = env::var("ALMANAC_TEST_REQUIRE").unwrap_or_default();
        assert!(
            !names_in(&required).contains(&self),
            "ALMANAC_TEST_REQUIRE={required} is set, but this {}.",
            self.how_to_get_it()
        );
        reporter().lock().expect("the reporter is there").tell(self.name());
    }
}

fn names_in(list: &str) -> Vec<Requirement> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(named).collect()
}

fn named(name: &str) -> Requirement {
    let known = Requirement::ALL.into_iter().find(|requirement| requirement.name() == name);
    known.unwrap_or_else(|| panic!("ALMANAC_TEST_REQUIRE knows postgres and browser, not “{name}”"))
}

/// The test harness keeps what passing tests print and calls nothing at its end, so the summary
/// is written by a process that waits for that end. It uses nothing but the shell's own words, so
/// that its lines are there before a prompt is.
fn reporter() -> &'static Mutex<Caretaker> {
    static REPORTER: OnceLock<Mutex<Caretaker>> = OnceLock::new();
    REPORTER.get_or_init(|| Mutex::new(Caretaker::listen(&summary_script())))
}

fn summary_script() -> String {
    let mut script = "while read -r name; do eval \"count_$name=\\$((\\${count_$name:-0} + 1))\"; done\n".to_owned();
    for requirement in Requirement::ALL {
        let count = format!("count_{}", requirement.name());
        let how = requirement.how_to_get_it();
        script += &format!("[ -z \"${{{count}:-}}\" ] || printf 'LEFT OUT (%s): what %s.\\n\\n' \"${count}\" '{how}' >&2\n");
    }
    script
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_list_of_requirements_is_read() {
        assert_eq!(names_in(""), []);
        assert_eq!(names_in(" browser , postgres"), [Requirement::Browser, Requirement::Postgres]);
        assert!(std::panic::catch_unwind(|| names_in("postgress")).is_err());
    }

    #[test]
    fn the_summary_counts_what_was_left_out() {
        let script = format!("printf 'browser\\nbrowser\\n' | {{ {} }}", summary_script());
        let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
        let summary = String::from_utf8(output.stderr).unwrap();
        assert!(summary.starts_with("LEFT OUT (2): what needs a browser"), "{summary}");
        assert!(!summary.contains("PostgreSQL"), "{summary}");
    }
}
