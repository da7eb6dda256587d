//! Documents into claims.

use std::collections::HashMap;

use super::{BootScript, Claims, Container, ExposedPort, Model, Start, StartedBy, asked};
use crate::command;
use crate::dockerfile::{CommandForm, Prediction};
use crate::document::{DockerfileContent, Document, Kind};
use crate::fact::Profile;
use crate::reference;
use crate::text::{Located, MappedText, Place, SourceId, file_name};
use crate::tree::Node;

impl Claims {
    /// What `documents`, those of one service, claim together.
    pub(crate) fn read<'a>(documents: impl Iterator<Item = &'a Document>) -> Claims {
        let documents: Vec<&Document> = documents.collect();
        let mut claims = Claims::default();
        let mut dockerfiles =
            documents.iter().filter_map(|document| Some((document.id, document.dockerfile()?)));
        // Of several Dockerfiles nothing tells which makes the image.
        let image = match (dockerfiles.next(), dockerfiles.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        };
        if let Some((id, dockerfile)) = image {
            claims.image(id, dockerfile);
        }
        let prediction = image.map(|(_, dockerfile)| &dockerfile.prediction);
        for document in &documents {
            match document.kind {
                Kind::Shell => claims.scripts.extend(boot_script(document, prediction)),
                Kind::ModelArtsConfig => {
                    if let Some(root) = document.roots().first() {
                        claims.models.push(model(document.id, root));
                        claims.health.extend(asked::of_modelarts(document.id, root));
                    }
                }
                Kind::ModelArtsService => {
                    let root = document.roots().first();
                    let kind = root.and_then(|root| root.get("infer_type")).and_then(Node::as_str);
                    claims.profile = match kind {
                        Some("batch") => Some(Profile::Batch),
                        Some("real-time") => Some(Profile::RealTime),
                        _ => claims.profile,
                    };
                }
                _ => {}
            }
            for root in document.roots_of(Kind::EasService) {
                let list = root.get("containers").and_then(Node::items).unwrap_or_default();
                let storage = root.get("storage").and_then(Node::items).unwrap_or_default();
                claims.mounts.extend(storage.iter().map(|mount| {
                    let path = mount.get("mount_path").filter(|path| !path.is_unknown())?;
                    path.as_str().map(str::to_owned)
                }));
                for node in list {
                    claims.containers.push(container(document.id, node, prediction));
                    claims.health.extend(asked::of_eas(document.id, node));
                }
            }
        }
        // Without a Dockerfile an archive tells what the image is.
        let mut archives = documents.iter().filter(|document| document.kind == Kind::Image);
        if documents.iter().all(|document| document.dockerfile().is_none())
            && let (Some(only), None) = (archives.next(), archives.next())
        {
            claims.archive(only);
        }
        claims
    }

    fn image(&mut self, id: SourceId, dockerfile: &DockerfileContent) {
        self.has_image = dockerfile.errors.is_empty();
        let prediction = &dockerfile.prediction;
        self.exposed = prediction
            .exposed
            .iter()
            .filter(|exposed| exposed.protocol == "tcp")
            .map(|exposed| ExposedPort {
                first: exposed.first,
                last: exposed.last,
                at: Place::new(id, exposed.span),
                is_literal: exposed.is_literal,
            })
            .collect();
        self.base = prediction.base.as_ref().and_then(|base| {
            let reference = reference::parse(base.name.as_deref()?).ok()?;
            Some(Located::new(reference, Place::new(id, base.span)))
        });
        self.image_start = image_start(id, prediction);
        self.image_argv = prediction.argv();
        self.health.extend(asked::of_image(id, prediction));
    }
}

/// The value of a variable in the container, as the Dockerfile sets it.
fn variable<'a>(prediction: Option<&'a Prediction>, name: &str) -> Option<&'a str> {
    prediction?.env_value(name)?.value.as_deref()
}

