//! What `web/boot/boot.js` offers as `window.plimsoll`: how far the checker is, its workers, and the
//! page's copies for times without a network. Draws nothing.

use js_sys::{Function, Promise, Reflect};
use plimsoll::text::{Lang, Message, Text, text};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Worker};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = plimsoll, js_name = checker)]
    fn js_checker() -> JsValue;
    #[wasm_bindgen(js_namespace = plimsoll, js_name = offline)]
    fn js_offline() -> JsValue;
    #[wasm_bindgen(js_namespace = plimsoll, js_name = listen)]
    fn js_listen(listener: &Function);
    #[wasm_bindgen(js_namespace = plimsoll, js_name = startChecker, catch)]
    fn js_start_checker() -> Result<Worker, JsValue>;
    #[wasm_bindgen(js_namespace = plimsoll, js_name = startWorker, catch)]
    fn js_start_worker() -> Result<Worker, JsValue>;
    #[wasm_bindgen(js_namespace = plimsoll, js_name = retry)]
    fn js_retry();
    #[wasm_bindgen(js_namespace = plimsoll, js_name = saveOfflineCopy)]
    fn js_save_offline_copy() -> Promise;
}

/// How far the checker is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loading {
    /// It is being fetched.
    Underway {
        /// Bytes that have come.
        bytes: u64,
        /// Bytes there are.
        whole: u64,
    },
    /// It can be started.
    Ready {
        /// Counts how often it was.
        attempt: u32,
    },
    /// It did not come, or did not start.
    Failed(Failure),
}

/// Why the checker is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure.
    pub reason: Reason,
    /// The file that it concerns, if it concerns one.
    pub part: String,
    /// What the browser says of it.
    pub detail: String,
}

/// A kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The server has no such file.
    Missing,
    /// The connection broke.
    Unreachable,
    /// The file is another than the one that belongs to the page.
    Changed,
    /// Nothing came for several seconds.
    Slow,
    /// The browser cannot run it.
    Unusable,
    /// The browser did not let a worker start.
    Blocked,
    /// The worker does not answer.
    Silent,
    /// Anything else.
    Broken,
}

const MISSING: Text = text(
    "The file `{part}` could not be loaded (HTTP {detail}). A proxy or an old copy in the cache is the usual cause.",
    "无法加载文件 `{part}`（HTTP {detail}）。通常是代理或缓存中的旧副本所致。",
);
const UNREACHABLE: Text = text(
    "The file `{part}` could not be loaded: the connection broke, or something between here and the server refuses it.",
    "无法加载文件 `{part}`：连接已中断，或者请求在途中被拒绝。",
);
const CHANGED: Text = text(
    "The file `{part}` is not the one that belongs to this page, so it was not run. A proxy that changes files, or an old copy in the cache, is the usual cause.",
    "文件 `{part}` 与此页面不匹配，因此没有运行。通常是代理修改了文件，或缓存中有旧副本。",
);
const SLOW: Text = text(
    "The file `{part}` has not come: nothing was received for several seconds.",
    "文件 `{part}` 未能到达：已有数秒没有收到任何数据。",
);
const UNUSABLE: Text =
    text("This browser cannot run `{part}`: {detail}", "此浏览器无法运行 `{part}`：{detail}");
const BLOCKED: Text = text(
    "The browser did not let the checker start; an extension or a policy of this machine is the usual cause. {detail}",
    "浏览器不允许启动检查器，通常是扩展程序或本机策略所致。{detail}",
);
const SILENT: Text =
    text("The checker was started and does not answer.", "检查器已启动，但没有响应。");
const BROKEN: Text =
    text("The checker broke off while it started: {detail}", "检查器在启动时中断：{detail}");

impl Reason {
    fn parse(name: &str) -> Reason {
        match name {
            "missing" => Reason::Missing,
            "unreachable" => Reason::Unreachable,
            "changed" => Reason::Changed,
            "slow" => Reason::Slow,
            "unusable" => Reason::Unusable,
            "blocked" => Reason::Blocked,
            "silent" => Reason::Silent,
            _ => Reason::Broken,
        }
    }

    fn words(self) -> Text {
        match self {
            Reason::Missing => MISSING,
            Reason::Unreachable => UNREACHABLE,
            Reason::Changed => CHANGED,
            Reason::Slow => SLOW,
            Reason::Unusable => UNUSABLE,
            Reason::Blocked => BLOCKED,
            Reason::Silent => SILENT,
            Reason::Broken => BROKEN,
        }
    }
}

impl Failure {
    /// What happened, in whole sentences.
    pub fn explain(&self, lang: Lang) -> String {
        let message = Message::new(self.reason.words());
        let message = message.arg("part", &self.part).arg("detail", &self.detail);
        message.render(lang).trim_end().to_owned()
    }
}

