//! What can be odd about a `dockerAuth`, in words: facts only, never the value.
//!
//! Knows nothing of how the oddities are found; that is `docker_auth`.

use crate::text::{Lang, Message, Text, text};

use super::{Other, Secret};

/// What is odd about a text that still gives a username and a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oddity {
    /// `user:password` itself, not encoded.
    RawPair,
    /// A JSON document with the one pair inside, encoded or not.
    Json,
    /// Encoded twice.
    DoubleEncoded,
    /// Encoded three times or more.
    ManyTimesEncoded,
    /// The value of an HTTP header: `Basic dXNlcjpwYXNz`.
    HeaderPrefix,
    /// `-` and `_` in place of `+` and `/`.
    UrlSafe,
    /// `=` at the end is missing, or there are too many.
    Padding,
    /// Spaces or line ends in the encoded text.
    Whitespace,
    /// UTF-16 was encoded, as PowerShell's `Unicode` does.
    Utf16,
    /// A byte order mark was encoded with the pair.
    ByteOrderMark,
    /// The password ends in a line end: `echo` without `-n`.
    TrailingNewline,
    /// Spaces before or after the username or the password.
    SurroundingSpace,
    /// A control character in the username or the password.
    ControlCharacter,
    /// The pair stands in quotes that were encoded with it.
    Quoted,
    /// The username or the password is a placeholder.
    PlaceholderInside,
    /// Nothing stands before the colon.
    EmptyUsername,
    /// Nothing stands after the colon.
    EmptyPassword,
    /// `auth` and `username` or `password` beside it are of two minds.
    AuthDisagrees,
}

/// Why a text gives no username and password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[error("{}", self.message().render(Lang::En))]
pub enum DecodeError {
    /// Nothing, or white space only.
    Empty,
    /// A template or a placeholder: what will stand there is not known.
    Placeholder,
    /// A sample value whose rest is masked by `****`.
    Masked,
    /// JSON in which no single pair stands.
    Json,
    /// Neither Base64 nor `user:password`.
    NotBase64,
    /// Something else, which is known.
    Other(Other),
    /// Base64 of something else, which is known.
    EncodedOther(Other),
    /// A text with a colon in which no username and password can stand.
    NoPair,
    /// Base64 of bytes that are no text.
    NotText,
    /// Base64 of a text without a colon.
    NoColon,
    /// An entry with neither username nor password.
    Elsewhere,
    /// A username without a password, or the reverse.
    Incomplete,
}

/// What is wrong with a `dockerAuth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// A pair can be read, but not as the platform will read it.
    Odd(Oddity),
    /// No pair can be read.
    Unreadable(DecodeError),
}

/// One thing that is wrong with a `dockerAuth`, and what it should be where that is beyond doubt.
#[derive(Debug)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The whole value as it should be; all problems of one text share it.
    pub corrected: Option<Secret>,
}

impl Problem {
    /// The sentence about it, without any part of the value.
    pub fn message(&self) -> Message {
        match self.kind {
            ProblemKind::Odd(oddity) => oddity.message(),
            ProblemKind::Unreadable(error) => error.message(),
        }
    }
}

impl ProblemKind {
    /// Whether nothing can be said about the value, because it is yet to be put in.
    pub fn is_unknown(self) -> bool {
        self == ProblemKind::Unreadable(DecodeError::Placeholder)
    }
}

impl Oddity {
    /// The sentence about it.
    pub fn message(self) -> Message {
        Message::new(self.text())
    }

    /// Whether encoding the pair again gives what was meant, beyond doubt.
    pub(super) fn is_mended_by_encoding(self) -> bool {
        match self {
            Oddity::RawPair
            | Oddity::Json
            | Oddity::DoubleEncoded
            | Oddity::ManyTimesEncoded
            | Oddity::HeaderPrefix
            | Oddity::UrlSafe
            | Oddity::Padding
            | Oddity::Whitespace
            | Oddity::Utf16
            | Oddity::ByteOrderMark
            | Oddity::TrailingNewline => true,
            Oddity::SurroundingSpace
            | Oddity::ControlCharacter
            | Oddity::Quoted
            | Oddity::PlaceholderInside
            | Oddity::EmptyUsername
            | Oddity::EmptyPassword
            | Oddity::AuthDisagrees => false,
        }
    }

