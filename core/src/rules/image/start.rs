//! What the image starts: whether it is there, may be executed, and is made for this processor.

use super::IMAGE;
use super::account::{self, User};
use super::inside::{self, Found, Program};
use super::sources::{EXEC, EXEC_LOADER, NOTHING_TO_START};
use crate::document::ImageView;
use crate::fact::Platform;
use crate::image::program::{ProgramKind, architecture};
use crate::image::resolve::{Files, Unresolved};
use crate::redact::redact;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Place, file_name, text};

/// A program that the start command names.
struct Started<'a> {
    word: &'a str,
    at: Place,
    /// Whether the kernel executes it; a script that is given to an interpreter is only read.
    is_executed: bool,
}

/// Programs that start what follows them.
const WRAPPERS: &[&str] = &["tini", "tini-static", "dumb-init", "catatonit"];

/// Programs that read the file that is named first.
const INTERPRETERS: &[&str] = &["sh", "bash", "dash", "ash", "python", "python3", "node"];

/// The programs that the image starts, wrappers followed.
fn started<'a>(view: &ImageView<'a>) -> Vec<Started<'a>> {
    let told = view.argv();
    let place = |index: usize| match told.get(index) {
        Some(word) => view.document.place(word.whole()),
        None => view.command_at(),
    };
    let words = view.config.argv();
    let mut started = Vec::new();
    let mut index = 0;
    while let Some(word) = words.get(index).copied() {
        // The program comes first, else the image's own words are of no use.
        started.push(Started { word, at: place(index), is_executed: true });
        let name = file_name(word);
        let next = words.get(index + 1).copied();
        if WRAPPERS.contains(&name) {
            let rest = words.iter().skip(index + 1);
            let options = rest.take_while(|word| word.starts_with('-')).count();
            index += 1 + options;
            continue;
        }
        if let Some(script) = next.filter(|next| is_read(name, next)) {
            started.push(Started { word: script, at: place(index + 1), is_executed: false });
        }
        break;
    }
    started
}

fn is_read(program: &str, next: &str) -> bool {
    const ENDINGS: &[&str] = &[".sh", ".py", ".js", ".mjs", ".cjs"];
    INTERPRETERS.contains(&program)
        && !next.starts_with('-')
        && (next.contains('/') || ENDINGS.iter().any(|ending| next.ends_with(ending)))
        && !next.contains('$')
}

