//! The page in a real browser. Knows how to drive a page, not what ours contains.
//!
//! `cargo xtask test` builds `dist/`, finds or installs Chromium and ChromeDriver, and runs these
//! tests. To a plain `cargo test`, which need have no browser, they are ignored;
//! `cargo test -p plimsoll-tests --test page -- --ignored` runs some by hand.
//!
//! Methods panic with what was expected, as assertions do: they are called by tests only.

mod site;
mod webdriver;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

pub use site::Site;
use webdriver::Session;

/// How long anything on the page may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a browser and the page may take to be there: a machine that does other things, too, is
/// slow to start them, and no test is about that.
const LOAD_PATIENCE: Duration = Duration::from_secs(90);

/// How long something that is large may take.
const LONG_PATIENCE: Duration = Duration::from_secs(300);

/// How long a request may hide behind a timer and still be caught.
const LATE: Duration = Duration::from_secs(1);

/// A browser that tests know how to start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// In which all tests run.
    Chromium,
    /// Where it is there: it lacks Chromium's own commands, by which others look into the network,
    /// the console and the system's settings.
    Firefox,
}

/// What the browser is like to the page.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Which it is.
    pub browser: Browser,
    /// The language that the browser asks for.
    pub language: &'static str,
    /// Whether the system is set to dark colours.
    pub dark: bool,
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Height of the window in CSS pixels.
    pub height: u32,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader {
            browser: Browser::Chromium,
            language: "en-US",
            dark: false,
            width: 1280,
            height: 900,
        }
    }
}

/// The page, loaded and ready, in a browser of its own.
pub struct Page {
    session: Session,
    site: Site,
    /// What the load itself asked of the server.
    requests_of_load: usize,
}

/// Opens the page as an English reader on a wide light screen.
#[track_caller]
pub fn open() -> Page {
    open_as(Reader::default())
}

/// Opens the page as `reader`.
#[track_caller]
pub fn open_as(reader: Reader) -> Page {
    must("the page opens", Page::open(reader))
}

/// A browser in which nothing is open yet but may be, from `site`.
#[track_caller]
pub fn start(reader: Reader, site: Site) -> Page {
    must("a browser is started", Page::start(reader, site))
}

impl Page {
    fn open(reader: Reader) -> Result<Page, String> {
        let site = Site::built();
        let address = site.server.url();
        let mut page = Page::start(reader, site)?;
        page.navigate(&address)?;
        page.until_ready()?;
        page.session.log("performance")?;
        page.requests_of_load = page.site.server.requests().len();
        Ok(page)
    }

