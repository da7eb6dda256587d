//! What is mounted into the container.

use super::super::service::{Service, services};
use super::super::spec::{
    CPFS_QUOTA, GIT_OVER_HTTPS, MEMORY_FOLDER, NAS_OVER_VPC, ONE_SOURCE, READ_ONLY,
};
use super::mount_path::path;
use crate::fact::Platform;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

/// The kinds of source that a mount may have.
const SOURCES: &[&str] =
    &["oss", "nfs", "cpfs", "dataset", "git", "code", "image", "empty_dir", "cache", "model"];

pub(super) fn mounts(service: Service<'_>) -> impl Iterator<Item = &Node> {
    let mounts = service.root.get("storage").and_then(Node::items).unwrap_or_default();
    mounts.iter().filter(|mount| mount.is_object())
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
