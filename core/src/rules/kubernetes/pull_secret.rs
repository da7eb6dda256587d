//! Pull Secrets by name: whether a pod finds them, and a login for its images in them.

use std::collections::{HashMap, HashSet};

use super::super::credential::{host, is_for};
use super::payload::{PullSecret, TYPES};
use super::sources::{IN_NAMESPACE, KEYS_BY_HOST, PULL_SECRETS};
use super::stream::{Entry, Namespace, by_name, entries};
use crate::reference::{self, ImageReference, RegistryKind};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Message, Place, text};
use crate::tree::Node;

/// A name in `imagePullSecrets` that is written out.
struct Use<'a> {
    entry: Entry<'a>,
    node: &'a Node,
    name: &'a str,
}

/// The names that an object pulls with; `None` among them where one is unknown.
fn uses(entry: Entry<'_>) -> Vec<Option<Use<'_>>> {
    let Some(list) = entry.object.pull_secrets() else { return Vec::new() };
    let Some(items) = list.node.items() else { return vec![None] };
    let of_item = |item| {
        let item: &Node = item;
        let node = if item.as_str().is_some() { item } else { item.get("name")? };
        let name = node.as_str().filter(|_| !node.is_unknown() && !item.is_unknown())?;
        Some(Use { entry, node, name })
    };
    items.iter().map(of_item).collect()
}

/// Every written name of every object.
fn known_uses<'a>(all: &[Entry<'a>]) -> Vec<Use<'a>> {
    all.iter().flat_map(|entry| uses(*entry)).flatten().collect()
}

fn secrets<'a>(all: &[Entry<'a>]) -> HashMap<&'a str, Vec<Entry<'a>>> {
    by_name(all, |object| object.is("Secret"))
}

pub(super) static UNDEFINED: Rule = Rule {
    id: "kubernetes/pullsecret-undefined",
    severity: Severity::Info,
    summary: text("a pull Secret that nothing here defines", "拉取镜像的 Secret 未在此处定义"),
    message: text(
        "the Secret `{name}` is not defined here: it must be in the cluster already",
        "Secret `{name}` 未在此处定义，必须已存在于集群中",
    ),
    why: text(
        "Without the Secret the image is pulled without a login: ImagePullBackOff.",
        "没有该 Secret 时，拉取镜像不带凭证：ImagePullBackOff。",
    ),
    help: text(
        "define it, correct the name, or make it in the cluster first",
        "请定义该 Secret、更正名称，或先在集群中创建",
    ),
    rests_on: &[&PULL_SECRETS],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: «pul»}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Cluster:\n    Type: ALIYUN::CS::ManagedKubernetesCluster\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      YamlContent: |\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          imagePullSecrets: [{name: «pull»}]\n          containers:\n            - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: pull-from-vault}\nspec: {target: {name: pull}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: other}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
    ],
    check: undefined,
    ..Rule::DEFAULT
};

fn undefined(cx: &Context<'_>, found: &mut Findings) {
    let all = entries(cx);
    let secrets = secrets(&all);
    // Files alone say nothing of what the cluster has: they do where they bring such Secrets, or
    // the cluster itself.
    let brings = all.iter().any(|entry| PullSecret::of(*entry).is_some());
    let has_unknown = all.iter().any(|one| one.object.is("Secret") && one.name().is_none());
    if has_unknown {
        return;
    }
    // Kinds of others make Secrets, under their own name or the one that they say.
    let others: HashSet<&str> = all
        .iter()
        .filter(|one| !one.object.is_native())
        .flat_map(|one| {
            let spec = one.object.spec();
            let target = spec.and_then(|spec| spec.get("target")?.get("name"));
            let template = spec.and_then(|spec| spec.get("template")?.get("metadata")?.get("name"));
            [one.object.name(), target, template]
        })
        .filter_map(|name| name?.as_str())
        .collect();
    let mut makes_cluster = HashMap::new();
    for one in known_uses(&all) {
        let is_known = secrets.contains_key(one.name) || others.contains(one.name);
        let mut tells = || {
            let document = one.entry.part.document;
            *makes_cluster
                .entry(document.id)
                .or_insert_with(|| super::objects::makes_cluster(document.roots()))
        };
        if !is_known && (brings || tells()) {
            found.add(&UNDEFINED, one.entry.at(one.node.inner_span())).arg("name", one.name);
        }
    }
}

