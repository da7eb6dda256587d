//! A container runtime inside of a container.
//!
//! Strict: builders and their like are meant to hold one.

use super::super::file::files;
use super::driver::is_shipped;
use super::install::system_packages;
use super::sources;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

const RUNTIMES: &[&str] = &[
    "docker.io",
    "docker-ce",
    "docker-engine",
    "moby-engine",
    "containerd",
    "containerd.io",
    "podman",
    "cri-o",
    "nvidia-container-toolkit",
    "nvidia-docker2",
    "nvidia-container-runtime",
];

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/container-runtime-in-image",
    severity: Severity::Info,
    strict: true,
    summary: text("A container runtime in the image", "镜像中安装了容器运行时"),
    message: text(
        "`{package}` runs containers, which needs rights that a container has not",
        "`{package}` 用于运行容器，而容器本身没有所需权限",
    ),
    why: text(
        "It works only in a privileged container or with the host's socket, and whoever has either has the host.",
        "它只能在特权容器中或借助宿主机的套接字工作，而拥有其中任何一个就等于拥有宿主机。",
    ),
    help: text("leave it to the host", "请交由宿主机处理"),
    rests_on: &[&sources::DAEMON],
    aliases: &["no-container-runtime-in-image"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get update && apt-get install -y «docker.io»\n"),
        good("FROM debian:12\nRUN apt-get update && apt-get install -y docker-ce-cli\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.runs().filter(|line| is_shipped(file, line.instruction)) {
            for command in &line.script.commands {
                for (name, word) in system_packages(command) {
                    if RUNTIMES.contains(&name) {
                        found.add(&RULE, file.at(word.span)).arg("package", name);
                    }
                }
            }
        }
    }
}
