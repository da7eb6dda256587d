//! Serves a folder on 127.0.0.1: what `cargo xtask serve` shows and what the browser tests open.
//!
//! Made for a page of a dozen files on one's own machine: one thread a connection, whole files,
//! no keep-alive. It remembers what was asked of it, so that a test can say that nothing was.
#![forbid(unsafe_code)]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A request line and its headers are a few hundred bytes; more is nobody we know.
const HEAD_LIMIT: u64 = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// A folder being served, until it is stopped or the process ends.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// What every connection knows.
struct Shared {
    folder: PathBuf,
    requests: Mutex<Vec<String>>,
    held: Mutex<Vec<String>>,
    is_stopped: AtomicBool,
}

impl Server {
    /// Serves `folder` on `port` of the loopback; port 0 takes a free one.
    pub fn start(folder: &Path, port: u16) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            requests: Mutex::default(),
            held: Mutex::default(),
            is_stopped: AtomicBool::new(false),
        });
        let known = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if known.is_stopped.load(Ordering::SeqCst) {
                    return;
                }
                let known = Arc::clone(&known);
                // A browser that hangs up early is no concern of ours.
                std::thread::spawn(move || answer(stream, &known).ok());
            }
        });
        Ok(Server { address, shared })
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The targets of all requests so far, in order of arrival.
    pub fn requests(&self) -> Vec<String> {
        locked(&self.shared.requests).clone()
    }

    /// Serves only the first half of the file at `target` from now on, and never ends.
    pub fn hold(&self, target: &str) {
        locked(&self.shared.held).push(target.to_owned());
    }

    /// Serves everything whole again.
    pub fn release(&self) {
        locked(&self.shared.held).clear();
    }

    /// Answers nobody from now on, as if the machine were gone.
    pub fn stop(&self) {
        self.shared.is_stopped.store(true, Ordering::SeqCst);
        // Whoever waits for connections is woken by one.
        TcpStream::connect(self.address).ok();
    }
}

fn locked<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new((&stream).take(HEAD_LIMIT));
    let mut request = String::new();
    // A browser opens connections in advance and closes them unused.
    if reader.read_line(&mut request)? == 0 {
        return Ok(());
    }
    let mut header = String::new();
    while reader.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
        header.clear();
    }
    let mut words = request.split_ascii_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    locked(&shared.requests).push(target.to_owned());
    let is_held = locked(&shared.held).iter().any(|held| held == target);

    let mut stream = &stream;
    if !matches!(method, "GET" | "HEAD") {
        return respond(&mut stream, "405 Method Not Allowed", "", b"only GET and HEAD\n", true);
    }
    let with_body = method == "GET";
    match file_for(&shared.folder, target).map(|file| (std::fs::read(&file), file)) {
        Some((Ok(body), file)) => {
            let headers = headers_for(&file, &body);
            if is_held {
                begin(&mut stream, "200 OK", &headers, body.len())?;
                stream.write_all(&body[..body.len() / 2])?;
                stream.flush()?;
                loop {
                    std::thread::park();
                }
            }
            respond(&mut stream, "200 OK", &headers, &body, with_body)
        }
        _ => respond(&mut stream, "404 Not Found", "", b"not found\n", with_body),
    }
}

/// The file that `target` names; never one outside `folder`.
fn file_for(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let relative = Path::new(if path.is_empty() { "index.html" } else { path });
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| folder.join(relative))
}

fn headers_for(file: &Path, body: &[u8]) -> String {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let mut headers = format!("Content-Type: {}\r\n", mime(extension));
    if extension == "html" {
        headers.push_str(&policy_header(&String::from_utf8_lossy(body)));
    }
    headers
}

/// The page's own policy once more as a header, and what a `<meta>` cannot say: who may frame it.
fn policy_header(page: &str) -> String {
    let own = page
        .split_once(r#"http-equiv="Content-Security-Policy" content=""#)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(policy, _)| policy);
    let separator = if own.is_empty() { "" } else { "; " };
    format!("Content-Security-Policy: {own}{separator}frame-ancestors 'none'\r\n")
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn respond(
    stream: &mut &TcpStream,
    status: &str,
    headers: &str,
    body: &[u8],
    with_body: bool,
) -> io::Result<()> {
    begin(stream, status, headers, body.len())?;
    if with_body {
        stream.write_all(body)?;
    }
    stream.flush()
}

fn begin(stream: &mut &TcpStream, status: &str, headers: &str, length: usize) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
         Connection: close\r\n\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn served() -> Server {
        Server::start(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), 0).unwrap()
    }

    #[test]
    fn a_file_comes_with_its_length_and_type() {
        let answer = ask(&served(), "GET /lib.rs?x HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\r\n\r\n//! Serves a folder"), "{answer}");
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let server = served();
        for target in ["/../Cargo.toml", "/./../Cargo.toml", "//etc/passwd", "Cargo.toml"] {
            let answer = ask(&server, &format!("GET {target} HTTP/1.1\r\n\r\n"));
            assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
        }
        assert_eq!(server.requests().len(), 4);
    }

    #[test]
    fn a_server_that_is_stopped_answers_nobody() {
        let server = served();
        server.stop();
        std::thread::sleep(Duration::from_millis(50));
        assert!(TcpStream::connect(server.address).is_err());
    }

    #[test]
    fn a_file_that_is_held_begins_and_never_ends() {
        let server = served();
        server.hold("/lib.rs");
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        stream.write_all(b"GET /lib.rs HTTP/1.1\r\n\r\n").unwrap();
        let mut begun = Vec::new();
        assert!(stream.read_to_end(&mut begun).is_err(), "it does not end");
        assert!(begun.starts_with(b"HTTP/1.1 200 OK"));
    }

    #[test]
    fn the_header_repeats_the_pages_policy_and_forbids_framing() {
        let page = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"#;
        assert_eq!(
            policy_header(page),
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        );
    }
}
