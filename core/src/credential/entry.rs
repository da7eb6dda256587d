//! One credential of a text: where it stands, which registry it is for, and the login, or who has
//! it instead.

use crate::text::{Lang, Message, Text, text};

use super::docker_auth::Decoded;
use super::{DecodeError, Note, Oddity, REDACTED, ReadError, registry};

/// One registry and the login for it.
#[derive(Debug)]
pub struct Entry {
    /// What in the text holds it, where the text may hold several: `Secret team/pull`.
    pub holder: String,
    /// The registry as it is written; empty where the form does not name it.
    pub registry: String,
    /// The username and password, or why there are none.
    pub login: Result<Decoded, NoLogin>,
    /// What is to be known of its surroundings, each once.
    pub notes: Vec<Note>,
}

/// Why an entry gives no username and password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().render(Lang::En))]
pub enum NoLogin {
    /// The value cannot be read.
    Unreadable(DecodeError),
    /// The document cannot be read, or not to its end.
    Document(ReadError),
    /// A credential helper of some machine has the password: `docker-credential-NAME`.
    Helper(String),
    /// A token stands in the place of a password: `identitytoken`, `registrytoken`.
    Token(&'static str),
    /// The command asks for the password, or reads it from standard input.
    Asked {
        /// The username, if the command names it.
        username: Option<String>,
    },
    /// A ROS template that refers to its parameters.
    Parameters {
        /// Where the username comes from.
        username: Given,
        /// Where the password comes from.
        password: Given,
    },
}

/// How a template gives a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// It stands there.
    Literal,
    /// By the parameter of this name.
    Parameter {
        /// The name.
        name: String,
        /// Whether the parameter has `NoEcho: true`.
        is_hidden: bool,
    },
}

impl Entry {
    /// An entry without notes so far.
    pub(super) fn new(registry: &str, login: Result<Decoded, NoLogin>) -> Entry {
        Entry { holder: String::new(), registry: registry.to_owned(), login, notes: Vec::new() }
    }

    /// What cannot be read, in the place of an entry.
    pub(super) fn broken(holder: &str, error: ReadError) -> Entry {
        let login = Err(NoLogin::Document(error));
        Entry { holder: holder.to_owned(), ..Entry::new("", login) }
    }

    pub(super) fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// The username, if it is known.
    pub fn username(&self) -> Option<&str> {
        match &self.login {
            Ok(login) => Some(&login.username),
            Err(NoLogin::Asked { username }) => username.as_deref(),
            Err(_) => None,
        }
    }

    /// Whether the username is one beyond doubt. What stands before the first colon of a text that
    /// nobody encoded may be the beginning of a secret.
    fn is_surely_name(&self) -> bool {
        let is_raw = |login: &Decoded| login.oddities.contains(&Oddity::RawPair);
        !self.login.as_ref().is_ok_and(is_raw) || self.username().is_none_or(is_plain_name)
    }

    /// Why nothing can be shown; an entry whose password is meant to be elsewhere is none of these.
    pub fn trouble(&self) -> Option<Message> {
        match &self.login {
            Ok(_) | Err(NoLogin::Asked { .. } | NoLogin::Parameters { .. }) => None,
            Err(why) => Some(why.message()),
        }
    }

