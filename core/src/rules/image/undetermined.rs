//! What other rules could not judge, since a layer was not read: told, so that nobody takes it for
//! passed.
//!
//! Found by `check`, which alone knows what was not judged; this is its id, words and page.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::LAYERS_ARE_NEEDED;
use crate::rule::{Finding, Findings, Rule, Severity, bad, good};
use crate::text::{Place, text};

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
    let mut of_places: BTreeMap<Place, BTreeSet<&str>> = BTreeMap::new();
    for one in unknown {
        of_places.entry(one.at).or_default().insert(one.rule.id);
    }
    for (at, rules) in of_places {
        let rules: Vec<&str> = rules.into_iter().collect();
        let finding = found.add(&RULE, at);
        finding.arg("rules", rules.join(", "));
        if is_strict {
            finding.severity(Severity::Error);
        }
    }
}
