//! Which kind of document a text is: the name tells first, then the content.

use crate::fact::Platform;
use crate::tree::json::JsonDocument;
use crate::tree::yaml::YamlDocument;
use crate::tree::{Node, json, yaml};

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A Dockerfile (or Containerfile).
    Dockerfile,
    /// A `.dockerignore`.
    DockerIgnore,
    /// The service JSON of EAS.
    EasService,
    /// The `config.json` of a ModelArts model.
    ModelArtsConfig,
    /// The JSON of ModelArts' service deployment API.
    ModelArtsService,
    /// A request to ECI's CreateContainerGroup, flat or as JSON; or Terraform JSON of one.
    EciRequest,
    /// A ROS template.
    RosTemplate,
    /// The configuration of Compute Nest's command line.
    ComputeNestConfig,
    /// Kubernetes objects.
    Kubernetes,
    /// A Compose file.
    Compose,
    /// docker's config.json.
    DockerConfig,
    /// A shell script.
    Shell,
    /// An image archive: `docker save` output or an OCI layout.
    Image,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 13] = [
        Kind::Dockerfile,
        Kind::DockerIgnore,
        Kind::EasService,
        Kind::ModelArtsConfig,
        Kind::ModelArtsService,
        Kind::EciRequest,
        Kind::RosTemplate,
        Kind::ComputeNestConfig,
        Kind::Kubernetes,
        Kind::Compose,
        Kind::DockerConfig,
        Kind::Shell,
        Kind::Image,
    ];

    /// The name in options and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Kind::Dockerfile => "dockerfile",
            Kind::DockerIgnore => "dockerignore",
            Kind::EasService => "eas-service",
            Kind::ModelArtsConfig => "modelarts-config",
            Kind::ModelArtsService => "modelarts-service",
            Kind::EciRequest => "eci-request",
            Kind::RosTemplate => "ros-template",
            Kind::ComputeNestConfig => "computenest-config",
            Kind::Kubernetes => "kubernetes",
            Kind::Compose => "compose",
            Kind::DockerConfig => "docker-config",
            Kind::Shell => "shell",
            Kind::Image => "image",
        }
    }

    /// The kind of this name.
    pub fn from_id(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The platform that the kind belongs to; a template's is told by what stands in it.
    pub const fn platform(self) -> Option<Platform> {
        match self {
            Kind::EasService => Some(Platform::Eas),
            Kind::ModelArtsConfig | Kind::ModelArtsService => Some(Platform::ModelArts),
            Kind::EciRequest => Some(Platform::Eci),
            Kind::ComputeNestConfig => Some(Platform::ComputeNest),
            Kind::Dockerfile
            | Kind::DockerIgnore
            | Kind::RosTemplate
            | Kind::Kubernetes
            | Kind::Compose
            | Kind::DockerConfig
            | Kind::Shell
            | Kind::Image => None,
        }
    }
}

/// The kind of the document at `path` that holds `text`; `None` if it is none that we know.
pub fn detect(path: &str, text: &str) -> Option<Kind> {
    detect_and_read(path, text).0
}

/// The kind that the name of the document at `path` tells, whatever is in it.
pub fn detect_by_name(path: &str) -> Option<Kind> {
    let name = file_name(path).to_ascii_lowercase();
    let is_service = || name.ends_with(".json") && is_eas_name(&name);
    by_name(path).or_else(|| is_service().then_some(Kind::EasService))
}

/// What was read to tell the kind, so that nobody need read it again.
pub(super) enum Tree {
    Json(JsonDocument),
    Yaml(YamlDocument),
}

/// As [`detect`], with the tree if it took one.
pub(super) fn detect_and_read(path: &str, text: &str) -> (Option<Kind>, Option<Tree>) {
    let mut tree = None;
    let kind = by_name(path).or_else(|| by_content(path, text, &mut tree));
    (kind, tree)
}

