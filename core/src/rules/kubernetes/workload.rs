//! Workloads that make pods: the selector and the labels that it must find.

use super::sources::SELECTOR;
use super::stream::{Entry, are_patched, entries, is_patch};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Place, text};
use crate::tree::Node;
use crate::tree::edit::{self, New, Spot};

pub(super) static SELECTOR_MISSING: Rule = Rule {
    id: "kubernetes/selector-missing",
    severity: Severity::Error,
    summary: text("a workload without a selector", "工作负载缺少 selector"),
    message: text("this {kind} has no `spec.selector`", "该 {kind} 缺少 `spec.selector`"),
    why: text(
        "In apps/v1 nothing is assumed for it: Kubernetes refuses the object.",
        "apps/v1 不会为其设置默认值：Kubernetes 会拒绝该对象。",
    ),
    help: text(
        "add `selector.matchLabels` with labels of the pod template",
        "请添加 `selector.matchLabels`，并使用 Pod 模板中的标签",
    ),
    rests_on: &[&SELECTOR],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: apps/v1\nkind: «Deployment»\nmetadata: {name: a}\nspec:\n  template:\n    metadata:\n      labels: {app: a}\n    spec:\n      containers:\n        - {name: a, image: 'nginx:1.27'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector:\n    matchLabels: {app: a}\n  template:\n    metadata:\n      labels: {app: a}\n    spec:\n      containers:\n        - {name: a, image: 'nginx:1.27'}\n",
        ),
        // A patch names what it changes.
        good(
            "-- a.yml --\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          resources: {limits: {cpu: 1}}\n",
        ),
    ],
    check: selector_missing,
    ..Rule::DEFAULT
};

/// The workloads that are written out.
fn workloads<'a>(cx: &Context<'a>) -> Vec<(Entry<'a>, &'a Node)> {
    let all = entries(cx);
    if are_patched(&all) {
        return Vec::new();
    }
    let whole = all.into_iter().filter(|one| {
        one.object.is_selecting_workload()
            && !is_patch(*one)
            && one.object.pod().is_some_and(|pod| pod.is_whole())
    });
    whole.filter_map(|one| Some((one, one.object.spec()?))).collect()
}

fn selector_missing(cx: &Context<'_>, found: &mut Findings) {
    for (entry, spec) in workloads(cx) {
        if spec.get("selector").is_some() {
            continue;
        }
        let kind = entry.object.kind().unwrap_or_default();
        let finding = found.add(&SELECTOR_MISSING, entry.head()).arg("kind", kind);
        let labels = labels(spec).map(Node::members).unwrap_or_default();
        let literal = |node: &Node| node.as_str().filter(|_| !node.is_unknown()).map(New::text);
        let pairs: Option<Vec<(String, New)>> =
            labels.iter().map(|label| Some((label.key.clone(), literal(&label.node)?))).collect();
        if let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) {
            let selector = New::pair("matchLabels", New::Object(pairs));
            let edit =
                edit::insert_member(entry.source(), spec, Spot::First, "selector", &selector);
            if let Some(edit) = edit {
                finding.fix(
                    Fix::risky(text("select by the labels of the template", "按模板的标签选择"))
                        .replace(entry.at(edit.span), edit.text),
                );
            }
        }
    }
}

fn labels(spec: &Node) -> Option<&Node> {
    spec.get("template")?.get("metadata")?.get("labels")
}

pub(super) static TEMPLATE_LABELS: Rule = Rule {
    id: "kubernetes/template-labels",
    severity: Severity::Error,
    summary: text("a selector that does not find its own pods", "selector 与 Pod 模板的标签不符"),
    message: text(
        "the selector wants `{key}: {value}`, and the pod template does not have it",
        "selector 要求 `{key}: {value}`，而 Pod 模板中没有该标签",
    ),
    why: text(
        "Kubernetes refuses a workload whose selector does not match the labels of its pods.",
        "selector 与 Pod 标签不匹配的工作负载会被 Kubernetes 拒绝。",
    ),
    help: text(
        "write the same labels in `selector.matchLabels` and `template.metadata.labels`",
        "`selector.matchLabels` 与 `template.metadata.labels` 应写相同的标签",
    ),
    rests_on: &[&SELECTOR],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector:\n    matchLabels: {app: «web»}\n  template:\n    metadata:\n      labels: {app: api}\n    spec:\n      containers:\n        - {name: a, image: 'nginx:1.27'}\n",
        ),
        bad(
            "-- a.yml --\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec:\n  selector:\n    matchLabels: {app: «web»}\n  template:\n    spec:\n      containers:\n        - {name: a, image: 'nginx:1.27'}\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: apps/v1\n        kind: StatefulSet\n        metadata: {name: a}\n        spec:\n          selector:\n            matchLabels:\n              app: «web»\n          template:\n            metadata:\n              labels:\n                app: db\n            spec:\n              containers:\n                - {name: a, image: 'nginx:1.27'}\n",
        ),
        bad(
            "-- a.yml --\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  «template»:\n    spec:\n      containers:\n        - {name: a, image: 'nginx:1.27'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web, tier: front}\n    spec:\n      containers:\n        - {name: a, image: 'nginx:1.27'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector:\n    matchLabels: {app: \"${NAME}\"}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n        - {name: a, image: 'nginx:1.27'}\n",
        ),
    ],
    check: template_labels,
    ..Rule::DEFAULT
};

fn template_labels(cx: &Context<'_>, found: &mut Findings) {
    for (entry, spec) in workloads(cx) {
        let selector = spec.get("selector").and_then(|selector| selector.get("matchLabels"));
        let labels = labels(spec);
        if labels.is_some_and(Node::is_unknown) {
            continue;
        }
        let has_labels = labels.is_some_and(|labels| !labels.members().is_empty());
        let selects = selector.is_some_and(|selector| !selector.members().is_empty());
        if !has_labels && !selects {
            let Some(template) = spec.member("template") else { continue };
            found.add(&TEMPLATE_LABELS, entry.at(template.key_span)).says(text(
                "the pod template has no labels, so no selector can find its pods",
                "Pod 模板没有标签，selector 无法找到其 Pod",
            ));
            continue;
        }
        for wanted in selector.map(Node::members).unwrap_or_default() {
            let Some(value) = scalar(&wanted.node) else { continue };
            let label = labels.and_then(|labels| labels.get(&wanted.key));
            if label.is_some_and(|label| scalar(label).is_none_or(|has| has == value)) {
                continue;
            }
            let finding = found
                .add(&TEMPLATE_LABELS, entry.at(wanted.node.inner_span()))
                .arg("key", &wanted.key)
                .arg("value", value);
            let seen = label.or(labels).or_else(|| spec.get("template"));
            if let Some(seen) = label.map(|label| label.span).or_else(|| seen.and_then(first_key)) {
                let at: Place = entry.at(seen);
                finding.related(at, text("the labels of the pods", "Pod 的标签"));
            }
        }
    }
}

/// Where a mapping begins, without all that it holds.
fn first_key(node: &Node) -> Option<crate::text::Span> {
    node.members().first().map(|member| member.key_span)
}

/// A label's value, if it is written out.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        crate::tree::Value::Number(raw) => Some(raw.clone()),
        crate::tree::Value::Bool(value) => Some(value.to_string()),
        _ => node.as_str().filter(|_| !node.is_unknown()).map(str::to_owned),
    }
}
