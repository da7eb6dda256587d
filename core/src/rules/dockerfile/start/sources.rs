//! The publications and statements that several rules of this group rest on.

use super::super::sources::REFERENCE;
use crate::fact::{Certainty, Citation, Publication};
use crate::text::text;

pub(super) static FORMS: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "the exec form runs a program with its arguments as they stand; no shell reads them, so variables, operators and builtins mean nothing there",
        "exec 形式按原样运行程序及其参数；没有 shell 解析，因此变量、运算符和内建命令在其中不起作用",
    ),
    certainty: Certainty::Documented,
};

pub(super) static SHELL_FORM: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "the shell form runs under /bin/sh -c, which does not pass on signals, and a shell-form ENTRYPOINT takes no arguments from CMD",
        "shell 形式由 /bin/sh -c 运行，它不转发信号；shell 形式的 ENTRYPOINT 也不接收 CMD 的参数",
    ),
    certainty: Certainty::Documented,
};

pub(super) static LAST_ONE: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "only the last CMD, ENTRYPOINT or HEALTHCHECK of a stage takes effect",
        "每个阶段只有最后一个 CMD、ENTRYPOINT 或 HEALTHCHECK 生效",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RELATIVE_WORKDIR: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "a relative WORKDIR is taken from the WORKDIR before it, and the first one from whatever the base image has set",
        "相对的 WORKDIR 以之前的 WORKDIR 为起点，第一个则以基础镜像的设置为起点",
    ),
    certainty: Certainty::Documented,
};

pub(super) static USER: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "USER sets the user and group of RUN, ENTRYPOINT and CMD; without it they run as root unless the base image says otherwise",
        "USER 设定 RUN、ENTRYPOINT 和 CMD 的用户与组；未设置时除非基础镜像另有规定，否则以 root 运行",
    ),
    certainty: Certainty::Documented,
};

pub(super) static EXPOSE: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "EXPOSE names ports of the container, each with tcp, udp or sctp; it publishes nothing on the host",
        "EXPOSE 只声明容器端口，可带 tcp、udp 或 sctp；不会在主机上发布端口",
    ),
    certainty: Certainty::Documented,
};

pub(super) static STOP_SIGNAL: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "STOPSIGNAL takes a signal's name such as SIGKILL, or its number; the default is SIGTERM",
        "STOPSIGNAL 接受 SIGKILL 之类的信号名或信号编号，默认为 SIGTERM",
    ),
    certainty: Certainty::Documented,
};

static POD_SECURITY: Publication = Publication {
    title: "Kubernetes: Pod Security Standards, Restricted: Running as Non-root",
    url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    date: "",
};

pub(super) static NON_ROOT: Citation = Citation {
    publication: &POD_SECURITY,
    says: text(
        "the restricted policy demands runAsNonRoot: containers run as another user than root, and a runAsUser that is set is not 0",
        "restricted 策略要求设置 runAsNonRoot：容器以 root 以外的用户运行；若设置了 runAsUser，其值不能为 0",
    ),
    certainty: Certainty::Documented,
};
