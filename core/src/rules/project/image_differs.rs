//! A Dockerfile and an image that was not built from it: what is checked here is not what is
//! shipped.

use super::sources::BUILT_FROM;
use crate::dockerfile::{CommandForm, Healthcheck, Setting};
use crate::document::{DockerfileContent, Document, ImageView, Kind};
use crate::image::listing::Container;
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::{Span, text};

pub(super) static RULE: Rule = Rule {
    id: "project/image-differs",
    summary: text("the image was built from another Dockerfile", "镜像由另一个 Dockerfile 构建"),
    message: text(
        "the image has another {what}: it was built from another Dockerfile, or before this was written",
        "镜像的 {what} 与此不同：镜像由另一个 Dockerfile 构建，或构建早于此处的修改",
    ),
    why: text(
        "What is deployed is the image. What was put right here is still wrong there.",
        "部署的是镜像；此处修正的问题在镜像中依然存在。",
    ),
    help: text("build the image again and save it", "请重新构建镜像并保存"),
    rests_on: &[&BUILT_FROM],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nEXPOSE «8000»\n-- app.tar --\n{\"images\": [{\"exposed_ports\": [\"8080/tcp\"]}]}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nCMD «[\"python\", \"b.py\"]»\n-- app.tar --\n{\"images\": [{\"cmd\": [\"python\", \"a.py\"]}]}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nENV A=1 B=«2»\nUSER «1000»\nWORKDIR «/app»\nENTRYPOINT «[\"tini\"]»\n-- app.tar --\n{\"images\": [{\"env\": [\"A=1\", \"B=3\"], \"user\": \"root\", \"working_dir\": \"/srv\"}]}\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\n«HEALTHCHECK CMD /live»\n-- app.tar --\n{\"images\": [{\"healthcheck\": [\"CMD-SHELL\", \"/other\"]}]}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nARG P=8000\nENV A=1 P=$P\nEXPOSE $P 53/udp\nUSER 1000\nWORKDIR /app/\nHEALTHCHECK CMD /live\nCMD python   a.py\n-- app.tar --\n{\"images\": [{\"env\": [\"PATH=/bin\", \"A=1\", \"P=9000\"], \"exposed_ports\": [\"9000/tcp\", \"53/udp\"], \"user\": \"1000\", \"working_dir\": \"/app\", \"healthcheck\": [\"CMD-SHELL\", \"/live\"], \"cmd\": [\"/bin/sh\", \"-c\", \"python   a.py\"]}]}\n",
        ),
        // What the base image brings is not written here.
        good(
            "-- Dockerfile --\nFROM a:1\nRUN true\n-- app.tar --\n{\"images\": [{\"env\": [\"A=1\"], \"exposed_ports\": [\"80/tcp\"], \"user\": \"1000\", \"cmd\": [\"a\"]}]}\n",
        ),
        // One of several is of this Dockerfile.
        good(
            "-- Dockerfile --\nFROM a:1\nUSER 1000\n-- app.tar --\n{\"images\": [{\"user\": \"2\"}, {\"user\": \"1000\"}]}\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let (Some(document), Some(archive)) = (cx.only(Kind::Dockerfile), cx.only(Kind::Image)) else {
        return;
    };
    let Some(content) = document.dockerfile().filter(|content| content.errors.is_empty()) else {
        return;
    };
    // Of several images the one that differs least is the one that was meant.
    let all = archive.images().map(|view| (differences(document, content, &view), view));
    let Some((differences, view)) = all.min_by_key(|(differences, _)| differences.len()) else {
        return;
    };
    for Difference { what, key, span } in differences {
        let finding = found.add(&RULE, document.place(span)).arg("what", what);
        finding.related(view.at(key), text("the image", "镜像"));
    }
}

/// Something that the image has otherwise.
struct Difference {
    /// The instruction, with a variable's name or a port.
    what: String,
    /// Where the image tells it.
    key: &'static str,
    /// Where the Dockerfile does.
    span: Span,
}