pub(super) static EMPTY: Rule = Rule {
    id: "image/entrypoint-and-cmd-empty",
    severity: Severity::Error,
    summary: text("nothing to start", "没有启动命令"),
    message: text("the image has neither ENTRYPOINT nor CMD", "镜像既没有 ENTRYPOINT 也没有 CMD"),
    why: text(
        "Unless the platform is given a command, the container does not start: `no command specified`.",
        "除非平台另行指定命令，否则容器无法启动：`no command specified`。",
    ),
    help: text("end the Dockerfile with CMD [\"…\"]", "在 Dockerfile 末尾写 CMD [\"…\"]"),
    rests_on: &[&NOTHING_TO_START],
    examples: &[
        bad(r#"{"images": [{"config_digest": "«sha256:aa»", "entrypoint": [], "cmd": []}]}"#),
        good(r#"{"images": [{"config_digest": "sha256:aa", "cmd": ["/app"]}]}"#),
    ],
    check: empty,
    ..IMAGE
};

fn empty(cx: &Context<'_>, found: &mut Findings) {
    if cx.claims().containers.iter().any(|container| container.start.is_some()) {
        return;
    }
    // Their consoles have a field for the command.
    let may_be_given = [Platform::Eas, Platform::Eci].iter().any(|one| cx.is_target(*one));
    for view in cx.images() {
        if view.config.argv().iter().all(|word| word.is_empty()) {
            let finding = found.add(&EMPTY, view.at("config_digest"));
            if may_be_given {
                finding.severity(Severity::Warning);
            }
        }
    }
}

pub(super) static NOT_FOUND: Rule = Rule {
    id: "image/entrypoint-not-found",
    severity: Severity::Error,
    summary: text("what is started is not in the image", "启动的程序不在镜像中"),
    message: text(
        "`{program}` is not in the image; looked for {tried}",
        "镜像中没有 `{program}`；已查找 {tried}",
    ),
    why: text(
        "The container ends at once: `no such file or directory` or `executable file not found in $PATH`.",
        "容器会立即退出：`no such file or directory` 或 `executable file not found in $PATH`。",
    ),
    help: text(
        "install or copy it, or mend the path; an image without a shell needs the JSON form of CMD",
        "安装或复制该程序，或修正路径；没有 shell 的镜像须使用 CMD 的 JSON 形式",
    ),
    rests_on: &[&EXEC],
    examples: &[
        bad(
            r#"{"images": [{"cmd": ["«/app/serve»"], "layers": [{"files": [{"path": "/app/server", "mode": "0755"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"cmd": ["«gunicorn»", "a:b"], "env": ["PATH=/usr/bin:/bin"], "layers": [{"files": [{"path": "/opt/venv/bin/gunicorn", "mode": "0755"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"cmd": ["«/bin/sh»", "-c", "/app/serve --port 80"], "layers": [{"files": [{"path": "/app/serve", "mode": "0755"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"cmd": ["sh", "«run.sh»"], "working_dir": "/home", "layers": [{"files": [{"path": "/bin/sh", "mode": "0755"}, {"path": "/run.sh"}]}]}]}"#,
        ),
        bad(
            r#"{"images": [{"cmd": ["«/run.sh»"], "layers": [{"files": [{"path": "/run.sh", "link": "run.sh"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"entrypoint": ["tini", "--"], "cmd": ["serve"], "env": ["PATH=/opt/bin:/bin"], "layers": [{"files": [{"path": "/bin", "link": "usr/bin"}, {"path": "/usr/bin/tini", "mode": "0755"}, {"path": "/opt/bin/serve", "mode": "0755"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"cmd": ["./serve"], "working_dir": "/app", "layers": [{"files": [{"path": "/app/serve", "mode": "0755"}]}]}]}"#,
        ),
    ],
    check: not_found,
    ..IMAGE
};

fn not_found(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &NOT_FOUND, |view, files, found| {
        for one in started(view) {
            let tried = if one.is_executed {
                match inside::program(view, files, one.word) {
                    Program::Missing(tried) => tried,
                    _ => continue,
                }
            } else {
                let path = inside::absolute(view, one.word);
                match files.resolve(path.as_bytes()) {
                    Ok(_) => continue,
                    Err(_) => vec![path],
                }
            };
            let is_circle = tried
                .iter()
                .any(|path| matches!(files.resolve(path.as_bytes()), Err(Unresolved::Loop)));
            let tried: Vec<String> =
                tried.iter().map(|path| format!("`{}`", redact(path))).collect();
            let finding = found.add(&NOT_FOUND, one.at);
            finding.arg("program", redact(one.word)).arg("tried", tried.join(", "));
            if is_circle {
                finding.says(text(
                    "`{program}` is not in the image: symbolic links lead in a circle",
                    "镜像中没有 `{program}`：符号链接形成循环",
                ));
            }
            // What follows is not started.
            break;
        }
    });
}

pub(super) static NOT_EXECUTABLE: Rule = Rule {
    id: "image/boot-file-not-executable",
    severity: Severity::Error,
    summary: text("what is started may not be executed", "启动的文件不可执行"),
    message: text(
        "`{path}` has mode {mode}: it cannot be executed",
        "`{path}` 的权限为 {mode}，不可执行",
    ),
    why: text(
        "The container ends at once: `permission denied`.",
        "容器会立即退出：`permission denied`。",
    ),
    help: text(
        "copy it with `COPY --chmod=755`, or start it through its interpreter: CMD [\"sh\", \"{path}\"]",
        "复制时使用 `COPY --chmod=755`，或通过解释器启动：CMD [\"sh\", \"{path}\"]",
    ),
    rests_on: &[&EXEC],
    examples: &[
        bad(
            r##"{"images": [{"cmd": ["«/home/run.sh»"], "layers": [{"files": [{"path": "/home/run.sh", "mode": "0644", "text": "#!/bin/sh\n"}]}]}]}"##,
        ),
        bad(
            r##"{"images": [{"cmd": ["«/app/run.sh»"], "user": "1000", "layers": [{"files": [{"path": "/app/run.sh", "mode": "0744", "text": "#!/bin/sh\n"}]}]}]}"##,
        ),
        good(
            r##"{"images": [{"cmd": ["sh", "/home/run.sh"], "layers": [{"files": [{"path": "/bin/sh", "mode": "0755"}, {"path": "/home/run.sh", "mode": "0644", "text": "#!/bin/sh\n"}]}]}]}"##,
        ),
        good(
            r##"{"images": [{"cmd": ["/app/run.sh"], "user": "1000:1000", "layers": [{"files": [{"path": "/app/run.sh", "mode": "0744", "owner": "1000:0", "text": "#!/bin/sh\n"}]}]}]}"##,
        ),
    ],
    check: not_executable,
    ..IMAGE
};

fn not_executable(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &NOT_EXECUTABLE, |view, files, found| {
        for one in started(view).into_iter().filter(|one| one.is_executed) {
            let (file, severity) = match inside::program(view, files, one.word) {
                Program::NotExecutable(file) => (file, Severity::Error),
                Program::Found(file) if !may_execute(view, files, file) => {
                    // The platform may choose another user.
                    (file, Severity::Warning)
                }
                _ => continue,
            };
            let finding = found.add(&NOT_EXECUTABLE, one.at);
            finding
                .severity(severity)
                .arg("path", files.paths.shown(file.path))
                .arg("mode", format!("{:04o}", file.seen.file.mode));
            if severity == Severity::Warning {
                let user = view.config.user.as_deref().unwrap_or_default();
                finding.arg("user", redact(user)).says(text(
                    "`{path}` has mode {mode}: the user `{user}` may not execute it",
                    "`{path}` 的权限为 {mode}，用户 `{user}` 无法执行",
                ));
            }
        }
    });
}

