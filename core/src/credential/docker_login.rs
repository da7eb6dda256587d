//! The command that logs in: `docker login`, and the tools that take the same options.
//!
//! What is written leaves the password to standard input. What is read may have it anywhere.

use crate::shell::{OperatorKind, Script, SimpleCommand, quote};
use crate::text::file_name;

use super::command_line::{letters, read};
use super::docker_config::{check_registry, is_docker_hub};
use super::{DecodeError, EncodeError, Entry, NoLogin, Note, ReadError, Secret, docker_auth};

/// Programs that log in to registries.
const PROGRAMS: [&str; 8] =
    ["docker", "podman", "nerdctl", "buildah", "skopeo", "oras", "crane", "helm"];

/// Options with a value that is of no interest here.
const OTHERS: [&str; 5] =
    ["--authfile", "--compat-auth-file", "--cert-dir", "--secret", "--registry-config"];

/// The command that logs in to `registry`, or to Docker Hub without one.
pub fn encode(registry: Option<&str>, username: &str) -> Result<Secret, EncodeError> {
    docker_auth::check_username(username)?;
    let host = registry.unwrap_or("docker.io");
    check_registry(host)?;
    let mut command = format!("docker login --username {} --password-stdin", quote(username));
    // Docker Hub is what docker means without a host.
    if !is_docker_hub(host) {
        command.push(' ');
        command.push_str(&quote(host));
    }
    command.push('\n');
    Ok(Secret::new(command))
}

/// Whether a command that logs in stands in `text`.
pub(super) fn is_in(text: &str) -> bool {
    let mut has_program = false;
    text.split_whitespace().any(|word| {
        let is_login = word == "login" && has_program;
        has_program |= is_program(word);
        is_login
    })
}

/// Whether `text` begins with such a command.
pub(super) fn is_at_start(text: &str) -> bool {
    let mut words = text.split_whitespace().skip_while(|word| matches!(*word, "sudo" | "$" | "#"));
    words.next().is_some_and(is_program) && is_in(text)
}

fn is_program(word: &str) -> bool {
    PROGRAMS.contains(&file_name(word))
}

/// Reads every login of a text of commands.
pub fn decode(text: &str) -> Result<Vec<Entry>, ReadError> {
    let script = read(text)?;
    let entries: Vec<Entry> = (0..script.commands.len())
        .filter_map(|index| Login::of(&script, index, text))
        .map(Login::entry)
        .collect();
    if entries.is_empty() { Err(ReadError::NoCommand) } else { Ok(entries) }
}

/// What a command says.
#[derive(Default)]
struct Login {
    registry: Option<String>,
    username: Option<String>,
    password: Option<Secret>,
}

impl Login {
    /// The login that the command at `index` is.
    fn of(script: &Script, index: usize, text: &str) -> Option<Login> {
        let command = script.commands.get(index)?;
        let words: Vec<String> = command.words.iter().map(|word| letters(word, text)).collect();
        let program = words.iter().position(|word| is_program(word))?;
        let start = words.iter().skip(program).position(|word| word == "login")? + program + 1;
        let mut login = Login::default();
        let mut reads_input = false;
        let mut rest = words.into_iter().skip(start);
        while let Some(word) = rest.next() {
            if word == "--password-stdin" {
                reads_input = true;
            } else if let Some(value) = value_of(&word, 'u', "--username", &mut rest) {
                login.username = Some(value);
            } else if let Some(value) = value_of(&word, 'p', "--password", &mut rest) {
                login.password = Some(Secret::new(value));
            } else if OTHERS.contains(&word.as_str()) {
                rest.next();
            } else if !word.starts_with('-') && login.registry.is_none() {
                login.registry = Some(word);
            }
        }
        if reads_input {
            login.password = input(script, index, command, text);
        }
        Some(login)
    }

    fn entry(self) -> Entry {
        // Without a host, Docker Hub is meant.
        let registry = self.registry.unwrap_or_else(|| "docker.io".to_owned());
        let (login, note) = match (self.username, self.password) {
            (Some(username), Some(password)) => {
                let is_there = !crate::reference::is_placeholder(password.reveal().trim());
                let login = docker_auth::inspect_pair(&username, password.reveal());
                (Ok(login), is_there.then_some(Note::PasswordInCommand))
            }
            (username, None) => (Err(NoLogin::Asked { username }), None),
            (None, Some(_)) => (Err(DecodeError::Incomplete.into()), Some(Note::PasswordInCommand)),
        };
        let mut entry = Entry::new(&registry, login);
        entry.notes.extend(note);
        entry
    }
}

/// The value of the option `-short` or `--long`, if `word` is that: behind it, or the next word.
fn value_of(
    word: &str,
    short: char,
    long: &str,
    rest: &mut impl Iterator<Item = String>,
) -> Option<String> {
    let behind = match word.strip_prefix(long) {
        Some(behind) if behind.is_empty() || behind.starts_with('=') => behind,
        Some(_) => return None,
        None => word.strip_prefix('-')?.strip_prefix(short)?,
    };
    match behind.strip_prefix('=') {
        Some(value) => Some(value.to_owned()),
        None if behind.is_empty() => rest.next(),
        None => Some(behind.to_owned()),
    }
}

