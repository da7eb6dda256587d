//! The Secrets of docker's types: whether Kubernetes takes them.

use super::payload::{Payload, PullSecret, pull_secrets};
use super::sources::{AUTHS, SECRET_ENCODING, SECRET_KEY, SECRET_TYPES};
use super::stream::{are_patched, entries};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

pub(super) static KEY_MISSING: Rule = Rule {
    id: "kubernetes/secret-key-missing",
    severity: Severity::Error,
    summary: text("a pull Secret without its key", "拉取镜像的 Secret 缺少对应的键"),
    message: text("a Secret of this type must have `{key}`", "该类型的 Secret 必须包含 `{key}`"),
    why: text("The API server refuses the Secret.", "API server 会拒绝该 Secret。"),
    help: text(
        "put the config.json under `{key}`, as Base64 in `data` or as text in `stringData`",
        "请将 config.json 写入 `{key}`：在 `data` 中用 Base64，在 `stringData` 中用明文",
    ),
    rests_on: &[&SECRET_KEY],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: «kubernetes.io/dockerconfigjson»\ndata:\n  config.json: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: «kubernetes.io/dockercfg»\ndata:\n  .dockerconfigjson: eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX0=\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: «kubernetes.io/dockerconfigjson»\n        data: {}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: Opaque\ndata:\n  config.json: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
    ],
    check: key_missing,
    ..Rule::DEFAULT
};

fn key_missing(cx: &Context<'_>, found: &mut Findings) {
    if are_patched(&entries(cx)) {
        return;
    }
    for secret in pull_secrets(cx).into_iter().filter(|secret| secret.held.is_none()) {
        let root = secret.entry.object.root;
        // A function or a template may put it there.
        if ["data", "stringData"].iter().any(|map| root.get(map).is_some_and(Node::is_unknown)) {
            continue;
        }
        let Some(kind) = root.get("type") else { continue };
        found.add(&KEY_MISSING, secret.entry.at(kind.inner_span())).arg("key", secret.key);
    }
}

pub(super) static NOT_BASE64: Rule = Rule {
    id: "kubernetes/secret-not-base64",
    severity: Severity::Error,
    summary: text(
        "`data` of a pull Secret is not Base64",
        "拉取镜像的 Secret 的 `data` 不是 Base64",
    ),
    message: text("the value under `data` is not Base64", "`data` 中的值不是 Base64"),
    why: text(
        "The API server cannot decode the value and refuses the Secret.",
        "API server 无法解码该值，会拒绝该 Secret。",
    ),
    help: text(
        "encode the config.json in standard Base64 on one line, or put it as text under `stringData`",
        "请将 config.json 编码为标准 Base64（单行），或以明文写入 `stringData`",
    ),
    rests_on: &[&SECRET_ENCODING],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX1!»\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «<base64 of config.json>»\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: «not/base64»\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: \"${DOCKER_CONFIG}\"\n",
        ),
        good(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: {{ computenest::acr::dockerconfigjson }}\n",
        ),
    ],
    check: not_base64,
    ..Rule::DEFAULT
};

fn not_base64(cx: &Context<'_>, found: &mut Findings) {
    for secret in pull_secrets(cx) {
        match secret.payload() {
            Payload::NotBase64 => {
                found.add(&NOT_BASE64, secret.at());
            }
            Payload::Blank if secret.is_data() => {
                found
                    .add(&NOT_BASE64, secret.at())
                    .says(text("the value is still to be put in", "该值尚未填写"))
                    .severity(Severity::Warning);
            }
            _ => {}
        }
    }
}

