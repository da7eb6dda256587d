//! Documents inside others, read in place: the properties of a ROS template's resources that hold a
//! document of another kind, and the requests that a shell script sends.

use super::{Content, Kind};
use crate::flattened;
use crate::ros::{Resource, Template, texts};
use crate::shell::{self, Part, Word};
use crate::text::{MappedText, Span, file_name};
use crate::tree::yaml::{self, YamlDocument};
use crate::tree::{Node, json};

/// A document inside another.
#[derive(Debug)]
pub struct Embedded {
    /// What it is.
    pub kind: Kind,
    /// What was read; every span is one of the outer document.
    pub content: Content,
    /// The name of the resource that holds it; empty outside of a template.
    pub resource: String,
    /// The resource's type; empty outside of a template.
    pub resource_type: String,
    /// The property that holds it; empty where all properties are the document.
    pub property: &'static str,
    /// The file that a shell script writes it to, if it does.
    pub file: Option<String>,
    /// The property's value in the outer document.
    pub span: Span,
}

/// Which property of which resource holds what.
const HOLDERS: &[(&str, &str, Kind)] = &[
    ("ALIYUN::CS::ClusterApplication", "YamlContent", Kind::Kubernetes),
    ("ALIYUN::PAI::Service", "ServiceConfig", Kind::EasService),
    ("ALIYUN::ECI::ContainerGroup", "", Kind::EciRequest),
    ("ALIYUN::ECS::RunCommand", "CommandContent", Kind::Shell),
    ("ALIYUN::ECS::Command", "CommandContent", Kind::Shell),
    ("ALIYUN::ECS::Invocation", "CommandContent", Kind::Shell),
    ("ALIYUN::ECS::Instance", "UserData", Kind::Shell),
    ("ALIYUN::ECS::InstanceGroup", "UserData", Kind::Shell),
    ("ALIYUN::ESS::ScalingConfiguration", "UserData", Kind::Shell),
];

/// The documents inside the template `root`, in their order.
pub(super) fn of_template(root: &Node) -> Vec<Embedded> {
    let mut found = Vec::new();
    for resource in Template::of(root).resources() {
        let kind = resource.kind().unwrap_or_default();
        for (_, property, held) in HOLDERS.iter().filter(|(holder, _, _)| *holder == kind) {
            read(resource, property, *held, &mut found);
        }
    }
    found
}

/// The requests that a shell script sends with the command line of the cloud:
/// `aliyun eci CreateContainerGroup --Container.1.Image …`.
pub(super) fn of_script(script: &shell::Script) -> Vec<Embedded> {
    let requests = script.commands.iter().filter(|command| {
        let mut words = command.words.iter().filter_map(|word| word.literal());
        words.any(|word| file_name(word) == "aliyun")
            && words.any(|word| word == "eci")
            && words.any(|word| word == "CreateContainerGroup")
    });
    let embedded = requests.map(|command| {
        let words = command.words.iter().map(|word| (word_text(word), word.span));
        Embedded {
            kind: Kind::EciRequest,
            content: Content::Flattened(Box::new(flattened::of_words(words))),
            resource: String::new(),
            resource_type: String::new(),
            property: "",
            file: None,
            span: command.span,
        }
    });
    embedded.collect()
}

/// The letters of a word, with a template where the shell puts something in.
pub(super) fn word_text(word: &Word) -> MappedText {
    let mut out = MappedText::new();
    for part in &word.parts {
        match part {
            Part::Literal { text, .. } => out.append(text),
            Part::Variable { name, span, .. } => out.push_decoded(&format!("${{{name}}}"), *span),
            Part::Substitution { span, .. } => out.push_decoded("${command}", *span),
        }
    }
    if out.text().is_empty() { MappedText::decoded("", word.span) } else { out }
}

fn read(resource: Resource<'_>, property: &'static str, kind: Kind, found: &mut Vec<Embedded>) {
    let value = match property {
        "" => resource.properties(),
        _ => resource.property(property),
    };
    let Some(value) = value else { return };
    let embedded = |kind: Kind, content: Content, file: Option<String>| Embedded {
        kind,
        content,
        resource: resource.name().to_owned(),
        resource_type: resource.kind().unwrap_or_default().to_owned(),
        property,
        file,
        span: value.span,
    };
    if value.is_object() && !value.is_unknown() {
        let tree = YamlDocument { documents: vec![value.clone()], ..YamlDocument::default() };
        found.push(embedded(kind, Content::Yaml(Box::new(tree)), None));
        return;
    }
    for text in texts(value) {
        match kind {
            Kind::Shell => {
                // Others than shells are batch files and PowerShell.
                let posix = resource.property("Type").and_then(Node::as_str);
                if posix.is_some_and(|kind| kind.contains("Bat") || kind.contains("PowerShell")) {
                    continue;
                }
                // User data without it is for cloud-init itself.
                if property == "UserData" && !text.text().trim_start().starts_with("#!") {
                    continue;
                }
                let (script, errors) = shell::parse(&text);
                for (kind, file, body) in written_files(&script) {
                    found.push(embedded(kind, tree(&body), Some(file)));
                }
                let content = Content::Shell(Box::new(super::ShellContent { script, errors }));
                found.push(embedded(kind, content, None));
            }
            _ => found.push(embedded(kind, tree(&text), None)),
        }
    }
}

/// JSON or YAML.
fn tree(text: &MappedText) -> Content {
    if text.text().trim_start().starts_with('{') {
        let document = json::parse_mapped(text);
        if document.errors.is_empty() {
            return Content::Json(Box::new(document));
        }
    }
    Content::Yaml(Box::new(yaml::parse_mapped(text)))
}

/// The files that a script writes from here-documents: what they are, their paths and their text.
fn written_files(script: &shell::Script) -> Vec<(Kind, String, MappedText)> {
    let mut files = Vec::new();
    for command in &script.commands {
        let Some(heredoc) = command.redirections.iter().find_map(|one| one.heredoc.as_ref()) else {
            continue;
        };
        let redirected = command
            .redirections
            .iter()
            .find(|one| one.heredoc.is_none() && one.operator.starts_with('>'))
            .map(|one| &one.target);
        // `cat > file <<EOF`, `tee file <<EOF`
        let named = command.name() == Some("tee");
        let target =
            redirected.or_else(|| {
                command.words.iter().skip(1).rfind(|word| {
                    named && word.literal().is_some_and(|text| !text.starts_with('-'))
                })
            });
        let path = target.and_then(|word| word.literal()).unwrap_or_default();
        let kind = match super::kind::by_name(path) {
            Some(kind @ (Kind::Compose | Kind::DockerConfig)) => kind,
            _ if path.ends_with(".docker/config.json") => Kind::DockerConfig,
            _ => continue,
        };
        files.push((kind, path.to_owned(), heredoc.body.clone()));
    }
    files
}
