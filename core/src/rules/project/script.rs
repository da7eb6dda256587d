//! A script of the project that a command calls where it does not lie.

use super::sources::FILES_ARE_COPIED;
use crate::claims::{BootScript, Start};
use crate::command::Launch;
use crate::dockerfile::{Body, Placement};
use crate::document::{DockerfileContent, Document, Kind};
use crate::project::folder;
use crate::rule::{Context, Finding, Findings, Rule, Severity, bad, good};
use crate::text::{Message, Place, Span, file_name, text};

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
        bad(
            "-- Dockerfile --\nFROM a:1\nCOPY requirements.txt /app/\nCOPY . /app\nCMD [\"sh\", \"«/app/start.sh»\"]\n-- (context) --\nrequirements.txt\nbin/start.sh\n",
        ),
        // The context may be another folder.
        good(
            "-- Dockerfile --\nFROM a:1\nCOPY . /app\nCMD [\"sh\", \"/app/start.sh\"]\n-- (context) --\nrequirements.txt\nbin/start.sh\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCOPY run.sh /home/\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8000 a:b\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCOPY . /home\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8000 a:b\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nCMD [\"sh\", \"/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8000 a:b\n-- compose.yaml --\nservices:\n  app:\n    build: .\n    volumes: [\"./run.sh:/run.sh\"]\n",
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
            let path = match (call.path.starts_with('/'), folder) {
                (true, _) => call.path.clone(),
                // A `cd` before it leads elsewhere.
                (false, Some(folder)) if !start.text.contains("cd ") => {
                    format!("{folder}/{}", call.path)
                }
                _ => continue,
            };
            let name = file_name(&path);
            if claims.is_mounted(&path) || is_spoken_of(cx, name) {
                continue;
            }
            let script = claims.scripts.iter().find(|one| one.name == name);
            match (content.tree.placement(&path), script) {
                (Placement::Elsewhere(places), Some(script)) => {
                    let Some((placed, span)) = places.first() else { continue };
                    elsewhere(found, &call, placed, dockerfile.place(*span))
                        .related(beginning(script), text("the script", "脚本"));
                }
                (Placement::Nowhere, Some(script)) => nowhere(found, &call, script),
                (Placement::InContext { path, destination }, _)
                    if is_missing(cx, dockerfile, content, &path) =>
                {
                    missing(found, &call, &path, dockerfile.place(destination));
                }
                _ => {}
            }
        }
    }
}

fn beginning(script: &BootScript) -> Place {
    Place::new(script.start.source(), Span::at(0))
}

fn elsewhere<'f>(
    found: &'f mut Findings,
    call: &Call,
    placed: &str,
    destination: Place,
) -> &'f mut Finding {
    let label = Message::new(text("the script lies at {placed}", "脚本位于 {placed}"));
    found
        .add(&RULE, call.at)
        .arg("called", &call.path)
        .arg("placed", placed)
        .related_message(destination, label.arg("placed", placed))
}

fn nowhere(found: &mut Findings, call: &Call, script: &BootScript) {
    found
        .add(&RULE, call.at)
        // The base image may hold one.
        .severity(Severity::Warning)
        .says(text(
            "`{called}` is called, but nothing copies the script into the image",
            "调用的是 `{called}`，但没有把脚本复制进镜像",
        ))
        .help(text("add COPY {script} {called}", "加上 COPY {script} {called}"))
        .arg("called", &call.path)
        .arg("script", &script.name)
        .related(beginning(script), text("the script", "脚本"));
}

fn missing(found: &mut Findings, call: &Call, path: &str, destination: Place) {
    found
        .add(&RULE, call.at)
        .severity(Severity::Warning)
        .says(text(
            "`{called}` is called, but the folder that is copied there has no `{script}`",
            "调用的是 `{called}`，但复制到该处的目录中没有 `{script}`",
        ))
        .help(text(
            "mind the spelling, or add the script to the folder",
            "请检查拼写，或在目录中加入该脚本",
        ))
        .arg("called", &call.path)
        .arg("script", path)
        .related(destination, text("copied here", "复制到此处"));
}

/// Whether the folder of the Dockerfile is surely the context and has no file at `path`.
fn is_missing(
    cx: &Context<'_>,
    dockerfile: &Document,
    content: &DockerfileContent,
    path: &str,
) -> bool {
    let Some(listing) = cx.build_context(folder(dockerfile.source.path())) else { return false };
    let is_there = |path: &str| {
        let below = format!("{path}/");
        listing.contains(path)
            || listing.range(below.clone()..).next().is_some_and(|next| next.starts_with(&below))
    };
    let instructions = content.tree.instructions.iter();
    let sources =
        instructions.filter(|one| one.flag("from").is_none()).flat_map(|one| match &one.body {
            Body::Copy { sources, .. } => &sources[..],
            _ => &[],
        });
    let mut named = sources.map(|source| source.raw().trim_start_matches("./"));
    // What is named and there shows that this is the context.
    named.any(|source| !matches!(source, "" | ".") && is_there(source.trim_end_matches('/')))
        && path.ends_with(".sh")
        && !is_there(path)
}

/// Whether a document that mounts files speaks of one called `name`.
fn is_spoken_of(cx: &Context<'_>, name: &str) -> bool {
    let mounting = [Kind::Compose, Kind::Kubernetes, Kind::RosTemplate];
    let documents = cx.documents().filter(|document| mounting.contains(&document.kind));
    documents.flat_map(Document::roots).any(|root| {
        let mut found = false;
        root.walk(&mut |key, node| {
            let holds = |text: &str| text.contains(name);
            found |= key.is_some_and(holds) || node.as_str().is_some_and(holds);
        });
        found
    })
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
