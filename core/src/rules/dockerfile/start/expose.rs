//! What EXPOSE cannot take. All in the default set: a port that is none stops the build, and the
//! other forms are to be refused by a coming release.

use super::super::file::{File, files};
use super::sources::EXPOSE;
use crate::dockerfile::{Body, Expansion, Keyword, Lookup, Word, expand};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, Text, text};

static CHECKS: Publication = Publication {
    title: "Docker build checks: ExposeInvalidFormat, ExposeProtoCasing",
    url: "https://docs.docker.com/reference/build-checks/",
    date: "",
};

static NO_MAPPING: Citation = Citation {
    publication: &CHECKS,
    says: text(
        "EXPOSE names a container port and, if need be, a protocol in lower case; an IP address or a host port does not belong there and will become an error",
        "EXPOSE 只应写容器端口，必要时加小写的协议名；不应包含 IP 地址或主机端口，今后的版本会将其视为错误",
    ),
    certainty: Certainty::Documented,
};

pub(super) static PORT: Rule = Rule {
    id: "dockerfile/invalid-port",
    severity: Severity::Error,
    summary: text("EXPOSE of what is no port", "EXPOSE 的端口无效"),
    message: OUT_OF_RANGE,
    why: text(
        "The builder stops with `invalid containerPort`.",
        "构建器会以 `invalid containerPort` 报错停止。",
    ),
    help: text(
        "give a number up to 65535, or two with `-` between, and tcp, udp or sctp behind `/`",
        "使用不超过 65535 的端口号，或以 `-` 连接的范围，`/` 后可写 tcp、udp 或 sctp",
    ),
    rests_on: &[&EXPOSE],
    aliases: &["DL3011", "DS-0008"],
    examples: &[
        bad("FROM alpine:3.20\nEXPOSE 8080 «80800»\n"),
        bad("FROM alpine:3.20\nEXPOSE 8000-«80000»/tcp\n"),
        bad("FROM alpine:3.20\nEXPOSE «9000-8000»\n"),
        bad("FROM alpine:3.20\nEXPOSE «http»\n"),
        bad("FROM alpine:3.20\nEXPOSE «8080,»\n"),
        bad("FROM alpine:3.20\nEXPOSE 8080/«http»\n"),
        good("FROM alpine:3.20\nEXPOSE 8000-8010 $PORT 53/udp\n"),
    ],
    check: |cx, found| check(cx, found, judge_port),
    ..Rule::DEFAULT
};

const OUT_OF_RANGE: Text =
    text("port {port} does not exist: the highest is 65535", "端口 {port} 不存在：最大为 65535");
const NO_NUMBER: Text = text("`{port}` is no port", "`{port}` 不是端口");
const REVERSED: Text = text("the range {port} ends before it begins", "范围 {port} 的终点小于起点");
const NO_PROTOCOL: Text = text(
    "`{port}` is no protocol of a port: tcp, udp and sctp are",
    "`{port}` 不是端口协议：只能是 tcp、udp 或 sctp",
);

pub(super) static FORMAT: Rule = Rule {
    id: "dockerfile/expose-format",
    severity: Severity::Warning,
    summary: text("EXPOSE with an address or host port", "EXPOSE 中写有地址或主机端口"),
    message: text("EXPOSE knows no address and no host port", "EXPOSE 不支持地址或主机端口"),
    why: text(
        "The builder drops all but the container's port, so nothing is published; a coming release refuses it.",
        "构建器只保留容器端口，并不会发布任何端口；今后的版本会拒绝。",
    ),
    help: text(
        "give the container's port alone; publish it when the container is started",
        "只写容器端口；启动容器时再发布",
    ),
    rests_on: &[&NO_MAPPING, &EXPOSE],
    aliases: &["ExposeInvalidFormat"],
    examples: &[
        bad("FROM alpine:3.20\nEXPOSE «127.0.0.1:8000:»80\n")
            .fixed("FROM alpine:3.20\nEXPOSE 80\n"),
        bad("FROM alpine:3.20\nEXPOSE 9000 «5000:»8000/tcp\n")
            .fixed("FROM alpine:3.20\nEXPOSE 9000 8000/tcp\n"),
        good("FROM alpine:3.20\nEXPOSE 80 8000/tcp\n"),
    ],
    check: |cx, found| check(cx, found, judge_format),
    ..Rule::DEFAULT
};

pub(super) static PROTOCOL: Rule = Rule {
    id: "dockerfile/expose-proto",
    severity: Severity::Warning,
    summary: text("EXPOSE protocol in upper case", "EXPOSE 的协议名含大写字母"),
    message: text("the protocol `{protocol}` is not in lower case", "协议 `{protocol}` 不是小写"),
    why: text(
        "Builders that compare the name as it stands refuse it, and tools that read the file miss the port.",
        "按原样比较名称的构建器会拒绝，读取该文件的工具也会漏掉该端口。",
    ),
    help: text("write it in lower case", "改为小写"),
    rests_on: &[&NO_MAPPING],
    aliases: &["ExposeProtoCasing"],
    examples: &[
        bad("FROM alpine:3.20\nEXPOSE 80/«TCP» 53/«Udp» 22/tcp\n")
            .fixed("FROM alpine:3.20\nEXPOSE 80/tcp 53/udp 22/tcp\n"),
        good("FROM alpine:3.20\nEXPOSE 80/tcp 53/udp\n"),
    ],
    check: |cx, found| check(cx, found, judge_protocol),
    ..Rule::DEFAULT
};

