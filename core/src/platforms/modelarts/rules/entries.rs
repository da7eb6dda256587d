//! The models of a deployment: how many, on what, with which share of the requests.

use super::super::deployment::deployments;
use super::super::spec::{
    BATCH_FIELDS, CUSTOM_SPECIFICATION, ENVIRONMENT_STRINGS, INSTANCE_COUNT, LOG_VOLUME,
    MOUNTED_VOLUMES, ONE_MODEL, SECRETS_IN_ENVIRONMENT, SOURCE_TYPE, WEIGHTS,
};
use super::MODELARTS;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::secret::is_secret;
use crate::text::text;
use crate::tree::Node;

pub(super) static ONLY_ONE: Rule = Rule {
    id: "modelarts/service-one-model",
    severity: Severity::Error,
    summary: text("several models in a batch service", "批量服务有多个模型"),
    message: text(
        "a {kind} service takes one model, here are {count}",
        "{kind} 服务只接受一个模型，此处有 {count} 个",
    ),
    why: text(
        "Only real-time services share requests among models.",
        "只有在线服务可以在多个模型间分流。",
    ),
    help: text("deploy each model as a service of its own", "请把每个模型部署为单独的服务"),
    rests_on: &[&ONE_MODEL],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m"},«{»"model_id":"n"}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":50},{"model_id":"n","weight":50}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let Some(kind @ ("batch" | "edge")) = service.infer_type() else { continue };
            let count = service.entries().count();
            if let Some(second) = service.entries().nth(1) {
                found.add(&ONLY_ONE, service.brace(second)).arg("kind", kind).arg("count", count);
            }
        }
    },
    ..MODELARTS
};

pub(super) static WEIGHT_SUM: Rule = Rule {
    id: "modelarts/service-weight-sum",
    severity: Severity::Error,
    summary: text("shares of requests that do not make up the whole", "流量权重之和不是 100"),
    message: text("the weights add up to {sum}, not to 100", "权重之和为 {sum}，应为 100"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("make the weights add up to 100", "请使权重之和为 100"),
    rests_on: &[&WEIGHTS],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":70},{"model_id":"n","weight":«20»}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":"70"},{"model_id":"n","weight":"30"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx).filter(|one| one.infer_type() == Some("real-time")) {
            let weights: Vec<&Node> =
                service.entries().filter_map(|entry| entry.get("weight")).collect();
            let values: Option<Vec<i64>> = weights.iter().map(|node| node.lenient_i64()).collect();
            let (Some(values), Some(last)) = (values, weights.last()) else { continue };
            let sum: i64 = values.iter().fold(0, |sum, value| sum.saturating_add(*value));
            if weights.len() == service.entries().count() && sum != 100 {
                found.add(&WEIGHT_SUM, service.value(last)).arg("sum", sum);
            }
        }
    },
    ..MODELARTS
};

