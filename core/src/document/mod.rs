//! One input, read into the language of its kind.

mod commands;
mod embedded;
mod image;
mod kind;
mod pragma;
mod secrets;

use std::sync::{Arc, OnceLock};

pub use commands::{CommandLine, Interpreter};
pub use embedded::Embedded;
pub(crate) use image::hidden_in_words;
pub use image::{
    ImageContent, ImageView, InspectedFault, InspectedImage, InspectedLayer, InspectedScript,
    InspectedWaste, Inspection,
};
use kind::Tree;
pub use kind::{Kind, detect, detect_by_name};
pub use pragma::{Check, Pragma, Scope, Tool};

use crate::dockerfile::{self, Dockerfile, Flow, Prediction};
use crate::dockerignore::{self, DockerIgnore};
use crate::fact::Platform;
use crate::flattened::{self, Flattened};
use crate::shell::{self, Script};
use crate::text::{MappedText, Place, Source, SourceId, Span, SyntaxError};
use crate::tree::Node;
use crate::tree::json::{self, JsonDocument};
use crate::tree::yaml::{self, YamlDocument};

/// A document of a project.
#[derive(Clone, Debug)]
pub struct Document {
    /// Which one it is.
    pub id: SourceId,
    /// What it is.
    pub kind: Kind,
    /// Its path and text.
    pub source: Arc<Source>,
    /// What was read from it.
    pub content: Arc<Content>,
    /// The documents that stand inside it, in their order.
    pub embedded: Arc<Vec<Embedded>>,
    /// Where its secrets stand, once somebody has asked.
    pub(crate) secrets: Arc<OnceLock<secrets::Secrets>>,
}

/// A document's text in its own language.
#[derive(Debug)]
pub enum Content {
    /// A Dockerfile.
    Dockerfile(Box<DockerfileContent>),
    /// A `.dockerignore`.
    DockerIgnore(Box<DockerIgnoreContent>),
    /// A JSON document of any kind.
    Json(Box<JsonDocument>),
    /// A YAML document of any kind.
    Yaml(Box<YamlDocument>),
    /// A flat list of parameters.
    Flattened(Box<Flattened>),
    /// A shell script.
    Shell(Box<ShellContent>),
    /// An image archive.
    Image(Box<ImageContent>),
}

/// A Dockerfile and what follows from it.
#[derive(Debug)]
pub struct DockerfileContent {
    /// The syntax tree.
    pub tree: Dockerfile,
    /// What its stages take over from one another.
    pub flow: Flow,
    /// What the image built from the last stage will say of itself.
    pub prediction: Prediction,
    /// What its instructions run, in their order.
    pub command_lines: Vec<CommandLine>,
    /// What could not be read.
    pub errors: Vec<SyntaxError>,
}

/// A `.dockerignore`.
#[derive(Debug)]
pub struct DockerIgnoreContent {
    /// The patterns.
    pub file: DockerIgnore,
    /// What could not be read.
    pub errors: Vec<SyntaxError>,
}

/// A shell script.
#[derive(Debug)]
pub struct ShellContent {
    /// The commands.
    pub script: Script,
    /// What could not be read.
    pub errors: Vec<SyntaxError>,
}

impl Document {
    /// Reads `source` as a document of `kind`, or of the kind that name and content tell; `None` if
    /// they tell none.
    pub(crate) fn open(id: SourceId, kind: Option<Kind>, source: Source) -> Option<Document> {
        if let Some(kind) = kind {
            return Some(Document::read(id, kind, source));
        }
        let (kind, tree) = kind::detect_and_read(source.path(), source.text());
        let kind = kind?;
        let content = tree.and_then(|tree| Content::of_tree(kind, source.text(), tree));
        let content = content.unwrap_or_else(|| Content::read(kind, source.text()));
        Some(Document::with(id, kind, source, content))
    }

    /// Reads `source` as a document of `kind`.
    pub(crate) fn read(id: SourceId, kind: Kind, source: Source) -> Document {
        let content = Content::read(kind, source.text());
        Document::with(id, kind, source, content)
    }