pub(super) fn by_name(path: &str) -> Option<Kind> {
    let name = file_name(path);
    let lower = name.to_ascii_lowercase();
    if lower.ends_with(".dockerignore") {
        return Some(Kind::DockerIgnore);
    }
    let is_prose = [".md", ".txt", ".rst", ".html", ".json", ".py", ".orig"]
        .iter()
        .any(|suffix| lower.ends_with(suffix));
    let is_dockerfile = ["dockerfile", "containerfile"].iter().any(|word| {
        lower == *word
            || lower.strip_suffix(word).is_some_and(|rest| rest.ends_with(['.', '-', '_']))
            || lower.strip_prefix(word).is_some_and(|rest| rest.starts_with(['.', '-', '_']))
    });
    if is_dockerfile && !is_prose {
        return Some(Kind::Dockerfile);
    }
    if [".tar", ".tar.gz", ".tgz", ".tar.zst"].iter().any(|ending| lower.ends_with(ending)) {
        return Some(Kind::Image);
    }
    let is_yaml = lower.ends_with(".yml") || lower.ends_with(".yaml");
    if is_yaml && lower.contains("compose") {
        return Some(Kind::Compose);
    }
    if lower == ".dockerconfigjson" || lower == ".dockercfg" {
        return Some(Kind::DockerConfig);
    }
    let is_eci = |stem: &str| {
        lower.strip_prefix(stem).is_some_and(|ending| matches!(ending, ".txt" | ".json"))
    };
    if is_eci("eci-request") || is_eci("create-container-group") {
        return Some(Kind::EciRequest);
    }
    let is_script = [".sh", ".bash", ".dash", ".ksh"].iter().any(|end| lower.ends_with(end));
    is_script.then_some(Kind::Shell)
}

fn by_content(path: &str, text: &str, tree: &mut Option<Tree>) -> Option<Kind> {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let lower = file_name(path).to_ascii_lowercase();
    if body.starts_with('{') || lower.ends_with(".json") {
        return json_kind(&lower, text, tree);
    }
    let is_yaml = lower.ends_with(".yml") || lower.ends_with(".yaml");
    if is_yaml {
        return yaml_kind(text, tree);
    }
    if let Some(first) = body.lines().next()
        && let Some(interpreter) = first.strip_prefix("#!")
    {
        let shells = ["sh", "bash", "dash", "ash", "ksh"];
        let names_shell =
            interpreter.split_whitespace().any(|word| shells.contains(&file_name(word)));
        return names_shell.then_some(Kind::Shell);
    }
    // A name with an ending of another language is that language, whatever it begins with.
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    if !matches!(ending, "" | "txt" | "env" | "properties" | "ini" | "conf") {
        return None;
    }
    if is_flat_request(body) {
        return Some(Kind::EciRequest);
    }
    if !matches!(ending, "" | "txt") {
        return None;
    }
    starts_like_dockerfile(body).or_else(|| has_yaml_marks(body).then(|| yaml_kind(text, tree))?)
}

/// Whether `body` is a flat request to ECI: its first line is a parameter, and one is of a container
/// group.
fn is_flat_request(body: &str) -> bool {
    let names_group = |name: &str| {
        let roots = ["Container.", "InitContainer.", "Containers.", "ImageRegistryCredential."];
        roots.iter().any(|root| name.starts_with(root)) || name == "ContainerGroupName"
    };
    let query = body.lines().next().unwrap_or_default();
    if query.contains("Action=CreateContainerGroup") || query.contains("eci CreateContainerGroup") {
        return true;
    }
    let mut lines =
        body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let name = |line: &str| {
        let (name, _) = line.split_once(['=', ' ', ':'])?;
        let name = name.trim().trim_start_matches('-');
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
    };
    let is_parameter =
        |line: &str| line.starts_with("--") || line.contains('=') || line.contains(": ");
    let Some(first) = lines.next().filter(|line| is_parameter(line)) else { return false };
    name(first).is_some_and(|name| names_group(&name))
        || lines.any(|line| is_parameter(line) && name(line).is_some_and(|name| names_group(&name)))
}

/// Whether text without a telling name is worth reading as YAML.
fn has_yaml_marks(body: &str) -> bool {
    let starts = |mark: &str| body.lines().any(|line| line.starts_with(mark));
    starts("ROSTemplateFormatVersion")
        || (starts("apiVersion:") && starts("kind:"))
        || (starts("Service:") && starts("Artifact:"))
        || starts("Resources:")
        || starts("services:")
}

