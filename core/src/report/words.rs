//! What reports for people say beside the messages of rules.

use super::{Report, Verdict};
use crate::text::{Lang, Text, text};

pub(super) const ERROR: Text = text("error", "错误");
pub(super) const WARNING: Text = text("warning", "警告");
pub(super) const INFO: Text = text("info", "提示");
pub(super) const PLATFORM: Text = text("Platform", "平台");
pub(super) const VERDICT: Text = text("Verdict", "结论");
pub(super) const ERRORS: Text = text("Errors", "错误");
pub(super) const WARNINGS: Text = text("Warnings", "警告");
pub(super) const NOTHING: Text = text("Nothing was found.", "未发现问题。");
const LINE: Text = text("line {number}", "第 {number} 行");
pub(super) const SAFE: Text = text("safe fix", "安全修复");
pub(super) const UNSAFE: Text = text("fix to be looked at", "需人工确认的修复");
pub(super) const SOURCE: Text = text("Source", "依据");
pub(super) const TITLE: Text = text("Is it safe to ship?", "可以安全部署吗？");
const FITS: Text = text("fits", "符合");
const FAILS: Text = text("fails", "不符合");
const UNKNOWN: Text = text("unknown", "未知");
const COUNTED: Text = text(
    "{errors}, {warnings}, {infos} in {documents}",
    "已检查 {documents} 个文档：{errors} 个错误，{warnings} 个警告，{infos} 条提示",
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
    let number = |count: usize, noun: &str| match lang {
        Lang::En if count == 1 => format!("1 {noun}"),
        Lang::En => format!("{count} {noun}s"),
        // Nouns have one form there, and stand in the sentence.
        Lang::Zh => count.to_string(),
    };
    COUNTED
        .get(lang)
        .replace("{errors}", &number(summary.errors, "error"))
        .replace("{warnings}", &number(summary.warnings, "warning"))
        .replace("{infos}", &number(summary.infos, "info"))
        .replace("{documents}", &number(report.documents.len(), "document"))
}

/// That findings of a rule are only counted.
pub(super) fn omitted(rule: &str, count: usize, lang: Lang) -> String {
    OMITTED.get(lang).replace("{rule}", rule).replace("{count}", &count.to_string())
}

/// `line 5`.
pub(super) fn line(number: u32, lang: Lang) -> String {
    LINE.get(lang).replace("{number}", &number.to_string())
}
