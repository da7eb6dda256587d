//! What reports for people say beside the messages of rules.

use super::{Report, Verdict};
use crate::text::{Lang, Text, text};

pub(super) const ERROR: Text = text("error", "错误");
pub(super) const WARNING: Text = text("warning", "警告");
pub(super) const INFO: Text = text("info", "提示");
const DOCUMENT: Text = text("document", "文档");
pub(super) const PLATFORM: Text = text("Platform", "平台");
pub(super) const VERDICT: Text = text("Verdict", "结论");
pub(super) const ERRORS: Text = text("Errors", "错误");
pub(super) const WARNINGS: Text = text("Warnings", "警告");
pub(super) const NOTHING: Text = text("Nothing was found.", "未发现问题。");
pub(super) const LINE: Text = text("line", "第");
pub(super) const SAFE: Text = text("safe fix", "安全修复");
pub(super) const UNSAFE: Text = text("fix to be looked at", "需人工确认的修复");
pub(super) const SOURCE: Text = text("Source", "依据");
pub(super) const TITLE: Text = text("Is it safe to ship?", "可以安全部署吗？");
const FITS: Text = text("fits", "适合");
const FAILS: Text = text("fails", "不适合");
const UNKNOWN: Text = text("unknown", "未知");
const COUNTED: Text = text(
    "{errors}, {warnings}, {infos} in {documents}",
    "{documents}中有{errors}、{warnings}、{infos}",
);
const OMITTED: Text =
    text("{count} more findings of `{rule}`", "`{rule}` 另有 {count} 个问题未列出");

pub(super) fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Fits => FITS,
        Verdict::Fails => FAILS,
        Verdict::Unknown => UNKNOWN,
    }
}

pub(super) fn severity(id: &str) -> Text {
    match id {
        "error" => ERROR,
        "warning" => WARNING,
        _ => INFO,
    }
}

/// How much was found.
pub(super) fn counted(report: &Report, lang: Lang) -> String {
    let summary = &report.summary;
    let number = |count: usize, noun: Text| match lang {
        Lang::En if count == 1 => format!("1 {}", noun.get(lang)),
        Lang::En => format!("{count} {}s", noun.get(lang)),
        Lang::Zh => format!(" {count} 个{}", noun.get(lang)),
    };
    let counted = COUNTED
        .get(lang)
        .replace("{errors}", &number(summary.errors, ERROR))
        .replace("{warnings}", &number(summary.warnings, WARNING))
        .replace("{infos}", &number(summary.infos, INFO))
        .replace("{documents}", &number(report.documents.len(), DOCUMENT));
    counted.trim_start().to_owned()
}

/// That findings of a rule are only counted.
pub(super) fn omitted(rule: &str, count: usize, lang: Lang) -> String {
    OMITTED.get(lang).replace("{rule}", rule).replace("{count}", &count.to_string())
}

/// `line 5`.
pub(super) fn line(number: u32, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} {number}", LINE.get(lang)),
        Lang::Zh => format!("{} {number} 行", LINE.get(lang)),
    }
}
