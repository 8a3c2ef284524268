//! A real browser, for what only a browser can tell.
//!
//! See `page` for finding and pressing things by the words a person sees.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::json;
use thirtyfour::cdp::domains::network::NetworkConditions;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, error::WebDriverResult};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{caretaker::Caretaker, requirement::Requirement};

const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
];

/// Browsers are large: as many as run at once without slowing each other into timeouts.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A browser with a profile of its own. It is gone when the value is dropped.
pub struct Browser {
    session: WebDriver,
    // Dropped after the session, which would otherwise wait for an answer.
    _driver: Driver,
    _turn: SemaphorePermit<'static>,
}

impl Browser {
    /// The browser of somebody whose JavaScript is off, or did not arrive.
    pub async fn without_javascript() -> Option<Self> {
        Self::start(no_javascript(), turn().await).await
    }

    /// Two such people. Whoever needs two browsers takes both turns at once: one that waits for its second while
    /// another does the same would wait for ever.
    pub async fn two_without_javascript() -> Option<(Self, Self)> {
        let mut turns = TURNS.acquire_many(2).await.expect("nobody closes the semaphore");
        let turn = turns.split(1).expect("there are two");
        Some((Self::start(no_javascript(), turn).await?, Self::start(no_javascript(), turns).await?))
    }

    pub async fn with_javascript() -> Option<Self> {
        Self::start(json!({}), turn().await).await
    }

    /// `None` where there is no browser, and the test is left out.
    async fn start(preferences: serde_json::Value, turn: SemaphorePermit<'static>) -> Option<Self> {
        let browser = match Driver::start() {
            Some(driver) => driver.open_session(preferences).await.map(|session| (session, driver)),
            None => None,
        };
        let Some((session, driver)) = browser else {
            Requirement::Browser.leave_out();
            return None;
        };
        let browser = Self { session, _driver: driver, _turn: turn };
        browser.resize(1280, 900).await;
        Some(browser)
    }

    /// For whatever is not offered here.
    pub fn session(&self) -> &WebDriver {
        &self.session
    }

    pub async fn open(&self, address: &str) {
        self.session.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// Makes the page this large, in CSS pixels: 320 wide is the smallest that is promised to work.
    pub async fn resize(&self, width: u32, height: u32) {
        let measured = self.session.execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await;
        let (frame_width, frame_height): (u32, u32) =
            measured.and_then(|answer| answer.convert()).expect("the window's frame can be measured");
        let resized = self.session.set_window_rect(0, 0, width + frame_width, height + frame_height).await;
        resized.expect("the window can be resized");
    }

    /// Takes its connection away, or gives it back.
    pub async fn connect(&self, is_connected: bool) {
        let conditions = NetworkConditions { offline: !is_connected, ..NetworkConditions::default() };
        let taken = self.session.cdp().network().emulate_network_conditions(conditions).await;
        taken.expect("the connection is the browser's");
    }

    /// What the browser complained about since it was last asked: errors of scripts, files that did not come, what the
    /// page's policy forbade.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.session.handle().get_log("browser").await.expect("the browser keeps a log");
        entries.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect()
    }

    /// Writes what the window shows as a PNG file.
    pub async fn screenshot(&self, path: &Path) {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("the folder for screenshots can be made");
        }
        self.session.screenshot(path).await.expect("the window can be photographed");
    }
}

async fn turn() -> SemaphorePermit<'static> {
    TURNS.acquire().await.expect("nobody closes the semaphore")
}

fn no_javascript() -> serde_json::Value {
    json!({
        "profile.managed_default_content_settings.javascript": 2,
        "profile.default_content_setting_values.javascript": 2,
    })
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Told to be polite, the session would block this thread until it is closed. The driver is
        // ended with everything it started anyway.
        let _ended = self.session.clone().leak();
    }
}

/// The process that steers a browser.
struct Driver {
    process: Child,
    port: u16,
    profile: PathBuf,
    caretaker: Option<Caretaker>,
    /// Closing it would end the driver when it next has something to say.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    /// `None` if it is not installed.
    fn start() -> Option<Self> {
        let program = in_path("chromedriver")?;
        let profile = new_profile();
        let mut process = Command::new(program)
            .arg("--port=0")
            // All that it starts shares its process group, and ends with it.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver can be started");
        let group = process.id().to_string();
        let caretaker = Caretaker::leave(
            "kill -s KILL -- \"-$1\"\n\
             for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- \"$2\" && break; sleep 0.1; done",
            &[group.as_ref(), profile.as_os_str()],
        );
        let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let port = announced_port(&mut output);
        Some(Self { process, port, profile, caretaker: Some(caretaker), _output: output })
    }

    /// `None` if there is a driver but no browser.
    async fn open_session(&self, preferences: serde_json::Value) -> Option<WebDriver> {
        let capabilities = self.capabilities(preferences).expect("the flags are valid");
        match WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities).await {
            Ok(session) => Some(session),
            Err(error) if error.to_string().contains("cannot find") => None,
            Err(error) => panic!("the browser does not start: {error}"),
        }
    }

    fn capabilities(&self, preferences: serde_json::Value) -> WebDriverResult<thirtyfour::ChromeCapabilities> {
        let mut capabilities = DesiredCapabilities::chrome();
        for flag in FLAGS {
            capabilities.add_arg(flag)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", self.profile.display()))?;
        capabilities.add_experimental_option("prefs", preferences)?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::Warning)?;
        Ok(capabilities)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.caretaker.take());
        // Only after the caretaker ended the group: until then its number stays its own.
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}

fn announced_port(output: &mut impl BufRead) -> u16 {
    let announcement = "started successfully on port ";
    let mut lines = output.lines().map_while(Result::ok);
    let line = lines.find(|line| line.contains(announcement)).expect("chromedriver says that it started");
    let (_before, port) = line.split_once(announcement).expect("the line was chosen for it");
    port.trim_end_matches('.').parse().expect("chromedriver names its port")
}

fn new_profile() -> PathBuf {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let profile = env::temp_dir().join(format!("almanac-browser-{}-{number}", std::process::id()));
    fs::create_dir(&profile).expect("a temporary folder can be made");
    profile
}

fn in_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}
