//! What the builder refuses in an instruction that is read: values of flags, words that cannot be
//! expanded, signals, ports.

use super::duration;
use super::environment::{refusals, variables_used};
use super::expand::{ExpandErrorKind, Lookup, expand, expand_words};
use super::instruction::{Body, Flag, Instruction, Keyword};
use super::mount;
use super::port::{PortErrorKind, PortSpec};
use super::words::Word;
use crate::text::{Span, SyntaxError, Text, text};

/// How a flag takes its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `--link`, `--link=true`.
    Bool,
    /// `--from=x`, once.
    One,
    /// `--mount=x`, as often as one likes.
    Many,
}

fn form(name: &str) -> Form {
    match name {
        "link" | "keep-git-dir" | "unpack" | "parents" => Form::Bool,
        "mount" | "device" | "exclude" => Form::Many,
        _ => Form::One,
    }
}

/// Checks the flags that the keyword knows.
pub(super) fn flags(instruction: &Instruction, errors: &mut Vec<SyntaxError>) {
    for (at, flag) in instruction.flags.iter().enumerate() {
        if !instruction.keyword.knows_flag(&flag.name) {
            continue;
        }
        let form = form(&flag.name);
        // Nobody gives more; and a file made of flags alone must not take for ever.
        let earlier = instruction.flags.iter().take(at.min(64));
        if form != Form::Many && earlier.clone().any(|other| other.name == flag.name) {
            push(errors, flag.name_span, TWICE, flag);
            continue;
        }
        match (&flag.value, form) {
            (Some(value), Form::Bool) => match value.raw().to_ascii_lowercase().as_str() {
                "" => push(errors, flag.span, NO_VALUE, flag),
                "true" | "false" => {}
                _ => push(errors, value.span, NO_BOOL, flag),
            },
            (None, Form::Bool) => {}
            (None, _) => push(errors, flag.name_span, NO_VALUE, flag),
            (Some(value), _) => self::value(instruction.keyword, flag, value, errors),
        }
    }
}

fn push(errors: &mut Vec<SyntaxError>, span: Span, words: Text, flag: &Flag) {
    let value = flag.value.as_ref().map_or("", |value| value.raw());
    errors.push(SyntaxError::new(span, words).arg("flag", &flag.name).arg("value", value));
}

fn value(keyword: Keyword, flag: &Flag, value: &Word, errors: &mut Vec<SyntaxError>) {
    let letters = value.raw();
    let span = if letters.is_empty() { flag.span } else { value.span };
    match (keyword, flag.name.as_str()) {
        (Keyword::Run, "mount") => mount::check_mount(value, errors),
        (Keyword::Run, "device") => mount::check_device(value, errors),
        (Keyword::Run, "network") if !matches!(letters, "default" | "none" | "host") => {
            push(errors, span, NETWORK, flag);
        }
        (Keyword::Run, "security") if !matches!(letters, "insecure" | "sandbox") => {
            push(errors, span, SECURITY, flag);
        }
        (Keyword::Copy, "from") => {
            let expansion = expand(value, '\\', &|_| Lookup::Unset);
            if let Some(used) = expansion.uses.first() {
                errors.push(SyntaxError::new(used.span, COPY_FROM));
            }
        }
        (Keyword::Healthcheck, "retries") => match letters.parse::<i32>() {
            _ if letters.is_empty() => {}
            Ok(0..) => {}
            _ => push(errors, span, RETRIES, flag),
        },
        (Keyword::Healthcheck, _) if !letters.is_empty() => match duration::nanoseconds(letters) {
            Some(0.0) => {}
            Some(time) if time >= duration::SHORTEST => {}
            Some(_) => push(errors, span, TOO_SHORT, flag),
            None => push(errors, span, DURATION, flag),
        },
        _ => {}
    }
}

/// Checks what the builder does with the instruction's words.
pub(super) fn words(instruction: &Instruction, escape: char, errors: &mut Vec<SyntaxError>) {
    let mut is_refused = false;
    for error in refusals(instruction, escape) {
        let words = match error.kind {
            ExpandErrorKind::Quote => OPEN_QUOTE,
            ExpandErrorKind::Brace => OPEN_BRACE,
            ExpandErrorKind::NoName => NO_NAME,
            ExpandErrorKind::Modifier => MODIFIER,
            ExpandErrorKind::Slash => NO_SLASH,
            ExpandErrorKind::Pattern => PATTERN,
            ExpandErrorKind::Required | ExpandErrorKind::TooDeep => continue,
        };
        is_refused = true;
        errors.push(SyntaxError::new(error.span, words));
    }
    if is_refused || !variables_used(instruction, escape).is_empty() {
        return;
    }
    match (instruction.keyword, &instruction.body) {
        (Keyword::StopSignal, Body::Text(word)) => {
            let expansion = expand(word, escape, &|_| Lookup::Unset);
            if !is_signal(expansion.text.text()) {
                errors.push(SyntaxError::new(word.span, SIGNAL).arg("value", word.raw()));
            }
        }
        (Keyword::Expose, Body::Words(words)) => {
            for word in words {
                let (_, parts) = expand_words(word, escape, &|_| Lookup::Unset);
                for part in parts {
                    let Err(error) = PortSpec::read(part.text()) else { continue };
                    let reason = match error.kind {
                        PortErrorKind::NoPort => NO_PORT,
                        PortErrorKind::Protocol => PROTOCOL,
                        PortErrorKind::Address => ADDRESS,
                        PortErrorKind::NoNumber => NO_NUMBER,
                        PortErrorKind::Reversed => REVERSED,
                        PortErrorKind::Lengths => LENGTHS,
                        // A rule of its own tells of numbers that are no ports.
                        PortErrorKind::OutOfRange => continue,
                    };
                    let shown = part.text().get(error.at.clone()).unwrap_or_default();
                    let span = if shown.is_empty() {
                        word.span
                    } else {
                        part.span(error.at.start, error.at.end)
                    };
                    errors.push(SyntaxError::new(span, reason).arg("value", shown));
                }
            }
        }
        _ => {}
    }
}

