//! Compose files: in a project, and written by the scripts of a template.

use super::super::spec::{COMPOSE_SERVICES, COMPOSE_VERSION, HEREDOC_EXPANDS};
use crate::document::{Content, Kind};
use crate::fact::Platform;
use crate::reference::{NotAReference, parse};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::edit::remove_member;

pub(super) static INVALID: Rule = Rule {
    id: "compute-nest/compose-invalid",
    severity: Severity::Error,
    summary: text("a Compose file that docker refuses", "docker 会拒绝的 Compose 文件"),
    message: text("the Compose file cannot be read here", "Compose 文件在此处无法解析"),
    why: text(
        "`docker compose up` ends with an error before it starts anything.",
        "`docker compose up` 会直接报错，不会启动任何容器。",
    ),
    rests_on: &[&COMPOSE_SERVICES],
    examples: &[
        bad("-- compose.yaml --\nservices:\n  web:\n    image: a:1\n   «p»orts: [80]\n"),
        bad("-- compose.yaml --\n«volumes»: {}\n"),
        bad("-- compose.yaml --\nservices:\n  «web»:\n    ports: [80]\n"),
        bad("-- compose.yaml --\nservices:\n  web:\n    image: «Team/Web:1»\n"),
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        cat > docker-compose.yml <<'EOF'\n        services:\n          «web»: {ports: [80]}\n        EOF\n        docker compose up -d\n",
        ),
        good(
            "-- compose.yaml --\nservices:\n  web: {image: 'a:1'}\n  own: {build: .}\n  more: {extends: {service: web}}\n  later: {image: '${IMAGE}'}\n",
        ),
        good("-- compose.override.yaml --\nservices:\n  web:\n    ports: [80]\n"),
    ],
    check: invalid,
    ..Rule::DEFAULT
};

fn invalid(cx: &Context<'_>, found: &mut Findings) {
    let files = cx.parts(Kind::Compose);
    for part in files {
        for error in part.content.errors() {
            found.add(&INVALID, part.place(error.span)).message = error.message.clone();
        }
        let Some(root) = part.roots().first().filter(|_| part.content.errors().is_empty()) else {
            continue;
        };
        let path = part.document.source.path();
        let name = part.inside.and_then(|one| one.file.as_deref()).unwrap_or(path);
        // What is laid over another file says only what differs.
        let is_whole = !name.contains("override") && name.matches('.').count() <= 1;
        let Some(services) = root.get("services") else {
            let first = root.members().first();
            if let Some(first) = first.filter(|_| is_whole && root.get("include").is_none()) {
                found
                    .add(&INVALID, part.place(first.key_span))
                    .says(text("there are no services in this file", "该文件中没有 services"));
            }
            continue;
        };
        for service in services.members().iter().filter(|one| one.node.is_object()) {
            let has = |key: &str| service.node.get(key).is_some();
            if !["image", "build", "extends", "provider"].iter().any(|key| has(key)) && is_whole {
                found.add(&INVALID, part.place(service.key_span)).says(text(
                    "this service has neither an image nor a build",
                    "该服务既没有 image 也没有 build",
                ));
            }
            let image = service.node.get("image").filter(|image| !image.is_unknown());
            if let Some((image, text_of)) = image.and_then(|one| Some((one, one.as_str()?)))
                && let Err(NotAReference::Wrong(error)) = parse(text_of)
            {
                found.add(&INVALID, part.place(image.inner_span())).message = error.message();
            }
        }
    }
}

