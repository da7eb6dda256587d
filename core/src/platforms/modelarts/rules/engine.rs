//! Custom engines: where their script starts, and where ModelArts puts the model.

use super::super::engine::{is_custom_engine, is_inside};
use super::super::spec::{ENGINE_FOLDER, ENGINE_MODEL};
use super::MODELARTS;
use super::start::dockerfile;
use crate::dockerfile::{Body, Command, CommandForm};
use crate::rule::{Rule, bad, good};
use crate::text::text;

pub(super) static PATHS: Rule = Rule {
    id: "modelarts/custom-engine-run-path",
    summary: text("a custom engine with other paths", "自定义引擎的路径不符"),
    message: text(
        "a custom engine is started by {folder}/run.sh, this image by `{script}`",
        "自定义引擎由 {folder}/run.sh 启动，而该镜像由 `{script}` 启动",
    ),
    why: text(
        "ModelArts prepares /home/mind for a custom engine and puts the model into /home/mind/model; what lies elsewhere is not found, and what lies there is hidden.",
        "ModelArts 为自定义引擎准备 /home/mind，并将模型放入 /home/mind/model；放在别处会找不到，放在该处会被覆盖。",
    ),
    help: text("write CMD sh {folder}/run.sh", "写作 CMD sh {folder}/run.sh"),
    rests_on: &[&ENGINE_FOLDER.source, &ENGINE_MODEL.source],
    examples: &[
        bad("FROM a:1\nCOPY serve.py /home/mind/\nCMD «sh /home/run.sh»\n"),
        bad("FROM a:1\nCOPY weights/ «/home/mind/model/»\nCMD sh /home/mind/run.sh\n"),
        good("FROM a:1\nCOPY run.sh serve.py /home/mind/\nCMD sh /home/mind/run.sh\n"),
        good("FROM a:1\nCOPY run.sh /home/run.sh\nCMD sh /home/run.sh\n"),
    ],
    check: |cx, found| {
        let Some((document, content)) = dockerfile(cx) else { return };
        if !is_custom_engine(content) {
            return;
        }
        let prediction = &content.prediction;
        let starts = [&prediction.entrypoint, &prediction.cmd].into_iter().flatten();
        for (command, script) in starts.filter_map(|one| Some((one, foreign_script(one)?))) {
            found
                .add(&PATHS, document.place(command.span))
                .arg("folder", ENGINE_FOLDER.value)
                .arg("script", script);
        }
        let stages = content.tree.chain();
        for instruction in stages.iter().flat_map(|stage| content.tree.stage_instructions(stage)) {
            let Body::Copy { destination, .. } = &instruction.body else { continue };
            let to = destination.raw();
            let model = ENGINE_MODEL.value;
            if to == model || to.strip_prefix(model).is_some_and(|rest| rest.starts_with('/')) {
                found
                    .add(&PATHS, document.place(destination.span))
                    .arg("model", model)
                    .says(text(
                        "ModelArts puts the model into {model}, over what is copied here",
                        "ModelArts 会将模型放入 {model}，覆盖此处复制的内容",
                    ))
                    .help(text(
                        "leave it to ModelArts, or copy it elsewhere",
                        "由 ModelArts 放入，或复制到其他目录",
                    ));
            }
        }
    },
    ..MODELARTS
};

/// The script that the command runs, if it is one outside of the folder of custom engines.
fn foreign_script(command: &Command) -> Option<String> {
    let words: Vec<&str> = match &command.form {
        CommandForm::Exec(words) => words.iter().map(|word| word.value.text()).collect(),
        CommandForm::Shell { text, .. } => text.text().split_whitespace().collect(),
    };
    let is_foreign =
        |word: &&&str| word.starts_with('/') && word.ends_with(".sh") && !is_inside(word);
    words.iter().find(is_foreign).map(|word| (*word).to_owned())
}