    /// All that is known of the entry but its [`Entry::trouble`], for people. The password is dots,
    /// unless it is to be `revealed`.
    pub fn lines(&self, revealed: bool, lang: Lang) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut line = |name: Text, value: String| {
            lines.push(Line { name: name.get(lang), value, is_password: false });
        };
        if !self.holder.is_empty() {
            line(IN, self.holder.clone());
        }
        if !self.registry.is_empty() {
            line(REGISTRY, without_login(&self.registry));
        }
        if let Some(title) = registry::title(&self.registry, lang) {
            line(SERVICE, title);
        }
        if let Some(username) = self.username() {
            let shown = if revealed || self.is_surely_name() { username } else { REDACTED };
            line(USERNAME, shown.to_owned());
        }
        match &self.login {
            Ok(login) => {
                let value = if revealed { login.password.reveal() } else { REDACTED };
                let (name, value) = (PASSWORD.get(lang), value.to_owned());
                lines.push(Line { name, value, is_password: true });
            }
            Err(NoLogin::Parameters { username, password }) => {
                line(USERNAME, username.message().render(lang));
                line(PASSWORD, password.message().render(lang));
            }
            Err(why @ NoLogin::Asked { .. }) => line(PASSWORD, why.message().render(lang)),
            Err(_) => {}
        }
        let oddities = self.login.iter().flat_map(|login| &login.oddities);
        let notes = oddities.map(|oddity| oddity.message());
        let notes = notes.chain(self.notes.iter().map(|note| note.message()));
        let name = NOTE.get(lang);
        let note = |note: Message| Line { name, value: note.render(lang), is_password: false };
        lines.extend(notes.map(note));
        lines
    }
}

/// Whether `text` reads as a name: words, and digits at the ends of them only.
fn is_plain_name(text: &str) -> bool {
    const MOST: usize = 64;
    let mut after_digit = false;
    let is_mixed = text.chars().any(|letter| {
        let is_broken = after_digit && letter.is_alphabetic();
        after_digit = letter.is_ascii_digit();
        is_broken
    });
    text.len() <= MOST && !is_mixed
}

/// One thing about an entry, in one language.
pub struct Line {
    /// What it is.
    pub name: &'static str,
    /// What is said of it; not always one line.
    pub value: String,
    /// Whether the value is the password, or dots in its place.
    pub is_password: bool,
}

const IN: Text = text("in", "位于");
/// An address without the login that somebody wrote into it.
fn without_login(address: &str) -> String {
    let from = address.find("://").map_or(0, |at| at + "://".len());
    match address.rfind('@').filter(|&at| at > from) {
        Some(at) => format!("{}{REDACTED}{}", &address[..from], &address[at..]),
        None => address.to_owned(),
    }
}

const REGISTRY: Text = text("registry", "仓库");
const SERVICE: Text = text("service", "服务");
const USERNAME: Text = text("username", "用户名");
const PASSWORD: Text = text("password", "密码");
const NOTE: Text = text("note", "注意");

impl From<DecodeError> for NoLogin {
    fn from(error: DecodeError) -> NoLogin {
        NoLogin::Unreadable(error)
    }
}

impl NoLogin {
    /// The sentence about it.
    pub fn message(&self) -> Message {
        match self {
            NoLogin::Unreadable(error) => error.message(),
            NoLogin::Document(error) => error.message(),
            NoLogin::Helper(helper) => Message::new(text(
                "the password is not in this file: the helper `docker-credential-{helper}` of that machine has it, so the file logs in nowhere else",
                "该文件中没有密码：密码由那台机器上的 `docker-credential-{helper}` 保管，因此该文件在其他机器上无法登录",
            ))
            .arg("helper", helper),
            NoLogin::Token(field) => Message::new(text(
                "no password stands here but a token (`{field}`), which docker alone knows how to use: log in with a username and password for a platform",
                "这里没有密码，只有 docker 自己才会使用的令牌（`{field}`）：平台需要用户名和密码",
            ))
            .arg("field", field),
            NoLogin::Asked { .. } => Message::new(text(
                "not in the command, which asks for it or reads it from standard input",
                "不在命令中，由命令询问或从标准输入读取",
            )),
            NoLogin::Parameters { password, .. } => password.message(),
        }
    }
}

impl Given {
    fn message(&self) -> Message {
        match self {
            Given::Literal => Message::new(text("stands in the template itself", "直接写在模板中")),
            Given::Parameter { name, is_hidden: true } => Message::new(text(
                "from the parameter `{name}`, which is NoEcho",
                "来自参数 `{name}`（NoEcho）",
            ))
            .arg("name", name),
            Given::Parameter { name, is_hidden: false } => {
                Message::new(text("from the parameter `{name}`", "来自参数 `{name}`"))
                    .arg("name", name)
            }
        }
    }
}
