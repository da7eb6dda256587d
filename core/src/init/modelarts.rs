//! The model configuration of ModelArts, and the boot file of a batch service.

use serde_json::{Value, json};

use super::{NewFile, identifier, pretty};
use crate::claims::Claims;
use crate::platforms::modelarts::spec::SERVICE_PORT;
use crate::redact::redact;

/// `config.json`, and `run.sh` where the image's command tells what it has to start.
pub(super) fn files(
    claims: &Claims,
    name: &str,
    health: Option<&str>,
    is_batch: bool,
) -> Vec<NewFile> {
    let config = config(&identifier(name), health, is_batch);
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

/// The Dockerfile of a training job's or notebook's image, where there is none: all that such an
/// image needs stands there.
pub(super) fn working_image(claims: &Claims) -> Vec<NewFile> {
    let text = WORKING_IMAGE.to_owned();
    let new = (!claims.has_image).then_some(NewFile { name: "Dockerfile", text });
    new.into_iter().collect()
}

/// An image whose commands run as ma-user.
const WORKING_IMAGE: &str = "\
FROM <base-image>

USER root
RUN { getent group 100 || groupadd -g 100 ma-group; } \\
    && useradd -m -d /home/ma-user -u 1000 -g 100 -s /bin/bash ma-user

ENV PYTHONUNBUFFERED=1
USER ma-user
WORKDIR /home/ma-user
";

fn config(name: &str, health: Option<&str>, is_batch: bool) -> Value {
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
