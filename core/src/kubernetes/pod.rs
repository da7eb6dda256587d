//! The pod that an object is or makes, and its containers.

use super::Object;
use crate::tree::Node;

/// A pod, or the template of one.
#[derive(Clone, Copy, Debug)]
pub struct Pod<'a> {
    /// The object that it is of.
    pub object: Object<'a>,
    /// `spec.template` and the like; `None` for a pod itself.
    pub template: Option<&'a Node>,
    /// The pod's own `spec`.
    pub spec: &'a Node,
}

/// One container of a pod.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    /// Its mapping.
    pub node: &'a Node,
}

const LISTS: [&str; 3] = ["initContainers", "containers", "ephemeralContainers"];

impl<'a> Pod<'a> {
    /// The pod that `object` is or makes.
    pub(super) fn of(object: Object<'a>) -> Option<Pod<'a>> {
        if !object.is_native() {
            return None;
        }
        let spec = object.spec()?;
        let template = match object.kind()? {
            "Pod" => return Some(Pod { object, template: None, spec }),
            "Deployment"
            | "StatefulSet"
            | "DaemonSet"
            | "ReplicaSet"
            | "ReplicationController"
            | "Job" => spec.get("template")?,
            "CronJob" => spec.get("jobTemplate")?.get("spec")?.get("template")?,
            _ => return None,
        };
        Some(Pod { object, template: Some(template), spec: template.get("spec")? })
    }

    /// Its containers, those that run first or are put in later included.
    pub fn containers(self) -> impl Iterator<Item = Container<'a>> {
        let lists = LISTS.into_iter().filter_map(move |name| self.spec.get(name)?.items());
        lists.flatten().map(|node| Container { node })
    }

    /// Whether it is written out: a patch names what it changes, and few images.
    pub fn is_whole(self) -> bool {
        let named = self.spec.get("containers").and_then(Node::items).unwrap_or_default();
        !named.is_empty() && named.iter().all(|one| one.get("image").is_some())
    }
}

impl<'a> Container<'a> {
    /// Its image.
    pub fn image(self) -> Option<&'a Node> {
        self.node.get("image")
    }

    /// The values of its `containerPort`s.
    pub fn ports(self) -> impl Iterator<Item = &'a Node> {
        let ports = self.node.get("ports").and_then(Node::items).unwrap_or_default();
        ports.iter().filter_map(|port| port.get("containerPort"))
    }
}
