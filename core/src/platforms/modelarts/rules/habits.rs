//! What ModelArts wants of a good image: components, logs, HEALTHCHECK.

use super::super::spec::{
    COMPONENTS as COMPONENT_PACKAGES, HEALTHCHECK_IS_DOCKERS, LOGS, PYTHON_BUFFERS,
};
use super::start::{dockerfile, last_from};
use super::{ANY_USE, MODELARTS};
use crate::dockerfile::Keyword;
use crate::document::{DockerfileContent, ImageView};
use crate::fact::Profile;
use crate::image::resolve::Files;
use crate::image::tar::EntryKind;
use crate::rule::{Rule, Severity, bad, good};
use crate::rules::image::inside::{self, Program};
use crate::text::text;

/// The words of all RUN lines and the names of the bases, in lower case.
fn installed(content: &DockerfileContent) -> String {
    let mut all = String::new();
    for stage in content.tree.chain() {
        all.push_str(&stage.image.raw().to_ascii_lowercase());
        for instruction in content.tree.stage_instructions(stage) {
            if matches!(instruction.keyword, Keyword::Run | Keyword::Copy | Keyword::Add) {
                all.push('\n');
                all.push_str(&instruction.arguments.text().to_ascii_lowercase());
            }
        }
    }
    all
}

pub(super) static COMPONENTS: Rule = Rule {
    id: "modelarts/batch-components",
    profiles: &[Profile::Batch],
    summary: text("a batch image without the packages it needs", "批量服务镜像缺少组件包"),
    message: text("nothing installs {missing}", "没有安装 {missing}"),
    why: text(
        "ModelArts runs its own tools in the container of a batch service; they need Python, Java and zip.",
        "ModelArts 会在批量服务的容器中运行自身工具，需要 Python、Java 和 zip。",
    ),
    help: text("install python3, a Java runtime and zip", "安装 python3、Java 运行时和 zip"),
    rests_on: &[&COMPONENT_PACKAGES],
    examples: &[
        bad("«FROM» alpine:3.20\nCMD [\"sh\", \"/home/run.sh\"]\n"),
        good("FROM python:3.12\nRUN apt-get install -y default-jre zip\n"),
        good("FROM python:3.12\nRUN sh /opt/install.sh\n"),
        bad(
            r#"{"images": [{"config_digest": "«sha256:aa»", "layers": [{"files": [{"path": "/usr/bin/python3.11", "mode": "0755", "text": ""}, {"path": "/usr/bin/unzip", "mode": "0755", "text": ""}]}]}]}"#,
        ),
        good(
            r#"{"images": [{"layers": [{"files": [{"path": "/opt/conda/bin/python", "mode": "0755", "text": ""}, {"path": "/usr/lib/jvm/a/bin/java", "mode": "0755", "text": ""}, {"path": "/usr/bin/zip", "mode": "0755", "text": ""}]}]}]}"#,
        ),
    ],
    check: |cx, found| {
        inside::each(cx, found, &COMPONENTS, |view, files, found| {
            let missing = missing_components(view, files);
            if !missing.is_empty() {
                let finding = found.add(&COMPONENTS, view.at("config_digest"));
                finding.arg("missing", missing.join(", ")).says(text(
                    "the image has no {missing} in the folders of PATH",
                    "镜像的 PATH 目录中没有 {missing}",
                ));
            }
        });
        let Some((document, content)) = dockerfile(cx) else { return };
        let Some(from) = last_from(content) else { return };
        let all = installed(content);
        let is_known_base = ["python", "alpine", "ubuntu", "debian", "centos"]
            .iter()
            .any(|name| all.starts_with(name));
        // Scripts and bases of one's own may install anything.
        if !is_known_base || all.contains(".sh") || all.contains("swr.") {
            return;
        }
        let wanted: [(&str, &[&str]); 3] = [
            ("Python", &["python", "conda"]),
            ("Java", &["jre", "jdk", "java"]),
            ("zip", &["zip"]),
        ];
        let missing: Vec<&str> = wanted
            .iter()
            .filter(|(_, words)| !words.iter().any(|word| all.contains(word)))
            .map(|(name, _)| *name)
            .collect();
        if !missing.is_empty() {
            found.add(&COMPONENTS, document.place(from)).arg("missing", missing.join(", "));
        }
    },
    ..MODELARTS
};

