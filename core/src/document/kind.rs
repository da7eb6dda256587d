//! Which kind of document a text is: the name tells first, then the content.

use crate::fact::Platform;
use crate::text::Source;
use crate::tree::{Node, json};

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
    /// A shell script.
    Shell,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 6] = [
        Kind::Dockerfile,
        Kind::DockerIgnore,
        Kind::EasService,
        Kind::ModelArtsConfig,
        Kind::ModelArtsService,
        Kind::Shell,
    ];

    /// The name in options and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Kind::Dockerfile => "dockerfile",
            Kind::DockerIgnore => "dockerignore",
            Kind::EasService => "eas-service",
            Kind::ModelArtsConfig => "modelarts-config",
            Kind::ModelArtsService => "modelarts-service",
            Kind::Shell => "shell",
        }
    }

    /// The kind of this name.
    pub fn from_id(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The platform that the kind belongs to.
    pub const fn platform(self) -> Option<Platform> {
        match self {
            Kind::EasService => Some(Platform::Eas),
            Kind::ModelArtsConfig | Kind::ModelArtsService => Some(Platform::ModelArts),
            Kind::Dockerfile | Kind::DockerIgnore | Kind::Shell => None,
        }
    }
}

/// The kind of the document at `path` that holds `text`; `None` if it is none that we know.
pub fn detect(path: &str, text: &str) -> Option<Kind> {
    by_name(path).or_else(|| by_content(path, text))
}

fn by_name(path: &str) -> Option<Kind> {
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
    let is_script = [".sh", ".bash", ".dash", ".ksh"].iter().any(|end| lower.ends_with(end));
    is_script.then_some(Kind::Shell)
}

fn by_content(path: &str, text: &str) -> Option<Kind> {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let lower = file_name(path).to_ascii_lowercase();
    if body.starts_with(['{', '[']) || lower.ends_with(".json") {
        return json_kind(&lower, text);
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
    (!lower.contains('.') || lower.ends_with(".txt")).then(|| starts_like_dockerfile(body))?
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

fn json_kind(name: &str, text: &str) -> Option<Kind> {
    let document = json::parse(text);
    match document.root.as_ref() {
        Some(root) if document.errors.is_empty() => tree_kind(name, root),
        _ => broken_json_kind(name, text),
    }
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
    // A Kubernetes object has `metadata` as well.
    if has("apiVersion") && has("kind") {
        return None;
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

fn is_eas_name(name: &str) -> bool {
    name == "service.json" || (name.starts_with("eas") && name.ends_with(".json"))
}

/// A text that is meant as JSON but cannot be read: the keys that it spells out tell.
fn broken_json_kind(name: &str, text: &str) -> Option<Kind> {
    let spells = |key: &str| text.contains(&format!("\"{key}\""));
    if spells("infer_type") {
        Some(Kind::ModelArtsService)
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

impl Source {
    /// The kind that name and content tell; `None` if it is none that we know.
    pub(crate) fn kind(&self) -> Option<Kind> {
        detect(self.path(), self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("a.json", r#"{"apiVersion":"v1","kind":"Pod","metadata":{},"containers":[]}"#, None),
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
