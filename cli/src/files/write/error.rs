//! Why a file was not written, in words.

use std::io;
use std::path::PathBuf;

use plimsoll::text::text;

use crate::files::display;
use crate::output::Problem;

/// Why a file was not written. Whatever it is, the file is what it was before, but for `Torn`.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// The system would not.
    Io(io::Error),
    /// Somebody else wrote to it since it was read.
    Changed,
    /// Nobody is meant to write to it, or we may not.
    ReadOnly,
    /// A link that was not named.
    Link,
    /// A pipe, a device.
    NotAFile,
    /// It holds a part of the new text, and the old one could not be written back.
    Torn {
        /// A copy of the old text.
        copy: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> WriteError {
        WriteError::Io(error)
    }
}

impl WriteError {
    /// What to say of it, of the file that is shown as `name`.
    pub(crate) fn problem(&self, name: &str) -> Problem {
        let (message, help) = match self {
            WriteError::Io(error) => return Problem::write(name, error),
            WriteError::Changed => (
                text(
                    "this file was changed meanwhile and is left as it is now",
                    "该文件在此期间被修改，因此未写入",
                ),
                text("run the command again", "请重新运行该命令"),
            ),
            WriteError::ReadOnly => (
                text("this file is read-only and is left as it is", "该文件为只读，因此未写入"),
                text("make it writable first", "请先将其设为可写"),
            ),
            WriteError::Link => (
                text(
                    "this is a symbolic link, which is written through only where it is named",
                    "这是符号链接，只有明确指定时才会写入其目标",
                ),
                text("name it on the command line", "请在命令行中指定它"),
            ),
            WriteError::NotAFile => (
                text("this is no file that can be written back", "这不是可以写回的文件"),
                text("pipe it through `plimsoll fix -`", "请通过管道使用 `plimsoll fix -`"),
            ),
            WriteError::Torn { copy, error } => {
                let message = text(
                    "writing broke off ({error}); what the file held before is in {copy}",
                    "写入中断（{error}）；文件原来的内容保存在 {copy}",
                );
                let problem = Problem::new(name, message, text("", ""));
                return problem.arg("error", error).arg("copy", display(copy));
            }
        };
        Problem::new(name, message, help)
    }
}