pub(super) static WEIGHT_STRING: Rule = Rule {
    id: "modelarts/service-weight-string",
    severity: Severity::Info,
    strict: true,
    summary: text("a weight in quotes", "权重写成了字符串"),
    message: text("the weight is a string: the table says integer", "权重是字符串，而文档表格要求整数"),
    why: text(
        "Published examples write strings, so they are taken today; the table of the fields does not promise it.",
        "官方示例使用字符串，因此目前可用；但字段表并未保证。",
    ),
    help: text("write the number without quotes", "请去掉引号"),
    rests_on: &[&WEIGHTS],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":"«100»"}]}"#,
        )
        .fixed(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for node in service.entries().filter_map(|entry| entry.get("weight")) {
                let Some(value) = node.as_str() else { continue };
                if value.parse::<i64>().is_ok_and(|number| number.to_string() == value) {
                    found.add(&WEIGHT_STRING, service.value(node)).fix(
                        Fix::safe(text("remove the quotes", "去掉引号"))
                            .replace(service.at(node.span), value),
                    );
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static COUNT: Rule = Rule {
    id: "modelarts/service-instance-count",
    severity: Severity::Error,
    summary: text("a number of instances that is refused", "不被接受的实例数"),
    message: text("{value} is no number of instances", "{value} 不是有效的实例数"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("give a whole number from 1 to 128", "请填 1 到 128 的整数"),
    rests_on: &[&INSTANCE_COUNT.source],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"instance_count":«0»}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"instance_count":1}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for node in service.entries().filter_map(|entry| entry.get("instance_count")) {
                let Some(value) = node.as_f64() else { continue };
                if value < 1.0 || value.fract() != 0.0 {
                    found.add(&COUNT, service.value(node)).arg("value", value);
                } else if value > f64::from(INSTANCE_COUNT.value) {
                    found
                        .add(&COUNT, service.value(node))
                        .severity(Severity::Warning)
                        .says(text(
                            "{value} instances need a service ticket first",
                            "{value} 个实例需要先提交工单",
                        ))
                        .arg("value", value);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static CUSTOM: Rule = Rule {
    id: "modelarts/service-custom-spec",
    severity: Severity::Error,
    summary: text("a custom specification without figures", "自定义规格没有数值"),
    message: text(
        "the specification `custom` needs `custom_spec` with `cpu` and `memory`",
        "规格为 `custom` 时需要含 `cpu` 和 `memory` 的 `custom_spec`",
    ),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text(
        "add `\"custom_spec\": {\"cpu\": 1, \"memory\": 1024}`",
        "添加 `\"custom_spec\": {\"cpu\": 1, \"memory\": 1024}`",
    ),
    rests_on: &[&CUSTOM_SPECIFICATION],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"specification":"«custom»"}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"specification":"custom","custom_spec":{"cpu":0.5,"memory":1024}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for entry in service.entries() {
                let Some(node) = entry.get("specification") else { continue };
                if node.as_str() != Some("custom") {
                    continue;
                }
                let spec = entry.get("custom_spec");
                let has = |key| spec.is_some_and(|spec| spec.get(key).is_some());
                if !has("cpu") || !has("memory") {
                    found.add(&CUSTOM, service.value(node));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static BATCH: Rule = Rule {
    id: "modelarts/service-batch-fields",
    severity: Severity::Error,
    summary: text("a batch service without its paths", "批量服务缺少路径字段"),
    message: text("a batch service needs `{missing}`", "批量服务需要 `{missing}`"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("add `{missing}`", "添加 `{missing}`"),
    rests_on: &[&BATCH_FIELDS],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"batch","config":[«{»"model_id":"m","src_path":"/b/i/","dest_path":"/b/o/","req_uri":"/","mapping_type":"csv"}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","src_path":"/b/i/","dest_path":"/b/o/","req_uri":"/","mapping_type":"file"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx).filter(|one| one.infer_type() == Some("batch")) {
            for entry in service.entries() {
                // Nothing but a model: a sketch, not a request.
                if entry.members().len() < 2 {
                    continue;
                }
                let is_csv = entry.get("mapping_type").is_some_and(|n| n.as_str() == Some("csv"));
                let needed = ["src_path", "dest_path", "req_uri", "mapping_type"]
                    .into_iter()
                    .chain(is_csv.then_some("mapping_rule"));
                let missing: Vec<&str> = needed.filter(|key| entry.get(key).is_none()).collect();
                if !missing.is_empty() {
                    found.add(&BATCH, service.brace(entry)).arg("missing", missing.join("`, `"));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static SOURCE: Rule = Rule {
    id: "modelarts/service-src-type",
    severity: Severity::Error,
    summary: text("a kind of input that does not exist", "不存在的输入类型"),
    message: text("`{value}` is no `src_type`", "`{value}` 不是有效的 `src_type`"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("write ManifestFile, or leave it out", "请写 ManifestFile 或不设置"),
    rests_on: &[&SOURCE_TYPE.source],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","src_type":"«csv»","src_path":"/b/i/","dest_path":"/b/o/","req_uri":"/","mapping_type":"file"}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"batch","config":[{"model_id":"m","src_type":"ManifestFile","src_path":"/b/i/","dest_path":"/b/o/","req_uri":"/","mapping_type":"file"}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for node in service.entries().filter_map(|entry| entry.get("src_type")) {
                let Some(value) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
                if value != SOURCE_TYPE.value && !value.is_empty() {
                    found.add(&SOURCE, service.value(node)).arg("value", value);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static LOG_VOLUME_PUBLIC: Rule = Rule {
    id: "modelarts/service-log-volume-public",
    severity: Severity::Error,
    summary: text("a log volume in a public pool", "公共资源池使用了日志卷"),
    message: text("`log_volume` needs a dedicated pool", "`log_volume` 需要专属资源池"),
    why: text(
        "Public pools mount nothing from the host: the deployment is refused.",
        "公共资源池不挂载主机目录：部署会被拒绝。",
    ),
    help: text(
        "add `cluster_id` or `pool_name`, or remove it",
        "请添加 `cluster_id` 或 `pool_name`，或删除该项",
    ),
    rests_on: &[&LOG_VOLUME],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"additional_properties":{«"log_volume"»:[{"host_path":"/var/l","mount_path":"/l"}]}}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","pool_name":"p","config":[{"model_id":"m","weight":100,"additional_properties":{"log_volume":[{"host_path":"/var/l","mount_path":"/l"}]}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let has_pool =
                |node: &Node| node.get("cluster_id").is_some() || node.get("pool_name").is_some();
            if has_pool(service.root) {
                continue;
            }
            for entry in service.entries().filter(|entry| !has_pool(entry)) {
                let extra = entry.get("additional_properties");
                let Some(member) = extra.and_then(|extra| extra.member("log_volume")) else {
                    continue;
                };
                found.add(&LOG_VOLUME_PUBLIC, service.key(member));
            }
        }
    },
    ..MODELARTS
};

pub(super) static MOUNT: Rule = Rule {
    id: "modelarts/service-mount-path",
    severity: Severity::Error,
    summary: text("a volume over a folder of the system", "存储卷覆盖了系统目录"),
    message: text("a volume cannot be mounted at `{path}`", "存储卷不能挂载到 `{path}`"),
    why: text(
        "The system's own files would be hidden: it is refused.",
        "系统文件会被遮盖：部署会被拒绝。",
    ),
    help: text(
        "mount it elsewhere, for example at /obs-mount",
        "请挂载到其他目录，例如 /obs-mount",
    ),
    rests_on: &[&MOUNTED_VOLUMES.source],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"additional_properties":{"persistent_volumes":[{"mount_path":"«/»"}]}}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"additional_properties":{"persistent_volumes":[{"mount_path":"/obs-mount/"}]}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for entry in service.entries() {
                let volumes = entry.lookup(&["additional_properties", "persistent_volumes"]);
                for volume in volumes.and_then(Node::items).unwrap_or_default() {
                    let Some(node) = volume.get("mount_path") else { continue };
                    let Some(path) = node.as_str() else { continue };
                    let trimmed = match path.trim_end_matches('/') {
                        "" if !path.is_empty() => "/",
                        trimmed => trimmed,
                    };
                    if MOUNTED_VOLUMES.value.contains(&trimmed) {
                        found.add(&MOUNT, service.value(node)).arg("path", path);
                    }
                }
            }
        }
    },
    ..MODELARTS
};

/// The variables of each model: key, value.
fn variables<'a>(entry: &'a Node) -> impl Iterator<Item = &'a crate::tree::Member> + use<'a> {
    entry.get("envs").map(Node::members).unwrap_or_default().iter()
}

pub(super) static VARIABLE_TYPE: Rule = Rule {
    id: "modelarts/service-env-type",
    severity: Severity::Error,
    summary: text("a variable that is no string", "环境变量不是字符串"),
    message: text("the variable `{name}` is a {kind}: variables are strings", "变量 `{name}` 的类型是 {kind}：环境变量必须是字符串"),
    why: text("The deployment is refused.", "部署请求会被拒绝。"),
    help: text("put the value in quotes", "请给值加上引号"),
    rests_on: &[&ENVIRONMENT_STRINGS],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"envs":{"A":«1»}}]}"#,
        )
        .fixed(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"envs":{"A":"1"}}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"envs":{"A":"1"}}]}"#,
        ),
    ],
    check: variable_type,
    ..MODELARTS
};