pub(super) static NAMESPACE: Rule = Rule {
    id: "kubernetes/pullsecret-namespace",
    severity: Severity::Error,
    summary: text(
        "a pull Secret in another namespace than the pod",
        "拉取镜像的 Secret 与 Pod 不在同一命名空间",
    ),
    message: text(
        "the Secret `{name}` is in `{theirs}`, and the pod in `{own}`",
        "Secret `{name}` 在 `{theirs}` 中，而 Pod 在 `{own}` 中",
    ),
    why: text(
        "A pod finds Secrets of its own namespace alone: the image is pulled without a login.",
        "Pod 只能使用同一命名空间中的 Secret：拉取镜像时不带凭证。",
    ),
    help: text("define the Secret in `{own}` as well", "请在 `{own}` 中也定义该 Secret"),
    rests_on: &[&PULL_SECRETS, &IN_NAMESPACE],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull, namespace: shop}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: web}\nspec:\n  imagePullSecrets: [{name: «pull»}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Cluster:\n    Type: ALIYUN::CS::ManagedKubernetesCluster\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull, namespace: shop}\n        type: kubernetes.io/dockerconfigjson\n        data: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n        ---\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          imagePullSecrets: [{name: «pull»}]\n          containers:\n            - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Cluster:\n    Type: ALIYUN::CS::ManagedKubernetesCluster\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      DefaultNamespace: web\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull, namespace: shop}\n        type: kubernetes.io/dockerconfigjson\n        data: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n        ---\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          imagePullSecrets: [{name: «pull»}]\n          containers:\n            - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Cluster:\n    Type: ALIYUN::CS::ManagedKubernetesCluster\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      DefaultNamespace: shop\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull, namespace: shop}\n        type: kubernetes.io/dockerconfigjson\n        data: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n        ---\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          imagePullSecrets: [{name: pull}]\n          containers:\n            - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull, namespace: shop}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: pull, namespace: web}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: web}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
    ],
    check: namespace,
    ..Rule::DEFAULT
};

fn namespace(cx: &Context<'_>, found: &mut Findings) {
    let all = entries(cx);
    let secrets = secrets(&all);
    for one in known_uses(&all) {
        let Some(defined) = secrets.get(one.name) else { continue };
        let own = one.entry.namespace();
        let fits = |secret: &Entry<'_>| match (own, secret.namespace()) {
            (Namespace::Unknown, _) | (_, Namespace::Unknown) => true,
            (Namespace::Unsaid, Namespace::Named("default"))
            | (Namespace::Named("default"), Namespace::Unsaid) => true,
            (own, theirs) => own == theirs,
        };
        let Some(first) = defined.first().filter(|_| !defined.iter().any(fits)) else { continue };
        let theirs = first.namespace();
        let at = one.entry.at(one.node.inner_span());
        let finding = found.add(&NAMESPACE, at).arg("name", one.name);
        finding.arg("own", name_of(own)).arg("theirs", name_of(theirs));
        // `kubectl -n` may put what says nothing into the same one.
        let is_said = |namespace, entry: &Entry<'_>| {
            namespace != Namespace::Unsaid || entry.part.inside.is_some()
        };
        if !is_said(own, &one.entry) || !is_said(theirs, first) {
            finding.severity(Severity::Warning);
        }
        let there =
            first.object.namespace().map_or(first.head(), |node| first.at(node.inner_span()));
        finding.related(there, text("the Secret is here", "Secret 在此处"));
    }
}

fn name_of(namespace: Namespace<'_>) -> &str {
    match namespace {
        Namespace::Named(name) => name,
        _ => "default",
    }
}

