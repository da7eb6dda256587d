//! First files for a platform, from what the project already says: port, start command, health
//! path. What nobody can know is a placeholder, which the check then finds.

mod boot_script;
mod compute_nest;
mod eas;
mod eci;
mod modelarts;

use serde_json::Value;

use crate::claims::{AskedBy, Claims};
use crate::fact::{Platform, Profile, Target};
use crate::project::{Project, Service};

/// A file that [`init`] proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its name in the service's folder.
    pub name: &'static str,
    /// Its text.
    pub text: String,
}

/// The files that `target` wants of the first service of `project`; `name` is what the service is
/// called (its folder's name), in any letters.
pub fn init(project: &Project, target: Target, name: &str) -> Vec<NewFile> {
    let none = Service { documents: Vec::new() };
    let service = project.services().first().unwrap_or(&none);
    let claims = project.claims(service);
    let health = health_path(&claims);
    match target.platform {
        Platform::Eas => eas::files(&claims, name, health),
        Platform::ModelArts
            if matches!(target.profile, Some(Profile::Training | Profile::Notebook)) =>
        {
            modelarts::working_image(&claims)
        }
        Platform::ModelArts => {
            let is_batch = target.profile == Some(Profile::Batch);
            modelarts::files(&claims, name, health, is_batch)
        }
        Platform::Eci => eci::files(&claims, name, health),
        Platform::ComputeNest => compute_nest::files(&claims, name),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// `name` in the letters that both platforms take: lower-case letters, digits and `_`.
fn identifier(name: &str) -> String {
    let letters =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    let name: String = letters.collect();
    let name = name.trim_matches('_');
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = if starts { name.to_owned() } else { format!("service_{name}") };
    name.trim_end_matches('_').chars().take(35).collect()
}

/// The path that HEALTHCHECK asks: `curl -f http://localhost:8000/health`.
fn health_path(claims: &Claims) -> Option<&str> {
    let asked = claims.health.iter().find(|asked| asked.by == AskedBy::Image)?;
    let path = asked.path.as_ref()?.value.as_str();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    path.chars().all(is_plain).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Severity;
    use crate::{Settings, check};

    const DOCKERFILE: &str = "FROM python:3.12-slim\nWORKDIR /app\nCOPY app.py .\nEXPOSE 8000\n\
        HEALTHCHECK CMD curl -f http://localhost:8000/healthz || exit 1\n\
        CMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n";

    fn with(files: &[(&str, &str)]) -> Project {
        let (project, errors) = Project::from_files(files.iter().copied());
        assert!(errors.is_empty());
        project
    }

    #[test]
    fn a_service_json_says_what_the_dockerfile_says() {
        let files =
            init(&with(&[("Dockerfile", DOCKERFILE)]), Target::of(Platform::Eas), "My App!");
        let [file] = &files[..] else { panic!("{files:?}") };
        assert_eq!(file.name, "service.json");
        let json: Value = serde_json::from_str(&file.text).unwrap();
        assert_eq!(json["metadata"]["name"], "my_app");
        assert_eq!(json["containers"][0]["port"], 8000);
        assert_eq!(json["containers"][0]["startup_check"]["http_get"]["path"], "/healthz");
        assert_eq!(json["containers"][0].get("script"), None);
    }

    #[test]
    fn what_is_proposed_checks_clean_but_for_its_placeholders() {
        let batch = Target { platform: Platform::ModelArts, profile: Some(Profile::Batch) };
        let eci = Target::of(Platform::Eci);
        let nest = Target::of(Platform::ComputeNest);
        let (eas, modelarts) = (Target::of(Platform::Eas), Target::of(Platform::ModelArts));
        for target in [eas, modelarts, batch, eci, nest] {
            let port = if target.platform == Platform::Eas { "8000" } else { "8080" };
            let dockerfile = DOCKERFILE.replace("8000", port);
            let files = init(&with(&[("Dockerfile", &dockerfile)]), target, "my-app");
            let given: Vec<(&str, &str)> =
                files.iter().map(|file| (file.name, file.text.as_str())).collect();
            let settings = Settings { targets: vec![target], ..Settings::default() };
            let report = check(&with(&given), &settings);
            let worse: Vec<_> = report
                .findings
                .iter()
                .filter(|one| one.severity != Severity::Info.id())
                .map(|one| (&one.rule, &one.message))
                .collect();
            assert!(worse.is_empty(), "{target:?}: {worse:?}");
            let has_placeholder = |rule: &str| rule.ends_with("/placeholder-left");
            assert!(report.findings.iter().any(|one| has_placeholder(&one.rule)), "{target:?}");
        }
    }

    #[test]
    fn a_request_to_eci_says_what_the_dockerfile_says() {
        let project = with(&[("Dockerfile", DOCKERFILE)]);
        let [file] = &init(&project, Target::of(Platform::Eci), "My App!")[..] else { panic!() };
        for line in [
            "--ContainerGroupName my-app",
            "--Container.1.Port.1.Port 8000",
            "--Container.1.ReadinessProbe.HttpGet.Path /healthz",
        ] {
            assert!(file.text.lines().any(|one| one == line), "{}", file.text);
        }
        assert!(!file.text.contains("Command"));
    }

    #[test]
    fn a_reserved_port_is_not_proposed() {
        let project = with(&[("Dockerfile", "FROM a:1\nEXPOSE 8080\n")]);
        let files = init(&project, Target::of(Platform::Eas), "x");
        assert!(files[0].text.contains("\"port\": 8000"), "{}", files[0].text);
        assert!(files[0].text.contains("<command that starts the server>"));
    }

    #[test]
    fn a_credential_of_the_start_command_is_not_written_once_more() {
        let project = with(&[("Dockerfile", "FROM a:1\nCMD serve --password hunter2\n")]);
        let batch = Target { platform: Platform::ModelArts, profile: Some(Profile::Batch) };
        assert!(init(&project, batch, "x").iter().all(|file| !file.text.contains("hunter2")));
    }

    #[test]
    fn a_name_that_means_something_to_yaml_stays_a_text() {
        use crate::tree::yaml;
        for name in ["null", "true", "False", "yes", "OFF", "my-app", "1e3"] {
            let files = init(&with(&[]), Target::of(Platform::ComputeNest), name);
            let root = |text: &str| yaml::parse(text).documents.remove(0);
            let config = root(&files[0].text);
            let named = config.lookup(&["Service", "ServiceInfo", "Name"]);
            assert!(named.and_then(crate::tree::Node::as_str).is_some(), "{}", files[0].text);
            let template = root(&files[1].text);
            let properties = template.lookup(&["Resources", "Application", "Properties"]).unwrap();
            let space = properties.get("DefaultNamespace").and_then(crate::tree::Node::as_str);
            assert!(space.is_some(), "{}", files[1].text);
            let objects =
                properties.get("YamlContent").and_then(crate::tree::Node::as_str).unwrap();
            let objects = yaml::parse(objects).documents;
            assert_eq!(objects.len(), 3);
            for object in objects {
                let name = object.lookup(&["metadata", "name"]);
                assert!(name.and_then(crate::tree::Node::as_str).is_some(), "{name:?}");
            }
        }
    }

    #[test]
    fn any_name_becomes_one_that_both_platforms_take() {
        for (name, expected) in [("My.App", "my_app"), ("7z", "service_7z"), ("端口", "service")]
        {
            assert_eq!(identifier(name), expected);
        }
    }
}
