//! `plimsoll fix`.

use std::path::Path;

use plimsoll::redact;
use plimsoll::rule::Safety;
use plimsoll::text::{Lang, text};
use similar::TextDiff;

use crate::args::Fix;
use crate::files;
use crate::output::{Outcome, Output, Problem};

pub(super) fn run(options: &Fix, output: &Output) -> Outcome {
    let opened = files::open(&options.selection);
    for problem in &opened.problems {
        output.problem(problem);
    }
    let mut has_trouble = !opened.problems.is_empty();
    let upto = if options.risky { Safety::Unsafe } else { Safety::Safe };
    let settings = super::settings(&options.selection, output);
    let fixed = plimsoll::fix(&opened.project, &settings, upto);
    let mut changed = 0;
    for document in opened.project.documents() {
        let path = document.source.path();
        let new = fixed.project.source(document.id).text();
        let is_stdin = options.selection.paths.iter().any(|named| named.as_os_str() == "-")
            && path == options.selection.stdin_filename.as_deref().unwrap_or("-");
        if options.diff {
            output.print(&diff(path, document.source.text(), new));
        } else if is_stdin {
            output.print(new);
        } else if new != document.source.text() {
            match files::write_atomically(Path::new(path), new) {
                Ok(()) => changed += 1,
                Err(error) => {
                    output.problem(&Problem::io(path, &error));
                    has_trouble = true;
                }
            }
        }
    }
    for rule in &fixed.dropped {
        output.problem(&Problem::new(
            rule,
            text(
                "its fix would have broken the document and was not applied: a bug of Plimsoll",
                "其修复会破坏文档，因此未应用：这是 Plimsoll 的缺陷",
            ),
            text("please report it", "请报告该问题"),
        ));
        has_trouble = true;
    }
    if !options.diff && changed > 0 {
        output.print(&match output.lang {
            Lang::En => format!("applied {} fixes in {changed} files\n", fixed.applied),
            Lang::Zh => format!("已在 {changed} 个文件中应用 {} 处修复\n", fixed.applied),
        });
    }
    if has_trouble { Outcome::Trouble } else { Outcome::Good }
}

/// A unified diff with credentials covered; empty where nothing changed.
fn diff(path: &str, old: &str, new: &str) -> String {
    let (old, new) = (redact(old), redact(new));
    TextDiff::from_lines(&old, &new).unified_diff().header(path, path).to_string()
}