    fn with(id: SourceId, kind: Kind, source: Source, content: Content) -> Document {
        let embedded = match (kind, content.roots()) {
            (Kind::RosTemplate, [root, ..]) => embedded::of_template(root),
            _ => match &content {
                Content::Shell(shell) => embedded::of_script(&shell.script),
                Content::Image(archive) => image::scripts(archive),
                _ => Vec::new(),
            },
        };
        Document {
            id,
            kind,
            source: Arc::new(source),
            content: Arc::new(content),
            embedded: Arc::new(embedded),
            secrets: Arc::default(),
        }
    }

    /// The platforms that the document speaks to: its kind's, or those of what stands in it.
    pub fn platforms(&self) -> Vec<Platform> {
        let mut platforms: Vec<Platform> = self.kind.platform().into_iter().collect();
        platforms.extend(self.embedded.iter().filter_map(|inner| inner.kind.platform()));
        // An identifier of Compute Nest is all that makes a ROS template one of its own.
        if self.kind == Kind::RosTemplate && self.source.text().contains("computenest::") {
            platforms.push(Platform::ComputeNest);
        }
        platforms.sort_unstable();
        platforms.dedup();
        platforms
    }

    /// The values that a JSON or YAML document holds.
    pub fn roots(&self) -> &[Node] {
        self.content.roots()
    }

    /// The value of each JSON or YAML document of `kind` that this is or holds.
    pub fn roots_of(&self, kind: Kind) -> impl Iterator<Item = &Node> {
        let whole = if self.kind == kind { self.roots() } else { &[] };
        let inner = self.embedded.iter().filter(move |one| one.kind == kind);
        whole.iter().chain(inner.flat_map(|one| one.content.roots()))
    }

    /// What of a tree could not be read, and where.
    pub fn errors(&self) -> &[SyntaxError] {
        self.content.errors()
    }

    /// The whole document.
    pub fn whole(&self) -> Place {
        Place::new(self.id, Span::new(0, self.source.text().len()))
    }

    /// The place of a span of this document.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.id, span)
    }

    /// How much of it could not be read.
    pub fn error_count(&self) -> usize {
        self.errors().len()
    }

    /// The Dockerfile, if it is one.
    pub fn dockerfile(&self) -> Option<&DockerfileContent> {
        match &*self.content {
            Content::Dockerfile(dockerfile) => Some(dockerfile),
            _ => None,
        }
    }

    /// The `.dockerignore`, if it is one.
    pub fn dockerignore(&self) -> Option<&DockerIgnoreContent> {
        match &*self.content {
            Content::DockerIgnore(ignore) => Some(ignore),
            _ => None,
        }
    }

    /// The JSON tree, if it is one.
    pub fn json(&self) -> Option<&JsonDocument> {
        match &*self.content {
            Content::Json(json) => Some(json),
            _ => None,
        }
    }

    /// The YAML stream, if it is one.
    pub fn yaml(&self) -> Option<&YamlDocument> {
        match &*self.content {
            Content::Yaml(yaml) => Some(yaml),
            _ => None,
        }
    }

    /// The flat request, if it is one.
    pub fn flattened(&self) -> Option<&Flattened> {
        match &*self.content {
            Content::Flattened(request) => Some(request),
            _ => None,
        }
    }

    /// The shell script, if it is one.
    pub fn shell(&self) -> Option<&ShellContent> {
        match &*self.content {
            Content::Shell(shell) => Some(shell),
            _ => None,
        }
    }
}

impl DockerfileContent {
    /// What the instruction at `index` runs.
    pub fn command_line(&self, index: usize) -> Option<&CommandLine> {
        let found = self.command_lines.binary_search_by_key(&index, |line| line.instruction);
        found.ok().and_then(|at| self.command_lines.get(at))
    }
}

impl Content {
    /// The tree that was read to tell the kind, if it is what [`Content::read`] would read.
    fn of_tree(kind: Kind, text: &str, tree: Tree) -> Option<Content> {
        let is_always_json =
            matches!(kind, Kind::EasService | Kind::ModelArtsConfig | Kind::ModelArtsService);
        let is_yaml = matches!(
            kind,
            Kind::RosTemplate | Kind::Kubernetes | Kind::Compose | Kind::ComputeNestConfig
        );
        let is_json = is_always_json
            || kind == Kind::DockerConfig
            || (is_json(text) && (is_yaml || kind == Kind::EciRequest));
        match tree {
            Tree::Json(document) if is_json => Some(Content::Json(Box::new(document))),
            Tree::Yaml(document) if is_yaml && !is_json => Some(Content::Yaml(Box::new(document))),
            _ => None,
        }
    }

