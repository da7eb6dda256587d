//! A browser's driver: started on a free port, spoken to in WebDriver's JSON over HTTP. The protocol
//! is small enough that a client of our own costs less than one with an HTTP stack beneath it.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The key under which WebDriver hides the name of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const CHROMIUM_OPTIONS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    // Nothing but the page's own server can be reached, by whomever; also by a name that browsers do
    // not trust as they trust the loopback.
    "--host-resolver-rules=MAP plain.test 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/// What Firefox is told: to be quiet, and to reach nothing by itself.
const FIREFOX_PREFERENCES: [(&str, bool); 4] = [
    ("app.normandy.enabled", false),
    ("datareporting.policy.dataSubmissionEnabled", false),
    ("network.captive-portal-service.enabled", false),
    ("network.connectivity-service.enabled", false),
];

/// One browser under its driver; both end when it is dropped.
pub(super) struct Session {
    driver: Driver,
    id: String,
    /// Whether the browser understands Chromium's own commands.
    is_chromium: bool,
}

impl Session {
    /// Starts Firefox under geckodriver, both of which must be installed.
    pub(super) fn start_firefox(
        language: &str,
        width: u32,
        height: u32,
    ) -> Result<Session, String> {
        let driver = Driver::start("GECKODRIVER", "geckodriver")?;
        let mut preferences = json!({"intl.accept_languages": language});
        for (name, value) in FIREFOX_PREFERENCES {
            preferences[name] = Value::from(value);
        }
        let size = [format!("--width={width}"), format!("--height={height}")];
        let mut options = json!({"args": ["-headless", size[0], size[1]], "prefs": preferences});
        if let Ok(firefox) = std::env::var("FIREFOX") {
            options["binary"] = Value::from(firefox);
        }
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "pageLoadStrategy": "none",
            "moz:firefoxOptions": options,
        }}});
        Session::begin(driver, &wanted, false)
    }

    /// Starts Chromium under ChromeDriver.
    pub(super) fn start(language: &str, width: u32, height: u32) -> Result<Session, String> {
        let driver = Driver::start("CHROMEDRIVER", "chromedriver")?;
        let mut arguments: Vec<String> = CHROMIUM_OPTIONS.map(str::to_owned).into();
        arguments.push(format!("--accept-lang={language}"));
        arguments.push(format!("--window-size={width},{height}"));
        let mut options = json!({"args": arguments});
        if let Ok(chromium) = std::env::var("CHROMIUM") {
            options["binary"] = Value::from(chromium);
        }
        let wanted = json!({"capabilities": {"alwaysMatch": {
            // Some pages never finish to load, and that is what is tested.
            "pageLoadStrategy": "none",
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            "goog:chromeOptions": options,
        }}});
        Session::begin(driver, &wanted, true)
    }

    fn begin(driver: Driver, wanted: &Value, is_chromium: bool) -> Result<Session, String> {
        let begun = driver.ask("POST", "/session", wanted)?;
        let id = begun["sessionId"].as_str().ok_or("the driver gave no session")?.to_owned();
        Ok(Session { driver, id, is_chromium })
    }

    pub(super) fn is_chromium(&self) -> bool {
        self.is_chromium
    }

    pub(super) fn post(&self, path: &str, body: Value) -> Result<Value, String> {
        self.driver.ask("POST", &format!("/session/{}/{path}", self.id), &body)
    }

    pub(super) fn devtools(&self, command: &str, parameters: Value) -> Result<Value, String> {
        self.post("goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    pub(super) fn execute(&self, script: &str, arguments: &[&str]) -> Result<Value, String> {
        self.post("execute/sync", json!({"script": script, "args": arguments}))
    }

    pub(super) fn execute_async(&self, script: &str, arguments: &[&str]) -> Result<Value, String> {
        self.post("execute/async", json!({"script": script, "args": arguments}))
    }

    pub(super) fn element(&self, css: &str) -> Result<String, String> {
        let found = self.post("element", json!({"using": "css selector", "value": css}))?;
        found[ELEMENT].as_str().map(str::to_owned).ok_or_else(|| format!("odd element {found}"))
    }

    /// The entries of a log since it was last read; only Chromium has any.
    pub(super) fn log(&self, kind: &str) -> Result<Vec<Value>, String> {
        if !self.is_chromium {
            return Ok(Vec::new());
        }
        match self.post("se/log", json!({"type": kind}))? {
            Value::Array(entries) => Ok(entries),
            other => Err(format!("odd log {other}")),
        }
    }

    pub(super) fn screenshot(&self, file: &Path) -> Result<(), String> {
        let picture =
            self.devtools("Page.captureScreenshot", json!({"captureBeyondViewport": true}))?;
        let bytes = decode_base64(picture["data"].as_str().unwrap_or_default());
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        }
        std::fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Ends the browser, which would outlive its driver. When that fails there is none to end.
        let _ = self.driver.ask("DELETE", &format!("/session/{}", self.id), &Value::Null);
    }
}