/// One word of EXPOSE: `[address:][host port:]port[-port][/protocol]`.
pub(super) struct ExposeWord {
    expansion: Expansion,
    /// Where the container's port begins.
    port_start: usize,
    port_end: usize,
}

impl ExposeWord {
    /// The word, if its value is known without a build argument.
    fn read(file: File<'_>, word: &Word) -> Option<ExposeWord> {
        let expansion = expand(word, file.content.tree.escape, &|_| Lookup::Unknown);
        let letters = expansion.value().filter(|_| !expansion.is_overridable)?;
        let port_end = letters.find('/').unwrap_or(letters.len());
        let port_start = letters[..port_end].rfind(':').map_or(0, |at| at + 1);
        Some(ExposeWord { expansion, port_start, port_end })
    }

    fn letters(&self) -> &str {
        self.expansion.text.text()
    }

    /// The container's port or ports.
    fn port(&self) -> &str {
        &self.letters()[self.port_start..self.port_end]
    }

    /// Behind the slash; empty where there is none.
    fn protocol(&self) -> &str {
        self.letters().get(self.port_end + 1..).unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.expansion.text.span(start, end)
    }

    /// Where the container's port stands.
    pub(super) fn port_span(&self) -> Span {
        self.span(self.port_start, self.port_end)
    }

    /// The container's ports, the first and the last.
    fn range(&self) -> Option<(u16, u16)> {
        let (first, last) = self.port().split_once('-').unwrap_or((self.port(), self.port()));
        Some((number(first)?.try_into().ok()?, number(last)?.try_into().ok()?))
    }

    /// Whether `port` over tcp is among them.
    pub(super) fn holds_tcp(&self, port: u16) -> bool {
        let is_tcp = self.protocol().is_empty() || self.protocol().eq_ignore_ascii_case("tcp");
        is_tcp && self.range().is_some_and(|(first, last)| (first..=last).contains(&port))
    }
}

/// The words of every EXPOSE whose value is known.
pub(super) fn expose_words<'a>(file: File<'a>) -> impl Iterator<Item = ExposeWord> {
    file.instructions()
        .filter(|(_, instruction)| instruction.keyword == Keyword::Expose)
        .filter_map(|(_, instruction)| match &instruction.body {
            Body::Words(words) => Some(words),
            _ => None,
        })
        .flatten()
        .filter_map(move |word| ExposeWord::read(file, word))
}

fn check(cx: &Context<'_>, found: &mut Findings, judge: fn(File<'_>, &ExposeWord, &mut Findings)) {
    for file in files(cx) {
        for word in expose_words(file) {
            judge(file, &word, found);
        }
    }
}

/// A number of any size; too large ones are one above all.
fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u32::MAX))
}

fn judge_port(file: File<'_>, word: &ExposeWord, found: &mut Findings) {
    let mut report = |start: usize, end: usize, says: Text| {
        let shown = word.letters().get(start..end).unwrap_or_default();
        let finding = found.add(&PORT, file.at(word.span(start, end)));
        finding.says(says).arg("port", shown);
    };
    let (start, end) = (word.port_start, word.port_end);
    let dash = word.port().find('-').map(|at| start + at);
    let parts = match dash {
        Some(dash) => vec![(start, dash), (dash + 1, end)],
        None => vec![(start, end)],
    };
    let numbers: Vec<Option<u32>> =
        parts.iter().map(|&(from, to)| number(&word.letters()[from..to])).collect();
    if numbers.contains(&None) {
        // Where nothing stands for the port, the whole word is shown.
        let whole = (0, word.letters().len());
        let (from, to) = if start == end { whole } else { (start, end) };
        report(from, to, NO_NUMBER);
    } else {
        for (&(from, to), number) in parts.iter().zip(&numbers) {
            if number.is_some_and(|number| number > u32::from(u16::MAX)) {
                report(from, to, OUT_OF_RANGE);
            }
        }
        if numbers.first() > numbers.last() {
            report(start, end, REVERSED);
        }
    }
    let protocol = word.protocol();
    let is_known = ["", "tcp", "udp", "sctp"].iter().any(|one| protocol.eq_ignore_ascii_case(one));
    if !is_known {
        report(end + 1, word.letters().len(), NO_PROTOCOL);
    }
}

fn judge_format(file: File<'_>, word: &ExposeWord, found: &mut Findings) {
    if word.port_start == 0 {
        return;
    }
    let at = file.at(word.span(0, word.port_start));
    let finding = found.add(&FORMAT, at);
    let is_written = word.expansion.text.is_verbatim(0, word.letters().len());
    if is_written && word.range().is_some() {
        finding.fix(Fix::safe(text("keep the container's port", "只保留容器端口")).delete(at));
    }
}

fn judge_protocol(file: File<'_>, word: &ExposeWord, found: &mut Findings) {
    let protocol = word.protocol();
    let lower = protocol.to_ascii_lowercase();
    if protocol == lower || !matches!(lower.as_str(), "tcp" | "udp" | "sctp") {
        return;
    }
    let (start, end) = (word.port_end + 1, word.letters().len());
    let at = file.at(word.span(start, end));
    let finding = found.add(&PROTOCOL, at);
    finding.arg("protocol", protocol);
    if word.expansion.text.is_verbatim(start, end) {
        finding.fix(Fix::safe(text("write it in lower case", "改为小写")).replace(at, lower));
    }
}
