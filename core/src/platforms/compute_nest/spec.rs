//! What Compute Nest demands of a deployment package and of its configuration file.

use crate::fact::{Certainty, Citation, Fact, Publication};
use crate::text::text;

static PACKAGES: Publication = Publication {
    title: "Compute Nest: Container image deployment packages",
    url: "https://www.alibabacloud.com/help/en/compute-nest/container-image-deployment-package",
    date: "2025-06-06",
};
static DEMOS: Publication = Publication {
    title: "Compute Nest: the configuration files of Alibaba Cloud's own services",
    url: "https://github.com/aliyun-computenest",
    date: "2026",
};

/// The letters that a name must have, least and most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The fewest.
    pub least: usize,
    /// The most.
    pub most: usize,
}

/// The length of a package's name, in characters.
pub static NAME_LENGTH: Fact<Length> = Fact {
    value: Length { least: 3, most: 128 },
    source: Citation {
        publication: &PACKAGES,
        says: text(
            "a package's name has 3 to 128 characters and cannot be changed later",
            "部署物名称为 3 到 128 个字符，创建后不能修改",
        ),
        certainty: Certainty::Documented,
    },
};

/// The length of a version's name, in characters.
pub static VERSION_LENGTH: Fact<Length> = Fact {
    value: Length { least: 3, most: 50 },
    source: Citation {
        publication: &PACKAGES,
        says: text("a version's name has 3 to 50 characters", "版本名称为 3 到 50 个字符"),
        certainty: Certainty::Documented,
    },
};

/// The length of a description, in characters.
pub static DESCRIPTION_LENGTH: Fact<Length> = Fact {
    value: Length { least: 10, most: 500 },
    source: Citation {
        publication: &PACKAGES,
        says: text("a description has 10 to 500 characters", "描述为 10 到 500 个字符"),
        certainty: Certainty::Documented,
    },
};

/// The most tags of a package.
pub static MOST_TAGS: Fact<usize> = Fact {
    value: 20,
    source: Citation {
        publication: &PACKAGES,
        says: text("a package has at most 20 tags", "一个部署物最多 20 个标签"),
        certainty: Certainty::Documented,
    },
};

/// Names are made of letters, digits and `_`.
pub static NAME_LETTERS: Citation = Citation {
    publication: &PACKAGES,
    says: text(
        "names of packages and versions are made of letters, digits and underscores",
        "部署物和版本的名称由字母、数字和下划线组成",
    ),
    certainty: Certainty::Documented,
};

/// An identifier is told what it stands for in the configuration.
pub static RELATIONS: Citation = Citation {
    publication: &DEMOS,
    says: text(
        "what an identifier of a template stands for is said under SupplierDeployMetadata, keyed by the identifier",
        "模板标识符对应的部署物在 SupplierDeployMetadata 下以标识符为键给出",
    ),
    certainty: Certainty::Observed,
};

static HELM: Publication = Publication {
    title: "Compute Nest: Helm chart deployment packages",
    url: "https://www.alibabacloud.com/help/en/compute-nest/helm-chart-deployment-package",
    date: "",
};
static ECS_IMAGES: Publication = Publication {
    title: "Compute Nest: ECS image deployment packages",
    url: "https://www.alibabacloud.com/help/en/compute-nest/ecs-image-deployment-package",
    date: "2026-03-31",
};
static OVERVIEW: Publication = Publication {
    title: "Compute Nest: Overview of deployment packages",
    url: "https://www.alibabacloud.com/help/en/compute-nest/deployment-overview",
    date: "",
};
static APPLICATION: Publication = Publication {
    title: "ROS: ALIYUN::CS::ClusterApplication",
    url: "https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-cs-clusterapplication",
    date: "2025-12-26",
};
static RUN_COMMAND: Publication = Publication {
    title: "ROS: ALIYUN::ECS::RunCommand",
    url: "https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ecs-runcommand",
    date: "",
};
static ECS_COMMAND: Publication = Publication {
    title: "ROS: ALIYUN::ECS::Command",
    url: "https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ecs-command",
    date: "2024-07",
};
static COMPOSE: Publication = Publication {
    title: "Compose specification",
    url: "https://github.com/compose-spec/compose-spec/blob/main/spec.md",
    date: "",
};
static SHELL: Publication = Publication {
    title: "POSIX.1-2024: Shell Command Language, Here-Document",
    url: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_07_04",
    date: "2024",
};
static DOCKER_LOGIN: Publication = Publication {
    title: "docker login: Provide a password using STDIN",
    url: "https://docs.docker.com/reference/cli/docker/login/",
    date: "",
};
static YAML: Publication =
    Publication { title: "YAML 1.2.2", url: "https://yaml.org/spec/1.2.2/", date: "2021-10-01" };