fn may_execute(view: &ImageView<'_>, files: Files<'_>, file: Found<'_>) -> bool {
    let User::Known { uid, gid, .. } = account::user(view, files) else { return true };
    let mode = file.seen.file.mode;
    match () {
        () if uid == 0 => mode & 0o111 != 0,
        () if uid == file.seen.file.uid => mode & 0o100 != 0,
        () if gid == file.seen.file.gid => mode & 0o010 != 0,
        // Other groups that the user is in are not known here.
        () => mode & 0o011 != 0,
    }
}

pub(super) static WRONG_ARCH: Rule = Rule {
    id: "image/entrypoint-wrong-arch",
    severity: Severity::Error,
    summary: text("what is started is made for another processor", "启动的程序属于其他架构"),
    message: text(
        "`{path}` is made for {machine}, the image says {architecture}",
        "`{path}` 的架构为 {machine}，而镜像声明为 {architecture}",
    ),
    why: text(
        "The container ends at once: `exec format error`.",
        "容器会立即退出：`exec format error`。",
    ),
    help: text(
        "build with `--platform` of the nodes, and copy programs of that processor",
        "构建时用 `--platform` 指定节点架构，并复制对应架构的程序",
    ),
    rests_on: &[&EXEC],
    examples: &[
        bad(
            r#"{"images": [{"architecture": "amd64", "cmd": ["«/app»"], "layers": [{"files": [{"path": "/app", "mode": "0755", "elf": "arm64"}]}]}]}"#,
        ),
        bad(
            r##"{"images": [{"architecture": "arm64", "cmd": ["«/run.sh»"], "layers": [{"files": [{"path": "/bin/sh", "mode": "0755", "elf": "amd64"}, {"path": "/run.sh", "mode": "0755", "text": "#!/bin/sh\n"}]}]}]}"##,
        ),
        good(
            r#"{"images": [{"architecture": "amd64", "cmd": ["/app"], "layers": [{"files": [{"path": "/app", "mode": "0755", "elf": "386"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"architecture": "arm64", "cmd": ["/app"], "layers": [{"files": [{"path": "/app", "mode": "0755", "elf": "arm64"}]}]}]}"#,
        ),
    ],
    check: wrong_arch,
    ..IMAGE
};

