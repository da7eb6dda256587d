//! `apis`: what can be asked of the service.

use super::super::config::{configs, known};
use super::super::spec::{
    API_METHODS, API_PATHS, API_PROTOCOLS, APIS, BATCH_API, GATEWAY_POSTS, ONE_ROOT_API,
};
use super::MODELARTS;
use crate::fact::{Platform, Profile};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

pub(super) static MISSING: Rule = Rule {
    id: "modelarts/apis-missing",
    severity: Severity::Info,
    summary: text("config.json describes no request", "config.json 未描述任何接口"),
    message: text("`apis` is missing", "缺少 `apis`"),
    why: text(
        "A batch service chooses one of the APIs; a real-time service shows its callers none.",
        "批量服务需要从中选择接口；在线服务则无法向调用者说明接口。",
    ),
    help: text("describe at least the path `/`", "至少描述路径 `/`"),
    rests_on: &[&APIS, &BATCH_API],
    examples: &[
        bad(r#"«{»"model_algorithm":"a","model_type":"Image"}"#),
        bad(r#"«{»"model_algorithm":"a","model_type":"Image"}"#).under(Profile::Batch),
        good(r#"{"model_algorithm":"a","model_type":"Image","apis":[{"url":"/"}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.root.get("apis").is_none()) {
            let finding = found.add(&MISSING, config.brace(config.root));
            if cx.profile(Platform::ModelArts) == Some(Profile::Batch) {
                finding.severity(Severity::Warning);
            }
        }
    },
    ..MODELARTS
};

pub(super) static SHAPE: Rule = Rule {
    id: "modelarts/apis-shape",
    severity: Severity::Error,
    summary: text("`apis` is no list of objects", "`apis` 不是对象数组"),
    message: text(
        "`apis` is an array of objects, but this is of type {type}",
        "`apis` 应为对象数组，而此处类型为 {type}",
    ),
    why: text(
        "The import refuses config.json and no model is created.",
        "导入会拒绝 config.json，无法创建模型。",
    ),
    help: text("write `[{` … `}]`", "写成 `[{` … `}]`"),
    rests_on: &[&APIS],
    examples: &[
        bad(r#"{"model_algorithm":"a","model_type":"Image","apis":«{»"url":"/"}}"#),
        bad(r#"{"model_algorithm":"a","model_type":"Image","apis":[«"/"»]}"#),
        good(r#"{"model_algorithm":"a","model_type":"Image","apis":[{"url":"/"}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let Some(apis) = config.root.get("apis").filter(|apis| !apis.is_unknown()) else {
                continue;
            };
            if let Some(items) = apis.items() {
                for item in items.iter().filter(|item| !item.is_object() && !item.is_unknown()) {
                    found.add(&SHAPE, config.at(item.span)).arg("type", item.type_name());
                }
            } else if apis.is_object() {
                let (start, end) = (apis.span.start as usize, apis.span.end as usize);
                found.add(&SHAPE, config.brace(apis)).arg("type", apis.type_name()).fix(
                    Fix::risky(text("put it into a list", "放入数组"))
                        .replace(config.at(Span::at(start)), "[")
                        .replace(config.at(Span::at(end)), "]"),
                );
            } else {
                found.add(&SHAPE, config.at(apis.span)).arg("type", apis.type_name());
            }
        }
    },
    ..MODELARTS
};

pub(super) static NOT_ROOT: Rule = Rule {
    id: "modelarts/api-url-not-root",
    severity: Severity::Error,
    summary: text("an engine's API elsewhere than at `/`", "引擎模型的接口路径不是 `/`"),
    message: text(
        "the API of a {kind} model is `/`, not `{url}`",
        "{kind} 模型的接口路径为 `/`，而不是 `{url}`",
    ),
    why: text(
        "The engine of ModelArts answers at `/` alone; other paths are for custom images.",
        "ModelArts 的引擎只在 `/` 提供服务；其他路径仅用于自定义镜像。",
    ),
    help: text("write `/`", "写作 `/`"),
    rests_on: &[&ONE_ROOT_API],
    examples: &[
        bad(r#"{"model_type":"PyTorch","apis":[{"url":"«/predict»"}]}"#),
        good(r#"{"model_type":"PyTorch","apis":[{"url":"/"}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/predict"}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_engine()) {
            for (node, url) in config.apis().filter_map(|api| known(api, "url")) {
                if url != "/" {
                    found
                        .add(&NOT_ROOT, config.value(node))
                        .arg("kind", config.model_type().unwrap_or_default())
                        .arg("url", url);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static MANY: Rule = Rule {
    id: "modelarts/apis-many-not-image",
    severity: Severity::Error,
    summary: text("an engine's model with several APIs", "引擎模型有多个接口"),
    message: text("a {kind} model has one API, this is another", "{kind} 模型只能有一个接口"),
    why: text(
        "The engine of ModelArts has one API; several are for custom images.",
        "ModelArts 的引擎只有一个接口；多个接口仅用于自定义镜像。",
    ),
    help: text("keep one of them", "只保留一个"),
    rests_on: &[&ONE_ROOT_API],
    examples: &[
        bad(r#"{"model_type":"PyTorch","apis":[{"url":"/"},«{»"url":"/"}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/a"},{"url":"/b"}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_engine()) {
            for api in config.apis().skip(1) {
                found
                    .add(&MANY, config.brace(api))
                    .arg("kind", config.model_type().unwrap_or_default());
            }
        }
    },
    ..MODELARTS
};

pub(super) static URL: Rule = Rule {
    id: "modelarts/api-url-format",
    summary: text("an url that is no path", "url 不是路径"),
    message: text("`{url}` is no path that begins with `/`", "`{url}` 不是以 `/` 开头的路径"),
    why: text(
        "ModelArts adds the path to the service's own address; anything else leads nowhere.",
        "ModelArts 将该路径接在服务地址之后，其他写法无法访问。",
    ),
    help: text("write the path alone, such as `/predict`", "只写路径，例如 `/predict`"),
    rests_on: &[&API_PATHS],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"«http://0.0.0.0:8080/»"}]}"#),
        bad(r#"{"model_type":"Image","apis":[{"url":"«predict»"}]}"#),
        bad(r#"{"model_type":"Image","apis":[{"url":"«/predict?a=1»"}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/v1/predict"},{}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (node, url) in config.apis().filter_map(|api| known(api, "url")) {
                if !is_path(url) {
                    found.add(&URL, config.value(node)).arg("url", url);
                }
            }
        }
    },
    ..MODELARTS
};

/// Whether `url` is a path and nothing else.
pub(super) fn is_path(url: &str) -> bool {
    url.starts_with('/') && !url.contains([' ', '\t', '?', '#']) && !url.contains("://")
}

pub(super) static DUPLICATE: Rule = Rule {
    id: "modelarts/api-duplicate",
    summary: text("an API stands twice", "接口重复"),
    message: text("{method} `{url}` is described a second time", "{method} `{url}` 重复描述"),
    why: text(
        "Requests cannot tell the two apart, so one of the descriptions is wrong or lost.",
        "请求无法区分二者，其中一个描述是错误的或会丢失。",
    ),
    help: text("keep one of them, or give it a path of its own", "只保留一个，或使用不同的路径"),
    rests_on: &[&API_PATHS],
    examples: &[
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","method":"post"},«{»"method":"POST","url":"/"}]}"#,
        ),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","method":"post"},{"url":"/","method":"get"}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            let mut seen = std::collections::HashMap::new();
            for api in config.apis() {
                let is_unknown = |key: &str| api.get(key).is_some_and(|node| node.is_unknown());
                if is_unknown("url") || is_unknown("method") {
                    continue;
                }
                let url = known(api, "url").map_or("/", |(_, url)| url);
                let method = known(api, "method").map_or("POST", |(_, method)| method);
                let method = method.to_ascii_uppercase();
                if let Some(first) = seen.get(&(url, method.clone())) {
                    found
                        .add(&DUPLICATE, config.brace(api))
                        .arg("url", url)
                        .arg("method", &method)
                        .related(*first, text("first here", "首次出现"));
                } else {
                    seen.insert((url, method), config.brace(api));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static METHOD: Rule = Rule {
    id: "modelarts/api-method",
    severity: Severity::Error,
    summary: text("a method other than POST and GET", "POST 和 GET 以外的方法"),
    message: text("`{method}` is neither post nor get", "`{method}` 不是 post 或 get"),
    why: text(
        "ModelArts registers APIs of these two methods alone and refuses others.",
        "ModelArts 只能注册这两种方法的接口，其他方法会被拒绝。",
    ),
    help: text("write `post`", "写作 `post`"),
    rests_on: &[&API_METHODS],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/","method":"«put»"}]}"#),
        good(
            r#"{"model_type":"Image","apis":[{"url":"/","method":"POST"},{"url":"/a","method":"get"}]}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (node, method) in config.apis().filter_map(|api| known(api, "method")) {
                if !["post", "get"].iter().any(|one| one.eq_ignore_ascii_case(method)) {
                    found.add(&METHOD, config.value(node)).arg("method", method);
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static METHOD_GET: Rule = Rule {
    id: "modelarts/api-method-get",
    severity: Severity::Info,
    summary: text("GET may stop at the gateway", "GET 可能被网关拒绝"),
    message: text("the gateway may refuse GET", "网关可能拒绝 GET 请求"),
    why: text(
        "The APIs that are registered by default are called with POST; a GET may be answered with Method Not Allowed.",
        "默认注册的接口使用 POST 调用；GET 可能返回 Method Not Allowed。",
    ),
    help: text("offer it with POST as well", "同时提供 POST 方法"),
    rests_on: &[&GATEWAY_POSTS],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/","method":"«get»"}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/","method":"post"}]}"#),
    ],
    check: |cx, found| {
        for config in configs(cx) {
            for (node, method) in config.apis().filter_map(|api| known(api, "method")) {
                if method.eq_ignore_ascii_case("get") {
                    found.add(&METHOD_GET, config.value(node));
                }
            }
        }
    },
    ..MODELARTS
};

pub(super) static PROTOCOL: Rule = Rule {
    id: "modelarts/api-protocol",
    severity: Severity::Error,
    summary: text("a protocol other than http and https", "http 和 https 以外的协议"),
    message: text("`{protocol}` is neither http nor https", "`{protocol}` 不是 http 或 https"),
    why: text(
        "ModelArts speaks HTTP or HTTPS with the image and nothing else.",
        "ModelArts 与镜像之间只使用 HTTP 或 HTTPS。",
    ),
    help: text("write the one that the server speaks", "写作服务实际使用的协议"),
    rests_on: &[&API_PROTOCOLS],
    examples: &[
        bad(r#"{"model_type":"Image","apis":[{"url":"/","protocol":"«grpc»"}]}"#),
        good(r#"{"model_type":"Image","apis":[{"url":"/","protocol":"http"}]}"#),
    ],
    check: |cx: &Context<'_>, found: &mut Findings| {
        for config in configs(cx) {
            for (node, protocol) in config.apis().filter_map(|api| known(api, "protocol")) {
                if !["http", "https"].iter().any(|one| one.eq_ignore_ascii_case(protocol)) {
                    found.add(&PROTOCOL, config.value(node)).arg("protocol", protocol);
                }
            }
        }
    },
    ..MODELARTS
};
