//! What the rules on image archives rest on.

use crate::fact::{Certainty, Citation, Publication};
use crate::text::text;

static OCI_CONFIG: Publication = Publication {
    title: "OCI Image Specification: image configuration",
    url: "https://github.com/opencontainers/image-spec/blob/main/config.md",
    date: "",
};

static OCI_DESCRIPTOR: Publication = Publication {
    title: "OCI Image Specification: content descriptors",
    url: "https://github.com/opencontainers/image-spec/blob/main/descriptor.md",
    date: "",
};

static OCI_INDEX: Publication = Publication {
    title: "OCI Image Specification: image index",
    url: "https://github.com/opencontainers/image-spec/blob/main/image-index.md",
    date: "",
};

static OCI_MANIFEST: Publication = Publication {
    title: "OCI Image Specification: image manifest",
    url: "https://github.com/opencontainers/image-spec/blob/main/manifest.md",
    date: "",
};

static OCI_LAYER: Publication = Publication {
    title: "OCI Image Specification: layers",
    url: "https://github.com/opencontainers/image-spec/blob/main/layer.md",
    date: "",
};

static OCI_ANNOTATIONS: Publication = Publication {
    title: "OCI Image Specification: annotations",
    url: "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    date: "",
};

static PAX: Publication = Publication {
    title: "POSIX.1-2017: pax, ustar interchange format",
    url: "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html",
    date: "2018",
};

static EXECVE: Publication = Publication {
    title: "Linux manual page execve(2)",
    url: "https://man7.org/linux/man-pages/man2/execve.2.html",
    date: "",
};

static SIGNALS: Publication = Publication {
    title: "Linux manual page signal(7)",
    url: "https://man7.org/linux/man-pages/man7/signal.7.html",
    date: "",
};

static SAVE: Publication = Publication {
    title: "Docker Docs: docker image save",
    url: "https://docs.docker.com/reference/cli/docker/image/save/",
    date: "",
};

static SECRETS: Publication = Publication {
    title: "Docker Docs: Build secrets",
    url: "https://docs.docker.com/build/building/secrets/",
    date: "",
};

static PRACTICES: Publication = Publication {
    title: "Docker Docs: Building best practices",
    url: "https://docs.docker.com/build/building/best-practices/",
    date: "",
};

static DOCKLE: Publication = Publication {
    title: "dockle: checkpoints (CIS Docker Benchmark, image)",
    url: "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    date: "",
};

static DRIVER: Publication = Publication {
    title: "Docker Docs: Storage drivers, images and layers",
    url: "https://docs.docker.com/engine/storage/drivers/",
    date: "",
};

static OVERLAY: Publication = Publication {
    title: "Docker Docs: OverlayFS storage driver",
    url: "https://docs.docker.com/engine/storage/drivers/overlayfs-driver/",
    date: "",
};

static REFERENCE: Publication = Publication {
    title: "Dockerfile reference",
    url: "https://docs.docker.com/reference/dockerfile/",
    date: "2026-08",
};

macro_rules! citations {
    ($($name:ident: $publication:ident, $en:literal, $zh:literal, $certainty:ident;)*) => { $(
        pub(super) static $name: Citation = Citation {
            publication: &$publication,
            says: text($en, $zh),
            certainty: Certainty::$certainty,
        };
    )* };
}

