//! No HEALTHCHECK. Strict: Kubernetes and the clouds' services ignore it and have probes of their
//! own.

use super::super::file::files;
use super::section::last;
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static REFERENCE: Publication = Publication {
    title: "Dockerfile reference: HEALTHCHECK",
    url: "https://docs.docker.com/reference/dockerfile/#healthcheck",
    date: "",
};

static STATUS: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "a container with a health check has a health status besides its normal one; NONE switches an inherited check off",
        "带健康检查的容器除普通状态外还有健康状态；NONE 会关闭继承的检查",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/healthcheck-missing",
    severity: Severity::Info,
    strict: true,
    summary: text("no HEALTHCHECK", "没有 HEALTHCHECK"),
    message: text("the image has no HEALTHCHECK", "镜像没有 HEALTHCHECK"),
    why: text(
        "Docker and Compose take the container for healthy as long as its process lives, even if it answers nobody.",
        "只要进程存在，Docker 和 Compose 就认为容器正常，即使它已不响应任何请求。",
    ),
    help: text(
        "add HEALTHCHECK, or HEALTHCHECK NONE where something else looks after the container",
        "添加 HEALTHCHECK；若由其他机制检查，则写 HEALTHCHECK NONE",
    ),
    rests_on: &[&STATUS],
    aliases: &["DL3057", "DS-0026", "CKV_DOCKER_2"],
    examples: &[
        bad("FROM golang:1.23 AS build\n«FROM» alpine:3.20\nCMD [\"/serve\"]\n"),
        good("FROM alpine:3.20\nHEALTHCHECK CMD [\"/live\"]\n"),
        good("FROM alpine:3.20 AS base\nHEALTHCHECK NONE\nFROM base\nCMD [\"/serve\"]\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(section) = last(file).filter(|section| section.stage.is_some()) else { continue };
        if let Some(from) = section.instructions.first().filter(|_| !section.end.has_healthcheck) {
            found.add(&RULE, file.at(from.keyword_span));
        }
    }
}
