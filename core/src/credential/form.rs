//! The forms in which a credential is written, under one roof: what a command line or a page
//! offers as a choice.

use super::docker_config::Entry;
use super::{DecodeError, EncodeError, ReadError, Secret};
use super::{docker_auth, docker_config, eci, kubernetes};

/// A form in which platforms want a credential.
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
}

/// What is to be written.
#[derive(Debug)]
pub struct Login<'a> {
    /// The registry's host; [`Form::Eas`] has no place for it.
    pub registry: Option<&'a str>,
    /// The username.
    pub username: &'a str,
    /// The password.
    pub password: &'a Secret,
    /// What [`Form::Kubernetes`] calls the Secret.
    pub name: &'a str,
    /// Where [`Form::Kubernetes`] puts it.
    pub namespace: Option<&'a str>,
}

/// Why a text in some form gives no credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
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
    pub const ALL: [Form; 4] = [Form::Eas, Form::DockerConfig, Form::Kubernetes, Form::Eci];

    /// The name in options: `eas`, `docker-config`, `kubernetes`, `eci`.
    pub const fn id(self) -> &'static str {
        match self {
            Form::Eas => "eas",
            Form::DockerConfig => "docker-config",
            Form::Kubernetes => "kubernetes",
            Form::Eci => "eci",
        }
    }

    /// Whether the form names the registry.
    pub const fn needs_registry(self) -> bool {
        !matches!(self, Form::Eas)
    }

    /// The form that `text` is written in, judged by its marks; what has none is a `dockerAuth`.
    pub fn of(text: &str) -> Form {
        if text.contains("ImageRegistryCredential") {
            Form::Eci
        } else if text.contains(".dockerconfigjson") || text.contains(".dockercfg") {
            Form::Kubernetes
        } else if text.contains('{') && docker_auth::is_json(text) {
            Form::DockerConfig
        } else {
            Form::Eas
        }
    }

    /// Writes `login` in this form. All but [`Form::Eas`] end in a line end.
    pub fn encode(self, login: &Login<'_>) -> Result<Secret, EncodeError> {
        let registry = login.registry.unwrap_or_default();
        let (username, password) = (login.username, login.password);
        match self {
            Form::Eas => docker_auth::encode(username, password),
            Form::DockerConfig => docker_config::encode(registry, username, password),
            Form::Kubernetes => {
                kubernetes::encode(registry, username, password, login.name, login.namespace)
            }
            Form::Eci => eci::encode(registry, username, password),
        }
    }

    /// Reads a text in this form. The registry of a `dockerAuth` is empty.
    pub fn decode(self, text: &str) -> Result<Vec<Entry>, FormError> {
        match self {
            Form::Eas => {
                let login = Ok(docker_auth::decode(text)?);
                Ok(vec![Entry { registry: String::new(), login }])
            }
            Form::DockerConfig => Ok(docker_config::decode(text)?),
            Form::Kubernetes => Ok(kubernetes::decode(text)?),
            Form::Eci => Ok(eci::decode(text)?),
        }
    }
}

impl FormError {
    /// The sentence about it.
    pub fn message(self) -> crate::text::Message {
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
        for form in Form::ALL {
            let text = form.encode(&login).unwrap();
            assert_eq!(Form::of(text.reveal()), form);
            let entries = form.decode(text.reveal()).unwrap();
            let registry = if form.needs_registry() { "ghcr.io" } else { "" };
            assert_eq!((entries.len(), entries[0].registry.as_str()), (1, registry), "{form:?}");
            let read = entries[0].login.as_ref().unwrap();
            assert_eq!(read.username, "abcd");
            assert!(read.password.matches(&password), "{form:?}");
            assert_eq!(read.oddities, [], "{form:?}");
        }
        let nowhere = Login { registry: None, ..login };
        for form in Form::ALL {
            assert_eq!(form.encode(&nowhere).is_err(), form.needs_registry(), "{form:?}");
        }
    }
}
