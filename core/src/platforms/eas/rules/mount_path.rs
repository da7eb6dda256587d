//! Where something is mounted, and what it hides there.

use super::super::service::{Service, services};
use super::super::spec::{MOUNT_HIDES, MOUNT_PATH, MOUNTS_APART, SYSTEM_PATHS};
use super::storage::mounts;
use crate::dockerfile::Body;
use crate::document::{DockerfileContent, Kind};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};
use crate::tree::Node;

/// The mount path as it is written, and without slashes at its end.
pub(super) fn path(mount: &Node) -> Option<(&Node, &str)> {
    let node = mount.get("mount_path").filter(|node| !node.is_unknown())?;
    let path = node.as_str()?;
    let trimmed = path.trim_end_matches('/');
    Some((node, if trimmed.is_empty() && !path.is_empty() { "/" } else { trimmed }))
}

pub(super) static PATH_MISSING: Rule = Rule {
    id: "eas/mount-path-missing",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a mount without a place", "挂载没有路径"),
    message: text("the mount has no `mount_path`", "该挂载没有 `mount_path`"),
    why: text(
        "Nothing says where the files appear in the container: the service is refused.",
        "没有说明文件出现在容器的哪个目录：部署会被拒绝。",
    ),
    help: text("add `\"mount_path\": \"/mnt/data\"`", "添加 `\"mount_path\": \"/mnt/data\"`"),
    rests_on: &[&MOUNT_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[«{»"oss":{"path":"oss://b/d/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/mnt/data","oss":{"path":"oss://b/d/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for mount in mounts(service) {
                if mount.get("mount_path").is_none() && !mount.is_unknown() {
                    found.add(&PATH_MISSING, service.brace(mount));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PATH_RELATIVE: Rule = Rule {
    id: "eas/mount-path-relative",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a mount at a relative path", "挂载路径是相对路径"),
    message: text("`{path}` is no absolute path", "`{path}` 不是绝对路径"),
    why: text(
        "A mount path begins with a slash; another is refused.",
        "挂载路径必须以 / 开头，否则会被拒绝。",
    ),
    help: text("begin it with a slash", "请以 / 开头"),
    rests_on: &[&MOUNT_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"«data»","oss":{"path":"oss://b/d/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"${PATH}","oss":{"path":"oss://b/d/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for (node, path) in mounts(service).filter_map(path) {
                if !path.starts_with('/') {
                    found.add(&PATH_RELATIVE, service.value(node)).arg("path", path);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PATH_SYSTEM: Rule = Rule {
    id: "eas/mount-path-system",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a mount over a folder of the system", "挂载覆盖了系统目录"),
    message: text("a mount on `{path}` hides the system", "挂载到 `{path}` 会遮盖系统目录"),
    why: text(
        "Programs and libraries of the image are gone behind the mount, and the container does not start.",
        "镜像中的程序和库会被挂载遮盖，容器无法启动。",
    ),
    help: text("mount it elsewhere, for example at /mnt/data", "请挂载到其他目录，例如 /mnt/data"),
    rests_on: &[&SYSTEM_PATHS.source],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"«/usr»","oss":{"path":"oss://b/d/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/usr/share/models","oss":{"path":"oss://b/d/"}},{"mount_path":"/dev/shm","empty_dir":{"medium":"memory","size_limit":8}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for (node, path) in mounts(service).filter_map(path) {
                if SYSTEM_PATHS.value.contains(&path) {
                    found.add(&PATH_SYSTEM, service.value(node)).arg("path", path);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PATH_DUPLICATE: Rule = Rule {
    id: "eas/mount-path-duplicate",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("two mounts at one path", "两个挂载使用同一路径"),
    message: text("`{path}` is mounted twice", "`{path}` 被挂载了两次"),
    why: text(
        "One of the two would hide the other: EAS refuses it or keeps only one.",
        "其中一个会遮盖另一个：EAS 会拒绝或只保留其一。",
    ),
    help: text("give each mount a path of its own", "请为每个挂载设置不同路径"),
    rests_on: &[&MOUNTS_APART],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/data","oss":{"path":"oss://b/d/"}},{"mount_path":"«/data/»","oss":{"path":"oss://b/e/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/data","oss":{"path":"oss://b/d/"}},{"mount_path":"/data2","oss":{"path":"oss://b/e/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        overlaps(cx, |service, (first, _), (second, path), is_same| {
            if is_same {
                found
                    .add(&PATH_DUPLICATE, service.value(second))
                    .arg("path", path)
                    .related(service.value(first), text("the first one", "第一个"));
            }
        });
    },
    ..Rule::DEFAULT
};

pub(super) static PATH_NESTED: Rule = Rule {
    id: "eas/mount-path-nested",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a mount inside another", "挂载嵌套在另一个挂载中"),
    message: text("`{path}` lies inside another mount", "`{path}` 位于另一个挂载之内"),
    why: text(
        "Which of the two is seen depends on the order in which they are mounted.",
        "哪一个可见取决于挂载顺序。",
    ),
    help: text("put the two side by side", "请把两者放在不同目录"),
    rests_on: &[&MOUNTS_APART],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/data","oss":{"path":"oss://b/d/"}},{"mount_path":"«/data/x»","oss":{"path":"oss://b/e/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/data","oss":{"path":"oss://b/d/"}},{"mount_path":"/datax","oss":{"path":"oss://b/e/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        overlaps(cx, |service, first, second, is_same| {
            if !is_same {
                // The longer of the two lies inside.
                let (outer, inner) =
                    if first.1.len() < second.1.len() { (first, second) } else { (second, first) };
                found
                    .add(&PATH_NESTED, service.value(inner.0))
                    .arg("path", inner.1)
                    .related(service.value(outer.0), text("the outer one", "外层挂载"));
            }
        });
    },
    ..Rule::DEFAULT
};

/// Calls `visit` for each mount that shares its path with an earlier one, or lies around it.
fn overlaps<'a>(
    cx: &Context<'a>,
    mut visit: impl FnMut(Service<'a>, (&'a Node, &'a str), (&'a Node, &'a str), bool),
) {
    // A service has a handful of mounts; a document of thousands is no service.
    const MOST: usize = 200;
    for service in services(cx) {
        let all: Vec<(&Node, &str)> = mounts(service).filter_map(path).take(MOST).collect();
        for (index, &second) in all.iter().enumerate() {
            let overlap = all[..index].iter().find_map(|&first| {
                let is_inside = |inner: &str, outer: &str| {
                    outer != "/"
                        && inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
                };
                let is_same = first.1 == second.1;
                let is_nested = is_inside(first.1, second.1) || is_inside(second.1, first.1);
                (is_same || is_nested).then_some((first, is_same))
            });
            if let Some((first, is_same)) = overlap {
                visit(service, first, second, is_same);
            }
        }
    }
}

pub(super) static SHADOWS_IMAGE: Rule = Rule {
    id: "eas/mount-shadows-image",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a mount over the image's own files", "挂载遮盖了镜像自己的文件"),
    message: text(
        "the mount on `{path}` hides what the image has in its working directory",
        "挂载到 `{path}` 会遮盖镜像工作目录中的文件",
    ),
    why: text(
        "The program that CMD starts is gone behind the mount, and the container ends at its start.",
        "CMD 要启动的程序会被挂载遮盖，容器一启动就退出。",
    ),
    help: text("mount it elsewhere, for example at /mnt/data", "请挂载到其他目录，例如 /mnt/data"),
    rests_on: &[&MOUNT_HIDES],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM python:3.12\nWORKDIR /app\nCOPY app.py .\nCMD [\"python\", \"app.py\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"storage\":[{\"mount_path\":\"«/app»\",\"oss\":{\"path\":\"oss://b/d/\"}}],\"containers\":[{\"image\":\"x\"}]}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM python:3.12\nCOPY app.py /srv/app/\nCMD [\"python\", \"/srv/app/app.py\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"storage\":[{\"mount_path\":\"«/srv»\",\"oss\":{\"path\":\"oss://b/d/\"}}],\"containers\":[{\"image\":\"x\"}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM python:3.12\nWORKDIR /app\nCOPY app.py .\nCMD [\"python\", \"app.py\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"storage\":[{\"mount_path\":\"/app/models\",\"oss\":{\"path\":\"oss://b/d/\"}}],\"containers\":[{\"image\":\"x\"}]}\n",
        ),
    ],
    check: shadows_image,
    ..Rule::DEFAULT
};

fn shadows_image(cx: &Context<'_>, found: &mut Findings) {
    let Some(dockerfile) = cx.only(Kind::Dockerfile) else { return };
    let Some(content) = dockerfile.dockerfile() else { return };
    let claims = cx.claims();
    let folder = content.prediction.working_dir.as_ref();
    for service in services(cx) {
        for (node, path) in mounts(service).filter_map(path) {
            // A command of the service may mean what is mounted there.
            let own = claims.containers.iter().filter_map(|one| one.start.as_ref());
            if path == "/" || own.into_iter().any(|start| start.text.contains(path)) {
                continue;
            }
            let works_there = folder.filter(|folder| {
                folder.value.as_deref().is_some_and(|value| value.trim_end_matches('/') == path)
            });
            if let Some(folder) = works_there {
                found.add(&SHADOWS_IMAGE, service.value(node)).arg("path", path).related(
                    dockerfile.place(folder.span),
                    text("the image works here", "镜像的工作目录"),
                );
            } else if let Some(destination) = copied_below(content, path) {
                found
                    .add(&SHADOWS_IMAGE, service.value(node))
                    .says(text(
                        "the mount on `{path}` hides what the image copies there",
                        "挂载到 `{path}` 会遮盖镜像复制到该处的文件",
                    ))
                    .arg("path", path)
                    .related(dockerfile.place(destination), text("copied here", "复制到此处"));
            }
        }
    }
}

/// The destination of a COPY that lies at `path` or below it.
fn copied_below(content: &DockerfileContent, path: &str) -> Option<Span> {
    let stages = content.tree.chain();
    let instructions = stages.iter().flat_map(|stage| content.tree.stage_instructions(stage));
    instructions.into_iter().find_map(|instruction| match &instruction.body {
        Body::Copy { destination, .. } => {
            let rest = destination.raw().strip_prefix(path)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(destination.span)
        }
        _ => None,
    })
}
