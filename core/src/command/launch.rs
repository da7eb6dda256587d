//! One command line, read against the table of servers.

use std::sync::Arc;

use super::servers::{BIND_FLAGS, HOST_FLAGS, LOG_FLAGS, PORT_FLAGS, SERVERS, Server, TLS_FLAGS};
use super::unwrap::{Unwrapped, unwrap};
use super::{Argument, Environment, Reading, of_script_at};
use crate::shell::{self, SimpleCommand};
use crate::text::{MappedText, Span, file_name};

/// Scripts in scripts that are followed.
const MOST_DEPTH: usize = 4;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is written on the command line.
    Flag,
    /// A variable of the environment gives it.
    Variable,
    /// It is the server's default.
    Default,
}

/// A value, where it is said, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Its letters; the program's word where nothing is written.
    pub span: Span,
    /// How it is said.
    pub origin: Origin,
    /// Whether the letters stand there as such, so that an edit may replace them.
    pub is_literal: bool,
}

/// What a socket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The service's requests.
    Service,
    /// The service's requests over gRPC.
    Grpc,
}

/// A socket that a server listens on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listen {
    /// The host; `None` where it is not known.
    pub host: Option<Said<String>>,
    /// The port; `None` where it is not known.
    pub port: Option<Said<u16>>,
    /// What it is for.
    pub purpose: Purpose,
}

/// A program that a command line starts.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The server, if it is one that we know.
    pub server: Option<&'static Server>,
    /// Where the program (or module) is named.
    pub program: Span,
    /// The program's name.
    pub program_name: String,
    /// The program (or module) as it is called, where that is known.
    pub path: Option<String>,
    /// The sockets that it listens on, as far as they are known.
    pub listens: Vec<Listen>,
    /// The value of `--keep-alive`.
    pub keep_alive: Option<Said<u32>>,
    /// The value of `--worker-class`.
    pub worker_class: Option<Said<String>>,
    /// Log files other than standard output.
    pub log_files: Vec<Span>,
    /// Whether Python runs it.
    pub is_python: bool,
    /// Whether it serves TLS itself.
    pub has_tls: bool,
    /// Whether a shell stays its parent: it was started in a script without `exec`.
    pub has_shell_parent: bool,
    /// Whether `&` starts it.
    pub is_background: bool,
    /// The function in whose body it stands.
    pub function: Option<Arc<str>>,
    /// The whole command.
    pub span: Span,
    /// The words behind the program.
    pub arguments: Vec<Argument>,
}

impl Launch {
    /// The value of the first flag among `names`, as `--flag value` or `--flag=value`.
    pub fn flag(&self, names: &[&str]) -> Option<MappedText> {
        flags(&self.arguments, names).into_iter().next()
    }

    /// Notes what the shell around it tells.
    pub(super) fn note_shell(&mut self, command: &SimpleCommand) {
        self.is_background |= command.position.is_background;
        self.has_shell_parent |= command.name() != Some("exec");
        self.function = command.position.function.clone();
        for redirection in &command.redirections {
            let is_output = redirection.operator.starts_with('>') || redirection.operator == "&>";
            let is_file = redirection.target.literal().is_some_and(|path| {
                path.starts_with(['/', '.'])
                    && !path.starts_with("/dev/")
                    && !path.starts_with("/proc/")
                    || path.ends_with(".log")
            });
            if is_output && redirection.operator != ">&" && is_file {
                self.log_files.push(redirection.target.span);
            }
        }
    }
}

/// What `words` start: one program, or those of a script behind `sh -c`.
pub(super) fn read(
    words: &[Argument],
    environment: Environment<'_>,
    reading: Reading<'_>,
) -> Vec<Launch> {
    match unwrap(words) {
        None => Vec::new(),
        Some(Unwrapped::Script(argument)) => match &argument.value {
            Some(text) if reading.depth < MOST_DEPTH => {
                let left = reading.commands_left.get();
                let script = shell::parse_at_most(text, left).0;
                reading.commands_left.set(left.saturating_sub(script.commands.len()));
                // A shell that runs one command alone replaces itself by it.
                let is_alone = script.commands.len() == 1;
                let mut launches = of_script_at(
                    &script,
                    environment,
                    Reading { depth: reading.depth + 1, ..reading },
                );
                for launch in launches.iter_mut().filter(|_| is_alone) {
                    launch.has_shell_parent = false;
                }
                launches
            }
            _ => Vec::new(),
        },
        Some(Unwrapped::Program(words)) => program(words, environment).into_iter().collect(),
    }
}

