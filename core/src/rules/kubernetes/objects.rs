//! The objects themselves: whether they can be read, and what each must have.

use std::collections::HashSet;

use super::sources::{IN_NAMESPACE, REQUIRED_FIELDS, UNREADABLE};
use super::stream::{Namespace, are_patched, entries, is_patch};
use crate::document::Kind;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{nearest, text};
use crate::tree::Node;

pub(super) static SYNTAX: Rule = Rule {
    id: "kubernetes/syntax",
    severity: Severity::Error,
    summary: text("the manifest is neither YAML nor JSON", "清单不是合法的 YAML 或 JSON"),
    message: text("the manifest cannot be read here", "此处的清单无法解析"),
    why: text(
        "kubectl applies nothing of a document that it cannot read.",
        "kubectl 无法解析的文档不会被应用。",
    ),
    rests_on: &[&UNREADABLE],
    examples: &[
        bad("-- a.yml --\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n «d»ata: {}\n"),
        good(
            "-- a.yml --\n# nothing yet\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
        ),
    ],
    check: |cx, found| {
        for document in cx.of_kind(Kind::Kubernetes) {
            for error in document.errors() {
                found.add(&SYNTAX, document.place(error.span)).message = error.message.clone();
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static KIND_MISSING: Rule = Rule {
    id: "kubernetes/kind-missing",
    severity: Severity::Error,
    summary: text("an object without `apiVersion` or `kind`", "对象缺少 `apiVersion` 或 `kind`"),
    message: text("this object has no `{key}`", "该对象缺少 `{key}`"),
    why: text(
        "Kubernetes cannot tell what the object is and refuses it.",
        "Kubernetes 无法判断该对象的类型，会拒绝它。",
    ),
    help: text("add `{key}`", "请添加 `{key}`"),
    rests_on: &[&REQUIRED_FIELDS],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n«apiVersion»: v1\nmetadata: {name: b}\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: c1\n      YamlContent: |\n        «kind»: ConfigMap\n        metadata:\n          name: a\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n# the rest is to come\n",
        ),
    ],
    check: kind_missing,
    ..Rule::DEFAULT
};

fn kind_missing(cx: &Context<'_>, found: &mut Findings) {
    for entry in entries(cx) {
        let root = entry.object.root;
        let Some(first) = root.members().first() else { continue };
        let is_object =
            ["apiVersion", "kind", "metadata"].iter().any(|key| root.member(key).is_some());
        let missing = ["apiVersion", "kind"].into_iter().find(|key| root.get(key).is_none());
        if let Some(key) = missing.filter(|_| is_object) {
            found.add(&KIND_MISSING, entry.at(first.key_span)).arg("key", key);
        }
    }
}

pub(super) static NAME_MISSING: Rule = Rule {
    id: "kubernetes/name-missing",
    severity: Severity::Error,
    summary: text("an object without a name", "对象没有名称"),
    message: text("this {kind} has no `metadata.name`", "该 {kind} 缺少 `metadata.name`"),
    why: text("Kubernetes refuses an object without a name.", "Kubernetes 会拒绝没有名称的对象。"),
    help: text("add `metadata.name`", "请添加 `metadata.name`"),
    rests_on: &[&REQUIRED_FIELDS],
    examples: &[
        bad("-- a.yml --\napiVersion: v1\nkind: «Secret»\nmetadata:\n  labels: {app: a}\n"),
        bad("-- a.yml --\napiVersion: apps/v1\nkind: «Deployment»\nspec: {}\n"),
        good("-- a.yml --\napiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: a-\n"),
    ],
    check: name_missing,
    ..Rule::DEFAULT
};

fn name_missing(cx: &Context<'_>, found: &mut Findings) {
    let all = entries(cx);
    if are_patched(&all) {
        return;
    }
    for entry in all.into_iter().filter(|one| one.object.is_native() && !is_patch(*one)) {
        let metadata = entry.object.metadata();
        let has = |key: &str| metadata.is_some_and(|metadata| metadata.get(key).is_some());
        if has("name") || has("generateName") || metadata.is_some_and(Node::is_unknown) {
            continue;
        }
        let kind = entry.object.kind().unwrap_or_default();
        found.add(&NAME_MISSING, entry.head()).arg("kind", kind);
    }
}

pub(super) static NAMESPACE_UNDEFINED: Rule = Rule {
    id: "kubernetes/namespace-undefined",
    severity: Severity::Info,
    summary: text("a namespace that nothing here creates", "命名空间未在此处创建"),
    message: text(
        "the namespace `{name}` is not created here: it must be in the cluster already",
        "命名空间 `{name}` 未在此处创建，必须已存在于集群中",
    ),
    why: text(
        "Objects of a namespace that does not exist are refused.",
        "命名空间不存在时，其中的对象会被拒绝。",
    ),
    help: text(
        "add a Namespace of that name, unless the cluster has it",
        "请添加该名称的 Namespace，除非集群中已有",
    ),
    rests_on: &[&IN_NAMESPACE],
    examples: &[
        // A template makes a cluster of its own, with the namespaces that it says.
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Cluster:\n    Type: ALIYUN::CS::ManagedKubernetesCluster\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      YamlContent: |\n        apiVersion: v1\n        kind: ConfigMap\n        metadata:\n          name: a\n          namespace: «shop»\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: «shopp»}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n",
        ),
        // The resource itself makes its namespace.
        good(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Cluster:\n    Type: ALIYUN::CS::ManagedKubernetesCluster\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      DefaultNamespace: shop\n      YamlContent: |\n        apiVersion: v1\n        kind: ConfigMap\n        metadata:\n          name: a\n          namespace: shop\n",
        ),
        // Files of a folder say nothing of what the cluster has.
        good(
            "-- a.yml --\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n",
        ),
    ],
    check: namespace_undefined,
    ..Rule::DEFAULT
};

