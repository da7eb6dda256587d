//! What the documents of one service say of the running container, each value with its place.
//!
//! Knows documents, but nothing of what a platform demands.

mod archive;
mod asked;
mod read;

use crate::command::{Launch, Listen, Said};
use crate::fact::Profile;
use crate::reference::ImageReference;
use crate::text::{Located, MappedText, Place, SourceId, Span};

/// Everything that one service's documents claim.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// The ports that the image's last stage exposes.
    pub exposed: Vec<ExposedPort>,
    /// The image that everything starts from, where its name is known.
    pub base: Option<Located<ImageReference>>,
    /// What the image starts by itself.
    pub image_start: Option<Start>,
    /// The words of that as the kernel is given them: ENTRYPOINT and CMD of the image's
    /// configuration.
    pub image_argv: Vec<String>,
    /// Whether the image is there to be asked: one Dockerfile without syntax errors, else one
    /// archive.
    pub has_image: bool,
    /// The scripts, as documents of their own.
    pub scripts: Vec<BootScript>,
    /// The containers that a deployment document describes.
    pub containers: Vec<Container>,
    /// ModelArts: what the configurations of models say.
    pub models: Vec<Model>,
    /// What health checks ask.
    pub health: Vec<HealthRequest>,
    /// Where something is mounted; `None` stands for a place that cannot be told.
    pub mounts: Vec<Option<String>>,
    /// ModelArts: what a service document says the service is.
    profile: Option<Profile>,
}

/// A port, or a range of them, of EXPOSE.
#[derive(Clone, Debug)]
pub struct ExposedPort {
    /// The first port.
    pub first: u16,
    /// The last port; equal to the first for a single one.
    pub last: u16,
    /// The digits.
    pub at: Place,
    /// Whether the digits stand there as such.
    pub is_literal: bool,
}

impl ExposedPort {
    /// Whether `port` is among them.
    pub fn holds(&self, port: u16) -> bool {
        (self.first..=self.last).contains(&port)
    }
}

/// Who says what is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartedBy {
    /// CMD or ENTRYPOINT of the Dockerfile.
    Image,
    /// `command` of a deployment document: no shell reads it.
    Command,
    /// `script` of a deployment document: a shell reads it.
    Script,
    /// A shell script.
    BootScript,
}

/// A command that is started with the container.
#[derive(Clone, Debug)]
pub struct Start {
    /// Who says so.
    pub by: StartedBy,
    /// Where the whole command stands.
    pub at: Place,
    /// Whether a shell reads it.
    pub is_shell: bool,
    /// Its words as one text, for a look at what else is in it.
    pub text: String,
    /// The programs that it starts.
    pub launches: Vec<Launch>,
}

impl Start {
    /// The document that it stands in.
    pub fn source(&self) -> SourceId {
        self.at.source
    }

    /// The place of a span of the same document.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.at.source, span)
    }

    /// Every socket that is listened on.
    pub fn listens(&self) -> impl Iterator<Item = &Listen> {
        self.launches.iter().flat_map(|launch| &launch.listens)
    }

    /// The ports that are listened on, as far as they are known.
    pub fn ports(&self) -> impl Iterator<Item = &Said<u16>> {
        self.listens().filter_map(|listen| listen.port.as_ref())
    }
}

/// A shell script of the project.
#[derive(Clone, Debug)]
pub struct BootScript {
    /// The last part of its path.
    pub name: String,
    /// What it starts.
    pub start: Start,
}

/// A container of a deployment document.
#[derive(Clone, Debug)]
pub struct Container {
    /// The container's object.
    pub at: Place,
    /// The port that it says it listens on, and its digits.
    pub port: Option<Located<u16>>,
    /// Whether the port is there but cannot be told (a template).
    pub has_unknown_port: bool,
    /// The command that replaces the image's.
    pub start: Option<Start>,
    /// Whether a command is there but cannot be told.
    pub has_unknown_start: bool,
    /// Whether it sets variables of its own.
    pub has_environment: bool,
    /// The image's address.
    pub image: Option<Located<MappedText>>,
}

/// A model of a configuration file.
#[derive(Clone, Debug)]
pub struct Model {
    /// The port that it says requests are sent to.
    pub port: Option<Located<u16>>,
    /// The image's address.
    pub image: Option<Located<MappedText>>,
}

/// Who asks whether the container is healthy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// HEALTHCHECK of the Dockerfile.
    Image,
    /// A probe of a deployment document.
    Deployment,
}

/// A request that a health check sends.
#[derive(Clone, Debug)]
pub struct HealthRequest {
    /// Who sends it.
    pub by: AskedBy,
    /// Where the check is described.
    pub whole: Place,
    /// The path, as far as it is known.
    pub path: Option<Located<String>>,
    /// The port, as far as it is known.
    pub port: Option<Located<u16>>,
}

impl Claims {
    /// What really runs when the image starts by itself: its command, and the script that the
    /// command calls if that is a document.
    pub fn running(&self) -> Vec<&Start> {
        let Some(start) = &self.image_start else {
            // Without a Dockerfile a script is all that there is to go by.
            let lone = (!self.has_image).then_some(&self.scripts[..]);
            return match lone {
                Some([only]) => vec![&only.start],
                _ => Vec::new(),
            };
        };
        let mut running = vec![start];
        running.extend(self.called_script().map(|script| &script.start));
        running
    }

    /// The script among the documents that the image's command calls.
    pub fn called_script(&self) -> Option<&BootScript> {
        let start = self.image_start.as_ref()?;
        self.scripts.iter().find(|script| {
            let words = start.text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '&'));
            words.into_iter().any(|word| word.rsplit('/').next() == Some(script.name.as_str()))
        })
    }

    /// Whether a deployment document gives a command, so that the image's does not run.
    pub fn is_start_replaced(&self) -> bool {
        self.containers.iter().any(|one| one.start.is_some() || one.has_unknown_start)
    }

    /// What runs in the container in the end: the command of the deployment, else the image's.
    /// `None` where several containers or a template leave it open.
    pub fn started(&self) -> Option<Vec<&Start>> {
        match &self.containers[..] {
            [] => Some(self.running()),
            [only] if only.has_unknown_start => None,
            [only] => Some(only.start.as_ref().map_or_else(|| self.running(), |one| vec![one])),
            _ => None,
        }
    }

    /// Whether the file at the absolute `path` may be a mounted one.
    pub fn is_mounted(&self, path: &str) -> bool {
        self.mounts.iter().any(|mount| {
            mount.as_deref().is_none_or(|mount| {
                let rest = path.strip_prefix(mount.trim_end_matches('/'));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })
    }

    /// The addresses of all images that are deployed.
    pub fn deployed_images(&self) -> impl Iterator<Item = &Located<MappedText>> {
        let containers = self.containers.iter().filter_map(|one| one.image.as_ref());
        containers.chain(self.models.iter().filter_map(|one| one.image.as_ref()))
    }

    /// What a ModelArts service document says the service is.
    pub fn profile(&self) -> Option<Profile> {
        self.profile
    }

    /// Whether anything tells the port that the image serves; a deployment document only tells what
    /// its own platform asks.
    pub fn tells_a_port(&self) -> bool {
        !self.exposed.is_empty()
            || self.running().iter().any(|start| start.ports().next().is_some())
    }
}
