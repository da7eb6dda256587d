//! What other rules could not judge, since a layer was not read: told, so that nobody takes it for
//! passed.
//!
//! Found by `check`, which alone knows what was not judged; this is its id, words and page.

use super::sources::LAYERS_ARE_NEEDED;
use crate::rule::{Finding, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(crate) static RULE: Rule = Rule {
    id: "image/undetermined",
    severity: Severity::Info,
    summary: text("rules that could not be judged", "无法判断的规则"),
    message: text(
        "not known, since this was not read: {rules}",
        "此处内容未读取，以下规则无法判断：{rules}",
    ),
    why: text(
        "These rules need the files of every layer. That nothing was found does not mean that nothing is wrong; with `--strict` this is an error.",
        "这些规则需要所有层中的文件。没有发现问题并不表示没有问题；使用 `--strict` 时视为错误。",
    ),
    help: text(
        "check an archive that holds all layers of the image: `docker save`, or `skopeo copy` of one platform",
        "请检查包含镜像全部层的归档：使用 `docker save`，或用 `skopeo copy` 复制单个平台",
    ),
    rests_on: &[&LAYERS_ARE_NEEDED],
    examples: &[
        bad(
            r#"{"images": [{"cmd": ["/app"], "layers": [{"blob_digest": "«sha256:aa»", "is_present": false}]}]}"#,
        ),
        good(
            r#"{"images": [{"cmd": ["/app"], "layers": [{"files": [{"path": "/app", "mode": "0755", "elf": "amd64"}]}]}]}"#,
        ),
    ],
    ..Rule::DEFAULT
};

/// Tells what `unknown` are, once for each place.
pub(crate) fn tell(unknown: &[Finding], is_strict: bool, found: &mut Findings) {
    let mut rest = unknown;
    while let [first, ..] = rest {
        let at = first.at;
        let of_place = rest.iter().filter(|one| one.at == at);
        let mut rules: Vec<&str> = of_place.map(|one| one.rule.id).collect();
        rules.sort_unstable();
        rules.dedup();
        let is_first = !unknown.iter().take(unknown.len() - rest.len()).any(|one| one.at == at);
        if is_first {
            let finding = found.add(&RULE, at);
            finding.arg("rules", rules.join(", "));
            if is_strict {
                finding.severity(Severity::Error);
            }
        }
        rest = &rest[1..];
    }
}