/// Text that only a template engine turns into YAML: statements of Helm and their values.
fn is_helm_template(text: &str) -> bool {
    ["{{-", "{{ .", "{{.", "{{ include", "{{ if", "{{ range", "{{ end", "{%"]
        .iter()
        .any(|mark| text.contains(mark))
}

fn yaml_kind(text: &str, tree: &mut Option<Tree>) -> Option<Kind> {
    let document = yaml::parse(text);
    let found = document.documents.iter().find_map(tree_kind_of_yaml);
    let is_whole = document.errors.is_empty();
    *tree = Some(Tree::Yaml(document));
    // A template engine's braces in a ROS template are those of the text inside.
    if found == Some(Kind::Kubernetes) && is_helm_template(text) {
        return None;
    }
    if found.is_some() || is_whole {
        return found;
    }
    let starts =
        |mark: &str| text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with(mark));
    if starts("ROSTemplateFormatVersion") || (starts("Resources:") && text.contains("ALIYUN::")) {
        Some(Kind::RosTemplate)
    } else if starts("Service:") && starts("Artifact:") {
        Some(Kind::ComputeNestConfig)
    } else if starts("apiVersion:") && starts("kind:") && !is_helm_template(text) {
        Some(Kind::Kubernetes)
    } else {
        None
    }
}

/// The kinds that are written as YAML or as JSON.
fn tree_kind_of_yaml(root: &Node) -> Option<Kind> {
    let has = |key: &str| root.get(key).is_some();
    if has("ROSTemplateFormatVersion") || has_ros_resources(root) {
        return Some(Kind::RosTemplate);
    }
    if has("apiVersion") && has("kind") {
        return Some(Kind::Kubernetes);
    }
    if is_computenest_config(root) {
        return Some(Kind::ComputeNestConfig);
    }
    let is_service = |node: &Node| node.get("image").is_some() || node.get("build").is_some();
    let services = root.get("services").map(Node::members).unwrap_or_default();
    if services.iter().any(|member| is_service(&member.node)) {
        return Some(Kind::Compose);
    }
    None
}

fn has_ros_resources(root: &Node) -> bool {
    let resources = root.get("Resources").map(Node::members).unwrap_or_default();
    resources.iter().any(|member| {
        let kind = member.node.get("Type").and_then(Node::as_str).unwrap_or_default();
        ["ALIYUN::", "DATASOURCE::", "MODULE::"].iter().any(|family| kind.starts_with(family))
    })
}

fn is_computenest_config(root: &Node) -> bool {
    let artifacts = root.get("Artifact").map(Node::members).unwrap_or_default();
    root.lookup(&["Service", "DeployMetadata"]).is_some()
        || root.lookup(&["Service", "DeployType"]).is_some()
        || artifacts.iter().any(|member| member.node.get("ArtifactType").is_some())
}

/// Whether the first instruction is FROM, or ARG with a FROM behind it.
fn starts_like_dockerfile(body: &str) -> Option<Kind> {
    let mut lines = body.lines().map(str::trim_start);
    lines.by_ref().find_map(|line| {
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let word = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        match word.as_str() {
            "ARG" => None,
            "FROM" => Some(Some(Kind::Dockerfile)),
            _ => Some(None),
        }
    })?
}

fn json_kind(name: &str, text: &str, tree: &mut Option<Tree>) -> Option<Kind> {
    let document = json::parse(text);
    let kind = match document.root.as_ref() {
        Some(root) if document.errors.is_empty() => tree_kind(name, root),
        _ => broken_json_kind(name, text),
    };
    *tree = Some(Tree::Json(document));
    kind
}

/// Keys that only EAS has beside `metadata` or `name`.
const EAS_KEYS: &[&str] = &[
    "containers",
    "processor",
    "processor_path",
    "processor_type",
    "processor_entry",
    "model_path",
    "cloud",
    "dockerAuth",
    "storage",
    "autoscaler",
    "networking",
];

/// Keys of a ModelArts config.json beside `model_type`; a Hugging Face config.json, which has a
/// `model_type` too, has none of them.
const MODELARTS_KEYS: &[&str] =
    &["model_algorithm", "apis", "metrics", "runtime", "dependencies", "health", "swr_location"];

