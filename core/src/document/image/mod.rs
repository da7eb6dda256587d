//! An image archive as a document: its facts, and as its text what `image inspect` prints of it, so
//! that every finding has a place.

mod covered;
mod described;
mod inspection;
mod looked_at;
mod steps;

use std::sync::Arc;

pub use inspection::{
    InspectedFault, InspectedImage, InspectedLayer, InspectedScript, InspectedWaste, Inspection,
};
pub(crate) use looked_at::words as hidden_in_words;

use covered::{Cover, Hidden};

use super::{Content, Document, Embedded, Kind, ShellContent};
use crate::image::config::ImageConfig;
use crate::image::facts::Facts;
use crate::image::layer::Layer;
use crate::image::listing::{Image, ImageKind};
use crate::image::resolve::Files;
use crate::shell;
use crate::text::{MappedText, Place, Source, SourceId, Span};
use crate::tree::json::{self, JsonDocument};
use crate::tree::{Node, Value};

/// An image archive.
#[derive(Debug)]
pub struct ImageContent {
    /// What is known of it.
    pub facts: Arc<Facts>,
    /// The document's text: what `image inspect --format json` prints.
    pub description: JsonDocument,
    /// The secrets that are covered in it.
    pub(crate) hidden: Hidden,
}

impl ImageContent {
    /// Of an image that is described as text.
    pub(super) fn read(text: &str) -> ImageContent {
        let facts = described::facts(text);
        let hidden = Cover::of(&facts).hidden;
        ImageContent { facts: Arc::new(facts), description: json::parse(text), hidden }
    }

    /// The scripts that its images start: path, and text as it stands in the description.
    pub fn scripts(&self) -> impl Iterator<Item = (&str, &MappedText)> {
        let images = self.description.root.as_ref().and_then(|root| root.get("images")?.items());
        let scripts =
            images.into_iter().flatten().filter_map(|image| image.get("scripts")?.items());
        scripts.flatten().filter_map(|script| {
            Some((script.get("path")?.as_str()?, script.get("text")?.as_text()?))
        })
    }
}

impl Document {
    /// The archive (or layout in a folder) at `path`, of which `facts` are known.
    pub(crate) fn image(id: SourceId, path: &str, facts: Arc<Facts>) -> Document {
        let mut cover = Cover::of(&facts);
        let inspection = Inspection::covered(path, &facts, &mut cover);
        let source = Source::new(path, inspection.to_json());
        let description = json::parse(source.text());
        let hidden = cover.hidden;
        let content = Content::Image(Box::new(ImageContent { facts, description, hidden }));
        Document::with(id, Kind::Image, source, content)
    }

    /// The image archive, if it is one.
    pub fn archive(&self) -> Option<&ImageContent> {
        match &*self.content {
            Content::Image(archive) => Some(archive),
            _ => None,
        }
    }

    /// The images of an archive that run, attestations and other artifacts left out, and none
    /// whose configuration cannot be read.
    pub fn images(&self) -> impl Iterator<Item = ImageView<'_>> {
        let archive = self.archive();
        let listed = archive.map(|one| one.facts.listing.images.as_slice()).unwrap_or_default();
        listed.iter().enumerate().filter_map(move |(index, image)| {
            let facts = &archive?.facts;
            let config = image.config.as_ref().filter(|_| image.kind == ImageKind::Image)?;
            let described = archive?.description.root.as_ref()?.get("images")?.items()?.get(index);
            let layers = facts.layers_of(index);
            Some(ImageView { document: self, facts, index, image, config, described, layers })
        })
    }
}

/// The scripts that an image starts, as documents of their own.
pub(super) fn scripts(archive: &ImageContent) -> Vec<Embedded> {
    let embedded = archive.scripts().map(|(path, text)| {
        let (script, errors) = shell::parse(text);
        Embedded {
            kind: Kind::Shell,
            content: Content::Shell(Box::new(ShellContent { script, errors })),
            resource: String::new(),
            resource_type: String::new(),
            property: "",
            file: Some(path.to_owned()),
            span: text.whole(),
        }
    });
    embedded.collect()
}

/// One image of an archive, with the places of what it says.
#[derive(Clone)]
pub struct ImageView<'a> {
    /// The archive.
    pub document: &'a Document,
    /// All that is known of the archive.
    pub facts: &'a Facts,
    /// Which of its images this is.
    pub index: usize,
    /// The image as the archive lists it.
    pub image: &'a Image,
    /// What it says of itself.
    pub config: &'a ImageConfig,
    /// Its layers, the lowest first; `None` for those that were not read.
    pub layers: Vec<Option<&'a Layer>>,
    described: Option<&'a Node>,
}

