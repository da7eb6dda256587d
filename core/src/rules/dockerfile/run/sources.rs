//! What the rules on RUN rest on.

use crate::fact::{Certainty, Citation, Publication};
use crate::text::text;

static RUN: Publication = Publication {
    title: "Dockerfile reference: RUN",
    url: "https://docs.docker.com/reference/dockerfile/#run",
    date: "",
};

pub(super) static OWN_SHELL: Citation = Citation {
    publication: &RUN,
    says: text(
        "each RUN runs its command in a new layer on top of the image so far and commits the files that result: processes and the current directory are not among them",
        "每条 RUN 都在当前镜像之上的新层中执行命令，并提交得到的文件；进程和当前目录不会保留",
    ),
    certainty: Certainty::Documented,
};

static PRACTICES: Publication = Publication {
    title: "Building best practices: Dockerfile instructions",
    url: "https://docs.docker.com/build/building/best-practices/",
    date: "",
};

pub(super) static PREFER_WORKDIR: Citation = Citation {
    publication: &PRACTICES,
    says: text(
        "use WORKDIR with absolute paths rather than chains like `RUN cd … && do-something`, which are hard to read and maintain",
        "应使用带绝对路径的 WORKDIR，而不是 `RUN cd … && do-something` 这类难以阅读和维护的写法",
    ),
    certainty: Certainty::Documented,
};

pub(super) static AVOID_SUDO: Citation = Citation {
    publication: &PRACTICES,
    says: text(
        "avoid installing or using sudo: its handling of terminals and signals is unpredictable; use gosu where something like it is needed",
        "避免安装或使用 sudo：其终端和信号转发行为不可预测；确有需要时使用 gosu",
    ),
    certainty: Certainty::Documented,
};

pub(super) static PIPES: Citation = Citation {
    publication: &PRACTICES,
    says: text(
        "`/bin/sh -c` looks only at the exit status of the last command of a pipe, so a build step succeeds although an earlier one failed; `set -o pipefail` prevents that, in shells that know it",
        "`/bin/sh -c` 只看管道中最后一个命令的退出状态，前面的命令失败时构建步骤仍会成功；在支持的 shell 中可用 `set -o pipefail` 避免",
    ),
    certainty: Certainty::Documented,
};

pub(super) static NO_LOG_INIT: Citation = Citation {
    publication: &PRACTICES,
    says: text(
        "a user with a very large UID makes /var/log/faillog a huge sparse file, which fills the layer with zeros; pass --no-log-init to useradd",
        "UID 很大的用户会使 /var/log/faillog 成为巨大的稀疏文件，使镜像层充满零字节；应给 useradd 加上 --no-log-init",
    ),
    certainty: Certainty::Documented,
};

pub(super) static FEW_LAYERS: Citation = Citation {
    publication: &PRACTICES,
    says: text(
        "each RUN is a layer of its own: chain commands with && or a heredoc, and delete in the same RUN what is not needed",
        "每条 RUN 都是单独的一层：用 && 或 heredoc 串联命令，并在同一条 RUN 中删除不需要的内容",
    ),
    certainty: Certainty::Inferred,
};

pub(super) static FEW_PACKAGES: Citation = Citation {
    publication: &PRACTICES,
    says: text(
        "don't install packages that the image does not need: each makes it larger and slower to build",
        "不要安装镜像不需要的软件包：每个包都会增大镜像、拖慢构建",
    ),
    certainty: Certainty::Documented,
};

pub(super) static ONE_PROCESS: Citation = Citation {
    publication: &PRACTICES,
    says: text(
        "a container should be ephemeral, and have one concern only",
        "容器应当可随时销毁重建，且只负责一件事",
    ),
    certainty: Certainty::Documented,
};

static SHELL: Publication = Publication {
    title: "Dockerfile reference: SHELL",
    url: "https://docs.docker.com/reference/dockerfile/#shell",
    date: "",
};

pub(super) static SHELL_INSTRUCTION: Citation = Citation {
    publication: &SHELL,
    says: text(
        "SHELL replaces the default shell of the instructions in shell form that follow",
        "SHELL 会替换其后所有 shell 形式指令的默认 shell",
    ),
    certainty: Certainty::Documented,
};

static WGET: Publication = Publication {
    title: "GNU Wget manual: Download options",
    url: "https://www.gnu.org/software/wget/manual/html_node/Download-Options.html",
    date: "",
};

pub(super) static WGET_PROGRESS: Citation = Citation {
    publication: &WGET,
    says: text(
        "without a terminal, wget shows progress as dots, one per kilobyte by default; the style `dot:giga` writes one dot per megabyte, -nv and -q less or nothing",
        "没有终端时 wget 以点显示进度，默认每 1 KB 一个点；`dot:giga` 样式每 1 MB 一个点，-nv 和 -q 输出更少或没有输出",
    ),
    certainty: Certainty::Documented,
};

static CURL: Publication = Publication {
    title: "curl manual: --fail",
    url: "https://curl.se/docs/manpage.html#-f",
    date: "",
};

pub(super) static CURL_FAIL: Citation = Citation {
    publication: &CURL,
    says: text(
        "without --fail, curl writes the server's error page like any document and exits with 0; with it, an HTTP status of 400 or more gives exit status 22 and no output",
        "不加 --fail 时，curl 会把服务器的错误页当作普通文档输出并以 0 退出；加上后，HTTP 状态码 400 及以上时以 22 退出且不输出内容",
    ),
    certainty: Certainty::Documented,
};