/// Whether the page opens without a network from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// That is not known yet.
    Unknown,
    /// It does.
    Ready,
    /// It does, and the next time in a newer version.
    Newer,
    /// It is the single file, which always does.
    File,
    /// It does not: browsers keep nothing for a plain http address.
    Insecure,
    /// It does not: the browser cannot, or does not in a private window.
    Unsupported,
    /// It does not: the browser refused.
    Refused,
}

const KEPT: Text = text("Opens without a network, too.", "断网时也可打开。");
const NEWER: Text =
    text("A newer version is used the next time it is opened.", "下次打开时将使用新版本。");
const INSECURE: Text = text(
    "Not kept for opening without a network: this address is not https.",
    "未能离线保存：此地址不是 https。",
);
const UNSUPPORTED: Text = text(
    "Not kept for opening without a network: this browser or private window keeps nothing.",
    "未能离线保存：此浏览器或隐私窗口不保存内容。",
);
const REFUSED: Text = text(
    "Not kept for opening without a network: the browser refused.",
    "未能离线保存：浏览器拒绝了请求。",
);

impl Offline {
    fn parse(state: &str, reason: &str) -> Offline {
        match (state, reason) {
            ("ready", _) => Offline::Ready,
            ("newer", _) => Offline::Newer,
            ("file", _) => Offline::File,
            ("unavailable", "insecure") => Offline::Insecure,
            ("unavailable", "unsupported") => Offline::Unsupported,
            ("unavailable", _) => Offline::Refused,
            _ => Offline::Unknown,
        }
    }

    /// What there is to say about it, if anything.
    pub fn explain(self) -> Option<Text> {
        match self {
            Offline::Unknown | Offline::File => None,
            Offline::Ready => Some(KEPT),
            Offline::Newer => Some(NEWER),
            Offline::Insecure => Some(INSECURE),
            Offline::Unsupported => Some(UNSUPPORTED),
            Offline::Refused => Some(REFUSED),
        }
    }
}

/// How far the checker is now.
pub fn loading() -> Loading {
    let checker = js_checker();
    match &*string(&checker, "state") {
        "ready" => Loading::Ready { attempt: number(&checker, "attempt") as u32 },
        "failed" => Loading::Failed(Failure {
            reason: Reason::parse(&string(&checker, "reason")),
            part: string(&checker, "part"),
            detail: string(&checker, "detail"),
        }),
        _ => Loading::Underway {
            bytes: number(&checker, "bytes") as u64,
            whole: number(&checker, "whole") as u64,
        },
    }
}

/// Whether the page opens without a network, as far as that is known now.
pub fn offline() -> Offline {
    let offline = js_offline();
    Offline::parse(&string(&offline, "state"), &string(&offline, "reason"))
}

/// Calls `listener` whenever [`loading`] or [`offline`] has changed, for as long as the page is there.
pub fn on_loading(listener: impl Fn() + 'static) {
    js_listen(Closure::<dyn Fn()>::new(listener).into_js_value().unchecked_ref());
}

/// Starts the worker that checks; should it not answer, [`loading`] says so. `None` before the
/// checker is ready, and where the browser forbids it.
pub fn start_checker() -> Option<Worker> {
    matches!(loading(), Loading::Ready { .. }).then(js_start_checker)?.ok()
}

/// Starts another worker beside the one that checks.
pub fn start_worker() -> Option<Worker> {
    js_start_worker().ok()
}

/// Tries again what failed.
pub fn retry() {
    js_retry();
}

/// The page as one file that opens without a server, or why there is none.
pub async fn save_offline_copy() -> Result<Blob, String> {
    let copy = JsFuture::from(js_save_offline_copy()).await;
    copy.and_then(JsCast::dyn_into).map_err(|error| string(&error, "message"))
}

fn string(object: &JsValue, name: &str) -> String {
    let value = Reflect::get(object, &JsValue::from_str(name)).ok();
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

fn number(object: &JsValue, name: &str) -> f64 {
    let value = Reflect::get(object, &JsValue::from_str(name)).ok();
    value.and_then(|value| value.as_f64()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_in_whole_sentences_of_both_languages() {
        let failure = Failure {
            reason: Reason::parse("missing"),
            part: "worker_bg.wasm".to_owned(),
            detail: "404".to_owned(),
        };
        assert_eq!(
            failure.explain(Lang::En),
            "The file `worker_bg.wasm` could not be loaded (HTTP 404). A proxy or an old copy in \
             the cache is the usual cause."
        );
        assert!(failure.explain(Lang::Zh).contains("`worker_bg.wasm`（HTTP 404）"));
    }

    #[test]
    fn why_nothing_is_kept_is_known_by_its_reason() {
        assert_eq!(Offline::parse("unavailable", "insecure"), Offline::Insecure);
        assert_eq!(Offline::parse("unavailable", "quota"), Offline::Refused);
        assert_eq!(Offline::parse("file", "").explain(), None);
    }
}