impl<'a> ImageView<'a> {
    /// The value of `key` in the description; where there is none, the place at which the image
    /// begins.
    pub fn at(&self, key: &str) -> Place {
        let value = self.described.and_then(|image| image.get(key));
        self.document.place(value.map_or(self.start(), |value| match value.value {
            Value::Null => self.start(),
            _ => value.inner_span(),
        }))
    }

    /// The item at `index` of the list `key`.
    pub fn item_at(&self, key: &str, index: usize) -> Place {
        let list = self.described.and_then(|image| image.get(key)).and_then(Node::items);
        match list.and_then(|list| list.get(index)) {
            Some(item) => self.document.place(item.inner_span()),
            None => self.at(key),
        }
    }

    /// The value of `name` in the object `key`.
    pub fn member_at(&self, key: &str, name: &str) -> Place {
        let member = self.described.and_then(|image| image.get(key)?.get(name));
        member.map_or_else(|| self.at(key), |value| self.document.place(value.inner_span()))
    }

    /// The layer at `index`: the step that made it, or its digest where no step is known.
    pub fn layer_at(&self, index: usize) -> Place {
        let layers = self.described.and_then(|image| image.get("layers")?.items());
        let Some(layer) = layers.and_then(|layers| layers.get(index)) else {
            return self.at("layers");
        };
        let told = |key: &str| layer.get(key).filter(|value| value.as_str().is_some());
        let told = told("history").or_else(|| told("blob_digest")).or_else(|| told("diff_id"));
        self.document.place(told.map_or(Span::at(layer.span.start as usize), Node::inner_span))
    }

    /// Every step of the history with its place: that of the layer that it made, else its own.
    pub fn steps(&self) -> Vec<(&'a str, Place)> {
        let (mut layers, mut others) = (0, 0);
        let steps = self.config.history.iter().map(|step| {
            let at = if step.is_empty {
                others += 1;
                self.item_at("steps", others - 1)
            } else {
                layers += 1;
                self.layer_at(layers - 1)
            };
            (step.created_by.as_str(), at)
        });
        steps.collect()
    }

    /// The script at `path` that it starts: the place of the path's name in the description.
    pub fn script_at(&self, path: &str) -> Place {
        let scripts = self.described.and_then(|image| image.get("scripts")?.items());
        let mut named = scripts.into_iter().flatten().filter_map(|script| script.get("path"));
        match named.find(|name| name.as_str() == Some(path)) {
            Some(name) => self.document.place(name.inner_span()),
            None => self.command_at(),
        }
    }

    /// The first layer that was not read to its end; where all were, the image itself.
    pub fn unread_at(&self) -> Place {
        let is_unread = |layer: &Option<&Layer>| !layer.is_some_and(Layer::is_whole);
        match self.layers.iter().position(is_unread) {
            Some(index) => self.layer_at(index),
            None => self.document.place(self.start()),
        }
    }

    fn start(&self) -> Span {
        self.described.map_or(Span::at(0), |image| Span::at(image.span.start as usize))
    }

    /// The words of `Entrypoint` and `Cmd` as they stand in the description.
    pub fn argv(&self) -> Vec<&'a MappedText> {
        let lists =
            ["entrypoint", "cmd"].map(|key| self.described.and_then(|one| one.get(key)?.items()));
        lists.into_iter().flatten().flatten().filter_map(Node::as_text).collect()
    }

    /// Where the command that starts it stands.
    pub fn command_at(&self) -> Place {
        match &self.config.entrypoint {
            Some(words) if !words.is_empty() => self.at("entrypoint"),
            _ => self.at("cmd"),
        }
    }

    /// Its layers, if all of them were read to their ends.
    pub fn whole_layers(&self) -> Option<Vec<&'a Layer>> {
        self.facts.whole_layers_of(self.index)
    }

    /// Its files; `layers` are [`ImageView::whole_layers`].
    pub fn files<'b>(&'b self, layers: &'b [&'b Layer]) -> Option<Files<'b>> {
        self.facts.files(self.index, layers)
    }

    /// The step that made the layer at `index`, where history and layers agree in number.
    pub fn step(&self, index: usize) -> Option<&'a str> {
        let made = || self.config.history.iter().filter(|step| !step.is_empty);
        let step = made().nth(index).filter(|_| made().count() == self.image.layers.len())?;
        Some(&step.created_by)
    }

    /// Bytes of all layers' archives, inflated; `None` where one was not read.
    pub fn unpacked_bytes(&self) -> Option<u64> {
        let layers = self.whole_layers()?;
        Some(layers.iter().fold(0, |sum, layer| sum.saturating_add(layer.tar_bytes)))
    }

    /// Bytes of all layers as they are stored; `None` where a layer's size is not known.
    pub fn stored_bytes(&self) -> Option<u64> {
        let layers = self.image.layers.iter().zip(&self.layers);
        layers
            .map(|(told, read)| read.map(|one| one.blob_bytes).or(told.bytes).or(told.stored))
            .sum()
    }
}
