//! The forms in which a credential is written, under one roof: what a command line or a page
//! offers as a choice.

use crate::text::{Message, Text, text};

use super::registry::{self, DOCKER_HUB};
use super::{DecodeError, EncodeError, Entry, Note, Oddity, ReadError, Secret};
use super::{
    container_group, docker_auth, docker_config, docker_login, eas, eci, kubernetes, recognise, ros,
};

/// A form in which a credential is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `dockerAuth` of PAI-EAS.
    Eas,
    /// docker's config.json.
    DockerConfig,
    /// An image pull secret.
    Kubernetes,
    /// `ImageRegistryCredential` of ECI.
    Eci,
    /// The same in a ROS template, with parameters for what is secret.
    Ros,
    /// The command `docker login`.
    DockerLogin,
}

/// How a form is spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// As people write it most often: the bare value, lines, YAML, a command.
    #[default]
    Text,
    /// As JSON.
    Json,
}

/// What is to be written.
#[derive(Debug)]
pub struct Login<'a> {
    /// The registry's host; [`Form::Eas`] has no place for it.
    pub registry: Option<&'a str>,
    /// The username.
    pub username: &'a str,
    /// The password; not looked at by forms that have none.
    pub password: &'a Secret,
    /// What [`Form::Kubernetes`] calls the Secret.
    pub name: &'a str,
    /// Where [`Form::Kubernetes`] puts it.
    pub namespace: Option<&'a str>,
}

