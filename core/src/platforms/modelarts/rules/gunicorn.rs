//! gunicorn behind ModelArts' gateway: connections that stay open, and workers that can.

use super::super::spec::{KEEP_ALIVE as WANTED, SYNC_CLOSES};
use super::MODELARTS;
use super::start::dockerfile;
use crate::claims::Start;
use crate::command::Launch;
use crate::dockerfile::Keyword;
use crate::image::resolve::Files;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::rules::image::inside;
use crate::text::text;

/// The gunicorns that run, without those whose settings stand elsewhere.
fn gunicorns<'a>(cx: &'a Context<'_>) -> Vec<(&'a Start, &'a Launch)> {
    let of = |start: &'a Start| start.launches.iter().map(move |launch| (start, launch));
    let is_plain = |launch: &Launch| {
        launch.server.is_some_and(|server| server.name == "gunicorn")
            && !launch.arguments.iter().any(|word| {
                word.value.is_none() || word.text() == "-c" || word.text().starts_with("--config")
            })
    };
    cx.claims().running().into_iter().flat_map(of).filter(|(_, one)| is_plain(one)).collect()
}

pub(super) static KEEP_ALIVE: Rule = Rule {
    id: "modelarts/gunicorn-keep-alive",
    severity: Severity::Info,
    summary: text("gunicorn closes connections early", "gunicorn 过早关闭连接"),
    message: text(
        "gunicorn keeps connections for less than {wanted} seconds",
        "gunicorn 保持连接的时间少于 {wanted} 秒",
    ),
    why: text(
        "The gateway reuses connections; one that is closed under it fails a request with ModelArts.4503.",
        "网关会复用连接；连接被提前关闭时请求会失败，返回 ModelArts.4503。",
    ),
    help: text("add `-k gevent --keep-alive {wanted}`", "加上 `-k gevent --keep-alive {wanted}`"),
    rests_on: &[&WANTED.source],
    examples: &[
        bad("FROM a:1\nCMD [\"«gunicorn»\", \"-b\", \":8080\", \"a:b\"]\n"),
        bad(
            "FROM a:1\nCMD [\"gunicorn\", \"-k\", \"gevent\", \"--keep-alive\", \"«5»\", \"a:b\"]\n",
        ),
        good(
            "FROM a:1\nCMD [\"gunicorn\", \"-k\", \"gevent\", \"--keep-alive\", \"200\", \"a:b\"]\n",
        ),
    ],
    check: |cx, found| {
        for (start, launch) in gunicorns(cx) {
            let span = match &launch.keep_alive {
                Some(said) if said.value >= WANTED.value => continue,
                Some(said) => said.span,
                None => launch.program,
            };
            found.add(&KEEP_ALIVE, start.place(span)).arg("wanted", WANTED.value);
        }
    },
    ..MODELARTS
};

