//! STOPSIGNAL: what an instance gets in place of SIGTERM.

use super::super::spec::{STOP_SIGNAL_IS_SENT, TERM_IS_SENT};
use super::MODELARTS;
use super::start::dockerfile;
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::rules::signals::{Signal, read};
use crate::text::{Place, file_name, text};

pub(super) static RULE: Rule = Rule {
    id: "modelarts/stop-signal-not-term",
    summary: text("another stop signal than SIGTERM", "停止信号不是 SIGTERM"),
    message: text(
        "ModelArts announces the stop of an instance with SIGTERM; this image asks for {signal} instead",
        "ModelArts 用 SIGTERM 通知实例停止，而该镜像要求改用 {signal}",
    ),
    why: text(
        "Runtimes send the image's stop signal in place of SIGTERM. What waits for SIGTERM is never told and cuts off the requests in flight.",
        "容器运行时会用镜像的停止信号代替 SIGTERM。等待 SIGTERM 的程序收不到通知，处理中的请求会被中断。",
    ),
    help: text(
        "leave STOPSIGNAL out, unless the server takes {signal} for a graceful stop",
        "去掉 STOPSIGNAL，除非服务将 {signal} 视为平稳停止",
    ),
    rests_on: &[&TERM_IS_SENT, &STOP_SIGNAL_IS_SENT],
    examples: &[
        bad("FROM python:3.11\nSTOPSIGNAL «SIGINT»\nCMD [\"gunicorn\", \"app:app\"]\n"),
        bad(r#"{"images": [{"stop_signal": "«3»", "cmd": ["sh", "/home/run.sh"]}]}"#),
        bad(r#"{"images": [{"stop_signal": "«37»"}]}"#),
        good(r#"{"images": [{"stop_signal": "TERM"}, {"stop_signal": "15"}, {"cmd": ["/a"]}]}"#),
        // The image's own rules speak of these.
        good(r#"{"images": [{"stop_signal": "SIGKILL"}, {"stop_signal": "SIGTREM"}]}"#),
        // These servers finish their requests on it.
        good("FROM python:3.11\nSTOPSIGNAL SIGQUIT\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        good(
            r#"{"images": [{"stop_signal": "SIGQUIT", "entrypoint": ["/docker-entrypoint.sh"], "cmd": ["/usr/sbin/nginx"]}]}"#,
        ),
    ],
    check,
    ..MODELARTS
};

/// Servers that finish their requests on another signal, with its name.
const GRACEFUL: &[(&str, &str)] = &[
    ("nginx", "QUIT"),
    ("openresty", "QUIT"),
    ("php-fpm", "QUIT"),
    ("httpd", "WINCH"),
    ("httpd-foreground", "WINCH"),
    ("apache2", "WINCH"),
    ("apache2-foreground", "WINCH"),
];

fn check(cx: &Context<'_>, found: &mut Findings) {
    if let Some((document, content)) = dockerfile(cx)
        && let Some(setting) = &content.prediction.stop_signal
        && let Some(told) = &setting.value
    {
        let start = cx.claims().image_start.as_ref();
        let text = start.map(|start| start.text.as_str()).unwrap_or_default();
        judge(told, text.split_whitespace(), document.place(setting.span), found);
    }
    for view in cx.images() {
        if let Some(told) = &view.config.stop_signal {
            let words = view.config.entrypoint.iter().chain(&view.config.cmd);
            let words = words.flatten().flat_map(|word| word.split_whitespace());
            judge(told, words, view.at("stop_signal"), found);
        }
    }
}

fn judge<'a>(
    told: &str,
    mut started: impl Iterator<Item = &'a str>,
    at: Place,
    found: &mut Findings,
) {
    let signal = match read(told) {
        Signal::Unknown | Signal::Named("KILL" | "STOP" | "TERM") => return,
        Signal::Named(name) => name,
        Signal::Other => "",
    };
    let is_graceful = started.any(|word| {
        let program = file_name(word);
        GRACEFUL.contains(&(program, signal))
    });
    if !is_graceful {
        let shown =
            if signal.is_empty() { told.to_ascii_uppercase() } else { format!("SIG{signal}") };
        found.add(&RULE, at).arg("signal", shown);
    }
}