/// Why a text in some form gives no credential.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// As a `dockerAuth`.
    #[error(transparent)]
    Auth(#[from] DecodeError),
    /// As a document.
    #[error(transparent)]
    Document(#[from] ReadError),
}

impl Form {
    /// All forms, in the order in which they are offered.
    pub const ALL: [Form; 6] =
        [Form::Eas, Form::DockerConfig, Form::Kubernetes, Form::Eci, Form::Ros, Form::DockerLogin];

    /// The name in options: `eas`, `docker-config`, `kubernetes`, `eci`, `ros`, `docker-login`.
    pub const fn id(self) -> &'static str {
        match self {
            Form::Eas => "eas",
            Form::DockerConfig => "docker-config",
            Form::Kubernetes => "kubernetes",
            Form::Eci => "eci",
            Form::Ros => "ros",
            Form::DockerLogin => "docker-login",
        }
    }

    /// The form of this name.
    pub fn from_id(id: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.id() == id)
    }

    /// What it is called where one chooses it.
    pub const fn title(self) -> &'static str {
        match self {
            Form::Eas => "PAI-EAS: dockerAuth",
            Form::DockerConfig => "Docker: config.json",
            Form::Kubernetes => "Kubernetes: Secret",
            Form::Eci => "ECI: ImageRegistryCredential",
            Form::Ros => "ROS: NoEcho, ImageRegistryCredential",
            Form::DockerLogin => "docker login --password-stdin",
        }
    }

    /// Whether the form has a place for the registry.
    pub const fn takes_registry(self) -> bool {
        !matches!(self, Form::Eas)
    }

    /// Whether the form is not to be had without the registry.
    pub const fn needs_registry(self) -> bool {
        // docker means Docker Hub without one.
        self.takes_registry() && !matches!(self, Form::DockerLogin)
    }

    /// Whether the form is not to be had without a username.
    pub const fn needs_username(self) -> bool {
        !matches!(self, Form::Ros)
    }

    /// Whether the password stands in what is written.
    pub const fn holds_password(self) -> bool {
        !matches!(self, Form::Ros | Form::DockerLogin)
    }

    /// Whether it is spelled in JSON too, beside another spelling.
    pub const fn has_json(self) -> bool {
        !matches!(self, Form::DockerConfig | Form::DockerLogin)
    }

    /// What one who has it written should know.
    pub const fn remark(self) -> Option<Text> {
        match self {
            Form::Ros => Some(text(
                "no secret is in the template: whoever creates the stack types the password in, and NoEcho hides it",
                "模板中不含任何机密：密码在创建资源栈时输入，并由 NoEcho 隐藏",
            )),
            Form::DockerLogin => Some(text(
                "no password is in the command: it reads it from standard input, for example from a file behind `<`",
                "命令中不含密码：密码从标准输入读取，例如用 `<` 从文件读入",
            )),
            Form::Eas | Form::DockerConfig | Form::Kubernetes | Form::Eci => None,
        }
    }

    /// The form that `text` is written in, judged by its marks; what has none is a `dockerAuth`.
    pub fn of(text: &str) -> Form {
        let has = |mark: &str| text.contains(mark);
        if docker_login::is_at_start(text) {
            Form::DockerLogin
        } else if container_group::NAMES.iter().any(|name| has(name)) {
            if has("ALIYUN::") || has("ROSTemplateFormatVersion") { Form::Ros } else { Form::Eci }
        } else if has(".dockerconfigjson") || has(".dockercfg") || kubernetes::is_secret(text) {
            Form::Kubernetes
        } else if eas::is_document(text) {
            Form::Eas
        } else if has("{") && docker_auth::is_json(text) {
            Form::DockerConfig
        } else if docker_login::is_in(text) {
            Form::DockerLogin
        } else {
            Form::Eas
        }
    }

    /// Writes `login` in this form. All but the bare [`Form::Eas`] end in a line end.
    pub fn encode(self, login: &Login<'_>, format: Format) -> Result<Secret, EncodeError> {
        let registry = login.registry.unwrap_or_default();
        let (username, password) = (login.username, login.password);
        let is_json = format == Format::Json;
        match self {
            Form::Eas => eas::encode(username, password, format),
            Form::DockerConfig => docker_config::encode(registry, username, password),
            Form::Kubernetes => {
                let names = (login.name, login.namespace);
                kubernetes::encode(registry, username, password, names, format)
            }
            Form::Eci => eci::encode(registry, username, password, format),
            Form::Ros => {
                ros::encode(registry, Some(username).filter(|name| !name.is_empty()), format)
            }
            Form::DockerLogin if is_json => Err(EncodeError::NoJson),
            Form::DockerLogin => docker_login::encode(login.registry, username),
        }
    }

    /// What is to be known of `login` before it is written.
    pub fn warnings(self, login: &Login<'_>) -> Vec<Message> {
        let oddities = match self.holds_password() {
            true => docker_auth::password_oddities(login.password),
            false => Vec::new(),
        };
        let registry = login.registry.filter(|_| self.takes_registry()).unwrap_or_default();
        let notes = registry::notes(registry, Some(login.username));
        oddities
            .into_iter()
            .map(Oddity::message)
            .chain(notes.into_iter().map(Note::message))
            .collect()
    }

    /// Reads a text in this form.
    pub fn decode(self, text: &str) -> Result<Vec<Entry>, FormError> {
        let mut entries = self.read(text).map_err(|error| as_known(error, text))?;
        for entry in &mut entries {
            self.judge(entry);
        }
        Ok(entries)
    }

    fn read(self, text: &str) -> Result<Vec<Entry>, FormError> {
        Ok(match self {
            Form::Eas => eas::decode(text)?,
            Form::DockerConfig => docker_config::decode(text)?,
            Form::Kubernetes => kubernetes::decode(text)?,
            Form::Eci => eci::decode(text)?,
            Form::Ros => ros::decode(text)?,
            Form::DockerLogin => docker_login::decode(text)?,
        })
    }

    /// Notes what the registry and the username tell together.
    fn judge(self, entry: &mut Entry) {
        let is_key = matches!(self, Form::DockerConfig | Form::Kubernetes);
        if is_key && entry.registry != DOCKER_HUB && docker_config::is_docker_hub(&entry.registry) {
            entry.note(Note::DockerHubKey);
        }
        if matches!(self, Form::Eci | Form::Ros) {
            entry.notes.extend(container_group::server_notes(&entry.registry));
        }
        let notes = registry::notes(&entry.registry, entry.username());
        entry.notes.extend(notes);
        entry.notes.sort_unstable();
        entry.notes.dedup();
    }
}

/// A text without what its form has is told by what it is instead, where that is known.
fn as_known(error: FormError, text: &str) -> FormError {
    use ReadError::{NoCommand, NoCredential, NoDockerAuth, NoPayload, NoRegistry};
    let lacks = matches!(
        error,
        FormError::Document(NoCommand | NoCredential | NoDockerAuth | NoPayload | NoRegistry)
    );
    match recognise::document(text).filter(|_| lacks) {
        Some(other) => DecodeError::Other(other).into(),
        None => error,
    }
}