fn program(words: &[Argument], environment: Environment<'_>) -> Option<Launch> {
    let (first, rest) = words.split_first()?;
    let name = file_name(first.text());
    if name.is_empty() || CLIENTS.contains(&name) {
        return None;
    }
    let is_python = is_python(name);
    let (server, program, mut arguments) =
        if is_python { python(first, rest) } else { (find_server(name, rest), first, rest) };
    if let Some(server) = server
        && !server.subcommands.is_empty()
        && !is_python
    {
        let at = arguments.iter().position(|word| server.subcommands.contains(&word.text()));
        arguments = &arguments[at.map_or(0, |at| at + 1)..];
    }
    let whole = words.last().map_or(first.span, |last| first.span.to(last.span));
    let mut launch = Launch {
        server,
        program: program.span,
        program_name: file_name(program.text()).to_owned(),
        path: program.value.as_ref().map(|value| value.text().to_owned()),
        listens: Vec::new(),
        keep_alive: None,
        worker_class: None,
        log_files: log_files(arguments),
        is_python: is_python || server.is_some_and(|server| !server.modules.is_empty()),
        has_tls: arguments
            .iter()
            .any(|word| TLS_FLAGS.contains(&word.text().split('=').next().unwrap_or_default())),
        has_shell_parent: false,
        is_background: false,
        function: None,
        span: whole,
        arguments: arguments.to_vec(),
    };
    launch.keep_alive = launch
        .flag(&["--keep-alive", "--timeout-keep-alive"])
        .and_then(|text| Some(said(text.text().trim().parse().ok()?, &text, 0, text.text().len())));
    launch.worker_class = launch
        .flag(&["-k", "--worker-class"])
        .map(|text| said(text.text().to_owned(), &text, 0, text.text().len()));
    // A question about the program itself starts nothing.
    let asks = |word: &Argument| matches!(word.text(), "--help" | "--version");
    // A known program under another of its commands is no server.
    let is_other_command = server.is_none()
        && SERVERS.iter().any(|one| one.programs.contains(&launch.program_name.as_str()));
    if launch.arguments.iter().any(asks) || is_other_command {
        return Some(launch);
    }
    launch.listens = match server {
        Some(server) => server_listens(server, &launch, environment),
        None => other_listens(&launch),
    };
    Some(launch)
}

fn is_python(name: &str) -> bool {
    name.strip_prefix("python").is_some_and(|version| {
        version.chars().all(|character| character.is_ascii_digit() || character == '.')
    })
}

/// Programs that never listen: clients, and words of the shell and its tools.
const CLIENTS: &[&str] = &[
    "[",
    "[[",
    "alias",
    "apk",
    "apt",
    "apt-get",
    "awk",
    "cat",
    "cd",
    "chmod",
    "chown",
    "cp",
    "curl",
    "docker",
    "echo",
    "exit",
    "false",
    "find",
    "git",
    "grep",
    "kubectl",
    "kill",
    "ln",
    "ls",
    "make",
    "mkdir",
    "mongo",
    "mongosh",
    "mv",
    "mysql",
    "mysqladmin",
    "nc",
    "ncat",
    "nmap",
    "pg_isready",
    "ping",
    "pip",
    "pip3",
    "printf",
    "psql",
    "pwd",
    "redis-cli",
    "return",
    "rm",
    "rsync",
    "scp",
    "sed",
    "set",
    "sftp",
    "shift",
    "sleep",
    "source",
    "ssh",
    "tail",
    "tar",
    "telnet",
    "test",
    "touch",
    "trap",
    "true",
    "ulimit",
    "umask",
    "unzip",
    "wait",
    "wait-for-it",
    "wait-for-it.sh",
    "wget",
    "xargs",
];

/// Programs that start a Python script or module, each process of which may be a server.
const PYTHON_LAUNCHERS: &[&str] = &["torchrun", "accelerate", "deepspeed"];

/// `python -u -m module …`, `python script.py …`: the server, what names it, its arguments.
fn python<'a>(
    python: &'a Argument,
    words: &'a [Argument],
) -> (Option<&'static Server>, &'a Argument, &'a [Argument]) {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let text = word.text();
        match text {
            "-m" => {
                let Some(module) = words.get(at + 1) else { break };
                let rest = &words[at + 2..];
                let is_module = |server: &&Server| {
                    server.modules.contains(&module.text())
                        && (server.subcommands.is_empty()
                            // `python -m vllm.entrypoints…` needs no `serve`.
                            || module.text().contains('.')
                            || rest.iter().any(|word| server.subcommands.contains(&word.text())))
                };
                return (SERVERS.iter().find(is_module), module, rest);
            }
            "-W" | "-X" => at += 2,
            "-c" => break,
            _ if text.starts_with('-') => at += 1,
            _ => return (None, word, &words[at + 1..]),
        }
    }
    (None, python, &[])
}

