//! Standard output and standard error, and errors of the program's own.

use std::cell::Cell;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use annotate_snippets::{Group, Level};
use clap::ColorChoice;
use plimsoll::text::{Lang, Message, Text, text, visible};

use crate::terminal;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing at or above `--fail-on`.
    Good,
    /// Findings at or above it.
    Findings,
    /// Wrong usage, or an input that could not be read.
    Trouble,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Good => 0,
            Outcome::Findings => 1,
            Outcome::Trouble => 2,
        })
    }
}

/// Something that the program itself could not do.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    subject: String,
    // Boxed, so that a `Result` with a problem stays small.
    message: Box<Message>,
    help: Box<Message>,
}

impl Problem {
    /// `message` about `subject` (a path, an option), with what to do.
    pub(crate) fn new(subject: &str, message: Text, help: Text) -> Problem {
        Problem::of(subject, Message::new(message), help)
    }

    /// `message` about `subject`, as core says it.
    pub(crate) fn said(subject: &str, message: Message) -> Problem {
        Problem::of(subject, message, text("", ""))
    }

    /// `message` about `subject`, as core says it, with what to do.
    pub(crate) fn of(subject: &str, message: Message, help: Text) -> Problem {
        Problem {
            subject: subject.to_owned(),
            message: Box::new(message),
            help: Box::new(Message::new(help)),
        }
    }

    /// What the operating system said when `subject` was to be read.
    pub(crate) fn io(subject: &str, error: &io::Error) -> Problem {
        let message = match error.kind() {
            io::ErrorKind::NotFound => {
                text("there is no such file or folder", "没有该文件或文件夹")
            }
            io::ErrorKind::PermissionDenied => text("you may not read this", "没有读取权限"),
            _ => text("{error}", "{error}"),
        };
        Problem::new(subject, message, text("", "")).arg("error", error)
    }

    /// What the operating system said when `subject` was to be written.
    pub(crate) fn write(subject: &str, error: &io::Error) -> Problem {
        let message = match error.kind() {
            io::ErrorKind::NotFound => {
                text("there is no such folder to write to", "没有可写入的文件夹")
            }
            io::ErrorKind::PermissionDenied => text("you may not write here", "没有写入权限"),
            io::ErrorKind::ReadOnlyFilesystem => {
                text("nothing can be written here: {error}", "此处无法写入：{error}")
            }
            _ => text("this could not be written: {error}", "写入失败：{error}"),
        };
        Problem::new(subject, message, text("", "")).arg("error", error)
    }

    /// Fills a slot of message and help.
    pub(crate) fn arg(mut self, name: &'static str, value: impl Display) -> Problem {
        self.message.args.push((name, value.to_string().into()));
        self.help.args.push((name, value.to_string().into()));
        self
    }
}

/// Where the program speaks, in which language and whether in colour.
pub(crate) struct Output {
    pub(crate) lang: Lang,
    color: ColorChoice,
    /// Whether something could not be written to standard output.
    has_failed: Cell<bool>,
}

impl Output {
    pub(crate) fn new(lang: Lang, color: ColorChoice) -> Output {
        Output { lang, color, has_failed: Cell::new(false) }
    }

    /// Writes words of our own to standard output, which may have a style.
    pub(crate) fn print(&self, text: &str) {
        self.to_stdout(|stdout| {
            let mut stream = anstream::AutoStream::new(stdout, self.choice());
            stream.write_all(text.as_bytes()).and_then(|()| stream.flush())
        });
    }

    /// Writes a document or what a program reads to standard output, byte for byte.
    pub(crate) fn raw(&self, text: &str) {
        self.to_stdout(|mut stdout| {
            stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
        });
    }

    /// A reader that went away (`| head`) is no error; anything else is, and is told once.
    fn to_stdout(&self, write: impl FnOnce(Stdout) -> io::Result<()>) {
        let Err(error) = stdout().and_then(write) else { return };
        if error.kind() != io::ErrorKind::BrokenPipe && !self.has_failed.replace(true) {
            let subject = text("standard output", "标准输出").get(self.lang);
            self.problem(&Problem::write(subject, &error));
        }
    }

    /// How the program ends that would end with `outcome` if all that it said was heard.
    pub(crate) fn outcome(&self, outcome: Outcome) -> Outcome {
        if self.has_failed.get() { Outcome::Trouble } else { outcome }
    }

    /// `text`, which may have a style, as it is written to a file: in colour only where that is
    /// asked for.
    pub(crate) fn for_file(&self, text: String) -> String {
        match self.color {
            ColorChoice::Always => text,
            ColorChoice::Auto | ColorChoice::Never => {
                anstream::adapter::strip_str(&text).to_string()
            }
        }
    }

    /// Whether somebody looks at standard output.
    pub(crate) fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Writes words of our own to standard error, which may have a style.
    pub(crate) fn complain(&self, text: &str) {
        let mut stream = anstream::AutoStream::new(io::stderr().lock(), self.choice());
        let _ = stream.write_all(text.as_bytes());
    }

    /// Writes a warning to standard error.
    pub(crate) fn warning(&self, message: &Message) {
        self.remark(Level::WARNING, "警告", message);
    }

    /// Writes a note to standard error.
    pub(crate) fn note(&self, message: &Message) {
        self.remark(Level::NOTE, "说明", message);
    }

    fn remark(&self, level: Level<'static>, chinese: &'static str, message: &Message) {
        let title = message.render(self.lang);
        self.to_stderr(Group::with_title(
            terminal::named(level, self.lang, chinese).primary_title(visible(&title)),
        ));
    }

    /// Writes a problem to standard error.
    pub(crate) fn problem(&self, problem: &Problem) {
        let title = format!("{}: {}", problem.subject, problem.message.render(self.lang));
        let mut group = Group::with_title(
            terminal::named(Level::ERROR, self.lang, "错误").primary_title(visible(&title)),
        );
        let help = problem.help.render(self.lang);
        if !help.is_empty() {
            group = group
                .element(terminal::named(Level::HELP, self.lang, "建议").message(visible(&help)));
        }
        self.to_stderr(group);
    }

    fn to_stderr(&self, group: Group<'_>) {
        self.complain(&format!("{}\n", terminal::renderer().render(&[group])));
    }

    fn choice(&self) -> anstream::ColorChoice {
        match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
    }
}

/// Standard output without the buffer of the standard library, which takes a closed one for a
/// sink.
#[cfg(unix)]
type Stdout = std::fs::File;

#[cfg(unix)]
fn stdout() -> io::Result<Stdout> {
    use std::os::fd::AsFd;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
type Stdout = io::Stdout;

#[cfg(not(unix))]
fn stdout() -> io::Result<Stdout> {
    Ok(io::stdout())
}