fn wrong_arch(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &WRONG_ARCH, |view, files, found| {
        let Some(told) = view.config.architecture.as_deref() else { return };
        for one in started(view).into_iter().filter(|one| one.is_executed) {
            let Program::Found(file) = inside::program(view, files, one.word) else { continue };
            let script = interpreter(view, files, file).and_then(|loader| loader.file);
            for file in [Some(file), script].into_iter().flatten() {
                let Some(ProgramKind::Elf(machine)) = file.seen.file.program else { continue };
                let Some(machine) = architecture(machine) else { continue };
                if machine != told && !runs(machine, told) {
                    let finding = found.add(&WRONG_ARCH, one.at);
                    finding
                        .arg("path", files.paths.shown(file.path))
                        .arg("machine", machine)
                        .arg("architecture", redact(told));
                    break;
                }
            }
        }
    });
}

/// Whether processors of `architecture` run programs of `machine` as well.
fn runs(machine: &str, architecture: &str) -> bool {
    matches!((machine, architecture), ("386", "amd64") | ("arm", "arm64"))
}

/// What a script or program is loaded by.
struct Loader<'a> {
    /// As it is written.
    name: String,
    /// What it leads to, if it is there.
    file: Option<Found<'a>>,
}

/// The interpreter of a script; `None` where `file` is none. Behind `env` it is looked for in PATH.
fn interpreter<'a>(view: &ImageView<'_>, files: Files<'a>, file: Found<'a>) -> Option<Loader<'a>> {
    if file.seen.file.program != Some(ProgramKind::Script) {
        return None;
    }
    let told = String::from_utf8_lossy(loader(files, file)).into_owned();
    let found = inside::file(files, told.trim_end_matches('\r'));
    let is_env = file_name(&told) == "env" && found.is_some();
    let name = is_env.then(|| env_argument(inside::text_of(files, file)?)).flatten();
    Some(match name {
        Some(name) => {
            let file = match inside::program(view, files, name) {
                Program::Found(file) | Program::NotExecutable(file) => Some(file),
                Program::Missing(_) => None,
            };
            Loader { name: name.to_owned(), file }
        }
        None => Loader { name: told, file: found },
    })
}

fn loader<'a>(files: Files<'a>, file: Found<'a>) -> &'a [u8] {
    files.layers.get(file.seen.layer).map_or(&[][..], |layer| layer.text(file.seen.file))
}

/// The program in `#!/usr/bin/env NAME`.
fn env_argument(script: &str) -> Option<&str> {
    let words = script.lines().next()?.strip_prefix("#!")?.split_whitespace().skip(1);
    words.into_iter().find(|word| !word.starts_with('-') && !word.contains('='))
}

pub(super) static SHEBANG: Rule = Rule {
    id: "image/boot-file-shebang-missing-interpreter",
    severity: Severity::Error,
    summary: text("a script whose interpreter is not in the image", "脚本的解释器不在镜像中"),
    message: text(
        "`{path}` needs `{interpreter}`, which is not in the image",
        "`{path}` 需要 `{interpreter}`，而镜像中没有",
    ),
    why: text(
        "The container ends at once with `no such file or directory`, although the script is there.",
        "尽管脚本存在，容器仍会以 `no such file or directory` 立即退出。",
    ),
    help: text(
        "name an interpreter that is there (`#!/bin/sh`), or install it",
        "改用镜像中已有的解释器（`#!/bin/sh`），或安装该解释器",
    ),
    rests_on: &[&EXEC],
    examples: &[
        bad(
            r##"{"images": [{"cmd": ["«/run.sh»"], "layers": [{"files": [{"path": "/bin/sh", "mode": "0755"}, {"path": "/run.sh", "mode": "0755", "text": "#!/bin/bash\necho a\n"}]}]}]}"##,
        ),
        bad(
            r##"{"images": [{"cmd": ["«/app.py»"], "layers": [{"files": [{"path": "/usr/bin/env", "mode": "0755"}, {"path": "/app.py", "mode": "0755", "text": "#!/usr/bin/env python3\n"}]}]}]}"##,
        ),
        good(
            r##"{"images": [{"cmd": ["/app.py"], "layers": [{"files": [{"path": "/usr/bin/env", "mode": "0755"}, {"path": "/usr/bin/python3", "link": "python3.11"}, {"path": "/usr/bin/python3.11", "mode": "0755"}, {"path": "/app.py", "mode": "0755", "text": "#!/usr/bin/env python3\n"}]}]}]}"##,
        ),
        good(
            r##"{"images": [{"cmd": ["sh", "/run.sh"], "layers": [{"files": [{"path": "/bin/sh", "mode": "0755"}, {"path": "/run.sh", "text": "#!/bin/bash\necho a\n"}]}]}]}"##,
        ),
    ],
    check: shebang,
    ..IMAGE
};

