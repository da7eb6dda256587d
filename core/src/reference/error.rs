//! What can break the grammar of an image reference, in words.
//!
//! Knows nothing of how the mistakes are found; that is `image`.

use std::ops::Range;

use crate::text::{Lang, Message, text};

/// What breaks the grammar, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().render(Lang::En))]
pub struct ReferenceError {
    /// What.
    pub kind: ReferenceErrorKind,
    /// Which bytes of the text; empty where something is missing.
    pub range: Range<usize>,
    /// The whole text without the mistake, where there is but one way to mend it.
    pub corrected: Option<String>,
}

/// The ways in which a reference can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReferenceErrorKind {
    /// Nothing there.
    Empty,
    /// Begins with `https://`, `docker://` …
    Scheme,
    /// Spaces or line ends before or after it.
    SurroundingSpace,
    /// White space inside.
    Space,
    /// A host that is none.
    Host,
    /// A port that is no number from 1 to 65535.
    Port,
    /// A host, and no repository behind it.
    NoRepository,
    /// Nothing between two slashes, or after the last.
    EmptyComponent,
    /// Upper-case letters in the repository.
    UpperCase,
    /// A character that no repository may have.
    Character(char),
    /// Separators at an end of a component, or side by side in a way that is not allowed.
    Separator,
    /// The repository's path is too long.
    TooLong,
    /// Sixty-four hexadecimal digits, which docker takes for an image's id.
    ImageId,
    /// Nothing after the colon.
    EmptyTag,
    /// A tag that begins with `.` or `-` or has a character that no tag may have.
    Tag,
    /// A tag that is too long.
    LongTag,
    /// What stands after `@` is no digest.
    Digest,
}

impl ReferenceError {
    /// The sentence about it.
    pub fn message(&self) -> Message {
        use ReferenceErrorKind as Kind;
        let template = match self.kind {
            Kind::Empty => text("the image reference is empty", "镜像地址为空"),
            Kind::Scheme => text(
                "an image reference has no scheme such as `https://`",
                "镜像地址不能带有 `https://` 之类的协议前缀",
            ),
            Kind::SurroundingSpace => text(
                "white space stands before or after the image reference",
                "镜像地址前后有空白字符",
            ),
            Kind::Space => {
                text("white space stands in the image reference", "镜像地址中有空白字符")
            }
            Kind::Host => text(
                "the registry of the image reference is not a valid host name",
                "镜像地址中的仓库域名无效",
            ),
            Kind::Port => text(
                "the registry's port in the image reference is not a number from 1 to 65535",
                "镜像地址中的仓库端口不是 1 到 65535 之间的数字",
            ),
            Kind::NoRepository => text(
                "the image reference names a registry, but no repository",
                "镜像地址只有仓库域名，没有镜像名称",
            ),
            Kind::EmptyComponent => {
                text("a part of the repository's path is empty", "镜像路径中有空的部分")
            }
            Kind::UpperCase => text(
                "the repository in an image reference has no upper-case letters",
                "镜像名称中不能有大写字母",
            ),
            Kind::Character(_) => text(
                "`{letter}` cannot stand in the repository of an image reference",
                "镜像名称中不能有 `{letter}`",
            ),
            Kind::Separator => text(
                "a part of the repository begins or ends with a separator, or has `..`, `___` or mixed separators inside",
                "镜像名称的某一部分以分隔符开头或结尾，或含有 `..`、`___` 或混用的分隔符",
            ),
            Kind::TooLong => text(
                "the repository's path is longer than 255 characters",
                "镜像路径超过 255 个字符",
            ),
            Kind::ImageId => text(
                "64 hexadecimal digits are read as an image's id, not as a repository",
                "64 位十六进制数会被当作镜像 ID，而不是镜像名称",
            ),
            Kind::EmptyTag => text("no tag stands after the colon", "冒号之后没有标签"),
            Kind::Tag => text(
                "a tag has letters, digits, `_`, `.` and `-`, and begins with none of the last two",
                "标签只能包含字母、数字、`_`、`.` 和 `-`，且不能以后两者开头",
            ),
            Kind::LongTag => text("the tag is longer than 128 characters", "标签超过 128 个字符"),
            Kind::Digest => text(
                "what stands after `@` is not a digest such as `sha256:` and 64 lower-case hexadecimal digits",
                "`@` 之后不是摘要，摘要应为 `sha256:` 加 64 位小写十六进制数",
            ),
        };
        let message = Message::new(template);
        match self.kind {
            Kind::Character(letter) => message.arg("letter", letter),
            _ => message,
        }
    }
}