/// What the command at `index` gets on standard input, where the script itself says it: a
/// here-string or here-document, or what `echo` or `printf` pipe in.
fn input(script: &Script, index: usize, command: &SimpleCommand, text: &str) -> Option<Secret> {
    for redirection in &command.redirections {
        if let Some(heredoc) = &redirection.heredoc {
            return Some(Secret::new(heredoc.body.text()).without_line_end());
        }
        if redirection.operator == "<<<" {
            return Some(Secret::new(letters(&redirection.target, text)));
        }
    }
    if !command.is_preceded_by(OperatorKind::Pipe) {
        return None;
    }
    let before = script.commands.get(index.checked_sub(1)?)?;
    let words: Vec<String> = before.words.iter().map(|word| letters(word, text)).collect();
    let (name, arguments) = words.split_first()?;
    let printed: Vec<&str> = match name.as_str() {
        "echo" => {
            let is_option = |word: &&String| matches!(word.as_str(), "-n" | "-e" | "-E" | "-ne");
            arguments.iter().skip_while(is_option).map(String::as_str).collect()
        }
        "printf" => match arguments {
            [only] => vec![only.as_str()],
            [format, value] if format.trim_end_matches("\\n") == "%s" => vec![value.as_str()],
            _ => return None,
        },
        _ => return None,
    };
    (!printed.is_empty()).then(|| Secret::new(printed.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_leaves_the_password_out_and_quotes_the_rest() {
        let cases = [
            (Some("ghcr.io"), "abcd", "docker login --username abcd --password-stdin ghcr.io\n"),
            (
                Some("a.b:5000"),
                "robot$ci it's",
                "docker login --username 'robot$ci it'\\''s' --password-stdin a.b:5000\n",
            ),
            (None, "abcd", "docker login --username abcd --password-stdin\n"),
            (Some("docker.io"), "abcd", "docker login --username abcd --password-stdin\n"),
        ];
        for (registry, username, expected) in cases {
            let command = encode(registry, username).unwrap();
            assert_eq!(command.reveal(), expected);
            let entry = decode(command.reveal()).unwrap().remove(0);
            assert_eq!(entry.registry, registry.unwrap_or("docker.io"));
            assert_eq!(entry.username(), Some(username));
            assert!(matches!(entry.login, Err(NoLogin::Asked { .. })));
        }
        assert_eq!(encode(Some("a.b"), "a\nb").unwrap_err(), EncodeError::ControlInUsername);
        assert_eq!(encode(Some("a.b/c"), "a").unwrap_err(), EncodeError::PathInRegistry);
    }

    /// Registry, username and password of each login, and whether the password lies open.
    fn logins(text: &str) -> Vec<(String, String, String, bool)> {
        let read = |entry: Entry| {
            let username = entry.username().unwrap_or("-").to_owned();
            let password = match &entry.login {
                Ok(login) => login.password.reveal().to_owned(),
                Err(_) => "-".to_owned(),
            };
            let is_open = entry.notes.contains(&Note::PasswordInCommand);
            (entry.registry, username, password, is_open)
        };
        decode(text).unwrap().into_iter().map(read).collect()
    }

    #[test]
    fn every_spelling_of_the_command_is_read() {
        let long = "0123456789abcdef";
        let swr =
            format!("docker login -u cn-north-4@HPUA12 -p {long} swr.cn-north-4.myhuaweicloud.com");
        let cases = [
            (swr.as_str(), ("swr.cn-north-4.myhuaweicloud.com", "cn-north-4@HPUA12", long, true)),
            ("docker login a.b --username=u --password='c d'", ("a.b", "u", "c d", true)),
            ("$ sudo docker login -uu -pc a.b", ("a.b", "u", "c", true)),
            (
                "sudo -n /usr/bin/docker --config x login \\\n  -u u -p c \\\n a.b",
                ("a.b", "u", "c", true),
            ),
            ("docker login -u u -p \"$PASSWORD\" a.b", ("a.b", "u", "$PASSWORD", false)),
            ("docker login -u u -p ${PASSWORD} a.b", ("a.b", "u", "${PASSWORD}", false)),
            ("docker login --username=ann@example.com r.x", ("r.x", "ann@example.com", "-", false)),
            ("docker login", ("docker.io", "-", "-", false)),
            ("docker login -u u --password-stdin a.b < file", ("a.b", "u", "-", false)),
            ("cat p | docker login -u u --password-stdin a.b", ("a.b", "u", "-", false)),
            ("echo -n 'c d' | docker login -u u --password-stdin a.b", ("a.b", "u", "c d", true)),
            ("printf '%s\\n' c | docker login -u u --password-stdin a.b", ("a.b", "u", "c", true)),
            ("echo $P | docker login -u u --password-stdin a.b", ("a.b", "u", "$P", false)),
            ("docker login -u u --password-stdin a.b <<< c", ("a.b", "u", "c", true)),
            ("podman login --authfile f -u u -p c a.b", ("a.b", "u", "c", true)),
            ("helm registry login -u u -p c a.b", ("a.b", "u", "c", true)),
        ];
        for (text, (registry, username, password, is_open)) in cases {
            let expected = (registry.into(), username.into(), password.into(), is_open);
            assert_eq!(logins(text), [expected], "{text}");
            assert!(is_in(text), "{text}");
        }
        assert_eq!(logins("docker login -u a -p b x.y && docker login -u c z.w").len(), 2);
    }

    #[test]
    fn what_is_no_login_is_told() {
        assert_eq!(decode("docker pull a").unwrap_err(), ReadError::NoCommand);
        let open = decode("docker login a.b \\\n -u u -p 'hunter2").unwrap_err();
        assert!(matches!(open, ReadError::Command { line: 2, .. }), "{open:?}");
        assert!(!is_in("docker pull login.example") && !is_in("login docker"));
    }
}