pub(super) static TYPE_WRONG: Rule = Rule {
    id: "kubernetes/secret-type-wrong",
    severity: Severity::Error,
    summary: text(
        "a pull Secret of a type that Kubernetes does not pull with",
        "Secret 的类型不能用于拉取镜像",
    ),
    message: text(
        "the Secret `{name}` that is pulled with is of type `{kind}`",
        "用于拉取镜像的 Secret `{name}` 的类型是 `{kind}`",
    ),
    why: text(
        "Kubernetes passes over the Secret: the image is pulled without a login.",
        "Kubernetes 会忽略该 Secret：拉取镜像时不带凭证。",
    ),
    help: text(
        "make it of type `kubernetes.io/dockerconfigjson`, with the config.json under `.dockerconfigjson`",
        "请改为类型 `kubernetes.io/dockerconfigjson`，并将 config.json 写入 `.dockerconfigjson`",
    ),
    rests_on: &[&PULL_SECRETS],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: «Opaque»\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        bad(
            "-- a.yml --\napiVersion: v1\nkind: «Secret»\nmetadata: {name: pull}\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: other}\ntype: Opaque\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
    ],
    check: type_wrong,
    ..Rule::DEFAULT
};

fn type_wrong(cx: &Context<'_>, found: &mut Findings) {
    let all = entries(cx);
    let secrets = secrets(&all);
    let mut said: HashSet<Place> = HashSet::new();
    for one in known_uses(&all) {
        for secret in secrets.get(one.name).into_iter().flatten() {
            let node = secret.object.root.get("type");
            if node.is_some_and(Node::is_unknown) {
                continue;
            }
            let kind = node.and_then(Node::as_str).unwrap_or("Opaque");
            if TYPES.iter().any(|(known, _)| *known == kind) {
                continue;
            }
            let at = node.map_or(secret.head(), |node| secret.at(node.inner_span()));
            if !said.insert(at) {
                continue;
            }
            let finding = found.add(&TYPE_WRONG, at).arg("name", one.name).arg("kind", kind);
            let used = one.entry.at(one.node.inner_span());
            finding.related(used, text("pulled with here", "此处用于拉取镜像"));
        }
    }
}

pub(super) static HOST: Rule = Rule {
    id: "kubernetes/pullsecret-host",
    summary: text(
        "pull Secrets for other registries than the images'",
        "Secret 中没有镜像所在仓库的凭证",
    ),
    message: text(
        "the pod's images come from {hosts}, and the Secret is for {known}",
        "Pod 的镜像来自 {hosts}，而该 Secret 用于 {known}",
    ),
    why: text(
        "A login is used for its own host alone: the image is pulled without one.",
        "凭证只用于其所属的仓库：拉取镜像时不带凭证。",
    ),
    help: text(
        "put the registry's host, as it stands in the image, under `auths`",
        "请在 `auths` 中写入镜像地址中的仓库域名",
    ),
    rests_on: &[&KEYS_BY_HOST],
    examples: &[
        bad(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: «pull»}]\n  containers:\n    - {name: a, image: 'registry.acme.example/shop/web:1.0'}\n",
        ),
        bad(
            "-- t.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Cluster:\n    Type: ALIYUN::CS::ManagedKubernetesCluster\n  App:\n    Type: ALIYUN::CS::ClusterApplication\n    Properties:\n      ClusterId: {Ref: Cluster}\n      YamlContent: |\n        apiVersion: v1\n        kind: Secret\n        metadata: {name: pull}\n        type: kubernetes.io/dockerconfigjson\n        data: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n        ---\n        apiVersion: v1\n        kind: Pod\n        metadata: {name: a}\n        spec:\n          imagePullSecrets: [{name: «pull»}]\n          containers:\n            - {name: a, image: 'registry.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJoYXJib3IuYWNtZS5leGFtcGxlIjp7ImF1dGgiOiJjMmh2Y0Rwd1lYTnoifX19}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'harbor.acme.example/shop/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: eyJhdXRocyI6eyJodHRwczovL2luZGV4LmRvY2tlci5pby92MS8iOnsiYXV0aCI6ImMyaHZjRHB3WVhOeiJ9fX0=}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'acme/web:1.0'}\n",
        ),
        good(
            "-- a.yml --\napiVersion: v1\nkind: Secret\nmetadata: {name: pull}\ntype: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: \"${CONFIG}\"}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: 'registry.acme.example/shop/web:1.0'}\n",
        ),
    ],
    check: host_missing,
    ..Rule::DEFAULT
};