    const fn text(self) -> Text {
        match self {
            Oddity::RawPair => text(
                "the username and password stand here unencoded, not as Base64",
                "此处是未编码的用户名和密码，而不是 Base64",
            ),
            Oddity::Json => text(
                "a whole JSON document stands here, not the Base64 of `username:password`",
                "此处是整个 JSON 文档，而不是 `username:password` 的 Base64",
            ),
            Oddity::DoubleEncoded => {
                text("the value is Base64-encoded twice", "该值被 Base64 编码了两次")
            }
            Oddity::ManyTimesEncoded => text(
                "the value is Base64-encoded three times or more",
                "该值被 Base64 编码了三次或更多",
            ),
            Oddity::HeaderPrefix => text(
                "the value begins with `Basic`, as in an HTTP header",
                "该值以 `Basic` 开头，像是 HTTP 请求头",
            ),
            Oddity::UrlSafe => text(
                "the value is in the URL-safe alphabet of Base64 (`-` and `_`), not the standard one",
                "该值使用 URL 安全的 Base64 字母表（`-` 和 `_`），而不是标准字母表",
            ),
            Oddity::Padding => text(
                "the `=` padding at the end of the Base64 value is not right",
                "Base64 值末尾的 `=` 填充不正确",
            ),
            Oddity::Whitespace => {
                text("white space stands in the Base64 value", "Base64 值中含有空白字符")
            }
            Oddity::Utf16 => text(
                "the username and password were encoded as UTF-16, not as UTF-8",
                "用户名和密码是按 UTF-16 而不是 UTF-8 编码的",
            ),
            Oddity::ByteOrderMark => text(
                "a byte order mark was encoded before the username",
                "用户名之前的字节顺序标记（BOM）也被编码了",
            ),
            Oddity::TrailingNewline => text(
                "the decoded password ends in a line break, as `echo` without `-n` adds it",
                "解码后的密码以换行符结尾，通常是 `echo` 未加 `-n` 所致",
            ),
            Oddity::SurroundingSpace => text(
                "spaces stand before or after the username or the password",
                "用户名或密码的前后有空格",
            ),
            Oddity::ControlCharacter => text(
                "a control character stands in the username or the password",
                "用户名或密码中含有控制字符",
            ),
            Oddity::Quoted => text(
                "the quotation marks around the pair were encoded with it",
                "用户名和密码两侧的引号也被编码了",
            ),
            Oddity::PlaceholderInside => {
                text("the username or the password is a placeholder", "用户名或密码是占位符")
            }
            Oddity::EmptyUsername => text("the username is empty", "用户名为空"),
            Oddity::EmptyPassword => text("the password is empty", "密码为空"),
            Oddity::AuthDisagrees => text(
                "`auth` says another username or password than the fields beside it",
                "`auth` 与同级的 `username`、`password` 不一致",
            ),
        }
    }
}

impl DecodeError {
    /// The sentence about it.
    pub fn message(self) -> Message {
        let message = Message::new(self.text());
        match self {
            DecodeError::Other(other) | DecodeError::EncodedOther(other) => {
                message.arg("what", other.title().en).arg("what_zh", other.title().zh)
            }
            _ => message,
        }
    }

    const fn text(self) -> Text {
        match self {
            DecodeError::Empty => text("the value is empty", "该值为空"),
            DecodeError::Placeholder => text("the value is a placeholder", "该值是占位符"),
            DecodeError::Masked => text(
                "the value is a masked sample, not a credential",
                "该值是打了码的示例，不是真实凭证",
            ),
            DecodeError::Json => text(
                "the value is JSON, not the Base64 of `username:password`",
                "该值是 JSON，而不是 `username:password` 的 Base64",
            ),
            DecodeError::NotBase64 => text(
                "the value is not Base64 of `username:password`",
                "该值不是 `username:password` 的 Base64",
            ),
            DecodeError::Other(_) => text(
                "this is {what}, not the Base64 of `username:password`",
                "这是{what_zh}，而不是 `username:password` 的 Base64",
            ),
            DecodeError::EncodedOther(_) => text(
                "this is the Base64 of {what}, not of `username:password`",
                "这是{what_zh}的 Base64，而不是 `username:password` 的 Base64",
            ),
            DecodeError::NoPair => text(
                "this is neither Base64 nor `username:password`: a username is one word",
                "这既不是 Base64，也不是 `username:password`：用户名应为一个词",
            ),
            DecodeError::NotText => text(
                "the value decodes to bytes that are not text, so it is no Base64 of `username:password`",
                "该值解码后不是文本，因此不是 `username:password` 的 Base64",
            ),
            DecodeError::NoColon => text(
                "the decoded value has no colon between username and password",
                "解码后的值中没有分隔用户名和密码的冒号",
            ),
            DecodeError::Elsewhere => {
                text("the entry holds no username and no password", "该条目中没有用户名和密码")
            }
            DecodeError::Incomplete => {
                text("the entry lacks its username or its password", "该条目缺少用户名或密码")
            }
        }
    }
}