pub(super) static NOT_JSON: Rule = Rule {
    id: "kubernetes/secret-not-json",
    severity: Severity::Error,
    summary: text("a pull Secret that holds no JSON", "拉取镜像的 Secret 的内容不是 JSON"),
    message: text("the value is no JSON object", "该值不是 JSON 对象"),
    why: text(
        "The API server checks that it is JSON and refuses the Secret.",
        "API server 会检查其是否为 JSON，并拒绝该 Secret。",
    ),
    help: text(
        "put a whole config.json there: `{\"auths\": …}`",
        "请写入完整的 config.json：`{\"auths\": …}`",
    ),
    rests_on: &[&SECRET_KEY],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «c2hvcDpwYXNz»\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '«{\"auths\":{\"harbor.acme.example\":{}»'\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"${HOST}\":{\"auth\":\"${AUTH}\"}}}'\n",
        ),
    ],
    check: |cx, found| {
        for secret in pull_secrets(cx) {
            if matches!(secret.payload(), Payload::NotJson) {
                found.add(&NOT_JSON, secret.at());
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static STRINGDATA_BASE64: Rule = Rule {
    id: "kubernetes/secret-stringdata-base64",
    severity: Severity::Error,
    summary: text("Base64 under `stringData`", "`stringData` 中写了 Base64"),
    message: text("the value is Base64 already, and `stringData` takes plain text", "该值已是 Base64，而 `stringData` 应为明文"),
    why: text("It would be encoded once more: what comes out is no JSON, and the Secret is refused.", "它会被再次编码，解码后不是 JSON，该 Secret 会被拒绝。"),
    help: text("put it under `data`", "请写入 `data`"),
    rests_on: &[&SECRET_ENCODING, &SECRET_KEY],
    examples: &[
        bad("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19»\n").fixed("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n"),
        bad("-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        stringData:\n          .dockerconfigjson: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19»\n").fixed("-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n"),
        good("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"harbor.acme.example\":{\"auth\":\"c2hvcDpwYXNz\"}}}'\n"),
    ],
    check: |cx, found| {
        let title = text("put it under `data`", "改为 `data`");
        encoding(cx, &STRINGDATA_BASE64, title, found);
    },
    ..Rule::DEFAULT
};

pub(super) static DATA_PLAIN: Rule = Rule {
    id: "kubernetes/secret-data-plain-json",
    severity: Severity::Error,
    summary: text("JSON in the clear under `data`", "`data` 中写了明文 JSON"),
    message: text("the value is plain JSON, and `data` takes Base64", "该值是明文 JSON，而 `data` 应为 Base64"),
    why: text("The API server cannot decode the value and refuses the Secret.", "API server 无法解码该值，会拒绝该 Secret。"),
    help: text("put it under `stringData`, or encode it", "请写入 `stringData`，或进行 Base64 编码"),
    rests_on: &[&SECRET_ENCODING],
    examples: &[
        bad("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: '«{\"auths\":{\"harbor.acme.example\":{\"auth\":\"c2hvcDpwYXNz\"}}}»'\n").fixed("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"harbor.acme.example\":{\"auth\":\"c2hvcDpwYXNz\"}}}'\n"),
        bad("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «{auths: {harbor.acme.example: {auth: c2hvcDpwYXNz}}}»\n"),
        good("-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":{\"harbor.acme.example\":{\"auth\":\"c2hvcDpwYXNz\"}}}'\n"),
    ],
    check: |cx, found| {
        let title = text("put it under `stringData`", "改为 `stringData`");
        encoding(cx, &DATA_PLAIN, title, found);
    },
    ..Rule::DEFAULT
};

/// Payloads under the wrong one of the two mappings.
fn encoding(cx: &Context<'_>, rule: &'static Rule, title: crate::text::Text, found: &mut Findings) {
    let wants_data = rule.id == STRINGDATA_BASE64.id;
    for secret in pull_secrets(cx) {
        let is_it = match secret.payload() {
            Payload::EncodedInText => wants_data,
            Payload::PlainInData => !wants_data,
            _ => false,
        };
        if !is_it {
            continue;
        }
        let finding = found.add(rule, secret.at());
        let is_text = secret.value().is_some_and(|value| value.as_str().is_some());
        if let Some(holder) = secret.renamed_holder().filter(|_| is_text) {
            let new = if wants_data { "data" } else { "stringData" };
            finding.fix(Fix::safe(title).replace(holder, new));
        }
    }
}

pub(super) static DOCKERCFG_AUTHS: Rule = Rule {
    id: "kubernetes/secret-dockercfg-auths",
    severity: Severity::Error,
    summary: text("the payload of one type under the other", "内容与 Secret 类型不符"),
    message: text(
        "this config.json has `auths`, which a Secret of type `kubernetes.io/dockercfg` must not have",
        "该 config.json 带有 `auths`，而 `kubernetes.io/dockercfg` 类型不应带有",
    ),
    why: text(
        "Kubernetes finds no login in it, and the pull is refused.",
        "Kubernetes 无法从中找到凭证，拉取会被拒绝。",
    ),
    help: text(
        "use the type `kubernetes.io/dockerconfigjson` with the key `.dockerconfigjson` for a config with `auths`, `kubernetes.io/dockercfg` with `.dockercfg` for one without",
        "带 `auths` 的内容使用类型 `kubernetes.io/dockerconfigjson` 和键 `.dockerconfigjson`，不带的使用 `kubernetes.io/dockercfg` 和 `.dockercfg`",
    ),
    rests_on: &[&SECRET_TYPES],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockercfg\ndata:\n  .dockercfg: «eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19»\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX0=»\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data:\n          .dockerconfigjson: «eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX0=»\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockercfg\ndata:\n  .dockercfg: eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX0=\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
    ],
    check: dockercfg_auths,
    ..Rule::DEFAULT
};

fn dockercfg_auths(cx: &Context<'_>, found: &mut Findings) {
    for secret in pull_secrets(cx) {
        let Some(config) = secret.config() else { continue };
        let has_auths = config.member("auths").is_some();
        let has_bare = !has_auths && config.entries().next().is_some();
        let is_wrong = if secret.is_wrapped { has_bare } else { has_auths };
        if !is_wrong {
            continue;
        }
        let finding = found.add(&DOCKERCFG_AUTHS, secret.at());
        if has_bare {
            finding.says(text(
                "this is the elder `.dockercfg` without `auths`, which a Secret of type `kubernetes.io/dockerconfigjson` must have",
                "这是不带 `auths` 的旧格式 `.dockercfg`，而 `kubernetes.io/dockerconfigjson` 类型必须带有",
            ));
        }
        if let Some(fix) = retype(&secret) {
            finding.fix(fix);
        }
    }
}

/// Gives the Secret the other type and key.
fn retype(secret: &PullSecret<'_>) -> Option<Fix> {
    let [(new_type, new_key), (old_type, old_key)] = super::payload::TYPES;
    let (kind, key) = if secret.is_wrapped { (old_type, old_key) } else { (new_type, new_key) };
    let (_, payload) = secret.held?;
    let source = secret.entry.source();
    let written = source.get(payload.key_span.range())?;
    let type_node = secret.entry.object.root.get("type")?;
    let is_plain = source.get(type_node.inner_span().range())? == type_node.as_str()?;
    let title = text("give it the other type and key", "改用另一种类型和键");
    (is_plain && written.contains(secret.key)).then(|| {
        Fix::risky(title)
            .replace(secret.entry.at(type_node.inner_span()), kind)
            .replace(secret.entry.at(payload.key_span), written.replace(secret.key, key))
    })
}

pub(super) static AUTHS_MISSING: Rule = Rule {
    id: "kubernetes/secret-auths-missing",
    severity: Severity::Error,
    summary: text("a config.json without `auths`", "config.json 中没有 `auths`"),
    message: text(
        "this config.json has no `auths`, so it has no login",
        "该 config.json 没有 `auths`，因此没有凭证",
    ),
    why: text("The pull is sent without a login and refused.", "拉取时不带凭证，会被拒绝。"),
    help: text("put the registry and its login under `auths`", "请在 `auths` 中写入仓库及其凭证"),
    rests_on: &[&AUTHS],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJIdHRwSGVhZGVycyI6e319»\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
    ],
    check: |cx, found| {
        for secret in pull_secrets(cx).into_iter().filter(|secret| secret.is_wrapped) {
            let Some(config) = secret.config() else { continue };
            // Entries at the top are the elder form, helpers have a rule of their own.
            let is_other = config.entries().next().is_some()
                || ["credsStore", "credHelpers"].iter().any(|key| config.member(key).is_some());
            if config.auths().is_none() && !is_other {
                found.add(&AUTHS_MISSING, secret.at());
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static AUTHS_EMPTY: Rule = Rule {
    id: "kubernetes/secret-auths-empty",
    summary: text("a config.json without a registry", "config.json 中没有任何仓库"),
    message: text(
        "`auths` is empty: the Secret has no login",
        "`auths` 为空，该 Secret 没有任何凭证",
    ),
    why: text("The pull is sent without a login and refused.", "拉取时不带凭证，会被拒绝。"),
    help: text("put the registry and its login under `auths`", "请在 `auths` 中写入仓库及其凭证"),
    rests_on: &[&AUTHS],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{\"auths\":«{}»}'\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «eyJhdXRocyI6e319»\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19\n",
        ),
    ],
    check: |cx, found| {
        for secret in pull_secrets(cx).into_iter().filter(|secret| secret.is_wrapped) {
            let Some(config) = secret.config() else { continue };
            let is_helped =
                ["credsStore", "credHelpers"].iter().any(|key| config.member(key).is_some());
            if let Some(auths) = config.auths().filter(|auths| auths.members().is_empty())
                && !is_helped
            {
                found.add(&AUTHS_EMPTY, config.at(auths.span));
            }
        }
    },
    ..Rule::DEFAULT
};
