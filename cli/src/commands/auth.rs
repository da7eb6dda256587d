//! `plimsoll auth encode` and `plimsoll auth decode`: the only place where a password is handled.

use std::io::{self, IsTerminal, Write};

use plimsoll::credential::docker_config::Entry;
use plimsoll::credential::{Form, Login, REDACTED, Secret};
use plimsoll::text::{Lang, Message, text};

use crate::args::{Auth, Decode, Encode};
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
    if form.needs_registry() && options.registry.is_none() {
        return Err(Problem::new(
            "--registry",
            text("`--as {form}` needs the registry's host", "`--as {form}` 需要仓库地址"),
            text("add `--registry HOST`", "请添加 `--registry HOST`"),
        )
        .arg("form", form.id()));
    }
    let password = password(options, output)?;
    for oddity in plimsoll::credential::docker_auth::password_oddities(&password) {
        output.warning(&oddity.message());
    }
    let login = Login {
        registry: options.registry.as_deref(),
        username: &options.username,
        password: &password,
        name: &options.name,
        namespace: options.namespace.as_deref(),
    };
    let encoded = form.encode(&login).map_err(|error| refused("auth encode", error.message()))?;
    output.print(&format!("{}\n", encoded.reveal().trim_end_matches('\n')));
    Ok(())
}

/// The password, from standard input or a prompt that does not show it.
fn password(options: &Encode, output: &Output) -> Result<Secret, Problem> {
    if options.password_stdin {
        let read =
            files::read_text(None).map_err(|error| Problem::io("--password-stdin", &error))?;
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
        Lang::En => format!("Password of {}: ", options.username),
        Lang::Zh => format!("{} 的密码：", options.username),
    };
    let _ = stderr.write_all(prompt.as_bytes()).and_then(|()| stderr.flush());
    drop(stderr);
    rpassword::read_password().map(Secret::new).map_err(|error| Problem::io("auth encode", &error))
}

fn decode(options: &Decode, output: &Output) -> Result<(), Problem> {
    let subject = options.file.as_ref().map_or("-".into(), |path| path.to_string_lossy());
    let encoded =
        files::read_text(options.file.as_deref()).map_err(|error| Problem::io(&subject, &error))?;
    // What was piped in or saved ends in a line end that is not part of it.
    let encoded = Secret::new(encoded).without_line_end();
    let form = options.form.unwrap_or_else(|| Form::of(encoded.reveal()));
    let entries =
        form.decode(encoded.reveal()).map_err(|error| refused(&subject, error.message()))?;
    let mut trouble = None;
    for entry in &entries {
        match &entry.login {
            Ok(_) => output.print(&shown(entry, options.reveal, output.lang)),
            Err(error) => {
                let about = if entry.registry.is_empty() { &*subject } else { &entry.registry };
                trouble = Some(refused(about, error.message()));
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
    let Ok(login) = &entry.login else { return String::new() };
    let names = match lang {
        Lang::En => ["registry", "username", "password", "note"],
        Lang::Zh => ["仓库", "用户名", "密码", "注意"],
    };
    let mut out = String::new();
    let mut line = |name: &str, value: &str| out.push_str(&format!("{name}: {value}\n"));
    if !entry.registry.is_empty() {
        line(names[0], &crate::terminal::visible(&entry.registry));
    }
    line(names[1], &crate::terminal::visible(&login.username));
    line(names[2], if reveal { login.password.reveal() } else { REDACTED });
    for oddity in &login.oddities {
        line(names[3], &oddity.message().render(lang));
    }
    out
}

fn refused(subject: &str, message: Message) -> Problem {
    Problem::said(subject, message)
}
