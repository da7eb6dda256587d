//! Standard output and standard error, and errors of the program's own.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use annotate_snippets::{Group, Level};
use clap::ColorChoice;
use plimsoll::text::{Lang, Message, Text};

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
        Problem::of(subject, message, plimsoll::text::text("", ""))
    }

    /// `message` about `subject`, as core says it, with what to do.
    pub(crate) fn of(subject: &str, message: Message, help: Text) -> Problem {
        Problem {
            subject: subject.to_owned(),
            message: Box::new(message),
            help: Box::new(Message::new(help)),
        }
    }

    /// What the operating system said of `subject`.
    pub(crate) fn io(subject: &str, error: &io::Error) -> Problem {
        use plimsoll::text::text;
        let message = match error.kind() {
            io::ErrorKind::NotFound => {
                text("there is no such file or folder", "没有该文件或文件夹")
            }
            io::ErrorKind::PermissionDenied => text("you may not read this", "没有读取权限"),
            _ => text("{error}", "{error}"),
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
}

impl Output {
    pub(crate) fn new(lang: Lang, color: ColorChoice) -> Output {
        Output { lang, color }
    }

    /// Writes to standard output. A reader that went away (`| head`) is no error.
    pub(crate) fn print(&self, text: &str) {
        let mut stream = anstream::AutoStream::new(io::stdout().lock(), self.choice());
        let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
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
        let title = terminal::visible(&message.render(self.lang));
        self.to_stderr(Group::with_title(
            terminal::named(level, self.lang, chinese).primary_title(title),
        ));
    }

    /// Writes a problem to standard error.
    pub(crate) fn problem(&self, problem: &Problem) {
        let title = format!("{}: {}", problem.subject, problem.message.render(self.lang));
        let mut group = Group::with_title(
            terminal::named(Level::ERROR, self.lang, "错误")
                .primary_title(terminal::visible(&title)),
        );
        let help = problem.help.render(self.lang);
        if !help.is_empty() {
            group = group.element(
                terminal::named(Level::HELP, self.lang, "建议").message(terminal::visible(&help)),
            );
        }
        self.to_stderr(group);
    }

    fn to_stderr(&self, group: Group<'_>) {
        let text = terminal::renderer().render(&[group]).to_string();
        let mut stream = anstream::AutoStream::new(io::stderr().lock(), self.choice());
        let _ = writeln!(stream, "{text}");
    }

    fn choice(&self) -> anstream::ColorChoice {
        match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
    }
}
