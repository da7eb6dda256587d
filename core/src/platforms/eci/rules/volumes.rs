//! Volumes and what mounts them.

use std::collections::BTreeSet;

use super::super::request::{Request, known, requests};
use super::super::spec::{MOUNTS_NAME_VOLUMES, VOLUMES_ARE_MOUNTED};
use super::ECI;
use crate::rule::{Rule, Severity, bad, good};
use crate::text::{nearest, text};
use crate::tree::Node;

/// The names of the volumes, where every one is known.
fn volumes<'r>(request: &'r Request<'_>) -> Option<Vec<(&'r Node, &'r str)>> {
    let known = |node| known(node, "Name");
    let names: Option<Vec<_>> = request.objects("Volume").map(known).collect();
    names.filter(|_| request.is_known_list("Volume") && request.get("dynamic").is_none())
}

/// The mounts of all containers.
fn mounts<'r>(request: &'r Request<'_>) -> Vec<&'r Node> {
    request.containers().iter().flat_map(|one| one.list("VolumeMount")).collect()
}

pub(super) static UNDEFINED: Rule = Rule {
    id: "eci/volume-undefined",
    severity: Severity::Error,
    summary: text("a mount of a volume that is not there", "挂载了不存在的数据卷"),
    message: text("no volume is called `{name}`", "没有名为 `{name}` 的数据卷"),
    why: text("ECI refuses a mount without its volume.", "ECI 会拒绝没有对应数据卷的挂载。"),
    help: text("add a `Volume` of that name", "添加该名称的 `Volume`"),
    rests_on: &[&MOUNTS_NAME_VOLUMES],
    examples: &[
        bad(
            "Container.1.Image=a:1\nContainer.1.VolumeMount.1.Name=«data»\nContainer.1.VolumeMount.1.MountPath=/data\nVolume.1.Name=date\nVolume.1.Type=EmptyDirVolume\n",
        ),
        bad(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Container: [{VolumeMount: [{Name: «data», MountPath: /data}]}]\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.VolumeMount.1.Name=data\nContainer.1.VolumeMount.1.MountPath=/data\nVolume.1.Name=data\nVolume.1.Type=EmptyDirVolume\n",
        ),
        good(
            "Resources:\n  Web:\n    Type: ALIYUN::ECI::ContainerGroup\n    Properties:\n      Volume: {Ref: Volumes}\n      Container: [{VolumeMount: [{Name: data, MountPath: /data}]}]\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let Some(volumes) = volumes(&request) else { continue };
            let names: BTreeSet<&str> = volumes.iter().map(|(_, name)| *name).collect();
            for mount in mounts(&request) {
                let Some((node, name)) = known(mount, "Name") else { continue };
                if names.contains(name) {
                    continue;
                }
                let finding = found.add(&UNDEFINED, request.value(node)).arg("name", name);
                if let Some(near) = nearest(name, names.iter().copied().take(20)) {
                    finding
                        .arg("near", near)
                        .help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
                }
            }
        }
    },
    ..ECI
};

pub(super) static UNUSED: Rule = Rule {
    id: "eci/volume-unused",
    severity: Severity::Info,
    summary: text("a volume that nothing mounts", "数据卷未被挂载"),
    message: text("nothing mounts the volume `{name}`", "没有容器挂载数据卷 `{name}`"),
    why: text("It is made and serves nobody.", "该数据卷被创建但没有用处。"),
    help: text("mount it, or remove it", "挂载它，或删除它"),
    rests_on: &[&VOLUMES_ARE_MOUNTED],
    examples: &[
        bad("Container.1.Image=a:1\nVolume.1.Name=«data»\nVolume.1.Type=EmptyDirVolume\n"),
        good(
            "Container.1.Image=a:1\nContainer.1.VolumeMount.1.Name=data\nContainer.1.VolumeMount.1.MountPath=/data\nVolume.1.Name=data\nVolume.1.Type=EmptyDirVolume\n",
        ),
        good(
            "Container.1.Image=a:1\nContainer.1.VolumeMount.1.Name=${VOLUME}\nContainer.1.VolumeMount.1.MountPath=/data\nVolume.1.Name=data\nVolume.1.Type=EmptyDirVolume\n",
        ),
    ],
    check: |cx, found| {
        for request in requests(cx) {
            let Some(volumes) = volumes(&request) else { continue };
            let used: Option<BTreeSet<&str>> = mounts(&request)
                .into_iter()
                .map(|mount| known(mount, "Name").map(|(_, name)| name))
                .collect();
            let is_known =
                request.is_known_list("Container") && request.is_known_list("InitContainer");
            let Some(used) = used.filter(|_| is_known) else { continue };
            for (node, name) in volumes {
                if !used.contains(name) {
                    found.add(&UNUSED, request.value(node)).arg("name", name);
                }
            }
        }
    },
    ..ECI
};
