//! The page's own words, in both languages.

use plimsoll::text::{Text, text};

/// What the product does, in one line.
pub const TAGLINE: Text = text(
    "checks your container project before you ship it; nothing leaves this page",
    "在发布之前检查容器项目；任何内容都不会离开本页面",
);
/// The page that checks documents.
pub const CHECK: Text = text("Check", "检查");
/// The page that encodes and decodes registry credentials.
pub const CREDENTIALS: Text = text("Credentials", "凭证");
/// Label of the navigation for screen readers.
pub const PAGES: Text = text("Pages", "页面");
/// Names the *other* language, as the label of the button that switches to it.
pub const OTHER_LANGUAGE: Text = text("中文", "English");
/// The checker has not answered yet.
pub const STARTING: Text = text("starting the checker…", "正在启动检查器…");
/// The checker answers.
pub const READY: Text = text("checker ready", "检查器已就绪");
/// The checker could not be started.
pub const NO_WORKER: Text = text("the checker could not be started", "无法启动检查器");
/// Stands where a page will be.
pub const NOTHING_YET: Text = text("nothing here yet", "尚无内容");
