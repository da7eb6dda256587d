//! The model configuration of ModelArts, and what its profiles want beside it.

use serde_json::{Value, json};

use super::{NewFile, boot_script, identifier, pretty};
use crate::claims::Claims;
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
    // A credential is not written once more.
    let is_open = claims.image_start.as_ref().is_some_and(|it| redact(&it.text) == it.text);
    if is_batch && claims.scripts.is_empty() && is_open {
        let text = boot_script::text(&claims.image_argv);
        files.extend(text.map(|text| NewFile { name: "run.sh", text }));
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
