//! The specification of the instances. Strict: the list is open, and differs by region.

use super::super::config::known;
use super::super::deployment::deployments;
use super::super::spec::FLAVOURS;
use super::MODELARTS;
use crate::rule::{Fix, Rule, Severity, bad, good};
use crate::text::{nearest, text};

pub(super) static RULE: Rule = Rule {
    id: "modelarts/service-unknown-flavor",
    severity: Severity::Info,
    strict: true,
    summary: text("a specification that is in no list", "未列出的实例规格"),
    message: text(
        "`{value}` is none of the published specifications",
        "`{value}` 不是已公布的规格",
    ),
    why: text(
        "A specification that the region does not have is refused; new ones are added now and then.",
        "区域不支持的规格会被拒绝；平台也会不时增加新规格。",
    ),
    help: text("query the specifications of the region", "请查询该区域支持的规格"),
    rests_on: &[&FLAVOURS.source],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","specification":"«modelarts.vm.cpu.2»","instance_count":1}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","specification":"modelarts.vm.cpu.2u","instance_count":1}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for (node, value) in service.entries().filter_map(|one| known(one, "specification")) {
                if FLAVOURS.value.contains(&value) {
                    continue;
                }
                let at = service.value(node);
                let finding = found.add(&RULE, at).arg("value", value);
                if let Some(near) = nearest(value, FLAVOURS.value.iter().copied()) {
                    finding
                        .arg("near", near)
                        .help(text("did you mean `{near}`?", "是否想写 `{near}`？"))
                        .fix(
                            Fix::risky(text("write `{near}`", "写作 `{near}`"))
                                .arg("near", near)
                                .replace(at, near),
                        );
                }
            }
        }
    },
    ..MODELARTS
};
