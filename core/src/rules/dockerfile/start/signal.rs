//! STOPSIGNAL. An unknown signal and one that cannot be caught stand in the default set: the build
//! stops, or every stop is a kill. How a signal is spelt is taste, hence strict.

use super::super::file::{File, files};
use super::sources::STOP_SIGNAL;
use crate::dockerfile::{Body, Expansion, Keyword, Lookup, expand};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::rules::signals::{Signal, read};
use crate::text::{Place, Text, text};

static MANUAL: Publication = Publication {
    title: "Linux manual page signal(7)",
    url: "https://man7.org/linux/man-pages/man7/signal.7.html",
    date: "",
};

static NOT_CAUGHT: Citation = Citation {
    publication: &MANUAL,
    says: text(
        "SIGKILL and SIGSTOP cannot be caught, blocked or ignored; each signal has a name and, on Linux, a number",
        "SIGKILL 和 SIGSTOP 不能被捕获、阻塞或忽略；每个信号都有名称，在 Linux 上还有编号",
    ),
    certainty: Certainty::Documented,
};

pub(super) static UNKNOWN: Rule = Rule {
    id: "dockerfile/unknown-stopsignal",
    severity: Severity::Error,
    summary: text("STOPSIGNAL that is no signal", "STOPSIGNAL 不是有效信号"),
    message: text("there is no signal `{signal}`", "没有信号 `{signal}`"),
    why: text("The builder stops with `invalid signal`.", "构建器会以 `invalid signal` 报错停止。"),
    help: text("name a signal such as SIGTERM", "使用 SIGTERM 之类的信号名"),
    rests_on: &[&STOP_SIGNAL, &NOT_CAUGHT],
    aliases: &["INVALID_SIGNAL"],
    examples: &[
        bad("FROM alpine:3.20\nSTOPSIGNAL «SIGTREM»\n"),
        bad("FROM alpine:3.20\nSTOPSIGNAL «0»\n"),
        good("FROM alpine:3.20\nSTOPSIGNAL SIGRTMIN+3\n"),
        good("FROM alpine:3.20\nSTOPSIGNAL $SIGNAL\n"),
    ],
    check: |cx, found| check(cx, found, judge_unknown),
    ..Rule::DEFAULT
};

pub(super) static UNGRACEFUL: Rule = Rule {
    id: "dockerfile/ungraceful-stopsignal",
    severity: Severity::Warning,
    summary: text("STOPSIGNAL that no program can catch", "STOPSIGNAL 无法被程序捕获"),
    message: text("no program can react to {signal}", "程序无法响应 {signal}"),
    why: text(
        "Every stop is a kill: requests in flight are cut off, and files are left half written.",
        "每次停止都是强制终止：正在处理的请求会中断，文件可能只写了一半。",
    ),
    help: text(
        "use SIGTERM, or the signal that the server takes for a graceful stop",
        "使用 SIGTERM，或服务用于平稳停止的信号",
    ),
    rests_on: &[&NOT_CAUGHT],
    aliases: &["no-ungraceful-stopsignal"],
    examples: &[
        bad("FROM alpine:3.20\nSTOPSIGNAL «SIGKILL»\n"),
        bad("FROM alpine:3.20\nSTOPSIGNAL «9»\n"),
        good("FROM nginx:1.27\nSTOPSIGNAL SIGQUIT\n"),
    ],
    check: |cx, found| check(cx, found, judge_ungraceful),
    ..Rule::DEFAULT
};

pub(super) static CANONICAL: Rule = Rule {
    id: "dockerfile/canonical-stopsignal",
    severity: Severity::Info,
    strict: true,
    summary: text("STOPSIGNAL by number or short name", "STOPSIGNAL 使用编号或简称"),
    message: text("`{signal}` is {name}", "`{signal}` 即 {name}"),
    why: text(
        "The full name says at a glance how the container is stopped.",
        "完整名称让人一眼看出容器如何停止。",
    ),
    help: text("write {name}", "写成 {name}"),
    rests_on: &[&STOP_SIGNAL, &NOT_CAUGHT],
    aliases: &["prefer-canonical-stopsignal"],
    examples: &[
        bad("FROM alpine:3.20\nSTOPSIGNAL «15»\n").fixed("FROM alpine:3.20\nSTOPSIGNAL SIGTERM\n"),
        bad("FROM alpine:3.20\nSTOPSIGNAL «int»\n").fixed("FROM alpine:3.20\nSTOPSIGNAL SIGINT\n"),
        good("FROM alpine:3.20\nSTOPSIGNAL SIGTERM\n"),
        good("FROM alpine:3.20\nSTOPSIGNAL 37\n"),
    ],
    check: |cx, found| check(cx, found, judge_canonical),
    ..Rule::DEFAULT
};

fn check(
    cx: &Context<'_>,
    found: &mut Findings,
    judge: fn(&Expansion, Place, &str, Signal, &mut Findings),
) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let (Keyword::StopSignal, Body::Text(word)) = (instruction.keyword, &instruction.body)
            else {
                continue;
            };
            let expansion = expand(word, file.content.tree.escape, &|_| Lookup::Unknown);
            let known = expansion.value().filter(|_| !expansion.is_overridable);
            if let Some(text) = known.filter(|text| !text.is_empty()) {
                judge(&expansion, place(file, &expansion), text, read(text), found);
            }
        }
    }
}

fn place(file: File<'_>, expansion: &Expansion) -> Place {
    file.at(expansion.text.whole())
}

fn judge_unknown(_: &Expansion, at: Place, text: &str, signal: Signal, found: &mut Findings) {
    if matches!(signal, Signal::Unknown) {
        found.add(&UNKNOWN, at).arg("signal", text);
    }
}

fn judge_ungraceful(_: &Expansion, at: Place, _: &str, signal: Signal, found: &mut Findings) {
    if let Signal::Named(name @ ("KILL" | "STOP")) = signal {
        found.add(&UNGRACEFUL, at).arg("signal", format!("SIG{name}"));
    }
}

fn judge_canonical(
    expansion: &Expansion,
    at: Place,
    signal_text: &str,
    signal: Signal,
    found: &mut Findings,
) {
    const TITLE: Text = text("write {name}", "写成 {name}");
    let Signal::Named(name) = signal else { return };
    let name = format!("SIG{name}");
    if signal_text == name {
        return;
    }
    let finding = found.add(&CANONICAL, at);
    finding.arg("signal", signal_text).arg("name", &name);
    if expansion.text.is_verbatim(0, signal_text.len()) {
        finding.fix(Fix::safe(TITLE).arg("name", &name).replace(at, &name));
    }
}
