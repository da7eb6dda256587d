//! Kubernetes objects over the tree of a YAML or JSON document: kinds, names, pods, pull secrets.
//!
//! Knows the language, not what is wrong in it. Objects of kinds that somebody defined himself
//! (`ExternalSecret`, `SealedSecret` …) are told by their API group.

mod pod;

pub use pod::{Container, Pod};

use crate::tree::{Member, Node};

/// One object of a stream.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    /// Its mapping.
    pub root: &'a Node,
}

/// The objects of `root`: itself, or what a list of any kind lists.
pub fn objects(root: &Node) -> Vec<Object<'_>> {
    let mut found = Vec::new();
    collect(root, 0, &mut found);
    found
}

/// Lists in lists are nobody's habit.
const MOST_NESTED: usize = 4;

fn collect<'a>(root: &'a Node, depth: usize, found: &mut Vec<Object<'a>>) {
    if !root.is_object() || root.is_unknown() {
        return;
    }
    let object = Object { root };
    let is_list = object.kind().is_some_and(|kind| kind.ends_with("List"));
    match root.get("items").and_then(Node::items) {
        Some(items) if is_list && depth < MOST_NESTED => {
            items.iter().for_each(|item| collect(item, depth + 1, found));
        }
        _ => found.push(object),
    }
}

/// The kinds of Kubernetes itself whose objects have a name, with their API group.
const KINDS: &[(&str, &str)] = &[
    ("", "Pod"),
    ("", "Secret"),
    ("", "ConfigMap"),
    ("", "Service"),
    ("", "ServiceAccount"),
    ("", "Namespace"),
    ("", "PersistentVolume"),
    ("", "PersistentVolumeClaim"),
    ("", "ReplicationController"),
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "DaemonSet"),
    ("apps", "ReplicaSet"),
    ("batch", "Job"),
    ("batch", "CronJob"),
    ("autoscaling", "HorizontalPodAutoscaler"),
    ("policy", "PodDisruptionBudget"),
    ("networking.k8s.io", "Ingress"),
    ("networking.k8s.io", "NetworkPolicy"),
    ("rbac.authorization.k8s.io", "Role"),
    ("rbac.authorization.k8s.io", "RoleBinding"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ("storage.k8s.io", "StorageClass"),
];

/// Kinds of Kubernetes itself that stand in no namespace.
const WITHOUT_NAMESPACE: &[&str] =
    &["Namespace", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass"];

impl<'a> Object<'a> {
    /// `apps/v1`.
    pub fn api_version(self) -> Option<&'a str> {
        self.root.get("apiVersion")?.as_str()
    }

    /// The group in `apiVersion`; empty for the core's.
    pub fn group(self) -> Option<&'a str> {
        self.api_version().map(|version| version.split_once('/').map_or("", |(group, _)| group))
    }

    /// `Deployment`.
    pub fn kind(self) -> Option<&'a str> {
        self.root.get("kind")?.as_str()
    }

    /// Whether it is of the kind `kind` of Kubernetes itself.
    pub fn is(self, kind: &str) -> bool {
        self.kind() == Some(kind) && self.is_native()
    }

    /// Whether it is of a kind that Kubernetes itself has and that must have a name.
    pub fn is_native(self) -> bool {
        let (Some(group), Some(kind)) = (self.group(), self.kind()) else { return false };
        let old = group == "extensions";
        KINDS.iter().any(|(known, name)| *name == kind && (*known == group || old))
    }

    /// Whether objects of its kind stand in a namespace.
    pub fn is_namespaced(self) -> bool {
        self.is_native() && self.kind().is_some_and(|kind| !WITHOUT_NAMESPACE.contains(&kind))
    }

    /// Its `metadata`.
    pub fn metadata(self) -> Option<&'a Node> {
        self.root.get("metadata")
    }

    /// `metadata.name`.
    pub fn name(self) -> Option<&'a Node> {
        self.metadata()?.get("name")
    }

    /// `metadata.namespace`.
    pub fn namespace(self) -> Option<&'a Node> {
        self.metadata()?.get("namespace")
    }

    /// Its `spec`.
    pub fn spec(self) -> Option<&'a Node> {
        self.root.get("spec")
    }

    /// The pod that it is or makes.
    pub fn pod(self) -> Option<Pod<'a>> {
        Pod::of(self)
    }

    /// Whether it makes pods from `spec.template` for a `spec.selector` that must be there.
    pub fn is_selecting_workload(self) -> bool {
        self.api_version() == Some("apps/v1")
            && matches!(
                self.kind(),
                Some("Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
            )
    }

    /// The member that holds the names of Secrets to pull with, where Kubernetes reads it.
    pub fn pull_secrets(self) -> Option<&'a Member> {
        let holder = match self.pod() {
            Some(pod) => pod.spec,
            None if self.is("ServiceAccount") => self.root,
            None => return None,
        };
        holder.member("imagePullSecrets").filter(|member| !member.node.is_null())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::yaml;

    #[test]
    fn lists_are_walked_and_kinds_of_others_are_told() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: a, namespace: b}\n- apiVersion: external-secrets.io/v1\n  kind: ExternalSecret\n";
        let document = yaml::parse(text);
        let found: Vec<_> = document.documents.iter().flat_map(objects).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].is("Secret") && found[0].is_namespaced());
        assert_eq!(found[0].name().and_then(Node::as_str), Some("a"));
        assert!(!found[1].is_native());
        let document = yaml::parse("apiVersion: example.com/v1\nkind: Secret\n");
        assert!(!objects(&document.documents[0])[0].is("Secret"));
    }

    #[test]
    fn pods_are_found_in_what_makes_them() {
        let pods = [
            "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: a}]}",
            "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: a}]}}}",
            "apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: {spec: {initContainers: [{image: a}]}}}}}",
        ];
        for text in pods {
            let document = yaml::parse(text);
            let pod = objects(&document.documents[0])[0].pod().unwrap();
            let images: Vec<_> = pod.containers().filter_map(|one| one.image()?.as_str()).collect();
            assert_eq!(images, ["a"], "{text}");
        }
        let account = yaml::parse("apiVersion: v1\nkind: ServiceAccount\nimagePullSecrets: []\n");
        let account = objects(&account.documents[0])[0];
        assert!(account.pod().is_none() && account.pull_secrets().is_some());
    }
}
