//! The script that starts a batch service, looked for in an image's own files.

use super::super::engine::starts_custom_engine;
use super::super::spec::RUN_SH;
use super::MODELARTS;
use crate::document::ImageView;
use crate::fact::{Platform, Profile};
use crate::image::layer::Removal;
use crate::image::paths::{PathId, ROOT, shown};
use crate::image::resolve::Files;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::rules::image::inside;
use crate::text::text;

pub(super) static MISSING: Rule = Rule {
    id: "modelarts/run-sh-missing",
    severity: Severity::Error,
    summary: text("an image without /home/run.sh", "镜像中没有 /home/run.sh"),
    message: text("there is no {script} in the image", "镜像中没有 {script}"),
    why: text(
        "A batch service is started by this script: without it the container ends at once.",
        "批量服务由该脚本启动：没有它容器会立即退出。",
    ),
    help: text("add `COPY run.sh {script}` and build again", "加上 `COPY run.sh {script}` 后重新构建"),
    rests_on: &[&RUN_SH.source],
    examples: &[
        bad(r#"{"images": [{"cmd": «["sh", "/home/run.sh"]», "layers": [{"files": [{"path": "/home/Run.sh", "text": ""}]}]}]}"#)
            .under(Profile::Batch),
        bad(r#"{"images": [{"cmd": «["python", "/app.py"]», "layers": [{"files": []}]}]}"#).under(Profile::Batch),
        // Whatever the profile, the command does not find it.
        bad(r#"{"images": [{"cmd": «["sh", "/home/run.sh"]», "layers": [{"files": []}]}]}"#),
        bad(
            r#"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"history": "COPY run.sh /home/", "files": [{"path": "/home/run.sh", "text": ""}]}, {"history": "«RUN rm -r /home»", "files": [{"removed": "/home"}]}]}]}"#,
        )
        .under(Profile::Batch),
        good(r#"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"files": [{"path": "/home/run.sh", "text": ""}]}]}]}"#)
            .under(Profile::Batch),
        good(
            r#"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"files": [{"path": "/home", "link": "srv"}, {"path": "/srv/run.sh", "text": ""}]}]}]}"#,
        )
        .under(Profile::Batch),
        // A custom engine has another one.
        good(r#"{"images": [{"cmd": ["sh", "/home/mind/run.sh"], "layers": [{"files": [{"path": "/home/mind/run.sh", "text": ""}]}]}]}"#)
            .under(Profile::Batch),
        good(r#"{"images": [{"cmd": ["python", "/app.py"], "layers": [{"files": []}]}]}"#),
    ],
    check: missing,
    ..MODELARTS
};

fn missing(cx: &Context<'_>, found: &mut Findings) {
    let is_batch = cx.profile(Platform::ModelArts) == Some(Profile::Batch);
    inside::each(cx, found, &MISSING, |view, files, found| {
        let script = RUN_SH.value;
        let is_named = view.config.words().contains(&script);
        let is_wanted = is_named || is_batch && !starts_custom_engine(view.config);
        if !is_wanted || inside::file(files, script).is_some() {
            return;
        }
        let removed_by = removed_by(view, files, script);
        let at = removed_by.map_or_else(|| view.command_at(), |layer| view.layer_at(layer));
        let finding = found.add(&MISSING, at).arg("script", script);
        if !is_batch {
            finding.severity(Severity::Warning);
        }
        if let Some(layer) = removed_by {
            finding.arg("number", layer + 1).says(text(
                "layer {number} removes {script}, which is gone from the container",
                "第 {number} 层删除了 {script}，容器中已不存在该文件",
            ));
        } else if let Some(near) = near(files) {
            finding.arg("near", shown(&near)).says(text(
                "there is no {script} in the image, but there is `{near}`",
                "镜像中没有 {script}，但有 `{near}`",
            ));
        }
    });
}

/// The layer that takes away what lay at `path`.
fn removed_by(view: &ImageView<'_>, files: Files<'_>, path: &str) -> Option<usize> {
    let mut id = ROOT;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        id = files.paths.find(id, part.as_bytes())?;
    }
    let holder =
        files.layers.iter().rposition(|layer| layer.files.iter().any(|one| one.path == id))?;
    let is_above = |folder: PathId| {
        let mut at = id;
        while at != ROOT {
            at = files.paths.parent(at);
            if at == folder {
                return true;
            }
        }
        false
    };
    let removes = |layer: &&crate::image::layer::Layer| {
        layer.removals.iter().any(|removal| match *removal {
            Removal::Path(path) => path == id || is_above(path),
            Removal::Contents(folder) => is_above(folder),
        })
    };
    let above = view.layers.iter().enumerate().skip(holder + 1);
    above
        .filter_map(|(index, layer)| Some((index, (*layer)?)))
        .find(|(_, layer)| removes(layer))
        .map(|(index, _)| index)
}

/// A script of another place or spelling that may be meant.
fn near(files: Files<'_>) -> Option<Vec<u8>> {
    let is_near = |name: &[u8]| name.eq_ignore_ascii_case(b"run.sh");
    let mut all: Vec<Vec<u8>> = files
        .tree
        .all(files.layers)
        .filter(|seen| is_near(files.paths.name(seen.file.path)))
        .map(|seen| files.paths.full(seen.file.path))
        .collect();
    // The fewest folders, then the alphabet.
    all.sort_by_key(|path| (path.iter().filter(|byte| **byte == b'/').count(), path.clone()));
    all.into_iter().next()
}
