//! What an image archive says of the running container, where no Dockerfile does.

use super::{BootScript, Claims, ExposedPort, Start, StartedBy};
use crate::command;
use crate::document::{Content, Document, ImageView, Kind};
use crate::text::{MappedText, Place, file_name};

/// What a shell is called that an image's command starts with.
const SHELLS: &[&str] = &["/bin/sh", "sh", "/bin/bash", "bash"];

impl Claims {
    /// What the image in `archive` says of itself: of several the one for `linux/amd64`, else the
    /// first.
    pub(super) fn archive(&mut self, archive: &Document) {
        let is_usual = |view: &ImageView<'_>| {
            let config = view.config;
            config.os.as_deref() == Some("linux") && config.architecture.as_deref() == Some("amd64")
        };
        let Some(view) = archive.images().find(is_usual).or_else(|| archive.images().next()) else {
            return;
        };
        self.has_image = true;
        self.exposed = exposed(&view);
        let environment = |name: &str| view.config.variable(name);
        let words: Vec<MappedText> = view.argv().into_iter().cloned().collect();
        self.image_argv = words.iter().map(|word| word.text().to_owned()).collect();
        if let [first, .., last] | [first @ last] = &words[..] {
            let text = words.iter().map(MappedText::text).collect::<Vec<_>>().join(" ");
            let is_shell = SHELLS.contains(&first.text())
                && words.get(1).is_some_and(|word| word.text() == "-c");
            self.image_start = Some(Start {
                by: StartedBy::Image,
                at: Place::new(archive.id, first.whole().to(last.whole())),
                is_shell,
                launches: command::of_exec(&words, &environment),
                text,
            });
        }
        self.image_scripts(archive, &environment);
    }

    /// The scripts inside, but those that the project has as documents.
    fn image_scripts(&mut self, archive: &Document, environment: command::Environment<'_>) {
        let inner = archive.embedded.iter().filter(|inner| inner.kind == Kind::Shell);
        let texts = archive.archive().into_iter().flat_map(|archive| archive.scripts());
        for (inner, (path, text)) in inner.zip(texts) {
            let Content::Shell(shell) = &inner.content else { continue };
            let name = file_name(path).to_owned();
            if self.scripts.iter().any(|known| known.name == name) {
                continue;
            }
            self.scripts.push(BootScript {
                name,
                start: Start {
                    by: StartedBy::BootScript,
                    at: Place::new(archive.id, inner.span),
                    is_shell: true,
                    text: text.text().to_owned(),
                    launches: command::of_script(&shell.script, environment),
                },
            });
        }
    }
}

fn exposed(view: &ImageView<'_>) -> Vec<ExposedPort> {
    let ports = view.config.exposed_ports.iter().enumerate();
    let port = |(index, port): (usize, &String)| {
        let (port, protocol) = port.split_once('/').unwrap_or((port, "tcp"));
        let (first, last) = port.split_once('-').unwrap_or((port, port));
        let at = view.item_at("exposed_ports", index);
        (protocol == "tcp").then_some(ExposedPort {
            first: first.parse().ok()?,
            last: last.parse().ok()?,
            at,
            is_literal: false,
        })
    };
    ports.filter_map(port).collect()
}