    fn start(reader: Reader, site: Site) -> Result<Page, String> {
        let Reader { browser, language, width, height, .. } = reader;
        if browser == Browser::Firefox {
            let session = Session::start_firefox(language, width, height)?;
            return Ok(Page { session, site, requests_of_load: 0 });
        }
        let session = Session::start(language, width, height)?;
        let scheme = if reader.dark { "dark" } else { "light" };
        session.devtools(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        )?;
        // A window cannot be made as narrow as a telephone; the view inside it can.
        session.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": reader.width, "height": reader.height, "deviceScaleFactor": 1, "mobile": false}),
        )?;
        Ok(Page { session, site, requests_of_load: 0 })
    }

    /// Not as WebDriver does, which waits for what may never come.
    fn navigate(&self, address: &str) -> Result<(), String> {
        if !self.session.is_chromium() {
            return self.session.post("url", json!({"url": address})).map(drop);
        }
        self.session.devtools("Page.navigate", json!({"url": address})).map(drop)
    }

    fn until_ready(&self) -> Result<(), String> {
        let started = Instant::now();
        while self.session.execute("return document.documentElement.dataset.ready", &[])? != "true"
        {
            if started.elapsed() > LOAD_PATIENCE {
                let said = self.session.log("browser")?;
                return Err(format!("the page was not ready in time; its console: {said:?}"));
            }
            pause();
        }
        Ok(())
    }

    /// Waits until the page is loaded, its checker included; what was requested until then belongs
    /// to the load.
    #[track_caller]
    pub fn wait_until_ready(&mut self) {
        must("the page is ready", self.until_ready());
        must("the network log is read", self.session.log("performance"));
        self.requests_of_load = self.site.server.requests().len();
    }

    /// Begins to open `address`, and waits for nothing.
    #[track_caller]
    pub fn visit(&self, address: &str) {
        must("the page is visited", self.navigate(address));
    }

    /// Loads the page anew, and waits until it is ready.
    #[track_caller]
    pub fn reload(&mut self) {
        self.execute("delete document.documentElement.dataset.ready", &[]);
        must("the page is loaded anew", self.session.devtools("Page.reload", json!({})));
        self.wait_until_ready();
    }

    /// Where the page comes from.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Has the browser put what is saved into `folder`.
    #[track_caller]
    pub fn save_into(&self, folder: &Path) {
        let wanted = json!({"behavior": "allow", "downloadPath": folder});
        must("files may be saved", self.session.devtools("Page.setDownloadBehavior", wanted));
    }

    /// Runs `script` in every page that is opened from now on, before anything of its own.
    #[track_caller]
    pub fn before_each(&self, script: &str) {
        let wanted = json!({"source": script});
        must("it is noted", self.session.devtools("Page.addScriptToEvaluateOnNewDocument", wanted));
    }

    /// The shown text of the first element that `css` matches, once there is one.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        let text = self.execute("return document.querySelector(arguments[0]).innerText", &[css]);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// How many elements `css` matches now.
    #[track_caller]
    pub fn count(&self, css: &str) -> u64 {
        let count = self.execute("return document.querySelectorAll(arguments[0]).length", &[css]);
        count.as_u64().unwrap_or_default()
    }

    /// Waits until `css` matches something.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        self.wait_until(&format!("there is `{css}`"), |page| page.count(css) > 0);
    }

    /// Waits until the text of `css` contains `words`.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, words: &str) {
        self.wait_for(css);
        self.wait_until(&format!("`{css}` says {words:?}"), |page| page.text(css).contains(words));
    }

    /// Waits until `holds`; `what` names it in the failure.
    #[track_caller]
    pub fn wait_until(&self, what: &str, holds: impl Fn(&Page) -> bool) {
        let started = Instant::now();
        while !holds(self) {
            if started.elapsed() > PATIENCE {
                let body = self.execute("return document.body.innerText", &[]);
                let console = self.session.log("browser");
                panic!("waited in vain until {what}\npage: {body}\nconsole: {console:?}");
            }
            pause();
        }
    }

    /// As [`Page::wait_until`], for what takes minutes.
    #[track_caller]
    pub fn wait_for_long(&self, what: &str, holds: impl Fn(&Page) -> bool) {
        let started = Instant::now();
        while !holds(self) {
            assert!(
                started.elapsed() < LONG_PATIENCE,
                "in {LONG_PATIENCE:?} it never was so: {what}"
            );
            pause();
        }
    }

    /// Clicks the first element that `css` matches, as a reader does: it must be visible.
    #[track_caller]
    pub fn click(&self, css: &str) {
        let element = self.element(css);
        must(
            &format!("`{css}` is clicked"),
            self.session.post(&format!("element/{element}/click"), json!({})),
        );
    }

    /// Types `text` into the first element that `css` matches, key by key, after what it holds.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        let element = self.element(css);
        must(
            &format!("`{css}` takes keys"),
            self.session.post(&format!("element/{element}/value"), json!({"text": text})),
        );
    }

    /// Replaces what a field holds by `text` in one go, as pasting over a selection does.
    #[track_caller]
    pub fn paste_into(&self, css: &str, text: &str) {
        self.click(css);
        self.execute(
            "const field = document.querySelector(arguments[0]); field.focus(); field.select(); \
             document.execCommand('insertText', false, arguments[1]);",
            &[css, text],
        );
    }

    /// Writes with an input method into what has the focus: what it shows on the way, then what it
    /// leaves.
    #[track_caller]
    pub fn compose(&self, steps: &[&str], text: &str) {
        for step in steps {
            let units = step.encode_utf16().count();
            let words = json!({"text": step, "selectionStart": units, "selectionEnd": units});
            must("a composition goes on", self.session.devtools("Input.imeSetComposition", words));
        }
        let words = json!({"text": text});
        must("a composition ends", self.session.devtools("Input.insertText", words));
    }

    /// Has the browser show its page as it does to readers with settings of their own:
    /// `("forced-colors", "active")`.
    #[track_caller]
    pub fn emulate(&self, feature: &str, value: &str) {
        let wanted = json!({"features": [{"name": feature, "value": value}]});
        must("it is emulated", self.session.devtools("Emulation.setEmulatedMedia", wanted));
    }

    /// Enlarges everything as the browser's zoom does, in a window of `width` × `height` pixels: the
    /// page sees fewer of its own.
    #[track_caller]
    pub fn zoom(&self, factor: u32, width: u32, height: u32) {
        let wanted = json!({
            "width": width / factor,
            "height": height / factor,
            "deviceScaleFactor": factor,
            "mobile": false,
        });
        must("it is enlarged", self.session.devtools("Emulation.setDeviceMetricsOverride", wanted));
    }

    /// The value of a field.
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        self.wait_for(css);
        let value = self.execute("return document.querySelector(arguments[0]).value", &[css]);
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Runs `script` in the page, past its policy on scripts but under its policy on requests.
    #[track_caller]
    pub fn execute(&self, script: &str, arguments: &[&str]) -> Value {
        must(&format!("this runs: {script}"), self.session.execute(script, arguments))
    }

    /// Like [`Page::execute`]; the script's last argument is the function that takes its result.
    #[track_caller]
    pub fn execute_async(&self, script: &str, arguments: &[&str]) -> Value {
        must(&format!("this runs: {script}"), self.session.execute_async(script, arguments))
    }

    /// Every request since the page was loaded: what Chromium's network log says that the page
    /// tried, refused or not, and what has reached the server from anywhere, the worker included.
    #[track_caller]
    pub fn requests_since_load(&self) -> Vec<String> {
        let tried = must("the network log is read", self.session.log("performance"));
        let tried = tried.iter().filter_map(|entry| requested_address(entry["message"].as_str()?));
        tried.chain(self.served_since_load()).collect()
    }

    /// The requests that have reached the server since the page was loaded.
    pub fn served_since_load(&self) -> Vec<String> {
        self.site.server.requests().split_off(self.requests_of_load)
    }

    /// The warnings and errors on the console so far, violations of the policy included.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        must("the console is read", self.session.log("browser"))
            .iter()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Asserts that since the load nothing was requested and nothing complained of, and that this
    /// is still so after a while.
    #[track_caller]
    pub fn assert_quiet(&self) {
        std::thread::sleep(LATE);
        assert_eq!(self.complaints(), Vec::<String>::new(), "the console is clean");
        assert_eq!(self.requests_since_load(), Vec::<String>::new(), "nothing is requested");
    }

    /// Where the page was served from.
    pub fn address(&self) -> String {
        self.site.server.url()
    }

    /// Draws the whole page into a PNG named `name` in `folder`.
    #[track_caller]
    pub fn screenshot(&self, folder: &Path, name: &str) -> PathBuf {
        let file = folder.join(format!("{name}.png"));
        must("a picture is taken", self.session.screenshot(&file));
        file
    }

    #[track_caller]
    fn element(&self, css: &str) -> String {
        self.wait_for(css);
        must(&format!("`{css}` is there"), self.session.element(css))
    }
}

/// The address in an entry of the performance log, when it is a request that leaves the browser.
fn requested_address(entry: &str) -> Option<String> {
    let entry: Value = serde_json::from_str(entry).ok()?;
    let message = &entry["message"];
    let address = match message["method"].as_str()? {
        "Network.requestWillBeSent" => message["params"]["request"]["url"].as_str()?,
        "Network.webSocketCreated" | "Network.webTransportCreated" => {
            message["params"]["url"].as_str()?
        }
        _ => return None,
    };
    let inside = ["data:", "blob:", "about:"].iter().any(|scheme| address.starts_with(scheme));
    (!inside).then(|| address.to_owned())
}

fn pause() {
    std::thread::sleep(Duration::from_millis(25));
}

#[track_caller]
fn must<T>(what: &str, result: Result<T, String>) -> T {
    result.unwrap_or_else(|error| panic!("it was expected that {what}, but: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leaves_the_browser_counts_as_a_request() {
        let entry = |url: &str| {
            json!({"message": {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}}})
                .to_string()
        };
        assert_eq!(
            requested_address(&entry("https://example.com/")).as_deref(),
            Some("https://example.com/")
        );
        assert_eq!(requested_address(&entry("blob:http://127.0.0.1/1")), None);
    }
}
