//! Documents inside a ROS template: the properties of its resources that hold a document of another
//! kind, read in place.

use super::{Content, Kind};
use crate::ros::{Resource, Template, texts};
use crate::shell;
use crate::text::{MappedText, Span};
use crate::tree::yaml::{self, YamlDocument};
use crate::tree::{Node, json};

/// A document inside another.
#[derive(Debug)]
pub struct Embedded {
    /// What it is.
    pub kind: Kind,
    /// What was read; every span is one of the outer document.
    pub content: Content,
    /// The name of the resource that holds it.
    pub resource: String,
    /// The resource's type.
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
