//! What is mounted into the container, and where.

use super::super::service::{Service, services};
use super::super::spec::{
    CPFS_QUOTA, GIT_OVER_HTTPS, MEMORY_FOLDER, MOUNT_HIDES, MOUNT_PATH, MOUNTS_APART, NAS_OVER_VPC,
    ONE_SOURCE, OSS_PATH, READ_ONLY, SYSTEM_PATHS,
};
use crate::dockerfile::Body;
use crate::document::{DockerfileContent, Kind};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};
use crate::tree::Node;

/// The kinds of source that a mount may have.
const SOURCES: &[&str] =
    &["oss", "nfs", "cpfs", "dataset", "git", "code", "image", "empty_dir", "cache", "model"];

fn mounts(service: Service<'_>) -> impl Iterator<Item = &Node> {
    let mounts = service.root.get("storage").and_then(Node::items).unwrap_or_default();
    mounts.iter().filter(|mount| mount.is_object())
}

/// The mount path as it is written, and without slashes at its end.
fn path(mount: &Node) -> Option<(&Node, &str)> {
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

pub(super) static SOURCE: Rule = Rule {
    id: "eas/storage-source",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a mount of nothing, or of two things", "挂载没有来源或有多个来源"),
    message: text(
        "the mount has {count} sources: exactly one is expected",
        "该挂载有 {count} 个来源：应当恰好一个",
    ),
    why: text(
        "With none there is nothing to mount; of several only one can be seen.",
        "没有来源则无内容可挂载；有多个来源时只有一个可见。",
    ),
    help: text(
        "give one of oss, nfs, cpfs, dataset, git, code, image, empty_dir",
        "请设置 oss、nfs、cpfs、dataset、git、code、image、empty_dir 之一",
    ),
    rests_on: &[&ONE_SOURCE],
    examples: &[
        bad(r#"{"metadata":{"name":"a_b"},"storage":[{«"mount_path"»:"/d"}],"containers":[]}"#),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","empty_dir":{}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for mount in mounts(service) {
                let Some(member) = mount.member("mount_path") else { continue };
                let is_known = |key: &&str| key != &"mount_path" && key != &"properties";
                let known = SOURCES.iter().filter(|key| mount.get(key).is_some()).count();
                // A source of a name that we do not know is a source, too.
                let others = mount.keys().filter(is_known).count();
                if known > 1 || others == 0 {
                    found.add(&SOURCE, service.at(member.key_span)).arg("count", known);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

/// The `oss.path` of each mount.
fn oss_paths<'a>(cx: &Context<'a>) -> Vec<(Service<'a>, &'a Node, &'a str)> {
    let mut found = Vec::new();
    for service in services(cx) {
        for mount in mounts(service) {
            let Some(node) = mount.lookup(&["oss", "path"]) else { continue };
            if let Some(path) = node.as_str().filter(|_| !node.is_unknown()) {
                found.push((service, node, path));
            }
        }
    }
    found
}

pub(super) static OSS_SCHEME: Rule = Rule {
    id: "eas/oss-path-scheme",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("an OSS path that is no oss:// address", "OSS 路径不是 oss:// 地址"),
    message: text("`{path}` does not begin with `oss://`", "`{path}` 没有以 `oss://` 开头"),
    why: text("EAS mounts only oss:// addresses.", "EAS 只挂载 oss:// 地址。"),
    help: text("write it as `oss://BUCKET/FOLDER/`", "写作 `oss://BUCKET/目录/`"),
    rests_on: &[&OSS_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"«bucket/d/»"}}],"containers":[]}"#,
        )
        .fixed(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://bucket/d/"}}],"containers":[]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"«s3://bucket/d/»"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://bucket/d/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for (service, node, path) in oss_paths(cx) {
            if path.starts_with("oss://") || path.is_empty() {
                continue;
            }
            let at = service.value(node);
            let finding = found.add(&OSS_SCHEME, at).arg("path", path);
            let bucket = path.split('/').next().unwrap_or_default();
            if is_bucket(bucket) && path.contains('/') && service.is_verbatim(node) {
                finding.fix(
                    Fix::safe(text("put `oss://` in front", "在前面加上 `oss://`"))
                        .replace(at, format!("oss://{path}")),
                );
            }
        }
    },
    ..Rule::DEFAULT
};

