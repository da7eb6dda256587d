//! What the deployment document asks, held against config.json and run.sh.

use super::super::config::{configs, known};
use super::super::deployment::{Deployment, deployments};
use super::super::spec::{BATCH_FILE, GRACE_PERIOD, TERM_WAIT};
use super::MODELARTS;
use crate::document::Kind;
use crate::rule::{Context, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

/// The entries of `config` of all deployment documents.
fn entries<'a>(cx: &Context<'a>) -> impl Iterator<Item = (Deployment<'a>, &'a Node)> {
    deployments(cx).flat_map(|service| service.entries().map(move |entry| (service, entry)))
}

pub(super) static FILE_PARAMETER: Rule = Rule {
    id: "modelarts/cross-batch-file-param",
    severity: Severity::Error,
    summary: text("files for an API that takes no single file", "接口不能接收单个文件"),
    message: text(
        "mapping_type is file, but `{url}` has not exactly one parameter of type file",
        "mapping_type 为 file，但 `{url}` 并非只有一个类型为 file 的参数",
    ),
    why: text(
        "A batch service of files sends one file as the only parameter of each request.",
        "文件类批量服务的每个请求只发送一个文件参数。",
    ),
    help: text(
        "describe one property of type file in the request of that API",
        "在该接口的请求中只描述一个类型为 file 的属性",
    ),
    rests_on: &[&BATCH_FILE],
    examples: &[
        bad(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\",\"request\":{\"data\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"file\"},\"b\":{\"type\":\"string\"}}}}}]}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"req_uri\":\"/\",\"mapping_type\":\"«file»\"}]}\n",
        ),
        good(
            "-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"apis\":[{\"url\":\"/\",\"request\":{\"data\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"file\"}}}}}]}\n-- deploy.json --\n{\"infer_type\":\"batch\",\"config\":[{\"req_uri\":\"/\",\"mapping_type\":\"file\"}]}\n",
        ),
    ],
    check: |cx, found| {
        if cx.only(Kind::ModelArtsConfig).is_none() {
            return;
        }
        let Some(config) = configs(cx).next() else { return };
        for (service, entry) in entries(cx) {
            let (Some((node, "file")), Some((_, url))) =
                (known(entry, "mapping_type"), known(entry, "req_uri"))
            else {
                continue;
            };
            let has_url = |api: &&Node| known(api, "url").map_or("/", |(_, url)| url) == url;
            let Some(properties) = config
                .apis()
                .find(has_url)
                .and_then(|api| api.lookup(&["request", "data", "properties"]))
            else {
                continue;
            };
            let is_one_file = match properties.members() {
                [only] => known(&only.node, "type").is_none_or(|(_, kind)| kind == "file"),
                _ => false,
            };
            if !is_one_file {
                found
                    .add(&FILE_PARAMETER, service.value(node))
                    .arg("url", url)
                    .related(config.brace(properties), text("the parameters", "参数在此"));
            }
        }
    },
    ..MODELARTS
};

pub(super) static GRACE: Rule = Rule {
    id: "modelarts/cross-health-shutdown",
    severity: Severity::Info,
    summary: text("less time to stop than requests may take", "停止宽限时间不足"),
    message: text(
        "an instance gets {seconds} seconds to stop; requests may take {most}",
        "实例停止宽限时间为 {seconds} 秒，而请求可能需要 {most} 秒",
    ),
    why: text(
        "After SIGTERM the service goes on for a minute; it is killed before the last requests are answered.",
        "收到 SIGTERM 后服务还会运行一分钟，在处理完最后的请求前就会被终止。",
    ),
    help: text("set it to {most} or more", "设为 {most} 或更大"),
    rests_on: &[&GRACE_PERIOD, &TERM_WAIT.source],
    examples: &[
        bad(
            "-- deploy.json --\n{\"infer_type\":\"real-time\",\"config\":[{\"additional_properties\":{\"termination_grace_period_seconds\":«30»}}]}\n",
        ),
        good(
            "-- deploy.json --\n{\"infer_type\":\"real-time\",\"config\":[{\"additional_properties\":{\"termination_grace_period_seconds\":90}}]}\n",
        ),
    ],
    check: |cx, found| {
        let (_, most) = TERM_WAIT.value;
        for (service, entry) in entries(cx) {
            let path = ["additional_properties", "termination_grace_period_seconds"];
            let Some(node) = entry.lookup(&path) else { continue };
            if let Some(seconds) = node.lenient_i64().filter(|&one| one < i64::from(most)) {
                found.add(&GRACE, service.value(node)).arg("seconds", seconds).arg("most", most);
            }
        }
    },
    ..MODELARTS
};
