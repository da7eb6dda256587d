//! A script of the project that a command calls where it does not lie.

use super::sources::FILES_ARE_COPIED;
use crate::claims::{BootScript, Start};
use crate::command::Launch;
use crate::dockerfile::Placement;
use crate::document::Kind;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Message, Place, Span, text};

pub(super) static RULE: Rule = Rule {
    id: "project/script-elsewhere",
    severity: Severity::Error,
    summary: text("a script is called where it does not lie", "调用的脚本不在该路径"),
    message: text(
        "`{called}` is called, but COPY puts the script at `{placed}`",
        "调用的是 `{called}`，而 COPY 把脚本放在 `{placed}`",
    ),
    why: text(
        "There is no such file in the container: it ends at once.",
        "容器中没有该文件：容器会立即退出。",
    ),
    help: text(
        "call it where it is copied, or copy it where it is called",
        "使调用路径与复制路径一致",
    ),
    rests_on: &[&FILES_ARE_COPIED],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nCOPY run.sh /app/run.sh\nCMD [\"sh\", \"«/home/run.sh»\"]\n-- run.sh --\nexec gunicorn -b :8000 a:b\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nWORKDIR /srv\nCOPY app.py .\nCMD [\"«./run.sh»\"]\n-- run.sh --\n#!/bin/sh\nexec gunicorn -b :8000 a:b\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nCOPY start.sh /app/\nCMD [\"sh\", \"/app/start.sh\"]\n-- start.sh --\nexec gunicorn -b :8000 a:b\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"command\":\"sh «/start.sh»\"}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCOPY run.sh /home/\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8000 a:b\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCOPY . /home\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8000 a:b\n",
        ),
        // It is mounted.
        good(
            "-- Dockerfile --\nFROM a:1\nCOPY run.sh /app/\n-- run.sh --\nexec gunicorn -b :8000 a:b\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"storage\":[{\"mount_path\":\"/mnt/code\",\"oss\":{\"path\":\"oss://b/d/\"}}],\"containers\":[{\"image\":\"x\",\"port\":8000,\"script\":\"sh /mnt/code/run.sh\"}]}\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    let Some(dockerfile) = cx.only(Kind::Dockerfile).filter(|_| claims.has_image) else { return };
    let Some(content) = dockerfile.dockerfile() else { return };
    // The folder that a command starts in.
    let folder = content.prediction.working_dir.as_ref().and_then(|one| one.value.as_deref());
    let own = match &claims.containers[..] {
        [only] => only.start.as_ref(),
        _ => None,
    };
    for start in claims.image_start.iter().chain(own) {
        for call in start.launches.iter().filter_map(|launch| call(launch, start)) {
            let Some(script) = claims.scripts.iter().find(|one| one.name == file_name(&call.path))
            else {
                continue;
            };
            let path = match (call.path.starts_with('/'), folder) {
                (true, _) => call.path.clone(),
                // A `cd` before it leads elsewhere.
                (false, Some(folder)) if !start.text.contains("cd ") => {
                    format!("{folder}/{}", call.path)
                }
                _ => continue,
            };
            if claims.is_mounted(&path) {
                continue;
            }
            report(found, script, &call, content.tree.placement(&path), |span| {
                dockerfile.place(span)
            });
        }
    }
}

fn report(
    found: &mut Findings,
    script: &BootScript,
    call: &Call,
    placement: Placement,
    place: impl Fn(Span) -> Place,
) {
    let finding = match placement {
        Placement::Possible => return,
        Placement::Nowhere => {
            let finding = found.add(&RULE, call.at);
            // The base image may hold one.
            finding.severity(Severity::Warning).says(text(
                "`{called}` is called, but nothing copies the script into the image",
                "调用的是 `{called}`，但没有把脚本复制进镜像",
            ));
            finding
        }
        Placement::Elsewhere(places) => {
            let Some((placed, span)) = places.first() else { return };
            let finding = found.add(&RULE, call.at);
            finding.arg("placed", placed).related_message(
                place(*span),
                Message::new(text("the script lies at {placed}", "脚本位于 {placed}"))
                    .arg("placed", placed),
            );
            finding
        }
    };
    let first = Place::new(script.start.source(), Span::at(0));
    finding.arg("called", &call.path).related(first, text("the script", "脚本"));
}

/// A file that a command names as a script.
struct Call {
    path: String,
    at: Place,
}

/// `sh -x /home/run.sh`, `/home/run.sh`, `./run.sh`; a bare name is looked up in PATH.
fn call(launch: &Launch, start: &Start) -> Option<Call> {
    let is_shell = matches!(&*launch.program_name, "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh");
    if is_shell {
        let word = launch.arguments.iter().find(|word| !word.text().starts_with('-'))?;
        let path = word.value.as_ref()?.text().to_owned();
        return Some(Call { path, at: start.place(word.span) });
    }
    let path = launch.path.clone().filter(|path| path.contains('/'))?;
    Some(Call { path, at: start.place(launch.program) })
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
