//! `plimsoll auth encode` and `plimsoll auth decode`: the only place where a password is handled.

use std::io::{self, IsTerminal, Write};

use plimsoll::credential::{Entry, Form, Format, Login, Secret};
use plimsoll::text::{Lang, Message, text, visible};

use crate::args::{Auth, Decode, Encode, EncodeFormat};
use crate::files;
use crate::output::{Outcome, Output, Problem};

pub(super) fn run(options: &Auth, output: &Output) -> Outcome {
    let result = match options {
        Auth::Encode(options) => encode(options, output),
        Auth::Decode(options) => decode(options, output),
    };
    match result {
        Ok(()) => Outcome::Good,
        Err(problem) => {
            output.problem(&problem);
            Outcome::Trouble
        }
    }
}

fn encode(options: &Encode, output: &Output) -> Result<(), Problem> {
    let form = options.form;
    let missing =
        |option: &str, what, help| Err(Problem::new(option, what, help).arg("form", form.id()));
    if form.needs_registry() && options.registry.is_none() {
        return missing(
            "--registry",
            text("`--as {form}` needs the registry's host", "`--as {form}` 需要仓库地址"),
            text("add `--registry HOST`", "请添加 `--registry HOST`"),
        );
    }
    if form.needs_username() && options.username.is_none() {
        return missing(
            "--username",
            text("`--as {form}` needs the username", "`--as {form}` 需要用户名"),
            text("add `--username NAME`", "请添加 `--username NAME`"),
        );
    }
    let username = options.username.as_deref().unwrap_or_default();
    let password = if form.holds_password() {
        password(username, options.password_stdin, output)?
    } else {
        Secret::default()
    };
    let login = Login {
        registry: options.registry.as_deref(),
        username,
        password: &password,
        name: &options.name,
        namespace: options.namespace.as_deref(),
    };
    let format = match options.format {
        EncodeFormat::Text => Format::Text,
        EncodeFormat::Json => Format::Json,
    };
    let encoded = form
        .encode(&login, format)
        .map_err(|error| Problem::said("auth encode", error.message()))?;
    for warning in form.warnings(&login) {
        output.warning(&warning);
    }
    output.raw(&format!("{}\n", encoded.reveal().trim_end_matches('\n')));
    if let Some(remark) = form.remark() {
        output.note(&Message::new(remark));
    }
    Ok(())
}

/// The password, from standard input or a prompt that does not show it.
fn password(username: &str, reads_input: bool, output: &Output) -> Result<Secret, Problem> {
    if reads_input {
        let read = files::read_text(None).map_err(|error| error.problem("--password-stdin"))?;
        return Ok(Secret::new(read).without_line_end());
    }
    if !io::stdin().is_terminal() {
        return Err(Problem::new(
            "auth encode",
            text("there is no terminal to ask for the password on", "没有可用于输入密码的终端"),
            text("pipe it in with `--password-stdin`", "请用 `--password-stdin` 通过管道传入"),
        ));
    }
    let mut stderr = io::stderr().lock();
    let prompt = match output.lang {
        Lang::En => format!("Password of {username}: "),
        Lang::Zh => format!("{username} 的密码："),
    };
    let _ = stderr.write_all(prompt.as_bytes()).and_then(|()| stderr.flush());
    drop(stderr);
    rpassword::read_password().map(Secret::new).map_err(|error| Problem::io("auth encode", &error))
}

fn decode(options: &Decode, output: &Output) -> Result<(), Problem> {
    let subject = options.file.as_ref().map_or("-".into(), |path| files::display(path));
    let encoded =
        files::read_text(options.file.as_deref()).map_err(|error| error.problem(&subject))?;
    // What was piped in or saved ends in a line end that is not part of it.
    let encoded = Secret::new(encoded).without_line_end();
    let form = options.form.unwrap_or_else(|| Form::of(encoded.reveal()));
    let entries =
        form.decode(encoded.reveal()).map_err(|error| Problem::said(&subject, error.message()))?;
    let mut trouble = None;
    let mut is_first = true;
    for entry in &entries {
        match entry.trouble() {
            None => {
                output.raw(if is_first { "" } else { "\n" });
                output.raw(&shown(entry, options.reveal, output.lang));
                is_first = false;
            }
            Some(message) => {
                let names = [&*subject, &entry.holder, &entry.registry];
                let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
                let problem = Problem::said(&names.join(": "), message);
                if let Some(earlier) = trouble.replace(problem) {
                    output.problem(&earlier);
                }
            }
        }
    }
    match trouble {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

/// One login with what is odd about it.
fn shown(entry: &Entry, reveal: bool, lang: Lang) -> String {
    let mut out = String::new();
    for line in entry.lines(reveal, lang) {
        // The password is shown as it is, a line break at its end included.
        let value = if line.is_password { line.value } else { visible(&line.value).into_owned() };
        out.push_str(&format!("{}: {value}\n", line.name));
    }
    out
}
