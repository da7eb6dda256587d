//! `ImageRegistryCredential` in a tree: a request to ECI as JSON, a ROS template, Terraform's JSON.

use std::collections::BTreeMap;

use crate::reference::template_range;
use crate::ros::{Template, call};
use crate::tree::{Member, Node};

use super::document::{Documents, filled, scalar};
use super::{DecodeError, Entry, Given, NoLogin, Note, ReadError, docker_auth};

/// What the list is called: by ECI and ROS, and by Terraform.
pub(super) const NAMES: [&str; 2] = ["ImageRegistryCredential", "image_registry_credential"];

/// Reads every credential of a document.
pub(super) fn decode(text: &str) -> Result<Vec<Entry>, ReadError> {
    let documents = Documents::read(text)?;
    let mut entries = Vec::new();
    for root in documents.roots() {
        let mut resources = Template::of(root).resources().peekable();
        if resources.peek().is_none() {
            find(root, root, &mut entries);
        }
        for resource in resources {
            let first = entries.len();
            find(root, &resource.member.node, &mut entries);
            for entry in entries.iter_mut().skip(first) {
                entry.holder = resource.name().to_owned();
                if entry.login.is_ok() {
                    entry.note(Note::PasswordInTemplate);
                }
            }
        }
    }
    match &documents.broken {
        Some(error) if entries.is_empty() => Err(error.clone()),
        None if entries.is_empty() => Err(ReadError::NoCredential),
        broken => {
            entries.extend(broken.clone().map(|error| Entry::broken("", error)));
            Ok(entries)
        }
    }
}

/// The credentials in `node` and below.
fn find(root: &Node, node: &Node, entries: &mut Vec<Entry>) {
    // An object may have the flattened names as well.
    let mut flattened = Flattened::default();
    for member in node.members() {
        if NAMES.contains(&member.key.as_str()) {
            let one = std::slice::from_ref(&member.node);
            let items = member.node.items().unwrap_or(one).iter().filter(|item| !item.is_null());
            entries.extend(items.map(|item| entry(root, item)));
        } else if !scalar(&member.node).is_some_and(|value| flattened.take(&member.key, value)) {
            find(root, &member.node, entries);
        }
    }
    entries.extend(flattened.entries());
    for item in node.items().unwrap_or_default() {
        find(root, item, entries);
    }
}

/// How one field of a credential is given.
enum Field<'a> {
    Missing,
    Literal(&'a str),
    Parameter(&'a str),
    Computed,
}

impl<'a> Field<'a> {
    fn of(member: Option<&'a Member>) -> Field<'a> {
        let Some(node) = member.map(|member| &member.node).filter(|node| !node.is_null()) else {
            return Field::Missing;
        };
        if let Some(text) = scalar(node) {
            return Field::Literal(text);
        }
        match call(node) {
            Some(call) if call.name == "Ref" => {
                call.argument.as_str().map_or(Field::Computed, Field::Parameter)
            }
            _ => Field::Computed,
        }
    }

    /// As it is shown to people.
    fn shown(&self) -> String {
        match self {
            Field::Literal(text) => (*text).to_owned(),
            Field::Parameter(name) => format!("${{{name}}}"),
            Field::Missing | Field::Computed => String::new(),
        }
    }
}

fn entry(root: &Node, node: &Node) -> Entry {
    if !node.is_object() || call(node).is_some() {
        return Entry::new("", Err(DecodeError::Placeholder.into()));
    }
    let member = |name: &str| node.members().iter().rev().find(|one| folded(&one.key) == name);
    let members = [member("server"), member("username"), member("password")];
    let [server, username, password] = members.map(Field::of);
    let login = match (&username, &password) {
        (Field::Missing, _) | (_, Field::Missing) => Err(DecodeError::Incomplete.into()),
        (Field::Literal(username), Field::Literal(password)) => {
            Ok(docker_auth::inspect_pair(username, password))
        }
        (Field::Computed, _) | (_, Field::Computed) => Err(DecodeError::Placeholder.into()),
        (username, password) => Err(NoLogin::Parameters {
            username: given(root, username),
            password: given(root, password),
        }),
    };
    let mut entry = Entry::new(&server.shown(), login);
    let spellings = [["Server", "UserName", "Password"], ["server", "user_name", "password"]];
    let is_spelled = |spelling: &[&str; 3]| {
        let pairs = members.iter().zip(spelling);
        pairs
            .filter_map(|(member, name)| Some((member.as_ref()?, name)))
            .all(|(it, name)| it.key == **name)
    };
    if !spellings.iter().any(is_spelled) {
        entry.note(Note::FieldSpelling);
    }
    if let Field::Parameter(name) = &password {
        entry.notes.extend(parameter_notes(root, name));
    }
    entry
}

/// `UserName`, `user_name`, `username` as one.
fn folded(key: &str) -> String {
    key.chars().filter(|letter| *letter != '_').map(|letter| letter.to_ascii_lowercase()).collect()
}

fn parameter<'a>(root: &'a Node, name: &str) -> Option<&'a Node> {
    root.get("Parameters")?.get(name)
}