    fn read(kind: Kind, text: &str) -> Content {
        match kind {
            Kind::Dockerfile => {
                let (tree, errors) = dockerfile::parse(text);
                let flow = tree.taken_over();
                let prediction = dockerfile::predict(&tree);
                let command_lines = commands::read(&tree, text);
                Content::Dockerfile(Box::new(DockerfileContent {
                    tree,
                    flow,
                    prediction,
                    command_lines,
                    errors,
                }))
            }
            Kind::DockerIgnore => {
                let (file, errors) = dockerignore::parse(text);
                Content::DockerIgnore(Box::new(DockerIgnoreContent { file, errors }))
            }
            Kind::EasService | Kind::ModelArtsConfig | Kind::ModelArtsService => {
                Content::Json(Box::new(json::parse(text)))
            }
            Kind::EciRequest if !is_json(text) => {
                Content::Flattened(Box::new(flattened::parse(text)))
            }
            Kind::RosTemplate | Kind::Kubernetes | Kind::Compose | Kind::ComputeNestConfig
                if !is_json(text) =>
            {
                Content::Yaml(Box::new(yaml::parse(text)))
            }
            Kind::EciRequest
            | Kind::RosTemplate
            | Kind::Kubernetes
            | Kind::Compose
            | Kind::ComputeNestConfig
            | Kind::DockerConfig => Content::Json(Box::new(json::parse(text))),
            Kind::Image => Content::Image(Box::new(ImageContent::read(text))),
            Kind::Shell => {
                let (script, errors) = shell::parse(&MappedText::verbatim(text, 0));
                Content::Shell(Box::new(ShellContent { script, errors }))
            }
        }
    }

    /// The values that a JSON or YAML text holds.
    pub fn roots(&self) -> &[Node] {
        match self {
            Content::Json(json) => json.root.as_slice(),
            Content::Yaml(yaml) => &yaml.documents,
            _ => &[],
        }
    }

    /// What could not be read, and where.
    pub fn errors(&self) -> &[SyntaxError] {
        match self {
            Content::Dockerfile(dockerfile) => &dockerfile.errors,
            Content::DockerIgnore(ignore) => &ignore.errors,
            Content::Json(json) => &json.errors,
            Content::Yaml(yaml) => &yaml.errors,
            Content::Flattened(request) => &request.errors,
            Content::Shell(shell) => &shell.errors,
            Content::Image(archive) => &archive.description.errors,
        }
    }

    /// The comments, in their order.
    pub(crate) fn comments(&self) -> Vec<Span> {
        match self {
            Content::Dockerfile(dockerfile) => {
                dockerfile.tree.comments.iter().map(|comment| comment.span).collect()
            }
            Content::DockerIgnore(ignore) => ignore.file.comments.clone(),
            Content::Json(_) | Content::Image(_) => Vec::new(),
            Content::Yaml(yaml) => yaml.comments.clone(),
            Content::Flattened(request) => request.comments.clone(),
            Content::Shell(shell) => shell.script.comments.clone(),
        }
    }
}

/// Whether a text that may be JSON or something else is meant as JSON.
fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_told_the_kind_is_read_as_the_kind_would_be() {
        for (path, text) in [
            ("a.yml", "ROSTemplateFormatVersion: '2015-09-01'\n"),
            ("a.yml", "ROSTemplateFormatVersion: '2015-09-01'\n x: y\n"),
            ("a.json", "{\"ROSTemplateFormatVersion\": \"2015-09-01\",}"),
            ("a.json", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}"),
            ("a.yaml", "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod\n"),
            ("service.json", "{oops"),
            ("service.json", "metadata: x\n"),
            ("a.json", "{\"ContainerGroupName\": \"a\", \"Container\": []}"),
            ("eci.txt", "RegionId=x\nContainer.1.Image=a\n"),
            ("config.json", "{\"auths\": {\"a.b\": {}}}"),
            ("Dockerfile", "FROM a\n"),
        ] {
            let id = SourceId(0);
            let source = || Source::new(path, text);
            let opened = Document::open(id, None, source()).expect(path);
            let read = Document::read(id, opened.kind, source());
            let (opened, read) = (opened.content, read.content);
            assert_eq!(format!("{opened:?}"), format!("{read:?}"), "{path}: {text}");
        }
    }
}