/// Whether a signal has this name or number.
fn is_signal(name: &str) -> bool {
    if let Ok(number) = name.parse::<i32>() {
        return number != 0;
    }
    let upper = name.to_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    SIGNALS.contains(&name)
        || name.strip_prefix("RTMIN+").is_some_and(|rest| is_step(rest, 15))
        || name.strip_prefix("RTMAX-").is_some_and(|rest| is_step(rest, 14))
}

/// A number from 1 to `most`, without zeros before it.
fn is_step(text: &str, most: u32) -> bool {
    !text.starts_with(['0', '+']) && text.parse().is_ok_and(|step: u32| step <= most)
}

const SIGNALS: &[&str] = &[
    "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL",
    "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP",
    "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
];

const TWICE: Text = text("`--{flag}` is given twice", "`--{flag}` 给出了两次");
const NO_VALUE: Text =
    text("`--{flag}` needs a value: `--{flag}=…`", "`--{flag}` 需要值：`--{flag}=…`");
const NO_BOOL: Text = text(
    "`--{flag}` takes true or false, not `{value}`",
    "`--{flag}` 只接受 true 或 false，而不是 `{value}`",
);
const NETWORK: Text = text(
    "there is no network `{value}`: default, none or host",
    "没有网络 `{value}`：应为 default、none 或 host",
);
const SECURITY: Text = text(
    "there is no security mode `{value}`: sandbox or insecure",
    "没有安全模式 `{value}`：应为 sandbox 或 insecure",
);
const COPY_FROM: Text = text(
    "COPY --from takes no variables: name a stage with FROM … AS instead",
    "COPY --from 不支持变量：请改用 FROM … AS 命名阶段",
);
const RETRIES: Text = text(
    "`--{flag}` takes a whole number, not `{value}`",
    "`--{flag}` 需要非负整数，而不是 `{value}`",
);
const TOO_SHORT: Text =
    text("`--{flag}={value}` is shorter than a millisecond", "`--{flag}={value}` 小于一毫秒");
const DURATION: Text = text(
    "`{value}` is no duration such as `30s` or `1m30s`",
    "`{value}` 不是时长，例如 `30s` 或 `1m30s`",
);
const OPEN_QUOTE: Text = text("this quote is never closed", "该引号没有闭合");
const OPEN_BRACE: Text = text("this `${` is never closed", "该 `${` 没有闭合");
const NO_NAME: Text = text("`${` needs a variable's name behind it", "`${` 后缺少变量名");
const MODIFIER: Text = text(
    "the builder does not know this form of a variable: `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `%` or `/`",
    "构建器不支持这种变量写法：应为 `:-`、`-`、`:+`、`+`、`:?`、`?`、`#`、`%` 或 `/`",
);
const NO_SLASH: Text =
    text("the second `/` is missing: `${name/old/new}`", "缺少第二个 `/`：`${name/old/new}`");
const PATTERN: Text = text(
    "only `*`, `?` and the backslash can be escaped in a pattern",
    "模式中只能转义 `*`、`?` 和反斜杠",
);
const SIGNAL: Text = text("there is no signal `{value}`", "没有信号 `{value}`");
const NO_PORT: Text = text("a port is missing", "缺少端口");
const PROTOCOL: Text = text(
    "there is no protocol `{value}`: tcp, udp or sctp",
    "没有协议 `{value}`：应为 tcp、udp 或 sctp",
);
const ADDRESS: Text = text("`{value}` is no IP address", "`{value}` 不是 IP 地址");
const NO_NUMBER: Text = text("`{value}` is no port number", "`{value}` 不是端口号");
const REVERSED: Text =
    text("the range {value} ends before it begins", "范围 {value} 的终点小于起点");
const LENGTHS: Text =
    text("the ranges of host and container differ in length", "主机和容器的端口范围长度不同");