fn host_missing(cx: &Context<'_>, found: &mut Findings) {
    let all = entries(cx);
    let secrets = secrets(&all);
    // Decoded once each, however many pods pull with it.
    let mut keys_of: HashMap<&str, Option<Vec<Key>>> = HashMap::new();
    for entry in &all {
        let Some(pod) = entry.object.pod() else { continue };
        let names = uses(*entry);
        // Every Secret and every image must be known.
        let Some(used) = names.into_iter().collect::<Option<Vec<_>>>() else { continue };
        let Some(first) = used.first() else { continue };
        let images: Option<Vec<(&Node, ImageReference)>> = pod
            .containers()
            .map(|one| Some((one.image()?, reference::parse(one.image()?.as_str()?).ok()?)))
            .collect();
        let Some(mut images) = images else { continue };
        images.retain(|(_, image)| !is_public(image));
        let Some((shown, _)) = images.first() else { continue };
        for one in &used {
            keys_of.entry(one.name).or_insert_with(|| keys(secrets.get(one.name)?));
        }
        let keys: Option<Vec<&[Key]>> =
            used.iter().map(|one| keys_of.get(one.name)?.as_deref()).collect();
        let Some(keys) = keys else { continue };
        let keys: Vec<&Key> = keys.into_iter().flatten().collect();
        let Some(known) = keys.first() else { continue };
        let is_open = |key: &str| key.contains('*') || reference::is_placeholder(key);
        let is_login = |host: &str| keys.iter().any(|one| is_for(&one.key, host));
        if keys.iter().any(|one| is_open(&one.key))
            || images.iter().any(|(_, image)| is_login(image.registry_host()))
        {
            continue;
        }
        let hosts = listed(images.iter().map(|(_, image)| image.registry_host()));
        let names = listed(keys.iter().map(|one| host(&one.key)));
        let finding = found.add(&HOST, first.entry.at(first.node.inner_span()));
        finding.arg("hosts", hosts).arg("known", &names);
        let label = Message::new(text("the login is for {known}", "凭证用于 {known}"));
        finding.related_message(known.at, label.arg("known", names));
        let image = entry.at(shown.inner_span());
        finding.related(image, text("the image is pulled from here", "镜像从此处拉取"));
    }
}

/// Whether everybody can pull the image, so that a login for others says nothing of it.
fn is_public(image: &ImageReference) -> bool {
    match image.registry().kind {
        RegistryKind::DockerHub => image.repository().starts_with("library/"),
        RegistryKind::Microsoft | RegistryKind::Kubernetes => true,
        _ => false,
    }
}

/// A registry that a Secret has a login for, and where that stands.
#[derive(Clone)]
struct Key {
    key: String,
    at: Place,
}

/// The registries of all Secrets of a name; `None` where one of them is not known.
fn keys(named: &[Entry<'_>]) -> Option<Vec<Key>> {
    let mut keys: Vec<Key> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    for entry in named {
        let config = PullSecret::of(*entry)?.config()?;
        // A helper's logins are nobody's to see.
        if ["credsStore", "credHelpers"].iter().any(|key| config.member(key).is_some()) {
            return None;
        }
        for member in config.entries() {
            if seen.insert(member.key.clone()) {
                keys.push(Key { key: member.key.clone(), at: config.at(member.key_span) });
            }
        }
    }
    Some(keys)
}

/// `a`, `b`: each once.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut seen: HashSet<&str> = HashSet::new();
    let quoted: Vec<String> =
        names.filter(|name| seen.insert(name)).map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