pub(super) static GEVENT: Rule = Rule {
    id: "modelarts/gunicorn-gevent-missing",
    summary: text("keep-alive with workers that have none", "sync worker 不支持 keep-alive"),
    message: text(
        "gunicorn's sync workers pass over `--keep-alive`",
        "gunicorn 的 sync worker 会忽略 `--keep-alive`",
    ),
    why: text(
        "The default workers close each connection after its request, whatever is set.",
        "默认 worker 在每次请求后关闭连接，设置不起作用。",
    ),
    help: text("add `-k gevent`, and install gevent", "加上 `-k gevent` 并安装 gevent"),
    rests_on: &[&SYNC_CLOSES],
    examples: &[
        bad("FROM a:1\nCMD [\"gunicorn\", \"--keep-alive\", \"«200»\", \"a:b\"]\n"),
        bad(
            "FROM python:3.12\nRUN pip install flask gunicorn\nCMD [\"gunicorn\", \"-k\", \"«gevent»\", \"a:b\"]\n",
        ),
        good(
            "FROM python:3.12\nRUN pip install flask gunicorn[gevent]\nCMD [\"gunicorn\", \"-k\", \"gevent\", \"a:b\"]\n",
        ),
        good(
            "FROM python:3.12\nRUN pip install -r requirements.txt\nCMD [\"gunicorn\", \"-k\", \"gevent\", \"a:b\"]\n",
        ),
        good(
            "FROM a:1\nCMD [\"gunicorn\", \"-k\", \"gevent\", \"--keep-alive\", \"200\", \"a:b\"]\n",
        ),
        bad(
            r#"{"images": [{"cmd": ["gunicorn", "-k", "«gevent»", "a:b"], "layers": [{"files": [{"path": "/usr/bin/gunicorn", "mode": "0755"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"cmd": ["gunicorn", "-k", "gevent", "a:b"], "layers": [{"files": [{"path": "/usr/bin/gunicorn", "mode": "0755"}, {"path": "/venv/lib/python3.12/site-packages/gevent/__init__.py"}]}]}]}"#,
        ),
        // Whichever of the two is started.
        good(
            r#"{"images": [{"cmd": ["gunicorn", "-k", "gevent", "a:b"], "layers": [{"files": [{"path": "/lib/gevent/__init__.py"}]}]}, {"cmd": ["redis"], "layers": [{"files": [{"path": "/redis"}]}]}]}"#,
        ),
        good(
            "FROM a:1\nCMD [\"gunicorn\", \"--threads\", \"8\", \"--keep-alive\", \"200\", \"a:b\"]\n",
        ),
    ],
    check: |cx, found| {
        for (start, launch) in gunicorns(cx) {
            gevent_is_installed(cx, start, launch, found);
            let is_sync = launch.worker_class.as_ref().is_none_or(|class| class.value == "sync")
                && launch.flag(&["--threads"]).is_none();
            if let Some(said) = launch.keep_alive.as_ref().filter(|_| is_sync) {
                found.add(&GEVENT, start.place(said.span));
            }
        }
    },
    ..MODELARTS
};

/// Finds `-k gevent` where gevent is not in the image, or all that pip installs is written out and
/// gevent is not among it.
fn gevent_is_installed(cx: &Context<'_>, start: &Start, launch: &Launch, found: &mut Findings) {
    let Some(class) = launch.worker_class.as_ref().filter(|class| class.value == "gevent") else {
        return;
    };
    let at = start.place(class.span);
    if cx.images().next().is_some() {
        // Of several images any may be the one that is started.
        let mut without = 0;
        inside::each(cx, found, &GEVENT, |_, files, _| without += usize::from(!has_gevent(files)));
        if without == cx.images().count() {
            found.add(&GEVENT, at).says(text(
                "gunicorn is to use gevent, which is not in the image",
                "gunicorn 要使用 gevent，但镜像中没有",
            ));
        }
        return;
    }
    let Some((_, content)) = dockerfile(cx) else { return };
    // An official image of Python has no package but pip itself.
    let is_bare = content.prediction.base.as_ref().is_some_and(|base| {
        base.name.as_deref().is_some_and(|name| name == "python" || name.starts_with("python:"))
    });
    let runs = content.command_lines.iter().filter(|line| line.keyword == Keyword::Run);
    let mut lists_packages = false;
    for command in runs.flat_map(|line| &line.script.commands) {
        // What is not written out may bring it.
        let words: Option<Vec<&str>> = command.words.iter().map(|word| word.literal()).collect();
        let Some(words) = words else { return };
        if !words.contains(&"install") {
            continue;
        }
        let is_pip =
            words[0].starts_with("pip") || words.windows(2).any(|two| two == ["-m", "pip"]);
        let is_of_system = matches!(words[0], "apt-get" | "apt" | "apk");
        // A list in a file or a package of one's own may bring it too.
        let is_open = |word: &str| {
            word.starts_with("-r") || (word.contains(['/', '.']) && !word.contains('='))
        };
        if words.iter().any(|word| word.contains("gevent") || is_open(word))
            || !(is_pip || is_of_system)
        {
            return;
        }
        lists_packages |= is_pip;
    }
    if is_bare && lists_packages {
        found.add(&GEVENT, at).says(text(
            "gunicorn is to use gevent, but nothing installs it",
            "gunicorn 要使用 gevent，但没有安装",
        ));
    }
}

/// Whether a package, an egg or metadata of gevent lies anywhere in the image.
fn has_gevent(files: Files<'_>) -> bool {
    files.tree.all(files.layers).any(|seen| {
        let path = seen.file.path;
        files.paths.name(path).starts_with(b"gevent")
            || files.paths.name(files.paths.parent(path)) == b"gevent"
    })
}
