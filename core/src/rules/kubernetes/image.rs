//! The images of pods.

use super::sources::REFERENCE_GRAMMAR;
use super::stream::entries;
use crate::reference::{NotAReference, parse};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static REFERENCE_INVALID: Rule = Rule {
    id: "kubernetes/image-reference-invalid",
    severity: Severity::Error,
    summary: text("the image's address is none", "镜像地址无效"),
    message: text("this is no image address", "这不是有效的镜像地址"),
    why: text(
        "The pod stays in InvalidImageName: nothing is pulled.",
        "Pod 会停留在 InvalidImageName 状态，不会拉取镜像。",
    ),
    help: text("write `host/namespace/repository:tag`", "请写成 `host/namespace/repository:tag`"),
    rests_on: &[&REFERENCE_GRAMMAR],
    examples: &[
        bad("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: «https://»harbor.acme.example/shop/web:1.0\n")
            .fixed("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: harbor.acme.example/shop/web:1.0\n"),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          containers:\n            - name: a\n              image: acme/«W»eb:1.0\n",
        ),
        good("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: a, image: \"acme/web:1.0\"}\n    - {name: b, image: \"{{ image }}\"}\n"),
    ],
    check: reference_invalid,
    ..Rule::DEFAULT
};

fn reference_invalid(cx: &Context<'_>, found: &mut Findings) {
    for entry in entries(cx) {
        let containers = entry.object.pod().into_iter().flat_map(|pod| pod.containers());
        for node in containers.filter_map(|one| one.image()) {
            if node.is_unknown() {
                continue;
            }
            let Some(text_of) = node.as_text() else { continue };
            let Err(NotAReference::Wrong(error)) = parse(text_of.text()) else { continue };
            let range = error.range.clone();
            let at = text_of.span(range.start, range.end);
            let finding = found.add(&REFERENCE_INVALID, entry.at(at));
            finding.message = error.message();
            let is_scheme = text_of.text().contains("://");
            // Only what stands there byte for byte can be taken out.
            let is_cut =
                error.corrected.is_some_and(|new| text_of.text().get(range.end..) == Some(&new));
            if is_scheme && is_cut && text_of.is_verbatim(range.start, range.end) {
                finding
                    .fix(Fix::safe(text("leave out the scheme", "去掉协议")).delete(entry.at(at)));
            }
        }
    }
}