citations! {
    LAYERS_ARE_NEEDED: OCI_LAYER,
        "the root file system is all layers, applied one after another",
        "根文件系统由所有层依次叠加而成", Documented;
    BLOBS_HAVE_DIGESTS: OCI_DESCRIPTOR,
        "a descriptor tells the digest and the size of its content, and a reader should verify both before it uses the content",
        "描述符给出内容的摘要与大小，读取者应在使用前验证两者", Documented;
    DIGEST_GRAMMAR: OCI_DESCRIPTOR,
        "a digest is an algorithm, a colon and its encoding; that of sha256 is 64 lower-case hexadecimal digits",
        "摘要由算法、冒号和编码组成；sha256 的编码为 64 位小写十六进制数字", Documented;
    DIFF_IDS: OCI_CONFIG,
        "`rootfs.diff_ids` are the digests of the layers' uncompressed archives, from the lowest to the highest",
        "`rootfs.diff_ids` 是各层未压缩归档的摘要，自底层至顶层排列", Documented;
    CONFIG_FIELDS: OCI_CONFIG,
        "each field of the configuration has one type; `Entrypoint`, `Cmd` and `Env` are lists of texts, `ExposedPorts` and `Volumes` are sets; `architecture` and `os` are required",
        "配置的每个字段只有一种类型：`Entrypoint`、`Cmd`、`Env` 是文本列表，`ExposedPorts`、`Volumes` 是集合；`architecture` 和 `os` 必填", Documented;
    PORT_FORM: OCI_CONFIG,
        "a port is written `port/tcp`, `port/udp` or `port`",
        "端口写作 `port/tcp`、`port/udp` 或 `port`", Documented;
    USER_FORM: OCI_CONFIG,
        "`User` is a name or number, with a group or without; a name is looked up in the image's own `/etc/passwd`",
        "`User` 可为用户名或编号，可带组；用户名在镜像自身的 `/etc/passwd` 中查找", Documented;
    CREATED_FORM: OCI_CONFIG,
        "`created` is the time at which the image was made",
        "`created` 是镜像的创建时间", Documented;
    ENV_FORM: OCI_CONFIG,
        "an entry of `Env` is `NAME=VALUE`",
        "`Env` 的每一项为 `NAME=VALUE`", Documented;
    INDEX_LISTS_PLATFORMS: OCI_INDEX,
        "an index lists manifests, each with the platform that it is for",
        "索引列出各清单及其对应的平台", Documented;
    MANIFEST_OR_INDEX: OCI_MANIFEST,
        "a manifest has a configuration and layers; a document with `manifests` is an index",
        "清单包含配置与层；带 `manifests` 的文档是索引", Documented;
    ARTIFACTS: OCI_MANIFEST,
        "a manifest whose configuration is not that of an image is an artifact",
        "配置不属于镜像的清单是制品", Documented;
    LAYER_MEDIA_TYPES: OCI_LAYER,
        "the media type of a layer tells how it is compressed: not at all, gzip or zstd",
        "层的媒体类型说明其压缩方式：不压缩、gzip 或 zstd", Documented;
    TAR_FORM: PAX,
        "a member is a header with a check sum and its bytes, padded to 512; two blocks of zeros end the archive",
        "成员由带校验和的头部和内容组成，内容补齐到 512 字节；归档以两个全零块结束", Documented;
    PATHS_ARE_INSIDE: OCI_LAYER,
        "the paths of a layer are relative to the root of the container",
        "层中的路径相对于容器根目录", Documented;
    SAVED_WITH_MANIFEST: SAVE,
        "an archive holds one list of its images; readers take the first of that name",
        "归档中有一份镜像列表，读取者使用该名称的第一个成员", Inferred;
    INFLATED_SIZE: OCI_LAYER,
        "a layer is stored compressed and unpacked on the node",
        "层以压缩形式存储，在节点上解压", Documented;
    EXEC: EXECVE,
        "the file must exist, be executable and be a binary of this machine, or begin with `#!` and an interpreter that exists",
        "文件必须存在、可执行，且为本机器的二进制文件，或以 `#!` 及存在的解释器开头", Documented;
    EXEC_LOADER: EXECVE,
        "ENOENT: the file, or the interpreter or dynamic loader that it names, does not exist",
        "ENOENT：文件本身、或其指定的解释器或动态加载器不存在", Documented;
    NOTHING_TO_START: OCI_CONFIG,
        "`Entrypoint` and `Cmd` are what is started; with neither there is nothing",
        "`Entrypoint` 与 `Cmd` 决定启动内容；两者皆无则没有可启动的程序", Documented;
    STOP_SIGNAL: OCI_CONFIG,
        "`StopSignal` is the name or number of the signal that is sent to stop the container",
        "`StopSignal` 是停止容器时发送的信号名称或编号", Documented;
    NOT_CAUGHT: SIGNALS,
        "SIGKILL and SIGSTOP cannot be caught, blocked or ignored",
        "SIGKILL 和 SIGSTOP 不能被捕获、阻塞或忽略", Documented;
    SECRETS_STAY: SECRETS,
        "build arguments and environment variables stay in the image; secret mounts do not",
        "构建参数和环境变量会留在镜像中；secret 挂载不会", Documented;
    LAYERS_STAY: DRIVER,
        "a file that a later layer deletes stays in the layer below",
        "后续层删除的文件仍保留在下层中", Documented;
    NOT_AS_ROOT: DOCKLE,
        "CIS-DI-0001: a user other than root is created and used",
        "CIS-DI-0001：创建并使用非 root 用户", Documented;
    TAGGED: DOCKLE,
        "DKL-DI-0006: the tag `latest` is avoided",
        "DKL-DI-0006：避免使用 `latest` 标签", Documented;
    HEALTH_IS_ASKED: DOCKLE,
        "CIS-DI-0006: the image has a HEALTHCHECK",
        "CIS-DI-0006：镜像包含 HEALTHCHECK", Documented;
    SETUID: DOCKLE,
        "CIS-DI-0008: files with setuid or setgid bits are confirmed to be needed",
        "CIS-DI-0008：确认带 setuid 或 setgid 位的文件确有必要", Documented;
    NO_SECRETS: DOCKLE,
        "CIS-DI-0010: no secret is stored in variables, build arguments or files",
        "CIS-DI-0010：变量、构建参数和文件中不保存密钥", Documented;
    ACCOUNTS: DOCKLE,
        "DKL-LI-0001 and 0002: no account is without a password, and user numbers are unique",
        "DKL-LI-0001 与 0002：账户不得没有密码，用户编号不得重复", Documented;
    CACHES: DOCKLE,
        "DKL-DI-0005: caches of package managers are cleared",
        "DKL-DI-0005：清除包管理器缓存", Documented;
    MOUNT_POINTS: DOCKLE,
        "DKL-DI-0002: system folders are not mounted",
        "DKL-DI-0002：不挂载系统目录", Documented;
    HISTORY_TELLS: OCI_CONFIG,
        "`history` tells the step that made each layer",
        "`history` 记录生成各层的步骤", Documented;
    VOLUMES_ARE_EMPTY: REFERENCE,
        "VOLUME makes a mount point: what the runtime mounts there hides what the image has",
        "VOLUME 创建挂载点：运行时挂载的内容会遮盖镜像原有内容", Documented;
    ON_BUILD: REFERENCE,
        "ONBUILD waits for a build that starts from this image",
        "ONBUILD 在以该镜像为基础的构建中才执行", Documented;
    SMALL_IMAGES: PRACTICES,
        "an image holds what is needed to run, and no more",
        "镜像只包含运行所需的内容", Documented;
    LABELS: OCI_ANNOTATIONS,
        "`org.opencontainers.image.source` and `…version` tell where an image is from and which version it is",
        "`org.opencontainers.image.source` 与 `…version` 说明镜像的来源与版本", Documented;
    MOST_LAYERS: OVERLAY,
        "the overlay2 driver supports up to 128 lower layers",
        "overlay2 驱动最多支持 128 个下层", Documented;
    PID_ONE: REFERENCE,
        "the shell form runs under `/bin/sh -c`, which does not pass on signals",
        "shell 形式在 `/bin/sh -c` 下运行，不会转发信号", Documented;
    STEPS_ARE_CHECKED: DOCKLE,
        "DKL-DI-0001 and 0003, CIS-DI-0009: no sudo, no dist-upgrade, COPY rather than ADD",
        "DKL-DI-0001、0003 与 CIS-DI-0009：不用 sudo、不用 dist-upgrade、用 COPY 而非 ADD", Documented;
}