pub(super) static VERSION: Rule = Rule {
    id: "compute-nest/compose-version",
    severity: Severity::Info,
    strict: true,
    summary: text("a version in a Compose file", "Compose 文件中的 version"),
    message: text("`version` is obsolete and ignored", "`version` 已废弃并会被忽略"),
    why: text(
        "Every call of docker compose warns of it.",
        "每次执行 docker compose 都会产生警告。",
    ),
    help: text("leave it out", "请删除"),
    rests_on: &[&COMPOSE_VERSION],
    examples: &[
        bad("-- compose.yaml --\n«version»: '3'\nservices:\n  web: {image: 'a:1'}\n")
            .fixed("-- compose.yaml --\nservices:\n  web: {image: 'a:1'}\n"),
        good("-- compose.yaml --\nservices:\n  web: {image: 'a:1'}\n"),
    ],
    check: |cx, found| {
        for part in cx.parts(Kind::Compose) {
            let Some(root) = part.roots().first() else { continue };
            let Some(member) = root.member("version") else { continue };
            let finding = found.add(&VERSION, part.place(member.key_span));
            let source = part.document.source.text();
            let edit = part.inside.is_none().then(|| remove_member(source, root, member));
            if let Some(edit) = edit.flatten() {
                let at = part.place(edit.span);
                finding.fix(
                    Fix::safe(text("remove the version", "删除 version")).replace(at, edit.text),
                );
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static HEREDOC: Rule = Rule {
    id: "compute-nest/heredoc-unquoted",
    platform: Some(Platform::ComputeNest),
    summary: text(
        "a file in whose text the shell puts in variables",
        "shell 会展开文件内容中的变量",
    ),
    message: text(
        "the shell puts in `{variable}` before the file is written",
        "写入文件之前，shell 会展开 `{variable}`",
    ),
    why: text(
        "Variables that the Compose file is to read are empty at that time and vanish.",
        "Compose 文件要读取的变量此时为空，会丢失。",
    ),
    help: text("quote the delimiter: `<<'{delimiter}'`", "请给界定符加引号：`<<'{delimiter}'`"),
    rests_on: &[&HEREDOC_EXPANDS],
    examples: &[
        bad(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        cat > docker-compose.yml <<EOF\n        services:\n          web: {image: 'a:1', command: 'serve «$PORT»'}\n        EOF\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        PORT=80\n        cat > docker-compose.yml <<EOF\n        services:\n          web: {image: 'a:1', command: 'serve $PORT'}\n        EOF\n",
        ),
        good(
            "-- t.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Timeout: 600\n      CommandContent: |\n        cat > docker-compose.yml <<'EOF'\n        services:\n          web: {image: 'a:1', command: 'serve $PORT'}\n        EOF\n",
        ),
    ],
    check: heredoc,
    ..Rule::DEFAULT
};

fn heredoc(cx: &Context<'_>, found: &mut Findings) {
    for part in cx.parts(Kind::Shell).filter(|part| part.inside.is_some()) {
        let Content::Shell(shell) = part.content else { continue };
        let script = &shell.script;
        let assigned = |name: &str| {
            script.commands.iter().any(|command| {
                command.assignments.iter().any(|one| one.name == name)
                    || (command.name() == Some("export") || command.name() == Some("read"))
                        && command.words.iter().any(|word| {
                            word.literal().is_some_and(|text| text.split('=').next() == Some(name))
                        })
            }) || script.loops.iter().any(|one| one.name == name)
        };
        for command in &script.commands {
            let writes_compose =
                command.words.iter().chain(command.redirections.iter().map(|one| &one.target));
            let is_compose = writes_compose.filter_map(|word| word.literal()).any(|path| {
                path.contains("compose") && (path.ends_with(".yml") || path.ends_with(".yaml"))
            });
            let heredoc = command.redirections.iter().find_map(|one| one.heredoc.as_ref());
            let Some(heredoc) = heredoc.filter(|one| is_compose && !one.is_quoted) else {
                continue;
            };
            let body = heredoc.body.text();
            let variable = variables(body).find(|(_, name)| !assigned(name));
            if let Some((at, name)) = variable {
                let span = heredoc.body.span(at, at + 1 + name.len());
                found
                    .add(&HEREDOC, part.place(span))
                    .arg("variable", format!("${name}"))
                    .arg("delimiter", &heredoc.delimiter);
            }
        }
    }
}

/// `$NAME` in a text, with its place. `${NAME}` belongs to the template.
fn variables(body: &str) -> impl Iterator<Item = (usize, &str)> {
    body.match_indices('$').filter_map(|(at, _)| {
        let rest = &body[at + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let name = &rest[..end.unwrap_or(rest.len())];
        let is_escaped = body[..at].ends_with('\\') || body[..at].ends_with('$');
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        (is_name && !is_escaped).then_some((at, name))
    })
}
