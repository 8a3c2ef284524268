//! Somebody who cleans up after this process, however it ends.
//!
//! A `static` is never dropped, and a killed process drops nothing. So whatever has to be stopped or
//! removed is given to a shell that reads from a pipe: when this process is gone the pipe closes,
//! and the shell does what it was left to do.

use std::{
    ffi::OsStr,
    io::Write,
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, Command, Stdio},
};

/// Waits for this process to end, or to be dropped, whichever is first.
pub struct Caretaker {
    shell: Child,
    pipe: Option<ChildStdin>,
}

impl Caretaker {
    /// Runs the shell script `afterwards`, in silence, when this value or this process is gone.
    /// `arguments` are its `$1`, `$2` and so on.
    pub fn leave(afterwards: &str, arguments: &[impl AsRef<OsStr>]) -> Self {
        let script = format!("while read -r line; do :; done\n{afterwards}");
        Self::start(&script, arguments, Stdio::null())
    }

    /// Runs a script that reads lines from this process until it ends, and may write to its
    /// standard error.
    pub fn listen(script: &str) -> Self {
        Self::start(script, &[] as &[&str], Stdio::inherit())
    }

    fn start(script: &str, arguments: &[impl AsRef<OsStr>], stderr: Stdio) -> Self {
        let mut shell = Command::new("sh")
            .arg("-c")
            // Ctrl-C goes to all of a terminal's processes; the caretaker has to outlive it.
            .arg(format!("trap '' INT TERM HUP\n{script}"))
            .arg("caretaker")
            .args(arguments)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .expect("sh can be started");
        let pipe = shell.stdin.take();
        Self { shell, pipe }
    }

    pub fn tell(&mut self, line: &str) {
        let pipe = self.pipe.as_mut().expect("the pipe is open until the caretaker is dropped");
        writeln!(pipe, "{line}").expect("the caretaker listens");
    }
}

impl Drop for Caretaker {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // Nothing can be done here about a shell that is gone already.
        let _ended = self.shell.wait();
    }
}