/// The components that are not in the image. unzip is not zip, and busybox has none.
fn missing_components(view: &ImageView<'_>, files: Files<'_>) -> Vec<&'static str> {
    let has = |name: &str| matches!(inside::program(view, files, name), Program::Found(_));
    let is_python = |name: &[u8]| {
        let rest = name.strip_prefix(b"python").unwrap_or(b"x");
        rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
    };
    // Conda and virtual environments are put on PATH by their activation.
    let any = |fits: &dyn Fn(&[u8]) -> bool| {
        files.tree.all(files.layers).any(|seen| {
            let file = seen.file;
            let folder = files.paths.parent(file.path);
            file.kind != EntryKind::Directory
                && files.paths.name(folder) == b"bin"
                && fits(files.paths.name(file.path))
        })
    };
    let wanted = [
        ("Python", has("python3") || has("python") || any(&is_python)),
        ("Java", has("java") || any(&|name| name == b"java")),
        ("zip", has("zip")),
    ];
    wanted.into_iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name).collect()
}

pub(super) static LOG_FILE: Rule = Rule {
    id: "modelarts/log-to-file",
    summary: text("logs go to a file", "日志写入文件"),
    message: text(
        "the log goes to a file, where ModelArts does not see it",
        "日志写入文件，ModelArts 无法看到",
    ),
    why: text(
        "ModelArts shows standard output alone; a file is lost with the container.",
        "ModelArts 只显示标准输出；文件会随容器丢失。",
    ),
    help: text("log to standard output, `-` for gunicorn", "输出到标准输出，gunicorn 使用 `-`"),
    rests_on: &[&LOGS],
    examples: &[
        bad(
            "FROM a:1\nCMD [\"gunicorn\", \"-b\", \":8080\", \"--error-logfile\", \"«/var/log/g.log»\", \"a:b\"]\n",
        ),
        good(
            "FROM a:1\nCMD [\"gunicorn\", \"-b\", \":8080\", \"--error-logfile\", \"-\", \"a:b\"]\n",
        ),
    ],
    check: |cx, found| {
        for start in cx.claims().running() {
            for &span in start.launches.iter().flat_map(|launch| &launch.log_files) {
                found.add(&LOG_FILE, start.place(span));
            }
        }
    },
    ..MODELARTS
};

pub(super) static BUFFERED: Rule = Rule {
    id: "modelarts/python-buffered",
    severity: Severity::Info,
    strict: true,
    summary: text("Python keeps its output back", "Python 缓冲输出"),
    message: text(
        "Python buffers its output, so logs come late",
        "Python 会缓冲输出，日志可能延迟",
    ),
    why: text(
        "What was printed before a crash is lost, just when it is needed.",
        "崩溃前打印的内容会丢失，而这正是需要的信息。",
    ),
    help: text("add ENV PYTHONUNBUFFERED=1", "加上 ENV PYTHONUNBUFFERED=1"),
    rests_on: &[&PYTHON_BUFFERS],
    examples: &[
        bad("FROM python:3.12\nCMD «[\"python\", \"app.py\"]»\n"),
        good("FROM python:3.12\nENV PYTHONUNBUFFERED=1\nCMD [\"python\", \"app.py\"]\n"),
        good("FROM python:3.12\nCMD [\"python\", \"-u\", \"app.py\"]\n"),
    ],
    check: |cx, found| {
        let Some((_, content)) = dockerfile(cx) else { return };
        let Some(start) = &cx.claims().image_start else { return };
        let is_python = start.launches.iter().any(|launch| launch.is_python);
        let is_unbuffered = start.text.split_whitespace().any(|word| word == "-u")
            || content.prediction.env_value("PYTHONUNBUFFERED").is_some();
        if is_python && !is_unbuffered {
            found.add(&BUFFERED, start.at);
        }
    },
    ..ANY_USE
};

pub(super) static HEALTHCHECK: Rule = Rule {
    id: "modelarts/healthcheck-ignored",
    severity: Severity::Info,
    summary: text("HEALTHCHECK has no effect", "HEALTHCHECK 不起作用"),
    message: text("ModelArts does not run HEALTHCHECK", "ModelArts 不执行 HEALTHCHECK"),
    why: text(
        "It is Docker's own; ModelArts asks the path that `health` of config.json names.",
        "它只用于 Docker；ModelArts 请求 config.json 中 `health` 指定的路径。",
    ),
    help: text("name the path in `health` of config.json", "在 config.json 的 `health` 中指定路径"),
    rests_on: &[&HEALTHCHECK_IS_DOCKERS],
    examples: &[
        bad("FROM a:1\n«HEALTHCHECK CMD curl -f http://localhost:8080/health»\n"),
        good("FROM a:1\nHEALTHCHECK NONE\n"),
    ],
    check: |cx, found| {
        let Some((document, content)) = dockerfile(cx) else { return };
        if let Some(check) =
            content.prediction.healthcheck.as_ref().filter(|one| one.form.is_some())
        {
            found.add(&HEALTHCHECK, document.place(check.span));
        }
    },
    ..MODELARTS
};
