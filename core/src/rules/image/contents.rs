//! Files that an image had better not have: programs that make a user root, caches of package
//! managers, names that are hard to use.

use std::collections::BTreeMap;

use super::IMAGE;
use super::inside;
use super::sources::{CACHES, PATHS_ARE_INSIDE, SETUID, SMALL_IMAGES};
use crate::image::paths::{PathId, ROOT};
use crate::image::resolve::Files;
use crate::image::tar::EntryKind;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static SETUID_FILES: Rule = Rule {
    id: "image/setuid-root-files",
    severity: Severity::Info,
    strict: true,
    summary: text("programs that run as their owner", "以文件所有者身份运行的程序"),
    message: text(
        "{count} programs run as root whoever starts them: {examples}",
        "{count} 个程序无论由谁启动都以 root 运行：{examples}",
    ),
    why: text(
        "A flaw in one of them makes every user of the container root. Base images bring a handful; a service needs none.",
        "其中任何一个有漏洞，容器内的任何用户都可成为 root。基础镜像自带少量此类程序，服务一般不需要。",
    ),
    help: text(
        "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +",
        "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +",
    ),
    rests_on: &[&SETUID],
    aliases: &["CIS-DI-0008"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«ADD rootfs.tar /»", "files": [{"path": "/bin/su", "mode": "4755"}, {"path": "/usr/bin/ping", "mode": "0755", "capability": "cap_net_raw"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/bin/su", "mode": "0755"}, {"path": "/srv/", "mode": "2755"}]}]}]}"#,
        ),
    ],
    check: setuid,
    ..IMAGE
};

fn setuid(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &SETUID_FILES, |view, files, found| {
        let mut of_layer: BTreeMap<usize, Vec<PathId>> = BTreeMap::new();
        for seen in files.tree.all(files.layers) {
            let file = seen.file;
            let is_root = file.mode & 0o4000 != 0 && file.uid == 0
                || file.mode & 0o2000 != 0 && file.gid == 0;
            if file.kind == EntryKind::File && (is_root || file.has_capability) {
                of_layer.entry(seen.layer).or_default().push(file.path);
            }
        }
        for (layer, mut paths) in of_layer {
            paths.sort_by_cached_key(|path| files.paths.full(*path));
            let examples: Vec<String> = paths
                .iter()
                .take(5)
                .map(|path| format!("`{}`", files.paths.shown(*path)))
                .collect();
            let finding = found.add(&SETUID_FILES, view.layer_at(layer));
            finding.arg("count", paths.len()).arg("examples", examples.join(", "));
        }
    });
}

pub(super) static CACHE: Rule = Rule {
    id: "image/package-cache-left",
    severity: Severity::Info,
    summary: text("caches of package managers in the image", "镜像中残留包管理器缓存"),
    message: text("`{path}` holds {size} that nothing needs", "`{path}` 中有 {size} 无用内容"),
    why: text(
        "It is pushed, pulled and stored with every version of the image.",
        "每个版本的镜像都会推送、拉取并存储这些内容。",
    ),
    help: text(
        "remove it in the same RUN that fills it, or mount a cache there: `RUN --mount=type=cache,target={path}`",
        "在产生缓存的同一条 RUN 中删除，或在该处挂载缓存：`RUN --mount=type=cache,target={path}`",
    ),
    rests_on: &[&CACHES, &SMALL_IMAGES],
    aliases: &["DKL-DI-0005"],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«RUN pip install torch»", "files": [{"path": "/root/.cache/pip/a/b", "bytes": 800000000}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"layers": [{"history": "«RUN apt-get update»", "files": [{"path": "/var/lib/apt/lists/a_Packages", "bytes": 30000000}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/var/lib/apt/lists/lock", "bytes": 10}, {"path": "/app/a", "bytes": 800000000}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/root/.cache/pip/a", "bytes": 800000000}]}, {"files": [{"removed": "/root/.cache"}]}]}]}"#,
        ),
    ],
    check: caches,
    ..IMAGE
};

const CACHE_FOLDERS: &[&str] = &[
    "/var/lib/apt/lists",
    "/var/cache/apt/archives",
    "/var/cache/apk",
    "/var/cache/dnf",
    "/var/cache/yum",
    "/var/cache/zypp",
    "/root/.cache/pip",
    "/root/.cache/uv",
    "/root/.cache/pypoetry",
    "/root/.npm/_cacache",
    "/root/.cache/yarn",
    "/usr/local/share/.cache",
    "/root/.cargo/registry/cache",
    "/root/.cache/go-build",
    "/root/.m2/repository",
    "/opt/conda/pkgs",
    "/root/miniconda3/pkgs",
    "/root/anaconda3/pkgs",
];

/// What is smaller is not worth a word.
const MUCH: u64 = 1_000_000;

fn caches(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &CACHE, |view, files, found| {
        for folder in CACHE_FOLDERS {
            let Some(sums) = bytes_below(files, folder) else { continue };
            let total: u64 = sums.values().sum();
            let largest = sums.iter().max_by_key(|(_, bytes)| **bytes);
            if let Some((layer, _)) = largest.filter(|_| total >= MUCH) {
                let finding = found.add(&CACHE, view.layer_at(*layer));
                finding.arg("path", folder).arg("size", super::size(total));
            }
        }
    });
}

