//! Health checks of one server that do not ask the same: another path, or a port on which nothing
//! listens.

use super::sources::HEALTH_IS_ASKED;
use crate::claims::{AskedBy, Claims};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::{Located, Message, SourceId, text};

pub(super) static PATH: Rule = Rule {
    id: "project/health-path-mismatch",
    summary: text("health checks that ask different paths", "健康检查请求的路径不一致"),
    message: text(
        "this health check asks {path}, that of the other document {other}",
        "此健康检查请求 {path}，而另一文档请求 {other}",
    ),
    why: text(
        "Both ask the same server. If it answers only one of the two paths, the other check fails and the instance is restarted again and again.",
        "两者检查的是同一个服务。若服务只响应其中一个路径，另一检查会失败，实例会反复重启。",
    ),
    help: text("ask the same path in both", "两处请求相同的路径"),
    rests_on: &[&HEALTH_IS_ASKED],
    examples: &[
        bad(
            "-- Dockerfile --\nFROM a:1\nHEALTHCHECK CMD curl -f http://localhost:8000/healthz\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"startup_check\":{\"http_get\":{\"path\":\"«/health»\",\"port\":8000}}}]}\n",
        ),
        bad(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"startup_check\":{\"http_get\":{\"path\":\"/ready\",\"port\":8000}}}]}\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"health\":{\"url\":\"«/health»\"}}\n",
        ),
        good(
            "-- Dockerfile --\nFROM a:1\nHEALTHCHECK CMD curl -f http://localhost:8000/health/\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"startup_check\":{\"http_get\":{\"path\":\"/health\",\"port\":8000}}}]}\n",
        ),
        // One of several probes asks the same.
        good(
            "-- Dockerfile --\nFROM a:1\nHEALTHCHECK CMD curl -f http://localhost:8000/health\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000,\"startup_check\":{\"http_get\":{\"path\":\"/ready\",\"port\":8000}},\"liveness_check\":{\"http_get\":{\"path\":\"/health\",\"port\":8000}}}]}\n",
        ),
        // The front page answers whatever else does.
        good(
            "-- Dockerfile --\nFROM a:1\nHEALTHCHECK CMD curl -f http://localhost:8000/\n-- config.json --\n{\"model_algorithm\":\"a\",\"model_type\":\"Image\",\"health\":{\"url\":\"/health\"}}\n",
        ),
    ],
    check: path,
    ..Rule::DEFAULT
};

/// The paths that one document's health checks ask, without `/`, which tells nothing.
fn paths(claims: &Claims, source: SourceId) -> Vec<&Located<String>> {
    let asked = claims.health.iter().filter_map(|request| request.path.as_ref());
    asked.filter(|path| path.at.source == source && !trimmed(path).is_empty()).collect()
}

/// A slash at the end makes no other path.
fn trimmed(path: &Located<String>) -> &str {
    path.value.trim_end_matches('/')
}

fn path(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    // With several containers nothing tells which of them the others speak of.
    if claims.containers.len() > 1 || claims.models.len() > 1 {
        return;
    }
    let mut sources: Vec<SourceId> = Vec::new();
    for request in &claims.health {
        if !sources.contains(&request.whole.source) {
            sources.push(request.whole.source);
        }
    }
    for (index, &source) in sources.iter().enumerate() {
        let here = paths(claims, source);
        let Some(first) = here.first() else { continue };
        // Each is compared with the first that tells: one disagreement is said once.
        let earlier = sources[..index].iter().map(|&other| paths(claims, other));
        let Some(there) = earlier.into_iter().find(|there| !there.is_empty()) else { continue };
        let is_same = |one: &&Located<String>| here.iter().any(|own| trimmed(own) == trimmed(one));
        let Some(other) = there.first().filter(|_| !there.iter().any(is_same)) else { continue };
        found
            .add(&PATH, first.at)
            .arg("path", &first.value)
            .arg("other", &other.value)
            .related_message(
                other.at,
                Message::new(text("{other} is asked here", "此处请求 {other}"))
                    .arg("other", &other.value),
            );
    }
}

