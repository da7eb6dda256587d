//! `plimsoll check`.

use plimsoll::report::{Report, html, json, markdown};
use plimsoll::rule::Severity;
use plimsoll::text::{Text, text};

use crate::args::{Check, FailOn, Format};
use crate::config::{self, Arranged};
use crate::files::Origins;
use crate::output::{Outcome, Output, Problem};
use crate::{files, terminal};

pub(super) fn run(options: &Check, output: &Output) -> Outcome {
    let opened = files::open(&options.selection, output.lang);
    for problem in &opened.problems {
        output.problem(problem);
    }
    let Arranged { groups, problems, warnings } =
        config::arrange(&opened, &options.selection, output.lang);
    for problem in &problems {
        output.problem(problem);
    }
    for warning in &warnings {
        output.warning(warning);
    }
    let mut is_failure = false;
    let mut reports = Vec::new();
    for group in &groups {
        let report = plimsoll::check(&group.project, &group.settings);
        is_failure |= fails(&report, options.fail_on.or(group.fail_on).unwrap_or(FailOn::Error));
        reports.push(report);
    }
    let report = Report::merge(reports);
    let is_empty = report.documents.is_empty();
    let text = match options.format {
        Format::Json => json::write(&report),
        Format::Markdown => markdown::write(&report, &opened.project, output.lang),
        Format::Html => html::write(&report, &opened.project, output.lang),
        Format::Text if is_empty => String::new(),
        Format::Text => {
            let mut text = terminal::findings(&report, &opened.project, output.lang);
            if !options.quiet {
                text.push_str(&terminal::summary(&report, output.lang));
            }
            text
        }
    };
    let written = write(options, output, &opened.origins, text);
    let outcome = if !opened.problems.is_empty() || !problems.is_empty() || !written {
        Outcome::Trouble
    } else if is_failure {
        Outcome::Findings
    } else {
        Outcome::Good
    };
    // The program ends here: taking a large project apart would only cost time.
    std::mem::forget((opened, groups, report));
    outcome
}

const IS_READ: Text =
    text("the report would take the place of a document", "报告会覆盖所检查的文档");
const OTHER_FILE: Text = text("name another file for the report", "请为报告指定其他文件");

/// Writes the report to where it is wanted; whether it was written.
fn write(options: &Check, output: &Output, origins: &Origins, text: String) -> bool {
    let Some(path) = options.output.as_ref().filter(|path| path.as_os_str() != "-") else {
        match options.format {
            Format::Text => output.print(&text),
            Format::Json | Format::Markdown | Format::Html => output.raw(&text),
        }
        return true;
    };
    if origins.is_read(path) {
        output.problem(&Problem::new(&files::display(path), IS_READ, OTHER_FILE));
        return false;
    }
    let text = match options.format {
        Format::Text => output.for_file(text),
        Format::Json | Format::Markdown | Format::Html => text,
    };
    let written = files::write_new(path, &text);
    if let Err(error) = &written {
        output.problem(&error.problem(&files::display(path)));
    }
    written.is_ok()
}

fn fails(report: &Report, fail_on: FailOn) -> bool {
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Info,
        FailOn::Never => return false,
    };
    report.worst().is_some_and(|worst| worst >= least)
}
