//! `plimsoll init`.

use std::path::Path;

use plimsoll::text::{Lang, text, visible};

use crate::args::Init;
use crate::files;
use crate::output::{Outcome, Output, Problem};

pub(super) fn run(options: &Init, output: &Output) -> Outcome {
    let folder = options.folder.as_path();
    if !folder.is_dir() {
        output.problem(&Problem::new(
            &files::display(folder),
            text("there is no such folder", "没有该文件夹"),
            text("", ""),
        ));
        return Outcome::Trouble;
    }
    // An empty folder is no trouble: then everything is a placeholder.
    let project = files::open_folder(folder, output.lang).project;
    let new = plimsoll::init(&project, options.target, &name_of(folder));
    if new.is_empty() {
        let nothing = text(
            "what this platform wants stands in the Dockerfile, and there is one\n",
            "该平台的要求都在 Dockerfile 中，而 Dockerfile 已存在\n",
        );
        output.print(nothing.get(output.lang));
        return Outcome::Good;
    }
    let mut outcome = Outcome::Good;
    for file in &new {
        let path = folder.join(file.name);
        let shown = files::display(&path);
        // A link is there even where it leads nowhere.
        let is_there = std::fs::symlink_metadata(&path).is_ok();
        if is_there && !path.is_file() {
            output.problem(&Problem::new(
                &shown,
                text(
                    "something else than a file stands here, which is not overwritten",
                    "此处不是普通文件，不会覆盖",
                ),
                text("", ""),
            ));
            outcome = Outcome::Trouble;
            continue;
        }
        if is_there && !options.force {
            output.problem(&Problem::new(
                &shown,
                text("there is such a file already", "文件已存在"),
                text("overwrite it with `--force`", "使用 `--force` 覆盖"),
            ));
            outcome = Outcome::Trouble;
            continue;
        }
        let written = match path.parent().map_or(Ok(()), std::fs::create_dir_all) {
            Ok(()) => files::write_new(&path, &file.text),
            Err(error) => Err(error.into()),
        };
        match written {
            Ok(()) => output.print(&match output.lang {
                Lang::En => format!("wrote {}\n", visible(&shown)),
                Lang::Zh => format!("已写入 {}\n", visible(&shown)),
            }),
            Err(error) => {
                output.problem(&error.problem(&shown));
                outcome = Outcome::Trouble;
            }
        }
    }
    if outcome == Outcome::Good {
        let target = options.target.name();
        output.print(&match output.lang {
            Lang::En => format!("fill in what `plimsoll check --platform {target}` marks\n"),
            Lang::Zh => format!("请填写 `plimsoll check --platform {target}` 标出的内容\n"),
        });
    }
    outcome
}

/// The folder's own name.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    whole.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