fn tree_kind(name: &str, root: &Node) -> Option<Kind> {
    let has = |key: &str| root.get(key).is_some();
    let has_any = |keys: &[&str]| keys.iter().any(|key| has(key));
    if has("infer_type") || (has("service_name") && has("config")) {
        return Some(Kind::ModelArtsService);
    }
    if has("model_algorithm") || (has("model_type") && has_any(MODELARTS_KEYS)) {
        return Some(Kind::ModelArtsConfig);
    }
    if let Some(kind) = tree_kind_of_yaml(root) {
        return Some(kind);
    }
    if is_eci_request(root) {
        return Some(Kind::EciRequest);
    }
    let is_login = |key: &str| root.get(key).is_some_and(Node::is_object);
    if is_login("auths") || is_login("credHelpers") || has("credsStore") {
        return Some(Kind::DockerConfig);
    }
    let is_service = (has("metadata") || has("name") || has("containers")) && has_any(EAS_KEYS);
    let has_dotted =
        root.keys().any(|key| key.starts_with("metadata.") || key.starts_with("cloud."));
    if is_service || has_dotted {
        return Some(Kind::EasService);
    }
    if is_eas_name(name) {
        return Some(Kind::EasService);
    }
    // An api list that was meant for config.json, or one whose names are all mistyped.
    let is_api_list = root.items().is_some_and(|items| {
        items.iter().any(|item| item.get("url").is_some() && item.get("method").is_some())
    });
    let known_engine = root.get("model_type").and_then(Node::as_str).is_some_and(|engine| {
        ["image", "tensorflow", "pytorch", "mindspore", "mxnet", "xgboost"]
            .contains(&engine.to_ascii_lowercase().as_str())
    });
    (name == "config.json" && (is_api_list || known_engine || has_any(MODELARTS_KEYS)))
        .then_some(Kind::ModelArtsConfig)
}

/// A request as nested JSON, or Terraform JSON that makes a container group.
fn is_eci_request(root: &Node) -> bool {
    let has = |key: &str| root.get(key).is_some();
    let has_containers = has("Container") || has("Containers");
    (has_containers && (has("ContainerGroupName") || has("ImageRegistryCredential")))
        || (has("ContainerGroupName") && has("RegionId"))
        || root
            .get("Container")
            .and_then(Node::items)
            .is_some_and(|items| items.iter().any(|item| item.get("Image").is_some()))
        || root.get("Action").and_then(Node::as_str) == Some("CreateContainerGroup")
        || root.lookup(&["resource", "alicloud_eci_container_group"]).is_some()
}

fn is_eas_name(name: &str) -> bool {
    name == "service.json" || (name.starts_with("eas") && name.ends_with(".json"))
}

/// A text that is meant as JSON but cannot be read: the keys that it spells out tell.
fn broken_json_kind(name: &str, text: &str) -> Option<Kind> {
    let spells = |key: &str| text.contains(&format!("\"{key}\""));
    if spells("infer_type") {
        Some(Kind::ModelArtsService)
    } else if spells("ROSTemplateFormatVersion") {
        Some(Kind::RosTemplate)
    } else if spells("ContainerGroupName") && spells("Container") {
        Some(Kind::EciRequest)
    } else if spells("auths") {
        Some(Kind::DockerConfig)
    } else if spells("apiVersion") && spells("kind") {
        Some(Kind::Kubernetes)
    } else if spells("model_algorithm") || (spells("model_type") && spells("apis")) {
        Some(Kind::ModelArtsConfig)
    } else if is_eas_name(name)
        || (spells("metadata") && EAS_KEYS.iter().any(|key| spells(key)) && !spells("apiVersion"))
    {
        Some(Kind::EasService)
    } else {
        None
    }
}

