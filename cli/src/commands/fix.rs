//! `plimsoll fix`.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use plimsoll::Fixed;
use plimsoll::document::Document;
use plimsoll::rule::Safety;
use plimsoll::text::{Message, Source, SourceId, text, visible_lines};

use crate::args;
use crate::config::{self, Arranged, Group};
use crate::diff::{self, name_in_head};
use crate::files::{self, Origin, Origins, Writer, Written};
use crate::output::{Outcome, Output, Problem};
use crate::signals::Deferred;

pub(super) fn run(options: &args::Fix, output: &Output) -> Outcome {
    let opened = files::open(&options.selection, output.lang);
    let Arranged { groups, problems, warnings } =
        config::arrange(&opened, &options.selection, output.lang);
    for problem in opened.problems.iter().chain(&problems) {
        output.problem(problem);
    }
    for warning in &warnings {
        output.warning(warning);
    }
    let safety = if options.risky { Safety::Unsafe } else { Safety::Safe };
    let mut run = Run::new(options, output, &opened.origins);
    run.is_well = opened.problems.is_empty() && problems.is_empty();
    // What was read of the documents is freed as they are fixed.
    drop(opened.project);
    for Group { project, settings, .. } in groups {
        let before: Vec<Before> = project.documents().iter().map(Before::of).collect();
        let mut fixed = plimsoll::fix_owned(project, &settings, safety);
        run.give(&before, &mut fixed);
    }
    run.summary();
    if run.is_well { Outcome::Good } else { Outcome::Trouble }
}

/// A document before it was fixed.
struct Before {
    id: SourceId,
    source: Arc<Source>,
}

impl Before {
    fn of(document: &Document) -> Before {
        Before { id: document.id, source: Arc::clone(&document.source) }
    }
}

/// What is done with fixed documents: shown, or written to where they came from.
struct Run<'a> {
    options: &'a args::Fix,
    output: &'a Output,
    origins: &'a Origins,
    writer: Writer,
    /// Fixes in the files that were written.
    applied: usize,
    /// Files that were written.
    changed: usize,
    is_well: bool,
}

impl<'a> Run<'a> {
    fn new(options: &'a args::Fix, output: &'a Output, origins: &'a Origins) -> Run<'a> {
        let writer = Writer::default();
        Run { options, output, origins, writer, applied: 0, changed: 0, is_well: true }
    }

    /// Shows or writes what became of documents.
    fn give(&mut self, before: &[Before], fixed: &mut Fixed) {
        for dropped in &fixed.dropped {
            let path = fixed.project.source(dropped.document).path();
            self.trouble(&broken_fix(path).arg("rule", dropped.rule));
        }
        if self.options.diff {
            before.iter().for_each(|old| self.show(old, fixed));
        } else {
            self.write(before, fixed);
        }
    }

    fn show(&mut self, old: &Before, fixed: &mut Fixed) {
        let path = old.source.path();
        let new = Arc::clone(&fixed.project.document(old.id).source);
        let (before, after) = (old.source.text(), new.text());
        if before == after {
            return;
        }
        let name = name_in_head(self.origins.path(path));
        let shown = (!self.options.reveal).then(|| fixed.covered(old.id, before));
        let shown = shown.as_ref().map(|[old, new]| [old.text(), new.text()]);
        let diff = diff::unified(&name, before, after, shown);
        if self.output.is_terminal() {
            self.output.raw(&visible_lines(&diff.text));
        } else {
            self.output.raw(&diff.text);
        }
        if diff.is_covered {
            self.trouble(&covered(path));
        }
    }

    fn write(&mut self, before: &[Before], fixed: &Fixed) {
        // A signal waits until the file that is being written is whole.
        let deferred = Deferred::begin();
        let mut written = HashSet::new();
        for Before { id, source } in before {
            let (old, new) = (source.text(), fixed.project.source(*id).text());
            match self.origins.of(source.path()) {
                Some(Origin::Stream) => self.output.raw(new),
                Some(Origin::File { path, is_named }) if new != old => {
                    if deferred.is_stop_wanted() {
                        self.trouble(&stopped(source.path()));
                        break;
                    }
                    if self.replace(source, path, *is_named, new) {
                        written.insert(*id);
                    }
                }
                Some(Origin::File { .. }) | None => {}
            }
        }
        self.count(fixed, &written);
        if deferred.is_stop_wanted() {
            self.summary();
        }
    }

    /// Writes one file; whether it was.
    fn replace(&mut self, source: &Source, path: &Path, is_named: bool, new: &str) -> bool {
        match self.writer.replace(path, is_named, source.text(), new) {
            Ok(written) => written == Written::New,
            Err(error) => {
                self.trouble(&error.problem(source.path()));
                false
            }
        }
    }

    fn count(&mut self, fixed: &Fixed, written: &HashSet<SourceId>) {
        let is_written = |id: &SourceId| written.contains(id);
        self.applied +=
            fixed.applied.iter().filter(|one| one.documents.iter().any(is_written)).count();
        self.changed += written.len();
    }

    fn trouble(&mut self, problem: &Problem) {
        self.output.problem(problem);
        self.is_well = false;
    }

    /// Says what was done, beside the documents and never among them.
    fn summary(&self) {
        for copy in &self.writer.left {
            self.output.warning(&left(copy));
        }
        if self.changed == 0 {
            return;
        }
        let message = applied(self.applied, self.changed);
        if self.origins.has_stream() {
            self.output.note(&message);
        } else {
            self.output.print(&format!("{}\n", message.render(self.output.lang)));
        }
    }
}

fn applied(fixes: usize, files: usize) -> Message {
    let words = match (fixes, files) {
        (1, 1) => "applied {fixes} fix in {files} file",
        (1, _) => "applied {fixes} fix in {files} files",
        (_, 1) => "applied {fixes} fixes in {files} file",
        _ => "applied {fixes} fixes in {files} files",
    };
    Message::new(text(words, "已在 {files} 个文件中应用 {fixes} 处修复"))
        .arg("fixes", fixes)
        .arg("files", files)
}

fn broken_fix(path: &str) -> Problem {
    Problem::new(
        path,
        text(
            "the fix of `{rule}` would have broken this document and was not applied: a bug of Plimsoll",
            "`{rule}` 的修复会破坏该文档，因此未应用：这是 Plimsoll 的缺陷",
        ),
        text("please report it", "请报告该问题"),
    )
}

fn covered(path: &str) -> Problem {
    Problem::new(
        path,
        text(
            "this diff does not apply: secrets in it are covered",
            "该差异无法应用：其中的机密已被遮盖",
        ),
        text(
            "show them with `--reveal`, or let `plimsoll fix` write the file",
            "使用 `--reveal` 显示，或直接用 `plimsoll fix` 写入文件",
        ),
    )
}

fn stopped(path: &str) -> Problem {
    Problem::new(
        path,
        text(
            "stopped by a signal before this file; those before it are whole",
            "在写入该文件之前被信号终止；此前的文件均已完整写入",
        ),
        text("run the command again for the rest", "请重新运行该命令以处理其余文件"),
    )
}

fn left(copy: &Path) -> Message {
    Message::new(text(
        "{copy} is a copy of a file that an earlier run was writing when it was killed: compare the two, then remove it",
        "{copy} 是先前被强制终止的运行留下的文件副本：请比较后删除",
    ))
    .arg("copy", files::display(copy))
}