/// Bytes of the files that are seen below `folder`, by their layer.
fn bytes_below(files: Files<'_>, folder: &str) -> Option<BTreeMap<usize, u64>> {
    let mut here = ROOT;
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        here = files.paths.find(here, part.as_bytes())?;
    }
    let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
    let mut todo = vec![here];
    while let Some(path) = todo.pop() {
        if let Some(seen) = files.tree.at(path, files.layers) {
            *sums.entry(seen.layer).or_default() += seen.file.size;
        }
        todo.extend(files.paths.children(path));
    }
    Some(sums)
}

pub(super) static NAMES: Rule = Rule {
    id: "image/names-not-utf8",
    severity: Severity::Info,
    summary: text("names that are no text", "文件名不是有效文本"),
    message: text(
        "{count} names in this layer are no UTF-8 or hold control characters, such as `{example}`",
        "此层中有 {count} 个文件名不是 UTF-8 或含控制字符，例如 `{example}`",
    ),
    why: text(
        "Programs in Python and on Windows fail on them; some are made to deceive whoever lists the files.",
        "Python 程序和 Windows 无法处理这类名称；有的则意在欺骗查看文件列表的人。",
    ),
    help: text(
        "rename the files, or leave them out with .dockerignore",
        "重命名这些文件，或用 .dockerignore 排除",
    ),
    rests_on: &[&PATHS_ARE_INSIDE],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /app»", "files": [{"path": "/app/a\u001b[31mb"}]}]}]}"#,
        ),
        good(r#"{"images": [{"layers": [{"files": [{"path": "/app/模型.bin"}]}]}]}"#),
    ],
    check: names,
    ..IMAGE
};

fn names(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &NAMES, |view, files, found| {
        let mut of_layer: BTreeMap<usize, (u64, PathId)> = BTreeMap::new();
        for seen in files.tree.all(files.layers) {
            let path = seen.file.path;
            if is_odd(files.paths.name(path)) {
                let (count, first) = of_layer.entry(seen.layer).or_insert((0, path));
                *count += 1;
                if files.paths.full(path) < files.paths.full(*first) {
                    *first = path;
                }
            }
        }
        for (layer, (count, example)) in of_layer {
            let finding = found.add(&NAMES, view.layer_at(layer));
            finding.arg("count", count).arg("example", files.paths.shown(example));
        }
    });
}

fn is_odd(name: &[u8]) -> bool {
    if name.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return false;
    }
    // What turns the direction of writing hides the ending of a name.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    std::str::from_utf8(name).map_or(true, |name| name.chars().any(|c| c.is_control() || turns(c)))
}

pub(super) static CASES: Rule = Rule {
    id: "image/case-collisions",
    severity: Severity::Info,
    strict: true,
    summary: text("names that differ by case alone", "文件名仅大小写不同"),
    message: text(
        "`{first}` and `{second}` differ by case alone",
        "`{first}` 与 `{second}` 仅大小写不同",
    ),
    why: text(
        "Where the image is unpacked on macOS or Windows, one overwrites the other.",
        "在 macOS 或 Windows 上解压镜像时，其中一个会覆盖另一个。",
    ),
    help: text("rename one of them", "重命名其中一个"),
    rests_on: &[&PATHS_ARE_INSIDE],
    examples: &[
        bad(
            r#"{"images": [{"layers": [{"history": "«COPY . /app»", "files": [{"path": "/app/Readme"}, {"path": "/app/README"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/app/Readme"}, {"path": "/srv/README"}]}]}]}"#,
        ),
    ],
    check: cases,
    ..IMAGE
};

/// The most pairs that are told of.
const MOST_PAIRS: usize = 20;

fn cases(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &CASES, |view, files, found| {
        let name = |path: PathId| files.paths.name(path).iter().map(u8::to_ascii_lowercase);
        let mut told = 0;
        let mut folders = vec![ROOT];
        while let Some(folder) = folders.pop() {
            let is_seen = |path: &PathId| files.tree.at(*path, files.layers).is_some();
            let mut children: Vec<PathId> = files.paths.children(folder).collect();
            let exact = |path: PathId| files.paths.name(path);
            children.sort_unstable_by(|a, b| {
                name(*a).cmp(name(*b)).then_with(|| exact(*a).cmp(exact(*b)))
            });
            folders.extend(&children);
            children.retain(is_seen);
            for pair in children.windows(2).filter(|pair| name(pair[0]).eq(name(pair[1]))) {
                let Some(seen) = files.tree.at(pair[1], files.layers).filter(|_| told < MOST_PAIRS)
                else {
                    return;
                };
                told += 1;
                let finding = found.add(&CASES, view.layer_at(seen.layer));
                finding
                    .arg("first", files.paths.shown(pair[0]))
                    .arg("second", files.paths.shown(pair[1]));
            }
        }
    });
}