/// The last part of `path`, with either separator.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_kind_of_an_empty_document() {
        for path in [
            "a/Dockerfile",
            "service.json",
            "config.json",
            "x.yml",
            "compose.yaml",
            "run.sh",
            "a.py",
        ] {
            assert_eq!(detect_by_name(path), detect(path, ""), "{path}");
        }
    }

    #[test]
    fn names_and_contents_tell_the_kind() {
        let cases: &[(&str, &str, Option<Kind>)] = &[
            ("a/Dockerfile", "", Some(Kind::Dockerfile)),
            ("Dockerfile.gpu", "", Some(Kind::Dockerfile)),
            ("serve.dockerfile", "", Some(Kind::Dockerfile)),
            ("Containerfile", "", Some(Kind::Dockerfile)),
            ("Dockerfile.md", "# prose", None),
            ("Dockerfile.dockerignore", "*", Some(Kind::DockerIgnore)),
            ("a/.dockerignore", "FROM x", Some(Kind::DockerIgnore)),
            ("run.sh", "", Some(Kind::Shell)),
            ("start", "#!/usr/bin/env bash\n", Some(Kind::Shell)),
            ("start", "#!/usr/bin/env python3\n", None),
            ("-", "# c\nARG A=1\nfrom x\n", Some(Kind::Dockerfile)),
            ("notes", "From here on\n", Some(Kind::Dockerfile)),
            ("notes.rs", "FROM x\n", None),
            ("a.json", r#"{"metadata":{},"containers":[]}"#, Some(Kind::EasService)),
            ("a.json", r#"{"name":"x","processor":"pmml"}"#, Some(Kind::EasService)),
            (
                "a.json",
                r#"{"apiVersion":"v1","kind":"Pod","metadata":{},"containers":[]}"#,
                Some(Kind::Kubernetes),
            ),
            ("a.yaml", "apiVersion: v1\nkind: Pod\n", Some(Kind::Kubernetes)),
            ("a.yaml", "apiVersion: v1\nkind: Pod\nx: {{ .Values.x }}\n", None),
            ("a.yaml", "apiVersion: v1\nkind: Pod\n x: y\n", Some(Kind::Kubernetes)),
            ("a.yml", "ROSTemplateFormatVersion: '2015-09-01'\n", Some(Kind::RosTemplate)),
            ("a.yml", "Resources:\n  A: {Type: 'ALIYUN::ECS::VPC'}\n", Some(Kind::RosTemplate)),
            ("a.json", r#"{"ROSTemplateFormatVersion":"2015-09-01"}"#, Some(Kind::RosTemplate)),
            (
                "config.yaml",
                "Artifact:\n  A: {ArtifactType: File}\n",
                Some(Kind::ComputeNestConfig),
            ),
            ("docker-compose.prod.yml", "x: y\n", Some(Kind::Compose)),
            ("stack.yml", "services: {a: {image: 'a:1'}}\n", Some(Kind::Compose)),
            ("a.yml", "on: push\njobs: {}\n", None),
            ("config.json", r#"{"auths":{"a.b":{}}}"#, Some(Kind::DockerConfig)),
            (".dockercfg", "{}", Some(Kind::DockerConfig)),
            ("a.json", r#"{"ContainerGroupName":"a","Container":[]}"#, Some(Kind::EciRequest)),
            ("eci.txt", "# c\nRegionId=x\nContainer.1.Image=a\n", Some(Kind::EciRequest)),
            ("eci.txt", "Container.1.Image: a\n", Some(Kind::EciRequest)),
            ("-", "aliyun eci CreateContainerGroup \\\n --DryRun true\n", Some(Kind::EciRequest)),
            ("notes.txt", "Container.1.Image is the image.\n", None),
            ("eci-request.json", "{", Some(Kind::EciRequest)),
            (".env", "A=b\n", None),
            ("a.json", r#"{"model_algorithm":"a"}"#, Some(Kind::ModelArtsConfig)),
            ("config.json", r#"{"model_type":"Image"}"#, Some(Kind::ModelArtsConfig)),
            ("config.json", r#"{"model_type":"bert","architectures":[]}"#, None),
            ("a.json", r#"{"infer_type":"batch","config":[]}"#, Some(Kind::ModelArtsService)),
            ("package.json", r#"{"name":"x","version":"1"}"#, None),
            ("service.json", "{oops", Some(Kind::EasService)),
            ("a.json", "{\"metadata\" {}, \"containers\"", Some(Kind::EasService)),
        ];
        for (path, text, kind) in cases {
            assert_eq!(detect(path, text), *kind, "{path}: {text}");
        }
    }
}
