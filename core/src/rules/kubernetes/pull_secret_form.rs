//! `imagePullSecrets`: its form and its place.

use super::sources::PULL_SECRETS;
use super::stream::{Entry, entries};
use crate::document::Content;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Place, text};
use crate::tree::edit::{self, New, Spot};
use crate::tree::{Member, Node};

const KEY: &str = "imagePullSecrets";

/// A mapping in which somebody wrote `imagePullSecrets`, or what looks like it.
struct Holder<'a> {
    entry: Entry<'a>,
    node: &'a Node,
    member: &'a Member,
    /// Whether Kubernetes reads it there.
    is_right: bool,
}

/// Every place in an object at which people write it.
fn holders<'a>(cx: &Context<'a>) -> Vec<Holder<'a>> {
    let mut found = Vec::new();
    for entry in entries(cx) {
        let object = entry.object;
        let mut look = |node: Option<&'a Node>, is_right: bool| {
            let Some(node) = node else { return };
            let members = node.members().iter();
            found.extend(members.filter(|one| is_meant(&one.key)).map(|member| Holder {
                entry,
                node,
                member,
                is_right,
            }));
        };
        if object.is("ServiceAccount") {
            look(Some(object.root), true);
        }
        let Some(pod) = object.pod() else { continue };
        look(object.metadata(), false);
        if let Some(template) = pod.template {
            look(object.spec(), false);
            look(Some(template), false);
            look(template.get("metadata"), false);
        }
        look(Some(pod.spec), true);
        for container in pod.containers() {
            look(Some(container.node), false);
        }
    }
    found
}

fn is_meant(key: &str) -> bool {
    key == KEY || key == "imagePullSecret"
}

pub(super) static SHAPE: Rule = Rule {
    id: "kubernetes/pullsecret-shape",
    severity: Severity::Error,
    summary: text("`imagePullSecrets` is not a list of names", "`imagePullSecrets` 的写法不正确"),
    message: text(
        "each Secret is an object with a `name` here: `{name: …}`",
        "此处每个 Secret 应为带 `name` 的对象：`{name: …}`",
    ),
    why: text(
        "Kubernetes refuses the object, or passes over a key that it does not know and pulls without a login.",
        "Kubernetes 会拒绝该对象，或忽略不认识的键，从而不带凭证拉取。",
    ),
    help: text("write `imagePullSecrets: [{name: …}]`", "请写成 `imagePullSecrets: [{name: …}]`"),
    rests_on: &[&PULL_SECRETS],
    examples: &[
        bad("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets:\n    - «pull»\n  containers:\n    - {name: a, image: 'acme/web:1.0'}\n")
            .fixed("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets:\n    - name: pull\n  containers:\n    - {name: a, image: 'acme/web:1.0'}\n"),
        bad("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  «imagePullSecret»: pull\n  containers:\n    - {name: a, image: 'acme/web:1.0'}\n")
            .fixed("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'acme/web:1.0'}\n"),
        bad("-- a.json --\n{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"a\"}, \"imagePullSecrets\": [«\"pull\"»]}\n")
            .fixed("-- a.json --\n{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"a\"}, \"imagePullSecrets\": [{\"name\": \"pull\"}]}\n"),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          «imagePullSecrets»:\n            name: pull\n          containers:\n            - {name: a, image: 'acme/web:1.0'}\n",
        )
        .fixed(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          imagePullSecrets:\n            - name: pull\n          containers:\n            - {name: a, image: 'acme/web:1.0'}\n",
        ),
        good("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'acme/web:1.0'}\n"),
        good("-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: \"${PULL}\"\n  containers:\n    - {name: a, image: 'acme/web:1.0'}\n"),
    ],
    check: shape,
    ..Rule::DEFAULT
};

fn shape(cx: &Context<'_>, found: &mut Findings) {
    for holder in holders(cx) {
        let (entry, member) = (holder.entry, holder.member);
        let node = &member.node;
        let is_singular = member.key != KEY;
        if node.is_unknown() || (node.is_null() && !is_singular) {
            continue;
        }
        match node.items() {
            Some(items) => {
                if is_singular {
                    let finding = found.add(&SHAPE, entry.at(member.key_span));
                    say_singular(finding);
                    if let Some(key) = plain_key(&holder) {
                        finding.fix(Fix::safe(TITLE).replace(key, KEY));
                    }
                }
                for item in
                    items.iter().filter(|item| item.as_str().is_some() && !item.is_unknown())
                {
                    let finding = found.add(&SHAPE, entry.at(item.span));
                    if let Some(new) = named(entry, item, true) {
                        finding.fix(Fix::safe(TITLE).replace(entry.at(item.span), new));
                    }
                }
            }
            None => {
                let finding = found.add(&SHAPE, entry.at(member.key_span));
                if is_singular {
                    say_singular(finding);
                }
                if let Some(fix) = listed(&holder, is_singular) {
                    finding.fix(fix);
                }
            }
        }
    }
}

const TITLE: crate::text::Text = text("write it as a list of names", "写成名称列表");