fn find_server(name: &str, rest: &[Argument]) -> Option<&'static Server> {
    if PYTHON_LAUNCHERS.contains(&name) {
        return None;
    }
    SERVERS.iter().find(|server| {
        server.programs.contains(&name)
            && (server.subcommands.is_empty() || has_subcommand(rest, server.subcommands))
    })
}

/// Whether the first word that is neither a flag nor the value of one is among `subcommands`.
fn has_subcommand(words: &[Argument], subcommands: &[&str]) -> bool {
    let is_flag = |word: &Argument| word.text().starts_with('-');
    let takes_value = |word: &Argument| is_flag(word) && !word.text().contains('=');
    let first = words.iter().enumerate().find(|(at, word)| {
        !is_flag(word)
            && !at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(takes_value)
    });
    match first {
        Some((_, word)) => subcommands.contains(&word.text()),
        // `flask --debug run`: the flag may take no value.
        None => words.iter().any(|word| subcommands.contains(&word.text())),
    }
}

/// The values of the flags `names`: `--flag value`, `--flag=value`, and `-bVALUE` for short ones.
fn flags(arguments: &[Argument], names: &[&str]) -> Vec<MappedText> {
    let mut found = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let Some(text) = &word.value else { continue };
        let letters = text.text();
        for name in names {
            let Some(rest) = letters.strip_prefix(name) else { continue };
            let is_short = name.len() == 2;
            if rest.is_empty() {
                found.extend(words.next().and_then(|next| next.value.clone()));
            } else if rest.starts_with('=') {
                found.push(text.slice(name.len() + 1, letters.len()));
            } else if is_short {
                found.push(text.slice(name.len(), letters.len()));
            } else {
                continue;
            }
            break;
        }
    }
    found
}

/// Whether a flag of `names` is there, with whatever value.
fn has_flag(arguments: &[Argument], names: &[&str]) -> bool {
    arguments.iter().any(|word| {
        let text = word.text();
        names.contains(&text.split('=').next().unwrap_or_default())
    })
}

/// Whether a flag of `names` is there, but its value is not known.
fn has_unknown_value(arguments: &[Argument], names: &[&str]) -> bool {
    arguments.windows(2).any(|pair| names.contains(&pair[0].text()) && pair[1].value.is_none())
        // `--port=$PORT` whole is unknown: any unknown word may be it.
        || arguments.iter().any(|word| word.value.is_none())
            && !arguments.windows(2).any(|pair| pair[0].text().starts_with('-') && pair[1].value.is_none())
}

fn said<T>(value: T, text: &MappedText, start: usize, end: usize) -> Said<T> {
    let is_literal = text.is_verbatim(start, end);
    Said { value, span: text.span(start, end), origin: Origin::Flag, is_literal }
}

/// The port in `text` from `start` on, digits only.
fn port_in(text: &MappedText, start: usize) -> Option<Said<u16>> {
    let digits = text.text().get(start..)?.trim_end_matches('/');
    let port: u16 = digits.parse().ok().filter(|&port| port > 0)?;
    Some(said(port, text, start, start + digits.len()))
}

type Address = (Option<Said<String>>, Option<Said<u16>>);

/// `host:port`, `:port`, `[::1]:port`, `port`, `host`, `http://host:port`; sockets are none.
fn bind(text: &MappedText) -> Option<Address> {
    let letters = text.text();
    if letters.starts_with("unix:") || letters.starts_with("fd://") || letters.starts_with('/') {
        return None;
    }
    let from = letters.find("://").map_or(0, |at| at + 3);
    let body = &letters[from..];
    if body.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((None, port_in(text, from)));
    }
    let colon = body.rfind(':').filter(|&at| !body[at..].contains(']'));
    let (host_end, port) = match colon {
        Some(at) => (from + at, port_in(text, from + at + 1)),
        None => (letters.len(), None),
    };
    let host = &letters[from..host_end];
    let host = (!host.is_empty()).then(|| {
        let bare = host.trim_matches(['[', ']']).to_owned();
        said(bare, text, from, host_end)
    });
    Some((host, port))
}