const fn cite(
    publication: &'static Publication,
    certainty: Certainty,
    en: &'static str,
    zh: &'static str,
) -> Citation {
    Citation { publication, says: text(en, zh), certainty }
}

/// The form of identifiers.
pub static IDENTIFIER_FORM: Citation = cite(
    &PACKAGES,
    Certainty::Documented,
    "an identifier is {{ computenest::acrimage::NAME }} or {{ computenest::acr::dockerconfigjson }}; anything else is left as it is",
    "标识符的形式为 {{ computenest::acrimage::NAME }} 或 {{ computenest::acr::dockerconfigjson }}，其他写法不会被替换",
);

/// The kinds of identifiers.
pub static IDENTIFIER_KINDS: Fact<[&str; 5]> = Fact {
    value: ["acrimage", "acr", "helmchart", "helm", "file"],
    source: cite(
        &HELM,
        Certainty::Documented,
        "identifiers are of images (acrimage), charts (helmchart), files (file) and of the keys that they are pulled with (acr, helm)",
        "标识符包括镜像（acrimage）、Helm Chart（helmchart）、文件（file）以及拉取它们的密钥（acr、helm）",
    ),
};

/// What names are made of, as far as any was seen.
pub static IDENTIFIER_NAMES: Citation = cite(
    &DEMOS,
    Certainty::Observed,
    "names in identifiers are made of letters, digits, `_` and `-`",
    "标识符中的名称由字母、数字、`_` 和 `-` 组成",
);

/// YAML reads braces as a mapping.
pub static BRACES_ARE_A_MAPPING: Citation = cite(
    &YAML,
    Certainty::Necessary,
    "a value that begins with a brace is a mapping, unless it is quoted or part of a block of text",
    "以花括号开头的值是映射，除非加引号或位于文本块中",
);

/// Images and their key belong together.
pub static IMAGE_NEEDS_KEY: Citation = cite(
    &PACKAGES,
    Certainty::Documented,
    "a template defines both identifiers: the image's and that of the key that it is pulled with",
    "模板需要同时定义两个标识符：镜像的标识符和拉取镜像的密钥的标识符",
);

/// Charts and their key belong together.
pub static CHART_NEEDS_KEY: Citation = cite(
    &HELM,
    Certainty::Documented,
    "a chart is pulled with {{ computenest::helm::dockerconfigjson }}",
    "拉取 Helm Chart 使用 {{ computenest::helm::dockerconfigjson }}",
);

/// The image's identifier becomes a whole address.
pub static IMAGE_IS_ADDRESS: Citation = cite(
    &PACKAGES,
    Certainty::Documented,
    "the identifier is replaced by the whole address with its tag",
    "标识符会被替换为带标签的完整镜像地址",
);

/// The pod names the Secret.
pub static KEY_IS_PULL_SECRET: Citation = cite(
    &PACKAGES,
    Certainty::Documented,
    "the key is kept in a Secret, which the pod names in imagePullSecrets",
    "密钥保存在 Secret 中，Pod 在 imagePullSecrets 中引用它",
);

/// The key is base64 already.
pub static KEY_IS_BASE64: Citation = cite(
    &PACKAGES,
    Certainty::Documented,
    "the samples put the key under `data` of a Secret, or decode it with base64 -d in a script: it is base64",
    "示例把密钥放在 Secret 的 `data` 下，或在脚本中用 base64 -d 解码：它是 base64 文本",
);