impl FormError {
    /// The sentence about it.
    pub fn message(&self) -> Message {
        match self {
            FormError::Auth(error) => error.message(),
            FormError::Document(error) => error.message(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_a_form_is_recognised_and_read_back() {
        let password = Secret::new("abcde12345");
        let login = Login {
            registry: Some("ghcr.io"),
            username: "abcd",
            password: &password,
            name: "pull",
            namespace: None,
        };
        for (form, format) in
            Form::ALL.into_iter().flat_map(|form| [(form, Format::Text), (form, Format::Json)])
        {
            let Ok(text) = form.encode(&login, format) else {
                assert_eq!((form, format), (Form::DockerLogin, Format::Json));
                continue;
            };
            assert_eq!(Form::of(text.reveal()), form);
            assert_eq!(
                text.reveal().contains("abcde12345"),
                matches!(form, Form::DockerConfig | Form::Eci)
            );
            let entries = form.decode(text.reveal()).unwrap();
            let registry = if form.takes_registry() { "ghcr.io" } else { "" };
            assert_eq!((entries.len(), entries[0].registry.as_str()), (1, registry), "{form:?}");
            assert_eq!(entries[0].notes, [], "{form:?}");
            assert_eq!(entries[0].login.is_ok(), form.holds_password());
            if let Ok(read) = &entries[0].login {
                assert_eq!(read.username, "abcd");
                assert!(read.password.matches(&password), "{form:?}");
                assert_eq!(read.oddities, [], "{form:?}");
            }
        }
        let nowhere = Login { registry: None, ..login };
        for form in Form::ALL {
            let is_refused = form.encode(&nowhere, Format::Text).is_err();
            assert_eq!(is_refused, form.needs_registry(), "{form:?}");
        }
    }

    #[test]
    fn the_form_of_a_pasted_text_is_told() {
        let cases = [
            ("YWI6Y2Q=", Form::Eas),
            ("{\"dockerAuth\": \"x\"}", Form::Eas),
            ("{\"auths\": {}}", Form::DockerConfig),
            ("data:\n  .dockerconfigjson: x\n", Form::Kubernetes),
            ("ImageRegistryCredential.1.Server=a", Form::Eci),
            ("{\"image_registry_credential\": []}", Form::Eci),
            ("ROSTemplateFormatVersion: '2015-09-01'\nx: {ImageRegistryCredential: []}", Form::Ros),
            ("docker login -u u -p .dockercfg a.b", Form::DockerLogin),
            ("apiVersion: v1\nkind: Secret\ndata:\n  a: b\n", Form::Kubernetes),
            ("{\"kind\": \"Secret\", \"data\": {}}", Form::Kubernetes),
            ("echo x | sudo docker login -u u --password-stdin a.b", Form::DockerLogin),
        ];
        for (text, form) in cases {
            assert_eq!(Form::of(text), form, "{text}");
        }
    }

    #[test]
    fn a_file_without_a_credential_is_told_as_what_it_is() {
        use crate::credential::Other;
        for (text, other) in [
            ("FROM alpine:3.20\n", Other::Dockerfile),
            ("{\"metadata\": {}, \"containers\": []}", Other::EasService),
            ("apiVersion: v1\nkind: Pod\n", Other::Manifest),
            ("ROSTemplateFormatVersion: '2015-09-01'\nParameters: {}\n", Other::RosTemplate),
            ("{\"auths\": {}}", Other::DockerConfig),
            ("machine a.b login u password hunter2\n", Other::Netrc),
        ] {
            let error = Form::of(text).decode(text).unwrap_err();
            assert_eq!(error, DecodeError::Other(other).into(), "{text}");
        }
    }

    #[test]
    fn notes_come_with_the_form() {
        let notes = |form: Form, text: &str| form.decode(text).unwrap().remove(0).notes;
        let config = |key: &str| format!(r#"{{"auths":{{"{key}":{{"auth":"YWI6Y2Q="}}}}}}"#);
        assert_eq!(notes(Form::DockerConfig, &config(DOCKER_HUB)), []);
        for key in ["docker.io", "index.docker.io", "https://registry-1.docker.io/v2/"] {
            assert_eq!(notes(Form::DockerConfig, &config(key)), [Note::DockerHubKey], "{key}");
        }
        let eci = "ImageRegistryCredential.1.Server=https://a.b/c\nImageRegistryCredential.1.UserName=u\nImageRegistryCredential.1.Password=p";
        assert_eq!(notes(Form::Eci, eci), [Note::SchemeInServer, Note::PathInServer]);
        let login = "docker login -u cr_temp_user -p x registry.cn-hangzhou.aliyuncs.com";
        assert_eq!(
            notes(Form::DockerLogin, login),
            [Note::TemporaryLogin, Note::PasswordInCommand]
        );
    }
}