/// Namespaces that every cluster has.
const GIVEN: &[&str] = &["default", "kube-system", "kube-public", "kube-node-lease"];

fn namespace_undefined(cx: &Context<'_>, found: &mut Findings) {
    let all = entries(cx);
    let namespaces = || all.iter().filter(|one| one.object.is("Namespace"));
    if namespaces().any(|one| one.name().is_none()) {
        return;
    }
    let mut created: HashSet<&str> = namespaces().filter_map(|one| one.name()).collect();
    // The resource that holds the objects makes the namespace that it says.
    created.extend(all.iter().filter_map(|one| one.made_namespace()));
    // Each once per document, where it is first named.
    let mut said = HashSet::new();
    for entry in &all {
        let Some(node) = entry.object.namespace() else { continue };
        let Namespace::Named(name) = entry.namespace() else { continue };
        if GIVEN.contains(&name) || created.contains(name) || !entry.object.is_namespaced() {
            continue;
        }
        // Files say nothing of what the cluster has, unless a name is mistyped or a template is to
        // bring all that it needs.
        if !said.insert((entry.part.document.id, name)) {
            continue;
        }
        let meant = nearest(name, created.iter().copied().filter(|one| !are_siblings(one, name)));
        if meant.is_some() || entry.part.inside.is_some() {
            let finding = found.add(&NAMESPACE_UNDEFINED, entry.at(node.inner_span()));
            finding.arg("name", name);
            let made = meant.filter(|_| finding.is_wanted());
            let made = made.and_then(|meant| namespaces().find(|one| one.name() == Some(meant)));
            if let Some(made) = made.and_then(|one| Some(one.at(one.object.name()?.inner_span()))) {
                finding.related(made, text("this one is created", "已创建的是这个"));
            }
        }
    }
}

/// `shop-dev` and `shop-test` are two, not one mistyped.
fn are_siblings(one: &str, other: &str) -> bool {
    let stem = |name: &str| name.rsplit_once('-').map(|(stem, _)| stem.to_owned());
    stem(one).is_some() && stem(one) == stem(other)
}

/// Whether a template makes the cluster that its objects go to.
pub(super) fn makes_cluster(roots: &[Node]) -> bool {
    let resources = roots.first().and_then(|root| root.get("Resources"));
    resources.map(Node::members).unwrap_or_default().iter().any(|resource| {
        let kind = resource.node.get("Type").and_then(Node::as_str).unwrap_or_default();
        kind.starts_with("ALIYUN::CS::") && kind.ends_with("Cluster")
    })
}