/// 3 to 63 lower-case letters, digits and dashes.
fn is_bucket(name: &str) -> bool {
    (3..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

pub(super) static OSS_SLASH: Rule = Rule {
    id: "eas/oss-path-slash",
    platform: Some(Platform::Eas),
    severity: Severity::Info,
    strict: true,
    summary: text("an OSS folder without a slash at its end", "OSS 目录末尾没有斜杠"),
    message: text("`{path}` names a folder without a slash at its end", "`{path}` 目录末尾没有斜杠"),
    why: text(
        "Some pages demand the slash, others leave it out; with it the address is right everywhere.",
        "有的文档要求末尾斜杠，有的省略；带上斜杠在任何情况下都正确。",
    ),
    help: text("end it with a slash", "请以斜杠结尾"),
    rests_on: &[&OSS_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"«oss://b/d»"}}],"containers":[]}"#,
        )
        .fixed(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/"}},{"mount_path":"/f","oss":{"path":"oss://b/model.bin"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for (service, node, path) in oss_paths(cx) {
            let last = path.rsplit('/').next().unwrap_or_default();
            // A name with a dot may be a file.
            if path.starts_with("oss://") && !last.is_empty() && !last.contains('.') {
                let at = service.value(node);
                let finding = found.add(&OSS_SLASH, at).arg("path", path);
                if service.is_verbatim(node) {
                    finding.fix(
                        Fix::safe(text("end it with a slash", "在末尾加上斜杠"))
                            .replace(at, format!("{path}/")),
                    );
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static OSS_ENDPOINT: Rule = Rule {
    id: "eas/oss-path-endpoint",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("an OSS path with the endpoint in it", "OSS 路径中含有 Endpoint"),
    message: text("`{host}` is the bucket with its endpoint", "`{host}` 是带 Endpoint 的 Bucket"),
    why: text(
        "The part behind oss:// is the bucket's name alone; with the endpoint no bucket is found.",
        "oss:// 之后只应是 Bucket 名称；带 Endpoint 会找不到 Bucket。",
    ),
    help: text("write `{bucket}`", "写作 `{bucket}`"),
    rests_on: &[&OSS_PATH],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://«buc.oss-cn-hangzhou.aliyuncs.com»/d/"}}],"containers":[]}"#,
        )
        .fixed(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://buc/d/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://buc/d/"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for (service, node, path) in oss_paths(cx) {
            let Some(rest) = path.strip_prefix("oss://") else { continue };
            let host = rest.split('/').next().unwrap_or_default();
            let Some((bucket, endpoint)) = host.split_once('.') else { continue };
            let Some(text_of) = node.as_text().filter(|_| endpoint.contains("aliyuncs.com")) else {
                continue;
            };
            let start = "oss://".len();
            let at = service.at(text_of.span(start, start + host.len()));
            let finding =
                found.add(&OSS_ENDPOINT, at).arg("host", host).arg("bucket", bucket);
            if service.is_verbatim(node) {
                finding.fix(
                    Fix::safe(text("keep the bucket alone", "只保留 Bucket")).replace(at, bucket),
                );
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static READ_ONLY_SPELLING: Rule = Rule {
    id: "eas/readonly-spelling",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("the read-only flag in another source's spelling", "只读标记的写法用错了来源"),
    message: text("`{source}` writes `{right}`, not `{wrong}`", "`{source}` 使用 `{right}` 而不是 `{wrong}`"),
    why: text(
        "The key is passed over, and the mount can be written to.",
        "该键会被忽略，挂载变为可写。",
    ),
    help: text("rename it to `{right}`", "改名为 `{right}`"),
    rests_on: &[&READ_ONLY],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/",«"read_only"»:true}}],"containers":[]}"#,
        )
        .fixed(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","oss":{"path":"oss://b/d/","readOnly":true}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","dataset":{"id":"d-1","read_only":true}}],"containers":[]}"#,
        ),
    ],
    check: read_only_spelling,
    ..Rule::DEFAULT
};

fn read_only_spelling(cx: &Context<'_>, found: &mut Findings) {
    const SPELLINGS: &[(&str, &str, &str)] = &[
        ("oss", "read_only", "readOnly"),
        ("nfs", "read_only", "readOnly"),
        ("dataset", "readOnly", "read_only"),
    ];
    for service in services(cx) {
        for mount in mounts(service) {
            for &(source, wrong, right) in SPELLINGS {
                let Some(options) = mount.get(source) else { continue };
                let Some(member) = options.member(wrong) else { continue };
                let at = service.at(member.key_span);
                let finding = found
                    .add(&READ_ONLY_SPELLING, at)
                    .arg("source", source)
                    .arg("right", right)
                    .arg("wrong", wrong);
                if options.member(right).is_none() {
                    finding.fix(
                        Fix::safe(text("rename it to `{right}`", "改名为 `{right}`"))
                            .arg("right", right)
                            .replace(at, format!("\"{right}\"")),
                    );
                }
            }
        }
    }
}

pub(super) static NAS_WITHOUT_VPC: Rule = Rule {
    id: "eas/nas-without-vpc",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("NAS without a VPC", "挂载 NAS 却没有 VPC"),
    message: text(
        "`{source}` is mounted, but no VPC is named",
        "挂载了 `{source}`，但没有配置 VPC",
    ),
    why: text(
        "The mount target lies in a VPC that the service cannot reach: the instance waits for ever.",
        "挂载点位于服务无法访问的 VPC 中：实例会一直等待。",
    ),
    help: text(
        "name the mount target's VPC in `cloud.networking`",
        "在 `cloud.networking` 中配置挂载点所在的 VPC",
    ),
    rests_on: &[&NAS_OVER_VPC],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d",«"nfs"»:{"server":"x.nas.aliyuncs.com","path":"/"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","nfs":{"server":"x.nas.aliyuncs.com","path":"/"}}],"cloud":{"networking":{"vpc_id":"v","vswitch_id":"w","security_group_id":"s"}},"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            if service.has_vpc() || service.has_own_resources() {
                continue;
            }
            for mount in mounts(service) {
                for source in ["nfs", "cpfs"] {
                    if let Some(member) = mount.member(source).filter(|one| one.node.is_object()) {
                        found
                            .add(&NAS_WITHOUT_VPC, service.at(member.key_span))
                            .arg("source", source);
                    }
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static GIT_SCHEME: Rule = Rule {
    id: "eas/git-scheme",
    platform: Some(Platform::Eas),
    severity: Severity::Error,
    summary: text("a repository that is not on https", "Git 仓库不是 https 地址"),
    message: text("`{repo}` is no https address", "`{repo}` 不是 https 地址"),
    why: text(
        "EAS clones over https alone; it has no key for ssh.",
        "EAS 只通过 https 克隆；没有 ssh 密钥。",
    ),
    help: text("use the repository's https address", "请使用仓库的 https 地址"),
    rests_on: &[&GIT_OVER_HTTPS],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","git":{"repo":"«git@example.com:a/b.git»"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d","git":{"repo":"https://example.com/a/b.git"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for mount in mounts(service) {
                let Some(node) = mount.lookup(&["git", "repo"]) else { continue };
                let Some(repo) = node.as_str().filter(|_| !node.is_unknown()) else { continue };
                if !repo.starts_with("https://") {
                    // An address may hold a password before its `@`.
                    let shown = repo
                        .rsplit_once('@')
                        .map_or(repo, |(who, _)| if who.contains(':') { "…@…" } else { repo });
                    found.add(&GIT_SCHEME, service.value(node)).arg("repo", shown);
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static MEMORY_SHAPE: Rule = Rule {
    id: "eas/emptydir-shape",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("a folder in memory that is half described", "内存目录配置不完整"),
    message: text(
        "a folder in memory needs `medium`, `size_limit` and the path /dev/shm",
        "内存目录需要 `medium`、`size_limit`，且路径为 /dev/shm",
    ),
    why: text("Otherwise it is a folder on disk, or refused.", "否则它只是磁盘目录，或被拒绝。"),
    help: text(
        "write `{\"medium\": \"memory\", \"size_limit\": 20}` at /dev/shm",
        "在 /dev/shm 写作 `{\"medium\": \"memory\", \"size_limit\": 20}`",
    ),
    rests_on: &[&MEMORY_FOLDER],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/shm",«"empty_dir"»:{"medium":"memory","size_limit":8}}],"containers":[]}"#,
        ),
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/dev/shm",«"empty_dir"»:{"medium":"memory"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/dev/shm","empty_dir":{"medium":"memory","size_limit":8}},{"mount_path":"/tmp/x","empty_dir":{}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx) {
            for mount in mounts(service) {
                let Some(member) = mount.member("empty_dir") else { continue };
                let medium = member.node.get("medium");
                let has_size = member.node.get("size_limit").is_some();
                let is_memory = medium.is_some_and(|node| node.as_str() == Some("memory"));
                let is_elsewhere = path(mount).is_some_and(|(_, path)| path != "/dev/shm");
                if medium.is_some() != has_size || (is_memory && is_elsewhere) {
                    found.add(&MEMORY_SHAPE, service.at(member.key_span));
                }
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static CPFS_NEEDS_QUOTA: Rule = Rule {
    id: "eas/cpfs-needs-quota",
    platform: Some(Platform::Eas),
    severity: Severity::Warning,
    summary: text("CPFS outside of Lingjun", "在灵骏资源之外使用 CPFS"),
    message: text(
        "`cpfs` is for Lingjun resources, but no `metadata.quota_id` is given",
        "`cpfs` 仅用于灵骏资源，但没有设置 `metadata.quota_id`",
    ),
    why: text(
        "Other machines cannot mount it, and the instance does not start.",
        "其他机器无法挂载，实例无法启动。",
    ),
    help: text("name the quota, or use `nfs`", "请设置配额，或使用 `nfs`"),
    rests_on: &[&CPFS_QUOTA],
    examples: &[
        bad(
            r#"{"metadata":{"name":"a_b"},"storage":[{"mount_path":"/d",«"cpfs"»:{"file_system_id":"bmcpfs-1"}}],"containers":[]}"#,
        ),
        good(
            r#"{"metadata":{"name":"a_b","quota_id":"q"},"storage":[{"mount_path":"/d","cpfs":{"file_system_id":"bmcpfs-1"}}],"containers":[]}"#,
        ),
    ],
    check: |cx, found| {
        for service in services(cx).filter(|one| one.metadata(&["quota_id"]).is_none()) {
            for member in mounts(service).filter_map(|mount| mount.member("cpfs")) {
                found.add(&CPFS_NEEDS_QUOTA, service.at(member.key_span));
            }
        }
    },
    ..Rule::DEFAULT
};

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