pub(super) static PORT: Rule = Rule {
    id: "project/health-port-mismatch",
    summary: text("a health check of a port on which nothing listens", "健康检查的端口无人监听"),
    message: text(
        "HEALTHCHECK asks port {port}, but the server listens on {listened}",
        "HEALTHCHECK 请求端口 {port}，而服务监听 {listened}",
    ),
    why: text(
        "The check fails for ever: the container counts as unhealthy although it serves.",
        "检查会一直失败：容器虽在服务，仍被视为异常。",
    ),
    help: text("ask the port that the server listens on", "请检查服务监听的端口"),
    rests_on: &[&HEALTH_IS_ASKED],
    examples: &[
        bad(
            "FROM a:1\nHEALTHCHECK CMD curl -f http://localhost:«5000»/health\nCMD [\"gunicorn\", \"-b\", \":8000\", \"a:b\"]\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nHEALTHCHECK CMD [\"wget\", \"-q\", \"http://127.0.0.1:«5000»/\"]\nCMD [\"sh\", \"/home/run.sh\"]\n-- run.sh --\nexec gunicorn -b :8080 a:b\n",
        ),
        good(
            "FROM a:1\nENV PORT=8000\nHEALTHCHECK CMD curl -f http://localhost:$PORT/health\nCMD gunicorn -b :$PORT a:b\n",
        ),
        bad(
            "-- Dockerfile --\nFROM a:1\nHEALTHCHECK CMD curl -f localhost:«5000»/health\nCMD [\"python\", \"app.py\"]\n-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"x\",\"port\":8000}]}\n",
        ),
        good("FROM a:1\nHEALTHCHECK CMD curl -f http://localhost:5000/health\nCMD python app.py\n"),
        good(
            "FROM a:1\nHEALTHCHECK CMD curl -f http://localhost:80/\nCMD gunicorn -b :8000 a:b & nginx -g 'daemon off;'\n",
        ),
    ],
    check: port,
    ..Rule::DEFAULT
};

fn port(cx: &Context<'_>, found: &mut Findings) {
    let claims = cx.claims();
    let running = claims.running();
    let is_known = running.iter().all(|start| {
        start.listens().all(|listen| listen.port.is_some())
            && start.launches.iter().all(|one| one.server.is_none() || !one.listens.is_empty())
    });
    let ports: Vec<_> = running
        .iter()
        .flat_map(|start| start.ports().map(|port| (start.place(port.span), port.value)))
        .collect();
    let by_image = claims.health.iter().filter(|request| request.by == AskedBy::Image);
    for asked in by_image.filter_map(|request| request.port.as_ref()) {
        if ports.iter().any(|(_, port)| *port == asked.value) || !claims.has_image {
            continue;
        }
        if let Some((at, listened)) = ports.first().filter(|_| is_known) {
            let label = text("the server listens on {listened}", "服务监听 {listened}");
            found
                .add(&PORT, asked.at)
                .arg("port", asked.value)
                .arg("listened", listened)
                .related_message(*at, Message::new(label).arg("listened", listened));
        } else if let Some(port) = deployed_port(claims).filter(|port| port.value != asked.value)
            && ports.is_empty()
        {
            let label = text("requests go to {listened}", "请求发往 {listened}");
            found
                .add(&PORT, asked.at)
                .says(text(
                    "HEALTHCHECK asks port {port}, but requests go to {listened}",
                    "HEALTHCHECK 请求端口 {port}，而请求发往 {listened}",
                ))
                .arg("port", asked.value)
                .arg("listened", port.value)
                .related_message(port.at, Message::new(label).arg("listened", port.value));
        }
    }
}

/// The one port that requests are sent to, where the image's own command serves it.
fn deployed_port(claims: &Claims) -> Option<&Located<u16>> {
    let of_container = claims.containers.iter().map(|one| one.port.as_ref());
    let of_model = claims.models.iter().map(|one| one.port.as_ref());
    let mut ports = of_container.chain(of_model).flatten();
    let first = ports.next()?;
    let is_alone = !claims.is_start_replaced() && claims.containers.len() < 2;
    (is_alone && ports.all(|port| port.value == first.value)).then_some(first)
}
