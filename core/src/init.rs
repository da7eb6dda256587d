//! First files for a platform, from what the project already says: port, start command, health
//! path. What nobody can know is a placeholder, which the check then finds.

use serde_json::{Value, json};

use crate::claims::Claims;
use crate::dockerfile::CommandForm;
use crate::document::Kind;
use crate::fact::{Platform, Profile, Target};
use crate::platforms::eas::spec::RESERVED_PORTS;
use crate::platforms::modelarts::spec::SERVICE_PORT;
use crate::project::{Project, Service};
use crate::redact::redact;

/// A file that [`init`] proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its name in the service's folder.
    pub name: &'static str,
    /// Its text.
    pub text: String,
}

/// The port of a service of which nothing tells one, away from those that EAS keeps for itself.
const USUAL_PORT: u16 = 8000;

/// The files that `target` wants of the first service of `project`; `name` is what the service is
/// called (its folder's name), in any letters.
pub fn init(project: &Project, target: Target, name: &str) -> Vec<NewFile> {
    let none = Service { documents: Vec::new() };
    let service = project.services().first().unwrap_or(&none);
    let claims = project.claims(service);
    let health = health_path(project, service);
    match target.platform {
        Platform::Eas => vec![NewFile {
            name: "service.json",
            text: pretty(&eas(&claims, &identifier(name), health.as_deref())),
        }],
        Platform::ModelArts
            if matches!(target.profile, Some(Profile::Training | Profile::Notebook)) =>
        {
            // All that such an image needs stands in its Dockerfile.
            let has_one = |service: &Service| {
                service.documents.iter().any(|&id| project.document(id).kind == Kind::Dockerfile)
            };
            let text = WORKING_IMAGE.to_owned();
            let new = (!has_one(service)).then_some(NewFile { name: "Dockerfile", text });
            new.into_iter().collect()
        }
        Platform::ModelArts => {
            let is_batch = target.profile == Some(Profile::Batch);
            let config = modelarts(&identifier(name), health.as_deref(), is_batch);
            let mut files = vec![NewFile { name: "config.json", text: pretty(&config) }];
            let command = claims.image_start.as_ref().map(|start| start.text.as_str());
            // A CMD that calls a script already names another one.
            let command = command.filter(|text| !text.contains(".sh") && !text.contains('\n'));
            // A credential is not written once more.
            let command = command.filter(|text| redact(text) == *text);
            if let Some(command) = command.filter(|_| is_batch && claims.scripts.is_empty()) {
                files.push(NewFile { name: "run.sh", text: run_sh(command) });
            }
            files
        }
    }
}

/// An image that a training job or a notebook runs as ma-user.
const WORKING_IMAGE: &str = "\
FROM <base-image>

USER root
RUN { getent group 100 || groupadd -g 100 ma-group; } \\
    && useradd -m -d /home/ma-user -u 1000 -g 100 -s /bin/bash ma-user

ENV PYTHONUNBUFFERED=1
USER ma-user
WORKDIR /home/ma-user
";

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

fn eas(claims: &Claims, name: &str, health: Option<&str>) -> Value {
    let said = claims.running().iter().find_map(|start| start.ports().next().map(|one| one.value));
    let exposed = match &claims.exposed[..] {
        [only] if only.first == only.last => Some(only.first),
        _ => None,
    };
    let port = said.or(exposed).filter(|port| !RESERVED_PORTS.value.contains(port));
    let port = port.unwrap_or(USUAL_PORT);
    let mut container = json!({
        "image": format!("<instance>-registry-vpc.<region>.cr.aliyuncs.com/<namespace>/{name}:1.0.0"),
        "port": port,
    });
    if claims.image_start.is_none() {
        container["script"] = "<command that starts the server>".into();
    }
    container["startup_check"] = match health {
        Some(path) => json!({"http_get": {"path": path, "port": port}}),
        None => json!({"tcp_socket": {"port": port}}),
    };
    container["startup_check"]["initial_delay_seconds"] = 5.into();
    container["startup_check"]["period_seconds"] = 5.into();
    container["startup_check"]["failure_threshold"] = 12.into();
    json!({
        "metadata": {"name": name, "instance": 1},
        "cloud": {
            "computing": {"instances": [{"type": "<instance type>"}]},
            "networking": {
                "vpc_id": "<vpc id>",
                "vswitch_id": "<vswitch id>",
                "security_group_id": "<security group id>",
            },
        },
        "containers": [container],
    })
}

fn modelarts(name: &str, health: Option<&str>, is_batch: bool) -> Value {
    let body = |kind: &str, properties: Value| json!({"Content-type": kind, "data": {"type": "object", "properties": properties}});
    let request = if is_batch {
        body("multipart/form-data", json!({"<parameter>": {"type": "file"}}))
    } else {
        body("application/json", json!({"<parameter>": {"type": "string"}}))
    };
    json!({
        "model_algorithm": name,
        "model_type": "Image",
        "apis": [{
            "url": "/",
            "method": "post",
            "request": request,
            "response": body("application/json", json!({"<result>": {"type": "string"}})),
        }],
        "health": {
            "url": health.unwrap_or("/<health path>"),
            "protocol": "http",
            "initial_delay_seconds": "12",
            "timeout_seconds": "5",
        },
    })
}

/// The boot file of a batch service: starts `command` and hands SIGTERM on to it.
fn run_sh(command: &str) -> String {
    format!(
        "#!/bin/sh\n\
         # Requests in flight get a minute to end before the server is told to stop.\n\
         # The server must listen on port {port}.\n\
         server=\"\"\n\n\
         stop() {{\n\
         \x20   if [ -n \"$server\" ]; then\n\
         \x20       sleep 60\n\
         \x20       kill -TERM \"$server\"\n\
         \x20       wait \"$server\"\n\
         \x20   fi\n\
         }}\n\
         trap stop TERM\n\n\
         {command} &\n\
         server=$!\n\
         wait \"$server\"\n",
        port = SERVICE_PORT.value,
    )
}

/// The path that HEALTHCHECK asks: `curl -f http://localhost:8000/health`.
fn health_path(project: &Project, service: &Service) -> Option<String> {
    let mut documents = service.documents.iter().map(|&id| project.document(id));
    let dockerfile = documents.find(|document| document.kind == Kind::Dockerfile)?;
    let healthcheck = dockerfile.dockerfile()?.prediction.healthcheck.as_ref()?;
    let words: Vec<&str> = match healthcheck.form.as_ref()? {
        CommandForm::Shell { text, .. } => vec![text.text()],
        CommandForm::Exec(words) => words.iter().map(|word| word.value.text()).collect(),
    };
    let address = words.iter().find_map(|word| word.split("http://").nth(1))?;
    let end =
        address.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '|' | ';'));
    let address = &address[..end.unwrap_or(address.len())];
    let path = &address[address.find('/')?..];
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    path.chars().all(is_plain).then(|| path.to_owned())
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
        for target in [Target::of(Platform::Eas), Target::of(Platform::ModelArts), batch] {
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
    fn any_name_becomes_one_that_both_platforms_take() {
        for (name, expected) in [("My.App", "my_app"), ("7z", "service_7z"), ("端口", "service")]
        {
            assert_eq!(identifier(name), expected);
        }
    }
}
