//! `plimsoll fix`.

use plimsoll::rule::Safety;
use plimsoll::text::{Lang, text};
use plimsoll::{Fixed, Project, redact};
use similar::TextDiff;

use crate::args::Fix;
use crate::config::{self, Arranged};
use crate::files::{self, Origin, Origins};
use crate::output::{Outcome, Output, Problem};

pub(super) fn run(options: &Fix, output: &Output) -> Outcome {
    let opened = files::open(&options.selection, output.lang);
    for problem in &opened.problems {
        output.problem(problem);
    }
    let mut has_trouble = !opened.problems.is_empty();
    let upto = if options.risky { Safety::Unsafe } else { Safety::Safe };
    let Arranged { groups, problems, warnings } =
        config::arrange(&opened, &options.selection, output.lang);
    for problem in &problems {
        output.problem(problem);
    }
    for warning in &warnings {
        output.warning(warning);
    }
    has_trouble |= !problems.is_empty();
    let (mut applied, mut changed) = (0, 0);
    for group in &groups {
        let fixed = plimsoll::fix(&group.project, &group.settings, upto);
        applied += fixed.applied;
        has_trouble |=
            !write(options, output, &opened.origins, &group.project, &fixed, &mut changed);
    }
    if !options.diff && changed > 0 {
        output.print(&match output.lang {
            Lang::En => format!("applied {applied} fixes in {changed} files\n"),
            Lang::Zh => format!("已在 {changed} 个文件中应用 {applied} 处修复\n"),
        });
    }
    if has_trouble { Outcome::Trouble } else { Outcome::Good }
}

/// Writes or shows what became of the documents of `project`; whether all went well.
fn write(
    options: &Fix,
    output: &Output,
    origins: &Origins,
    project: &Project,
    fixed: &Fixed,
    changed: &mut usize,
) -> bool {
    let mut is_well = true;
    for document in project.documents() {
        let path = document.source.path();
        let new = fixed.project.source(document.id).text();
        let origin = origins.of(path);
        if options.diff {
            output.print(&diff(path, document.source.text(), new));
        } else if origin == Some(&Origin::Stdin) {
            output.print(new);
        } else if let Some(Origin::File { path: file, .. }) = origin
            && new != document.source.text()
        {
            match files::write_atomically(file, new) {
                Ok(()) => *changed += 1,
                Err(error) => {
                    output.problem(&Problem::io(path, &error));
                    is_well = false;
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
        is_well = false;
    }
    is_well
}

/// A unified diff with credentials covered; empty where nothing changed.
fn diff(path: &str, old: &str, new: &str) -> String {
    let (old, new) = (redact(old), redact(new));
    TextDiff::from_lines(&old, &new).unified_diff().header(path, path).to_string()
}
