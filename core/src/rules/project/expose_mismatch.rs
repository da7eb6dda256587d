//! EXPOSE tells people and tools which port the image serves on; a wrong one misleads them.

use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Message, text};

static REFERENCE: Publication = Publication {
    title: "Dockerfile reference: EXPOSE",
    url: "https://docs.docker.com/reference/dockerfile/#expose",
    date: "2026-08",
};

static DOCUMENTS_THE_PORT: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "EXPOSE tells the user of the image on which ports the container listens",
        "EXPOSE 告知镜像使用者容器监听哪些端口",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "project/expose-mismatch",
    severity: Severity::Warning,
    summary: text(
        "the image exposes another port than it listens on",
        "镜像暴露的端口与监听的端口不一致",
    ),
    message: text(
        "the image exposes port {exposed}, its server listens on {listened}",
        "镜像暴露端口 {exposed}，而服务监听 {listened}",
    ),
    why: text(
        "Whoever deploys the image reads its port from EXPOSE and sends requests where nothing listens.",
        "部署者会从 EXPOSE 读取端口，并把请求发送到无人监听的端口。",
    ),
    help: text("expose the port that the server listens on", "请暴露服务监听的端口"),
    rests_on: &[&DOCUMENTS_THE_PORT],
    examples: &[
        bad("FROM a:1\nEXPOSE «5000»\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n"),
        bad(
            "-- Dockerfile --\nFROM a:1\nEXPOSE «5000»\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8080 app:app\n",
        ),
        good(
            "FROM a:1\nEXPOSE 8000 9100\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n",
        ),
        good("FROM a:1\nEXPOSE 5000\nCMD python app.py\n"),
        // nginx stands before the server; its port is in a file that we do not have.
        good("FROM a:1\nEXPOSE 80\nCMD gunicorn -b :8000 app:app & nginx -g 'daemon off;'\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    let Some(exposed) = claims.exposed.first().filter(|_| claims.has_image) else { return };
    let running = claims.running();
    let is_known = running.iter().all(|start| {
        start.listens().all(|listen| listen.port.is_some())
            && start.launches.iter().all(|one| one.server.is_none() || !one.listens.is_empty())
    });
    let ports: Vec<_> = running
        .iter()
        .flat_map(|start| start.ports().map(|port| (start.place(port.span), port.value)))
        .collect();
    let agrees = |port: u16| claims.exposed.iter().any(|exposed| exposed.holds(port));
    let Some((at, listened)) = ports.first().filter(|_| is_known) else { return };
    if ports.iter().any(|(_, port)| agrees(*port)) {
        return;
    }
    found
        .add(&RULE, exposed.at)
        .arg("exposed", exposed.first)
        .arg("listened", listened)
        .related_message(
            *at,
            Message::new(text("the server listens on {listened}", "服务监听 {listened}"))
                .arg("listened", listened),
        );
}