fn shebang(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &SHEBANG, |view, files, found| {
        for one in started(view).into_iter().filter(|one| one.is_executed) {
            let Program::Found(file) = inside::program(view, files, one.word) else { continue };
            let Some(loader) = interpreter(view, files, file) else { continue };
            // With a carriage return there is a rule of its own.
            if loader.file.is_none() && !loader.name.ends_with('\r') {
                let name = crate::image::paths::shown(loader.name.as_bytes());
                let finding = found.add(&SHEBANG, one.at);
                finding.arg("path", files.paths.shown(file.path)).arg("interpreter", name);
            }
        }
    });
}

pub(super) static LOADER: Rule = Rule {
    id: "image/entrypoint-dynamic-loader-missing",
    summary: text(
        "a program whose dynamic loader is not in the image",
        "程序的动态加载器不在镜像中",
    ),
    message: text(
        "`{path}` is loaded by `{loader}`, which is not in the image",
        "`{path}` 由 `{loader}` 加载，而镜像中没有",
    ),
    why: text(
        "It was built for another C library (glibc on Alpine): the container ends with `no such file or directory`.",
        "它是为其他 C 库构建的（如 Alpine 上的 glibc 程序）：容器会以 `no such file or directory` 退出。",
    ),
    help: text(
        "build it statically (CGO_ENABLED=0, musl target), or take a base image of the same C library",
        "静态构建（CGO_ENABLED=0、musl 目标），或使用相同 C 库的基础镜像",
    ),
    rests_on: &[&EXEC_LOADER],
    examples: &[
        bad(
            r#"{"images": [{"cmd": ["«/app»"], "layers": [{"files": [{"path": "/lib/ld-musl-x86_64.so.1", "mode": "0755"}, {"path": "/app", "mode": "0755", "elf": "amd64", "loader": "/lib64/ld-linux-x86-64.so.2"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"cmd": ["/app"], "layers": [{"files": [{"path": "/app", "mode": "0755", "elf": "amd64"}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"cmd": ["/app"], "layers": [{"files": [{"path": "/lib64", "link": "usr/lib64"}, {"path": "/usr/lib64/ld-linux-x86-64.so.2", "mode": "0755"}, {"path": "/app", "mode": "0755", "elf": "amd64", "loader": "/lib64/ld-linux-x86-64.so.2"}]}]}]}"#,
        ),
    ],
    check: dynamic_loader,
    ..IMAGE
};

fn dynamic_loader(cx: &Context<'_>, found: &mut Findings) {
    inside::each(cx, found, &LOADER, |view, files, found| {
        for one in started(view).into_iter().filter(|one| one.is_executed) {
            let Program::Found(file) = inside::program(view, files, one.word) else { continue };
            let is_elf = matches!(file.seen.file.program, Some(ProgramKind::Elf(_)));
            let loader = loader(files, file);
            if is_elf && !loader.is_empty() && files.resolve(loader).is_err() {
                let finding = found.add(&LOADER, one.at);
                finding
                    .arg("path", files.paths.shown(file.path))
                    .arg("loader", crate::image::paths::shown(loader));
            }
        }
    });
}