fn is_hidden(parameter: &Node) -> bool {
    filled(parameter, "NoEcho").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

fn given(root: &Node, field: &Field<'_>) -> Given {
    match field {
        Field::Parameter(name) => Given::Parameter {
            name: (*name).to_owned(),
            is_hidden: parameter(root, name).is_some_and(is_hidden),
        },
        _ => Given::Literal,
    }
}

/// What is to be known of the parameter that a password comes from.
fn parameter_notes(root: &Node, name: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    match parameter(root, name) {
        Some(parameter) => {
            if !is_hidden(parameter) {
                notes.push(Note::ParameterIsShown);
            }
            if filled(parameter, "Default").is_some() {
                notes.push(Note::ParameterHasDefault);
            }
        }
        // A part of a template has no parameters.
        None if root.get("Parameters").is_none() => {}
        None => notes.push(Note::ParameterIsMissing),
    }
    notes
}

/// Credentials whose fields stand on their own, `ImageRegistryCredential.1.Server`.
#[derive(Default)]
pub(super) struct Flattened {
    // `N` stands for a number in the documentation, and so in texts that were copied from it.
    found: BTreeMap<Option<u32>, Triple>,
}

#[derive(Default)]
struct Triple {
    server: String,
    username: Option<super::Secret>,
    password: Option<super::Secret>,
}

impl Flattened {
    /// Takes a field; whether `key` is one.
    pub(super) fn take(&mut self, key: &str, value: &str) -> bool {
        let rest = key.strip_prefix(NAMES[0]).and_then(|rest| rest.strip_prefix('.'));
        let Some((number, field)) = rest.and_then(|rest| rest.split_once('.')) else {
            return false;
        };
        if !matches!(field, "Server" | "UserName" | "Password") {
            return false;
        }
        let triple = self.found.entry(number.parse().ok()).or_default();
        match field {
            "Server" => value.trim().clone_into(&mut triple.server),
            "UserName" => triple.username = Some(super::Secret::new(value)),
            _ => triple.password = Some(super::Secret::new(value)),
        }
        true
    }

    /// The credentials, in the order of their numbers.
    pub(super) fn entries(self) -> Vec<Entry> {
        let entry = |triple: Triple| {
            let login = match (triple.username, triple.password) {
                (Some(username), Some(password)) => {
                    Ok(docker_auth::inspect_pair(username.reveal(), password.reveal()))
                }
                _ => Err(DecodeError::Incomplete.into()),
            };
            Entry::new(&triple.server, login)
        };
        self.found.into_values().map(entry).collect()
    }
}

/// What is to be known of the address that a credential of ECI names.
pub(super) fn server_notes(server: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    let rest = match server.split_once("://") {
        Some((_, rest)) => {
            notes.push(Note::SchemeInServer);
            rest
        }
        None => server,
    };
    if rest.contains('/') && template_range(rest).is_none() {
        notes.push(Note::PathInServer);
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read: holder, registry, and `username password` or the reason.
    fn read(text: &str) -> Vec<(String, String, String)> {
        let show = |entry: Entry| {
            let login = match &entry.login {
                Ok(login) => format!("{} {}", login.username, login.password.reveal()),
                Err(why) => why.to_string(),
            };
            (entry.holder, entry.registry, login)
        };
        decode(text).unwrap().into_iter().map(show).collect()
    }

    fn line(holder: &str, registry: &str, login: &str) -> (String, String, String) {
        (holder.to_owned(), registry.to_owned(), login.to_owned())
    }

    #[test]
    fn nested_flattened_and_terraform_json_are_read() {
        let nested = r#"{"Container":[{"ImageRegistryCredential":null}],"ImageRegistryCredential":[
            {"Server":"a.b","UserName":"ab","Password":"c d"},{"Server":"c.d","UserName":"x"}]}"#;
        let incomplete = "the entry lacks its username or its password";
        assert_eq!(read(nested), [line("", "a.b", "ab c d"), line("", "c.d", incomplete)]);
        let terraform = r#"{"resource":{"alicloud_eci_container_group":{"app":{
            "image_registry_credential":{"server":"a.b","user_name":"ab","password":123456}}}}}"#;
        assert_eq!(read(terraform), [line("", "a.b", "ab 123456")]);
        let flattened = r#"{"ImageRegistryCredential.2.Server":"c.d","ImageRegistryCredential.2.UserName":"u",
            "ImageRegistryCredential.2.Password":"p","ImageRegistryCredential.1.Server":"a.b"}"#;
        assert_eq!(read(flattened), [line("", "a.b", incomplete), line("", "c.d", "u p")]);
        let misspelled = decode(
            r#"{"ImageRegistryCredential":[{"server":"a.b","username":"u","password":"p"}]}"#,
        );
        let misspelled = misspelled.unwrap().remove(0);
        assert_eq!((misspelled.login.is_ok(), misspelled.notes), (true, vec![Note::FieldSpelling]));
    }

    #[test]
    fn a_template_says_where_its_values_come_from() {
        let template = "
Parameters:
  Shown: {Type: String, Default: hunter2}
  Hidden: {Type: String, NoEcho: true}
Resources:
  A:
    Type: ALIYUN::ECI::ContainerGroup
    Properties:
      ImageRegistryCredential:
      - {Server: a.b, UserName: u, Password: p}
      - {Server: !Ref Host, UserName: u, Password: !Ref Hidden}
      - {Server: a.b, UserName: u, Password: {Ref: Shown}}
      - {Server: a.b, UserName: u, Password: !Sub 'x${Hidden}'}
      - {Server: a.b, UserName: !Ref Hidden, Password: !Ref Gone}
  B:
    Type: ALIYUN::ECI::ContainerGroup
    Properties:
      ImageRegistryCredential: !Ref List
";
        let hidden = "from the parameter `Hidden`, which is NoEcho";
        let unknown = "the value is a placeholder";
        assert_eq!(
            read(template),
            [
                line("A", "a.b", "u p"),
                line("A", "${Host}", hidden),
                line("A", "a.b", "from the parameter `Shown`"),
                line("A", "a.b", unknown),
                line("A", "a.b", "from the parameter `Gone`"),
                line("B", "", unknown),
            ]
        );
        let notes: Vec<_> = decode(template).unwrap().into_iter().map(|it| it.notes).collect();
        assert_eq!(
            notes,
            [
                vec![Note::PasswordInTemplate],
                vec![],
                vec![Note::ParameterIsShown, Note::ParameterHasDefault],
                vec![],
                vec![Note::ParameterIsMissing],
                vec![],
            ]
        );
    }

    #[test]
    fn an_address_is_a_host_alone() {
        let cases: &[(&str, &[Note])] = &[
            ("a.b:5000", &[]),
            ("https://a.b", &[Note::SchemeInServer]),
            ("a.b/team", &[Note::PathInServer]),
            ("http://a.b/", &[Note::SchemeInServer, Note::PathInServer]),
            ("${HOST}/x", &[]),
        ];
        for (server, notes) in cases {
            assert_eq!(server_notes(server), *notes, "{server}");
        }
    }
}
