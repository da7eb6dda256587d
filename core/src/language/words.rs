//! What the instructions of a Dockerfile do, in one sentence each.

use crate::dockerfile::Keyword;
use crate::text::{Text, text};

/// What `keyword` does; nothing for an unknown one.
pub(super) const fn of_instruction(keyword: Keyword) -> Text {
    match keyword {
        Keyword::Add => text(
            "Copies files, unpacks local archives and downloads URLs into the image.",
            "把文件复制进镜像，并可解压本地归档或下载 URL。",
        ),
        Keyword::Arg => text(
            "Declares a variable that exists only during the build.",
            "声明仅在构建期间有效的变量。",
        ),
        Keyword::Cmd => text(
            "Sets the default command, or the default arguments of ENTRYPOINT.",
            "设置默认命令，或 ENTRYPOINT 的默认参数。",
        ),
        Keyword::Copy => text(
            "Copies files from the build context, a stage or another image.",
            "从构建上下文、其他阶段或其他镜像复制文件。",
        ),
        Keyword::Entrypoint => {
            text("Sets the program that the container always starts.", "设置容器总会启动的程序。")
        }
        Keyword::Env => text(
            "Sets environment variables for the rest of the build and for the container.",
            "设置后续构建步骤和容器运行时的环境变量。",
        ),
        Keyword::Expose => text(
            "Documents the ports the container listens on; it publishes nothing.",
            "声明容器监听的端口，但不会发布端口。",
        ),
        Keyword::From => text(
            "Begins a stage from an image or from an earlier stage.",
            "以某个镜像或先前的阶段为基础开始新阶段。",
        ),
        Keyword::Healthcheck => text(
            "Sets the command that tells whether the container works; `NONE` switches it off.",
            "设置检查容器是否正常的命令；`NONE` 表示关闭检查。",
        ),
        Keyword::Label => text("Adds labels to the image.", "为镜像添加标签。"),
        Keyword::Maintainer => text(
            "Names the author; deprecated, use `LABEL org.opencontainers.image.authors`.",
            "注明作者；已弃用，请改用 `LABEL org.opencontainers.image.authors`。",
        ),
        Keyword::Onbuild => text(
            "Keeps an instruction for the builds that start from this image.",
            "保存一条指令，供以此镜像为基础的构建执行。",
        ),
        Keyword::Run => text(
            "Runs a command during the build and keeps what it changes as a layer.",
            "在构建期间运行命令，并把其改动保存为一层。",
        ),
        Keyword::Shell => text(
            "Sets the shell that runs commands in shell form.",
            "设置执行 shell 形式命令的 shell。",
        ),
        Keyword::StopSignal => text(
            "Sets the signal that asks the container to stop.",
            "设置请求容器停止时发送的信号。",
        ),
        Keyword::User => text(
            "Sets the user for later RUN instructions and for the container.",
            "设置后续 RUN 指令和容器运行时的用户。",
        ),
        Keyword::Volume => text(
            "Marks paths whose content is kept outside the container's layers.",
            "标记内容存放在容器层之外的路径。",
        ),
        Keyword::Workdir => text(
            "Sets the working directory, and creates it if it is missing.",
            "设置工作目录，不存在时自动创建。",
        ),
        Keyword::Unknown => text("", ""),
    }
}

/// What the flag `name` of `keyword` does; nothing for an unknown one.
pub(super) fn of_flag(name: &str) -> Text {
    match name {
        "chown" => text("The owner of the copied files.", "所复制文件的所有者。"),
        "chmod" => text("The permissions of the copied files.", "所复制文件的权限。"),
        "link" => text(
            "Copies into a layer of its own, independent of the layers below.",
            "复制到独立的层，不依赖下方各层。",
        ),
        "from" => text("The stage or image to copy from.", "复制来源的阶段或镜像。"),
        "parents" => text("Keeps the parent folders of the sources.", "保留来源的父目录。"),
        "exclude" => text("Files that are not copied.", "不复制的文件。"),
        "checksum" => text("The digest that the source must have.", "来源必须具有的摘要。"),
        "keep-git-dir" => text("Keeps the folder `.git`.", "保留 `.git` 目录。"),
        "unpack" => text("Whether archives are unpacked.", "是否解压归档。"),
        "platform" => text(
            "The platform of the image, such as `linux/amd64`.",
            "镜像的平台，例如 `linux/amd64`。",
        ),
        "interval" => text("The time between two checks.", "两次检查的间隔。"),
        "timeout" => text("The time after which a check has failed.", "检查的超时时间。"),
        "start-period" => text(
            "The time after the start in which failures do not count.",
            "启动后不计失败的时间。",
        ),
        "start-interval" => {
            text("The time between two checks in the start period.", "启动期内两次检查的间隔。")
        }
        "retries" => text(
            "How many failures in a row make the container unhealthy.",
            "连续失败多少次视为不健康。",
        ),
        "mount" => text(
            "Mounts a cache, a secret, an SSH agent or files for this command only.",
            "仅为此命令挂载缓存、密钥、SSH 代理或文件。",
        ),
        "network" => text("The network of this command.", "此命令的网络。"),
        "security" => text("The security mode of this command.", "此命令的安全模式。"),
        "device" => text("The devices that this command sees.", "此命令可见的设备。"),
        _ => text("", ""),
    }
}

/// What a stage is.
pub(super) const STAGE: Text = text("stage", "阶段");
/// What a variable is whose value is not known.
pub(super) const VARIABLE: Text = text("variable", "变量");
/// What a value of a list of choices is.
pub(super) const VALUE: Text = text("allowed value", "可选值");
