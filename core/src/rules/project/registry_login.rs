//! A docker login of the project for other registries than its image comes from.

use super::sources::LOGINS_BY_HOST;
use crate::document::Kind;
use crate::kubernetes::objects;
use crate::reference::{self, DEFAULT_HOST, ImageReference, RegistryKind, vpc_host};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{MappedText, Message, Place, SourceId, text};

pub(super) static RULE: Rule = Rule {
    id: "project/registry-login-mismatch",
    summary: text("a login for another registry than the image's", "登录凭证与镜像所在的仓库不符"),
    message: text(
        "the image comes from `{host}`, but the project's login is for `{known}`",
        "镜像来自 `{host}`，而项目的登录凭证用于 `{known}`",
    ),
    why: text(
        "A login is used for its own host alone: the pull is sent without one and refused.",
        "凭证只用于其所属的仓库：拉取时不带凭证，会被拒绝。",
    ),
    help: text(
        "add a login for `{host}`, or correct the image's address",
        "请添加 `{host}` 的凭证，或更正镜像地址",
    ),
    rests_on: &[&LOGINS_BY_HOST],
    examples: &[
        bad(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"«harbor.acme.example»/ml/app:1.0\"}]}\n-- .docker/config.json --\n{\"auths\":{\"registry.acme.example\":{\"auth\":\"dXNlcjpwYXNz\"}}}\n",
        ),
        good(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"harbor.acme.example/ml/app:1.0\"}]}\n-- .docker/config.json --\n{\"auths\":{\"https://harbor.acme.example/v2/\":{\"auth\":\"dXNlcjpwYXNz\"}}}\n",
        ),
        bad(
            "-- pod.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: a, image: «harbor.acme.example»/ml/app}\n-- .docker/config.json --\n{\"auths\":{\"registry.acme.example\":{\"auth\":\"dXNlcjpwYXNz\"}}}\n",
        ),
        // Such a pod has its own logins.
        good(
            "-- pod.yml --\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets: [{name: pull}]\n  containers:\n    - {name: a, image: harbor.acme.example/ml/app}\n-- .docker/config.json --\n{\"auths\":{\"registry.acme.example\":{\"auth\":\"dXNlcjpwYXNz\"}}}\n",
        ),
        // The same registry over another network.
        good(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com/ml/app:1.0\"}]}\n-- .docker/config.json --\n{\"auths\":{\"acme-registry.cn-hangzhou.cr.aliyuncs.com\":{\"auth\":\"dXNlcjpwYXNz\"}}}\n",
        ),
        good(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"vllm/vllm-openai:v0.9\"}]}\n-- .docker/config.json --\n{\"auths\":{\"registry.acme.example\":{\"auth\":\"dXNlcjpwYXNz\"}}}\n",
        ),
        good(
            "-- service.json --\n{\"metadata\":{\"name\":\"a_b\"},\"containers\":[{\"image\":\"harbor.acme.example/ml/app:1.0\"}]}\n-- .docker/config.json --\n{\"auths\":{\"registry.acme.example\":{}},\"credsStore\":\"desktop\"}\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    let Some(document) = cx.only(Kind::DockerConfig) else { return };
    let Some(root) = document.roots().first() else { return };
    // A store holds logins that nobody sees.
    if root.get("credsStore").is_some() {
        return;
    }
    let sections = ["auths", "credHelpers"].into_iter().filter_map(|key| root.get(key));
    let logins: Vec<_> = sections.flat_map(|section| section.members()).collect();
    let Some(first) = logins.first() else { return };
    if logins.iter().any(|login| reference::is_placeholder(&login.key)) {
        return;
    }
    let deployed = cx.claims().deployed_images().map(|one| (&one.value, one.at.source));
    let of_services: Vec<_> = deployed.map(|image| (image, RULE.severity)).collect();
    let of_pods = pod_images(cx).into_iter().map(|image| (image, Severity::Info));
    for ((image, source), severity) in of_services.into_iter().chain(of_pods) {
        let Ok(reference) = reference::parse(image.text()) else { continue };
        let (Some(host), Some(range)) = (reference.host(), reference.host_range()) else {
            continue;
        };
        if !wants_login(&reference) || logins.iter().any(|login| is_for(&login.key, host)) {
            continue;
        }
        let known: Vec<&str> = logins.iter().map(|login| host_of(&login.key)).collect();
        let at = Place::new(source, image.span(range.start, range.end));
        let finding = found.add(&RULE, at).arg("host", host).arg("known", known.join(", "));
        finding.severity(severity).related_message(
            document.place(first.key_span),
            Message::new(text("the login is for {known}", "凭证用于 {known}"))
                .arg("known", host_of(&first.key)),
        );
    }
}

/// The images of pods that name no Secret to pull with: the login of the project is all there is.
fn pod_images<'a>(cx: &Context<'a>) -> Vec<(&'a MappedText, SourceId)> {
    let mut found = Vec::new();
    for part in cx.parts(Kind::Kubernetes) {
        for object in part.roots().iter().flat_map(objects) {
            if object.pull_secrets().is_some() {
                continue;
            }
            let containers = object.pod().into_iter().flat_map(|pod| pod.containers());
            let images = containers.filter_map(|one| one.image()?.as_text());
            found.extend(images.map(|image| (image, part.document.id)));
        }
    }
    found
}

/// Whether the registry is one's own, rather than one that everybody pulls from.
fn wants_login(reference: &ImageReference) -> bool {
    matches!(
        reference.registry().kind,
        RegistryKind::AcrPersonal
            | RegistryKind::AcrPersonalOwnDomain
            | RegistryKind::AcrEnterprise
            | RegistryKind::Swr
            | RegistryKind::Other
    )
}

/// `https://index.docker.io/v1/` is the host in it.
fn host_of(key: &str) -> &str {
    let host = key.split_once("://").map_or(key, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host);
    if host == "index.docker.io" { DEFAULT_HOST } else { host }
}

/// Whether a login under `key` is used for `host`, over whichever network.
fn is_for(key: &str, host: &str) -> bool {
    let known = host_of(key);
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    same(known, host)
        || vpc_host(known).is_some_and(|vpc| same(&vpc, host))
        || vpc_host(host).is_some_and(|vpc| same(&vpc, known))
}