/// Collects differences.
struct Comparison<'a> {
    document: &'a Document,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn add(&mut self, what: impl Into<String>, key: &'static str, span: Span) {
        // A build argument may have given another value.
        if !self.document.source.slice(span).contains('$') {
            self.found.push(Difference { what: what.into(), key, span });
        }
    }

    /// A shell expands its variables later, so they are the same in both.
    fn add_command(&mut self, what: &str, key: &'static str, span: Span) {
        self.found.push(Difference { what: what.to_owned(), key, span });
    }
}

fn differences(
    document: &Document,
    content: &DockerfileContent,
    view: &ImageView<'_>,
) -> Vec<Difference> {
    let (told, config) = (&content.prediction, view.config);
    let mut comparison = Comparison { document, found: Vec::new() };
    for port in told.exposed.iter().filter(|port| port.first == port.last) {
        let name = format!("{}/{}", port.first, port.protocol);
        let is_it = |one: &String| {
            *one == name || name.strip_suffix("/tcp") == Some(one) || one.contains('-')
        };
        if !config.exposed_ports.iter().any(is_it) {
            comparison.add("EXPOSE", "exposed_ports", port.span);
        }
    }
    let commands = [
        ("ENTRYPOINT", "entrypoint", &told.entrypoint, &config.entrypoint),
        ("CMD", "cmd", &told.cmd, &config.cmd),
    ];
    for (what, key, told, has) in commands {
        if let Some(told) = told
            && !is_same(&told.arguments(), has.as_deref().unwrap_or_default())
        {
            comparison.add_command(what, key, told.span);
        }
    }
    let settings = [
        ("USER", "user", &told.user, &config.user),
        ("WORKDIR", "working_dir", &told.working_dir, &config.working_dir),
        ("STOPSIGNAL", "stop_signal", &told.stop_signal, &config.stop_signal),
    ];
    for (what, key, told, has) in settings {
        if let Some(Setting { value: Some(value), span }) = told
            && plain(value) != plain(has.as_deref().unwrap_or_default())
        {
            comparison.add(what, key, *span);
        }
    }
    for variable in &told.env {
        if let Some(value) = &variable.value
            && config.variable(&variable.name) != Some(value)
        {
            comparison.add(format!("ENV {}", variable.name), "env", variable.value_span);
        }
    }
    if let Some(check) = &told.healthcheck
        && is_other_check(check, view)
    {
        comparison.add_command("HEALTHCHECK", "healthcheck", check.span);
    }
    comparison.found
}

/// A path or name without what means nothing.
fn plain(value: &str) -> &str {
    let short = value.trim_end_matches('/');
    if short.is_empty() { value } else { short }
}

/// Whether two commands are one, whatever blanks and line ends are in their shell text.
fn is_same(told: &[String], has: &[String]) -> bool {
    let words = |command: &[String]| {
        let all = command.iter().flat_map(|word| word.split_whitespace());
        all.map(|word| word.trim_end_matches('\\').to_owned())
            .filter(|word| !word.is_empty())
            .collect::<Vec<String>>()
    };
    words(told) == words(has)
}

fn is_other_check(told: &Healthcheck, view: &ImageView<'_>) -> bool {
    let Some(has) = view.config.healthcheck.as_deref().filter(|test| !test.is_empty()) else {
        // Images in the form of OCI have no place for it.
        let has_place = view.facts.listing.container == Container::DockerArchive;
        return has_place && told.form.is_some();
    };
    let test = match &told.form {
        None => vec!["NONE".to_owned()],
        Some(CommandForm::Exec(words)) => {
            let words = words.iter().map(|word| word.value.text().to_owned());
            std::iter::once("CMD".to_owned()).chain(words).collect()
        }
        Some(CommandForm::Shell { text, .. }) => {
            vec!["CMD-SHELL".to_owned(), text.text().to_owned()]
        }
    };
    !is_same(&test, has)
}
