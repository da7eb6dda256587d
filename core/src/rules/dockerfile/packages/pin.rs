//! What the rules on versions have in common: one finding for each installation, at the first
//! package that has no version.
//!
//! They are strict throughout: archives of distributions drop old versions, so that a pinned
//! version is a build that fails some day, and many maintainers decide against it.

use super::super::file::files;
use crate::packages::{Invocation, Manager, Setting, letters};
use crate::rule::{Context, Findings, Rule, Severity};
use crate::text::{Text, text};

/// What the rules have in common.
pub(super) const DEFAULT: Rule = Rule {
    severity: Severity::Info,
    strict: true,
    message: text("`{package}` has no version", "`{package}` 未指定版本"),
    why: text(
        "The next build may install another version, and then two builds of one Dockerfile differ.",
        "下一次构建可能安装另一个版本，同一个 Dockerfile 的两次构建结果就会不同。",
    ),
    ..Rule::DEFAULT
};

const SEVERAL: Text = text(
    "`{package}` and {count} more packages have no version",
    "`{package}` 和另外 {count} 个软件包未指定版本",
);

/// Reports the packages of every installation by `managers` that `is_loose`.
pub(super) fn report(
    cx: &Context<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    managers: &[Manager],
    is_loose: fn(&Invocation<'_>, &str) -> bool,
) {
    for file in files(cx) {
        for run in cx.runs(file.document) {
            for one in run.invocations.iter().filter(|one| managers.contains(&one.manager)) {
                // A file of constraints gives the versions.
                if let Manager::Pip | Manager::UvPip = one.manager
                    && !matches!(run.setting(one, "PIP_CONSTRAINT"), Setting::Unset)
                {
                    continue;
                }
                let packages = one.operands.iter().filter_map(|word| Some((word, letters(word)?)));
                let mut loose = packages.filter(|(_, package)| is_loose(one, package));
                let Some((word, package)) = loose.next() else { continue };
                let finding = found.add(rule, file.at(word.span));
                finding.arg("package", package);
                let more = loose.count();
                if more > 0 {
                    finding.says(SEVERAL).arg("count", more);
                }
            }
        }
    }
}

/// Whether `text` is a path or an address rather than a package's name.
pub(super) fn is_path(text: &str) -> bool {
    text.contains('/') || text.starts_with(['.', '~'])
}
