//! What health checks ask of the container: HEALTHCHECK of the Dockerfile, the probes of deployment
//! documents.

use super::{AskedBy, HealthRequest};
use crate::dockerfile::{CommandForm, Prediction};
use crate::shell;
use crate::text::{Budget, Located, MappedText, Place, SourceId};
use crate::tree::Node;

/// The keys of probes in a container of EAS.
const EAS_PROBES: &[&str] = &["startup_check", "liveness_check", "readiness_check", "health_check"];

/// The requests that HEALTHCHECK sends to its own container.
pub(super) fn of_image(id: SourceId, prediction: &Prediction) -> Vec<HealthRequest> {
    let Some(form) = prediction.healthcheck.as_ref().and_then(|check| check.form.as_ref()) else {
        return Vec::new();
    };
    let known = |name: &str| prediction.env_value(name)?.value.as_deref();
    let budget = Budget::default();
    let words: Vec<MappedText> = match form {
        CommandForm::Exec(words) => words.iter().map(|word| word.value.clone()).collect(),
        CommandForm::Shell { text, .. } => {
            let commands = shell::parse(text).0.commands;
            let words = commands.iter().flat_map(|command| &command.words);
            words.filter_map(|word| word.value(&known, &budget)).collect()
        }
    };
    let whole = form_place(id, form);
    words.iter().filter_map(|word| request(id, word, whole)).collect()
}

fn form_place(id: SourceId, form: &CommandForm) -> Option<Place> {
    let span = match form {
        CommandForm::Shell { text, .. } => text.whole(),
        CommandForm::Exec(words) => {
            let (first, last) = (words.first()?, words.last()?);
            first.value.whole().to(last.value.whole())
        }
    };
    Some(Place::new(id, span))
}

/// The request in `curl -f http://localhost:8000/health` or
/// `urlopen('http://127.0.0.1:8000/health')`.
fn request(id: SourceId, word: &MappedText, whole: Option<Place>) -> Option<HealthRequest> {
    let text = word.text();
    let start = match text.find("http://").or_else(|| text.find("https://")) {
        Some(scheme) => scheme + text[scheme..].find("://")? + "://".len(),
        None => 0,
    };
    let host = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"]
        .into_iter()
        .find(|host| text[start..].starts_with(host))?;
    let mut at = start + host.len();
    let place = |from: usize, to: usize| Place::new(id, word.span(from, to));
    let mut port = None;
    if let Some(rest) = text[at..].strip_prefix(':') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (from, to) = (at + 1, at + 1 + digits);
        port = text[from..to].parse().ok().map(|value| Located::new(value, place(from, to)));
        at = to;
    }
    let rest = &text[at..];
    let is_of_path = |c: char| c.is_ascii_alphanumeric() || "/-_.~%".contains(c);
    let length = rest.find(|c: char| !is_of_path(c)).unwrap_or(rest.len());
    // What follows a path ends it, or makes it something that we cannot read.
    let ends = rest[length..].chars().next();
    if ends.is_some_and(|c| !c.is_whitespace() && !"?#\"')|;&".contains(c)) {
        return None;
    }
    let path = match &rest[..length] {
        // A host alone is an argument of some other client.
        "" if start == 0 => return None,
        "" => Located::new("/".to_owned(), place(start, at)),
        path if path.starts_with('/') => Located::new(path.to_owned(), place(at, at + length)),
        _ => return None,
    };
    Some(HealthRequest { by: AskedBy::Image, whole: whole?, path: Some(path), port })
}

/// The requests of a container's probes.
pub(super) fn of_eas(id: SourceId, container: &Node) -> Vec<HealthRequest> {
    let probes = EAS_PROBES.iter().filter_map(|key| container.member(key));
    let read = |probe: &Node, whole: Place| {
        let http = probe.get("http_get").or_else(|| probe.get("httpGet"))?;
        Some(HealthRequest {
            by: AskedBy::Deployment,
            whole,
            path: path(id, http.get("path")),
            port: port(id, http.get("port")),
        })
    };
    probes.filter_map(|probe| read(&probe.node, Place::new(id, probe.key_span))).collect()
}

/// The request of `health` in a model's configuration.
pub(super) fn of_modelarts(id: SourceId, config: &Node) -> Option<HealthRequest> {
    let health = config.member("health").filter(|member| member.node.is_object())?;
    Some(HealthRequest {
        by: AskedBy::Deployment,
        whole: Place::new(id, health.key_span),
        path: path(id, health.node.get("url")),
        port: None,
    })
}

fn path(id: SourceId, node: Option<&Node>) -> Option<Located<String>> {
    let node = node.filter(|node| !node.is_unknown())?;
    let path = node.as_str()?.split(['?', '#']).next().filter(|path| path.starts_with('/'))?;
    Some(Located::new(path.to_owned(), Place::new(id, node.inner_span())))
}

pub(super) fn port(id: SourceId, node: Option<&Node>) -> Option<Located<u16>> {
    let node = node?;
    Some(Located::new(node.lenient_port()?, Place::new(id, node.inner_span())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn healthcheck_tells_the_path_and_port_that_it_asks() {
        let cases = [
            ("CMD curl -f http://localhost:8000/health || exit 1", "/health 8000"),
            ("CMD curl --fail localhost:8000/health", "/health 8000"),
            ("CMD [\"wget\", \"-qO-\", \"https://127.0.0.1:8443/up?deep=1\"]", "/up 8443"),
            ("CMD curl -f \"http://localhost:${PORT}/health\"", "/health 7000"),
            ("CMD curl http://localhost/ready", "/ready -"),
            ("CMD curl http://localhost:8000", "/ 8000"),
            (
                "CMD python -c \"import urllib.request as r; r.urlopen('http://localhost:80/a')\"",
                "/a 80",
            ),
            ("CMD curl http://localhost:8000/$NAME", ""),
            ("CMD curl http://db:5432/health", ""),
            ("CMD pg_isready -h localhost", ""),
            ("CMD nc -z localhost:8000", ""),
            ("NONE", ""),
        ];
        for (check, wanted) in cases {
            let source = format!("FROM a:1\nENV PORT=7000\nHEALTHCHECK {check}\n");
            let (tree, _) = crate::dockerfile::parse(&source);
            let found = of_image(SourceId(0), &crate::dockerfile::predict(&tree));
            let shown: Vec<String> = found
                .iter()
                .map(|one| {
                    let path = one.path.as_ref().map_or("-", |path| path.value.as_str());
                    let port = one.port.as_ref();
                    let port = port.map_or_else(|| "-".to_owned(), |port| port.value.to_string());
                    format!("{path} {port}")
                })
                .collect();
            assert_eq!(shown.join(", "), wanted, "{check}");
        }
    }
}
