//! The model configuration of ModelArts, and what its profiles want beside it.

use serde_json::{Value, json};

use super::{NewFile, boot_script, identifier, pretty};
use crate::claims::Claims;
use crate::credential::REDACTED;
use crate::document::hidden_in_words;
use crate::tree::REPLACE_ME;

/// `config.json`, and `run.sh` where the image's command tells what it has to start.
pub(super) fn files(
    claims: &Claims,
    name: &str,
    health: Option<&str>,
    is_batch: bool,
) -> Vec<NewFile> {
    let config = config(&identifier(name), health, is_batch);
    let mut files = vec![NewFile { name: "config.json", text: pretty(&config) }];
    if is_batch && claims.scripts.is_empty() && claims.image_start.is_some() {
        let text = boot_script::text(&open_argv(&claims.image_argv));
        files.extend(text.map(|text| NewFile { name: "run.sh", text }));
    }
    files
}

/// `argv` with a placeholder for every secret: none is written once more.
fn open_argv(argv: &[String]) -> Vec<String> {
    let hidden = hidden_in_words(argv);
    let words = argv.iter().zip(&hidden).map(|(word, hidden)| {
        let mut open = word.clone();
        for range in hidden.iter().rev().filter(|range| word.get((*range).clone()).is_some()) {
            open.replace_range(range.clone(), REPLACE_ME);
        }
        // An archive's own description covers them already.
        open.replace(REDACTED, REPLACE_ME)
    });
    words.collect()
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