fn say_singular(finding: &mut crate::rule::Finding) {
    finding.says(text(
        "Kubernetes knows no `imagePullSecret`: the key is `imagePullSecrets`, a list",
        "Kubernetes 没有 `imagePullSecret`：键名为 `imagePullSecrets`，值为列表",
    ));
}

/// The key's place, if it is written without quotes.
fn plain_key(holder: &Holder<'_>) -> Option<Place> {
    let has_both = holder.node.member(KEY).is_some() && holder.member.key != KEY;
    let written = holder.entry.source().get(holder.member.key_span.range())?;
    (written == holder.member.key && !has_both).then(|| holder.entry.at(holder.member.key_span))
}

/// The name at `item` as an object.
fn named(entry: Entry<'_>, item: &Node, is_item: bool) -> Option<String> {
    let source = entry.source();
    let written = source.get(item.span.range())?;
    if written.contains('\n') || !written.contains(item.as_str()?) {
        return None;
    }
    if matches!(entry.part.content, Content::Json(_)) {
        // JSON in a string of JSON has other quotes.
        return (entry.part.inside.is_none()).then(|| format!("{{\"name\": {written}}}"));
    }
    let start = item.span.start as usize;
    let line = source.get(..start)?.rsplit('\n').next()?;
    let is_block = is_item && line.trim_start().starts_with("- ") && line.trim() == "-";
    Some(if is_block { format!("name: {written}") } else { format!("{{name: {written}}}") })
}

/// The list that a single name or object stands for.
fn listed(holder: &Holder<'_>, is_singular: bool) -> Option<Fix> {
    let (entry, node) = (holder.entry, &holder.member.node);
    if holder.member.is_alias() || matches!(entry.part.content, Content::Json(_)) {
        return None;
    }
    let fix = match is_singular {
        true => Fix::safe(TITLE).replace(plain_key(holder)?, KEY),
        false => Fix::safe(TITLE),
    };
    if node.as_str().is_some() {
        let new = named(entry, node, false)?;
        return Some(fix.replace(entry.at(node.span), format!("[{new}]")));
    }
    let [only] = node.members() else { return None };
    if only.key != "name" {
        return None;
    }
    let written = entry.source().get(node.span.range())?;
    if written.starts_with('{') {
        return Some(fix.replace(entry.at(node.span), format!("[{written}]")));
    }
    let at = crate::text::Span { start: only.key_span.start, end: only.key_span.start };
    Some(fix.replace(entry.at(at), "- "))
}

pub(super) static PLACEMENT: Rule = Rule {
    id: "kubernetes/pullsecret-placement",
    severity: Severity::Error,
    summary: text("`imagePullSecrets` stands in the wrong place", "`imagePullSecrets` 位置错误"),
    message: text(
        "Kubernetes reads `imagePullSecrets` in the spec of the pod, not here",
        "Kubernetes 只读取 Pod spec 中的 `imagePullSecrets`，不读取此处",
    ),
    why: text(
        "Elsewhere it is an unknown field: refused, or passed over and the pull sent without a login.",
        "写在其他位置属于未知字段：会被拒绝，或被忽略而不带凭证拉取。",
    ),
    help: text("move it beside `containers`", "移到与 `containers` 并列的位置"),
    rests_on: &[&PULL_SECRETS],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'acme/web:1', «imagePullSecrets»: [{name: pull}]}]}\n",
        ),
        bad(
            "-- a.yml --\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  «imagePullSecrets»:\n    - name: pull\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: {labels: {app: a}}\n    spec:\n      containers:\n        - {name: a, image: 'acme/web:1'}\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        apiVersion: v1\n        kind: Pod\n        metadata:\n          name: a\n          «imagePullSecrets»:\n            - name: pull\n        spec:\n          containers:\n            - {name: a, image: 'acme/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {imagePullSecrets: [{name: pull}], containers: [{name: a, image: 'acme/web:1'}]}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nimagePullSecrets: [{name: pull}]\n",
        ),
    ],
    check: placement,
    ..Rule::DEFAULT
};

fn placement(cx: &Context<'_>, found: &mut Findings) {
    for holder in holders(cx).into_iter().filter(|holder| !holder.is_right) {
        let finding = found.add(&PLACEMENT, holder.entry.at(holder.member.key_span));
        if let Some(fix) = moved(&holder) {
            finding.fix(fix);
        }
    }
}

/// Moves a list of names into the pod's spec.
fn moved(holder: &Holder<'_>) -> Option<Fix> {
    let pod = holder.entry.object.pod()?;
    if pod.spec.members().iter().any(|one| is_meant(&one.key)) {
        return None;
    }
    let mut names = Vec::new();
    for item in holder.member.node.items()? {
        let name = item.as_str().or_else(|| item.get("name")?.as_str())?;
        names.push(New::pair("name", New::text(name)));
    }
    let source = holder.entry.source();
    let removal = edit::remove_member(source, holder.node, holder.member)?;
    let insertion = edit::insert_member(source, pod.spec, Spot::First, KEY, &New::List(names))?;
    Some(
        Fix::risky(text("move it into the spec of the pod", "移到 Pod 的 spec 中"))
            .replace(holder.entry.at(removal.span), removal.text)
            .replace(holder.entry.at(insertion.span), insertion.text),
    )
}