fn server_listens(
    server: &'static Server,
    launch: &Launch,
    environment: Environment<'_>,
) -> Vec<Listen> {
    let arguments = &launch.arguments;
    let purpose = if server.is_grpc { Purpose::Grpc } else { Purpose::Service };
    let is_overridden = has_flag(arguments, server.overriding)
        || has_unknown_value(arguments, server.port_flags)
        || has_unknown_value(arguments, server.bind_flags);
    let default_port = || {
        let unwritten =
            |value, origin| Said { value, span: launch.program, origin, is_literal: false };
        let variable =
            (!server.port_variable.is_empty()).then(|| environment(server.port_variable));
        if let Some(Some(value)) = variable {
            return value.parse().ok().map(|port| unwritten(port, Origin::Variable));
        }
        // gunicorn binds to every address on $PORT, if it is set.
        if server.name == "gunicorn"
            && let Some(value) = environment("PORT")
        {
            return value.parse().ok().map(|port| unwritten(port, Origin::Variable));
        }
        server.port.filter(|_| !is_overridden).map(|port| unwritten(port, Origin::Default))
    };
    let default_host = || {
        let unwritten = |value: &str, origin| Said {
            value: value.to_owned(),
            span: launch.program,
            origin,
            is_literal: false,
        };
        if !server.host_variable.is_empty()
            && let Some(value) = environment(server.host_variable)
        {
            let host = value.rsplit("//").next().unwrap_or(value).to_owned();
            let host = host.split(':').next().unwrap_or_default().to_owned();
            return Some(unwritten(&host, Origin::Variable));
        }
        if server.name == "gunicorn" && environment("PORT").is_some() {
            return Some(unwritten("0.0.0.0", Origin::Variable));
        }
        server.host.filter(|_| !is_overridden).map(|host| unwritten(host, Origin::Default))
    };
    if server.name == "gunicorn" && environment("GUNICORN_CMD_ARGS").is_some() {
        // Its arguments may stand there.
        return vec![Listen { host: None, port: None, purpose }];
    }
    let binds = flags(arguments, server.bind_flags);
    if !binds.is_empty() {
        let mut listens = Vec::new();
        for text in &binds {
            let mut offset = 0;
            // waitress takes several in one value.
            for piece in text.text().split([' ', ',']) {
                let part = text.slice(offset, offset + piece.len());
                offset += piece.len() + 1;
                if let Some((host, port)) = bind(&part) {
                    let host = host.or_else(|| {
                        // `:8000` and `8000` alone are every address.
                        port.as_ref().map(|port| Said {
                            value: "0.0.0.0".to_owned(),
                            span: port.span,
                            origin: Origin::Default,
                            is_literal: false,
                        })
                    });
                    let port = port.or_else(default_port);
                    listens.push(Listen { host, port, purpose });
                }
            }
        }
        return listens;
    }
    let port_text = flags(arguments, server.port_flags).pop();
    let host_text = flags(arguments, server.host_flags).pop();
    let mut port = match &port_text {
        Some(text) => port_in(text, 0),
        None => default_port(),
    };
    if server.positional_port
        && let Some(text) = arguments
            .iter()
            .find_map(|word| word.value.as_ref().filter(|text| text.text().parse::<u16>().is_ok()))
    {
        port = port_in(text, 0);
    }
    let host = match &host_text {
        Some(text) => Some(said(text.text().to_owned(), text, 0, text.text().len())),
        None => default_host(),
    };
    if port.is_none() && host_text.is_none() && server.port.is_none() {
        return Vec::new();
    }
    vec![Listen { host, port, purpose }]
}

/// A program that we do not know: only what whole, unmistakable flags say.
fn other_listens(launch: &Launch) -> Vec<Listen> {
    let arguments = &launch.arguments;
    let port = flags(arguments, PORT_FLAGS).pop().and_then(|text| port_in(&text, 0));
    let host = flags(arguments, HOST_FLAGS).pop().and_then(|text| {
        let is_host = is_host(text.text());
        is_host.then(|| said(text.text().to_owned(), &text, 0, text.text().len()))
    });
    let bound = flags(arguments, BIND_FLAGS).pop().and_then(|text| bind(&text));
    let (bound_host, bound_port) = bound.unwrap_or_default();
    let host = host.or(bound_host.filter(|host| is_host(&host.value)));
    let port = port.or(bound_port);
    if host.is_none() && port.is_none() {
        return Vec::new();
    }
    vec![Listen { host, port, purpose: Purpose::Service }]
}

/// An address that a server binds to, rather than one that a client calls.
fn is_host(text: &str) -> bool {
    matches!(text, "localhost" | "::" | "::1" | "*")
        || text.split('.').count() == 4 && text.split('.').all(|part| part.parse::<u8>().is_ok())
}

fn log_files(arguments: &[Argument]) -> Vec<Span> {
    flags(arguments, LOG_FLAGS)
        .iter()
        .filter(|text| {
            let path = text.text();
            !matches!(path, "-" | "" | "None" | "/dev/stdout" | "/dev/stderr")
                && !path.starts_with("/proc/")
        })
        .map(|text| text.whole())
        .collect()
}