struct Driver {
    process: Child,
    port: u16,
    name: &'static str,
}

impl Driver {
    /// Starts the program that the environment variable `variable` names, else the one of this
    /// name.
    fn start(variable: &str, name: &'static str) -> Result<Driver, String> {
        let program = std::env::var_os(variable).unwrap_or(OsString::from(name));
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                format!("{} could not be started: {error}; `cargo xtask test` installs it or says what to install", program.display())
            })?;
        let mut said = BufReader::new(process.stdout.take().ok_or("the driver has no output")?);
        // From here on the process ends with the value.
        let mut driver = Driver { process, port: 0, name };
        let mut line = String::new();
        while said.read_line(&mut line).map_err(|error| error.to_string())? > 0 {
            if let Some(port) = announced_port(&line) {
                driver.port = port;
                // Somebody must go on reading, or the driver stops when the pipe is full.
                std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
                return Ok(driver);
            }
            line.clear();
        }
        Err(format!("{name} ended before it named its port"))
    }

    /// One command and the `value` of its answer.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let (status, answer) = self.exchange(method, path, body).map_err(|error| {
            format!("{} does not answer to {method} {path}: {error}", self.name)
        })?;
        let mut answer: Value = serde_json::from_slice(&answer)
            .map_err(|error| format!("{} answers {status} without JSON: {error}", self.name))?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or("?"))),
            None => Ok(value),
        }
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> std::io::Result<(String, Vec<u8>)> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        )?;
        let mut reader = BufReader::new(stream);
        let mut status = String::new();
        reader.read_line(&mut status)?;
        let mut length = 0;
        let mut header = String::new();
        while reader.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or_default();
            }
            header.clear();
        }
        let mut answer = Vec::new();
        reader.take(length).read_to_end(&mut answer)?;
        Ok((status.trim_end().to_owned(), answer))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only when it has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The port in `ChromeDriver was started successfully on port 35551.`, or in geckodriver's
/// `Listening on 127.0.0.1:35551`.
fn announced_port(line: &str) -> Option<u16> {
    let marks = ["successfully on port ", "Listening on 127.0.0.1:"];
    let (_, port) = marks.into_iter().find_map(|mark| line.split_once(mark))?;
    port.trim_end().trim_end_matches('.').parse().ok()
}

/// The bytes that well-formed base64 stands for; other characters are passed over.
fn decode_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for character in text.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_drivers_greeting() {
        let greeting = "ChromeDriver was started successfully on port 35551.\n";
        assert_eq!(announced_port(greeting), Some(35551));
        let greeting = "1770000000000\tgeckodriver\tINFO\tListening on 127.0.0.1:4444\n";
        assert_eq!(announced_port(greeting), Some(4444));
        assert_eq!(announced_port("Only local connections are allowed.\n"), None);
    }

    #[test]
    fn pictures_come_out_of_base64() {
        assert_eq!(decode_base64("AAECA//+"), [0, 1, 2, 3, 255, 254]);
        assert_eq!(decode_base64("YQ=="), b"a");
    }
}