/// Images are pulled over the Internet.
pub static IMAGE_IS_PUBLIC: Citation = cite(
    &OVERVIEW,
    Certainty::Documented,
    "images of packages can be pulled over the Internet only",
    "部署物中的镜像只能通过公网拉取",
);

/// The key lasts for one delivery.
pub static KEY_IS_TEMPORARY: Citation = cite(
    &PACKAGES,
    Certainty::Documented,
    "packages of images are not for services that scale or pull often: the key is temporary",
    "容器镜像部署物不适用于弹性伸缩或频繁拉取的场景：密钥是临时的",
);

/// ECS images are told by their text.
pub static IMAGE_ID_IS_TEXT: Citation = cite(
    &ECS_IMAGES,
    Certainty::Documented,
    "an image is told by the text of ImageId, which must be no parameter and no function",
    "通过 ImageId 的文本关联镜像，不能使用参数或函数",
);

/// What a cluster application needs.
pub static APPLICATION_NEEDS: Citation = cite(
    &APPLICATION,
    Certainty::Documented,
    "ClusterId and YamlContent are required",
    "ClusterId 和 YamlContent 为必填属性",
);

/// Its text is YAML.
pub static CONTENT_IS_YAML: Citation = cite(
    &APPLICATION,
    Certainty::Necessary,
    "YamlContent is applied to the cluster; what is no YAML cannot be",
    "YamlContent 会被应用到集群，不是合法 YAML 则无法应用",
);

/// The most bytes of a command in base64: where it is surely refused, and where an older limit was.
pub static COMMAND_BYTES: Fact<[usize; 2]> = Fact {
    value: [16 * 1024, 18 * 1024],
    source: cite(
        &ECS_COMMAND,
        Certainty::Documented,
        "a command may have 18 KB in base64; older editions say 16 KB",
        "命令经 base64 编码后不能超过 18 KB，旧版文档为 16 KB",
    ),
};

/// How long a command runs, in seconds.
pub static COMMAND_TIMEOUT: Fact<u32> = Fact {
    value: 60,
    source: cite(
        &RUN_COMMAND,
        Certainty::Documented,
        "without Timeout a command is ended after 60 seconds",
        "未设置 Timeout 时，命令在 60 秒后被终止",
    ),
};

/// Double braces are parameters.
pub static COMMAND_PARAMETERS: Citation = cite(
    &RUN_COMMAND,
    Certainty::Documented,
    "with EnableParameter every {{name}} in the command is a parameter",
    "启用 EnableParameter 后，命令中的每个 {{name}} 都是参数",
);

/// What a Compose file needs.
pub static COMPOSE_SERVICES: Citation = cite(
    &COMPOSE,
    Certainty::Documented,
    "a Compose file declares services, each with an image or a build",
    "Compose 文件必须声明 services，每个服务有 image 或 build",
);

/// Its version says nothing.
pub static COMPOSE_VERSION: Citation = cite(
    &COMPOSE,
    Certainty::Documented,
    "the top-level version is obsolete and only warned of",
    "顶层的 version 已废弃，只会产生警告",
);

/// Here-documents are expanded.
pub static HEREDOC_EXPANDS: Citation = cite(
    &SHELL,
    Certainty::Documented,
    "in a here-document whose delimiter is not quoted the shell puts in variables",
    "界定符未加引号的 here-document 中，shell 会展开变量",
);

/// What is printed is kept.
pub static OUTPUT_IS_KEPT: Citation = cite(
    &RUN_COMMAND,
    Certainty::Inferred,
    "what a command prints is kept as its result and shown in the console",
    "命令的输出会作为执行结果保存，并显示在控制台中",
);

/// Passwords as arguments.
pub static PASSWORD_BY_STDIN: Citation = cite(
    &DOCKER_LOGIN,
    Certainty::Documented,
    "a password given as an argument ends up in the list of processes and in logs; --password-stdin avoids that",
    "以参数传入的密码会出现在进程列表和日志中，使用 --password-stdin 可以避免",
);

/// What is still to be filled in.
pub static STILL_OPEN: Citation =
    cite(&PACKAGES, Certainty::Necessary, "a placeholder is no value", "占位符不是有效的值");