fn variable_type(cx: &Context<'_>, found: &mut Findings) {
    for service in deployments(cx) {
        for member in service.entries().flat_map(variables) {
            let node = &member.node;
            if node.as_str().is_some() || node.is_null() || node.is_unknown() {
                continue;
            }
            let at = service.at(node.span);
            let finding = found
                .add(&VARIABLE_TYPE, at)
                .arg("name", &member.key)
                .arg("kind", node.type_name());
            if node.as_f64().is_some() || node.as_bool().is_some() {
                let value = service.document.source.slice(node.span);
                finding.fix(
                    Fix::safe(text("put it in quotes", "加上引号"))
                        .replace(at, format!("\"{value}\"")),
                );
            }
        }
    }
}

pub(super) static VARIABLE_SECRET: Rule = Rule {
    id: "modelarts/service-env-secret",
    severity: Severity::Warning,
    summary: text("a secret among the variables", "环境变量中含有密钥"),
    message: text("the variable `{name}` holds a secret", "变量 `{name}` 含有密钥"),
    why: text(
        "Variables are shown in the console and in the answers of the API to everybody who may see the service.",
        "环境变量会在控制台和 API 响应中显示给所有能查看该服务的人。",
    ),
    help: text("mount it as a secret (`service_secrets`)", "请以密钥方式挂载（`service_secrets`）"),
    rests_on: &[&SECRETS_IN_ENVIRONMENT],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"envs":{«"SECRET_ACCESS_KEY"»:"hR7kPq2"}}]}"#,
        ),
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"envs":{«"OBS_SK"»:"hR7kPq2",«"DB_PASS"»:"hR7kPq2",«"ID"»:"LTAI5tQk8Rz3Lw7Xn2Vb9YcD"}}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":100,"envs":{"SECRET_ACCESS_KEY":"${SK}","TOKEN_LIMIT":"4096"}}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            for member in service.entries().flat_map(variables) {
                let Some(value) = member.node.as_str() else { continue };
                let is_real = !value.is_empty()
                    && !member.node.is_unknown()
                    && value.parse::<f64>().is_err()
                    && !matches!(value, "true" | "false");
                if is_real && is_secret(&member.key, value) {
                    found.add(&VARIABLE_SECRET, service.key(member)).arg("name", &member.key);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static DUPLICATE: Rule = Rule {
    id: "modelarts/service-duplicate-model",
    severity: Severity::Error,
    summary: text("one model twice in a service", "服务中重复使用同一模型"),
    message: text("the model `{model}` is deployed twice", "模型 `{model}` 重复部署"),
    why: text(
        "ModelArts refuses two entries of one version (ModelArts.3516).",
        "ModelArts 拒绝同一版本出现两次（ModelArts.3516）。",
    ),
    help: text("remove one and give the other its weight", "请删除其一并合并权重"),
    rests_on: &[&ONE_MODEL],
    examples: &[
        bad(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"m","weight":50},{"model_id":"«m»","weight":50}]}"#,
        ),
        good(
            r#"{"service_name":"a","infer_type":"real-time","config":[{"model_id":"${M}","weight":50},{"model_id":"${M}","weight":50}]}"#,
        ),
    ],
    check: |cx, found| {
        for service in deployments(cx) {
            let mut seen: std::collections::HashMap<&str, &Node> = Default::default();
            for node in service.entries().filter_map(|entry| entry.get("model_id")) {
                let Some(id) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
                if let Some(first) = seen.get(id) {
                    found
                        .add(&DUPLICATE, service.value(node))
                        .arg("model", id)
                        .related(service.value(first), text("the first one", "第一个"));
                } else {
                    seen.insert(id, node);
                }
            }
        }
    },
    ..MODELARTS
};