/// ENTRYPOINT with CMD as its arguments, or CMD alone.
fn image_start(id: SourceId, prediction: &Prediction) -> Option<Start> {
    let environment = |name: &str| variable(Some(prediction), name);
    let main = prediction.entrypoint.as_ref().or(prediction.cmd.as_ref())?;
    let mut at = Place::new(id, main.span);
    let (launches, text, is_shell) = match &main.form {
        // A shell gets the text; a CMD beside it is ignored.
        CommandForm::Shell { text, .. } => {
            (command::of_shell(text, &environment), text.text().to_owned(), true)
        }
        CommandForm::Exec(_) => {
            let mut words = main.exec_words();
            if prediction.entrypoint.is_some()
                && let Some(cmd) = &prediction.cmd
            {
                at.span = at.span.to(cmd.span);
                match &cmd.form {
                    CommandForm::Exec(_) => words.extend(cmd.exec_words()),
                    CommandForm::Shell { text, .. } => {
                        words.push(MappedText::decoded("/bin/sh", cmd.span));
                        words.push(MappedText::decoded("-c", cmd.span));
                        words.push(text.clone());
                    }
                }
            }
            let text = words.iter().map(MappedText::text).collect::<Vec<_>>().join(" ");
            (command::of_exec(&words, &environment), text, false)
        }
    };
    Some(Start { by: StartedBy::Image, at, is_shell, text, launches })
}

fn boot_script(document: &Document, prediction: Option<&Prediction>) -> Option<BootScript> {
    let shell = document.shell()?;
    let path = document.source.path();
    let environment = |name: &str| variable(prediction, name);
    Some(BootScript {
        name: file_name(path).to_owned(),
        start: Start {
            by: StartedBy::BootScript,
            at: document.whole(),
            is_shell: true,
            text: document.source.text().to_owned(),
            launches: command::of_script(&shell.script, &environment),
        },
    })
}

fn model(id: SourceId, config: &Node) -> Model {
    Model {
        port: asked::port(id, config.get("port")),
        image: image(id, config.get("swr_location")),
    }
}

fn image(id: SourceId, node: Option<&Node>) -> Option<Located<MappedText>> {
    let node = node?;
    Some(Located::new(node.as_text()?.clone(), Place::new(id, node.inner_span())))
}

fn container(id: SourceId, node: &Node, prediction: Option<&Prediction>) -> Container {
    let place = |node: &Node| Place::new(id, node.inner_span());
    let port = node.get("port");
    let own = own_variables(node);
    let environment = |name: &str| match own.get(name).copied().flatten() {
        Some(value) if value.is_unknown() => None,
        Some(value) => value.as_str(),
        None => variable(prediction, name),
    };
    let start = |key: &str, by: StartedBy| {
        let value = node.get(key)?;
        let text = value.as_text()?;
        // A shell reads a script; a command is split into words alone, which for plain words is
        // the same.
        Some(Start {
            by,
            at: place(value),
            is_shell: by == StartedBy::Script,
            text: text.text().to_owned(),
            launches: command::of_shell(text, &environment)
                .into_iter()
                .map(|mut launch| {
                    launch.has_shell_parent &= by == StartedBy::Script;
                    launch
                })
                .collect(),
        })
    };
    let is_unknown = |key: &str| node.get(key).is_some_and(Node::is_unknown);
    Container {
        at: Place::new(id, node.span),
        port: port.and_then(|port| Some(Located::new(port.lenient_port()?, place(port)))),
        has_unknown_port: is_unknown("port"),
        start: start("script", StartedBy::Script).or_else(|| start("command", StartedBy::Command)),
        has_unknown_start: is_unknown("script") || is_unknown("command"),
        has_environment: node.get("env").is_some_and(|env| env.items() != Some(&[])),
        image: image(id, node.get("image")),
    }
}

/// `env` of a container: the value of each name, the first of several.
fn own_variables(container: &Node) -> HashMap<&str, Option<&Node>> {
    let list = container.get("env").and_then(Node::items).unwrap_or_default();
    let mut own = HashMap::new();
    for item in list {
        if let Some(name) = item.get("name").and_then(Node::as_str) {
            own.entry(name).or_insert_with(|| item.get("value"));
        }
    }
    own
}
