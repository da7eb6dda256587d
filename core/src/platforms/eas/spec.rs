//! What EAS demands and promises: each fact once, with its source. `static`, never `const`: a
//! citation is told from another by its address.

use crate::fact::{Certainty, Citation, Fact, Publication};
use crate::text::{Text, text};

static CUSTOM_IMAGES: Publication = Publication {
    title: "Deploy model services using custom images",
    url: "https://www.alibabacloud.com/help/en/pai/user-guide/deploy-a-model-service-by-using-a-custom-image",
    date: "2026-01-16",
};

static JSON_PARAMETERS: Publication = Publication {
    title: "Deploy services using JSON configuration files",
    url: "https://www.alibabacloud.com/help/en/pai/user-guide/parameters-of-model-services",
    date: "2025-11-14",
};

static MOUNT_STORAGE: Publication = Publication {
    title: "Mount storage",
    url: "https://www.alibabacloud.com/help/en/pai/user-guide/mount-storage-to-services",
    date: "2026-03-06",
};

static GPU_SLICING: Publication = Publication {
    title: "GPU slicing",
    url: "https://www.alibabacloud.com/help/en/pai/user-guide/advanced-configuration-gpu-sharing",
    date: "",
};

static HEALTH_CHECKS: Publication = Publication {
    title: "Configure health checks",
    url: "https://www.alibabacloud.com/help/en/pai/advanced-configuration-health-check",
    date: "2026-04-01",
};

static ROLLING_UPDATE: Publication = Publication {
    title: "Rolling update and graceful shutdown",
    url: "https://www.alibabacloud.com/help/en/pai/scrolling-updates-with-graceful-exit",
    date: "2026-04-01",
};

static FAQ: Publication = Publication {
    title: "FAQ about EAS",
    url: "https://www.alibabacloud.com/help/en/pai/faq-about-eas",
    date: "",
};

static DEPLOY_SKILL: Publication = Publication {
    title: "alibabacloud-aiops-skills: alibabacloud-pai-eas-service-deploy",
    url: "https://github.com/aliyun/alibabacloud-aiops-skills",
    date: "2026",
};

static DIAGNOSE_SKILL: Publication = Publication {
    title: "alibabacloud-aiops-skills: alibabacloud-pai-eas-service-diagnose",
    url: "https://github.com/aliyun/alibabacloud-aiops-skills",
    date: "2026",
};

static PYTHON_SDK: Publication = Publication {
    title: "pai-python-sdk 0.4.13",
    url: "https://github.com/aliyun/pai-python-sdk",
    date: "",
};

static JSON_STANDARD: Publication = Publication {
    title: "RFC 8259: The JavaScript Object Notation (JSON) Data Interchange Format",
    url: "https://www.rfc-editor.org/rfc/rfc8259",
    date: "2017-12",
};

static DISTRIBUTION: Publication = Publication {
    title: "distribution/reference: the grammar of image references",
    url: "https://github.com/distribution/reference",
    date: "",
};

/// A citation that something else than a value rests on.
const fn cite(publication: &'static Publication, says: Text, certainty: Certainty) -> Citation {
    Citation { publication, says, certainty }
}

/// The ports that EAS keeps for its own engine.
pub static RESERVED_PORTS: Fact<[u16; 2]> = Fact {
    value: [8080, 9090],
    source: cite(
        &CUSTOM_IMAGES,
        text(
            "EAS reserves ports 8080 and 9090; an application that uses them fails to deploy with a port conflict",
            "EAS 保留 8080 和 9090 端口；应用使用这些端口会因端口冲突而部署失败",
        ),
        Certainty::Documented,
    ),
};

/// Lengths of a service's name.
pub static NAME_LENGTH: Fact<(usize, usize)> = Fact {
    value: (3, 63),
    source: cite(
        &DEPLOY_SKILL,
        text("a service's name has 3 to 63 characters", "服务名长度为 3 到 63 个字符"),
        Certainty::Documented,
    ),
};

/// Characters of a service's name.
pub static NAME_CHARACTERS: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "a service's name holds lower-case letters, digits and underscores; upper case and dots are listed as wrong, hyphens here as wrong and there as right",
        "服务名由小写字母、数字和下划线组成；大写字母和点是错误写法，连字符则说法不一",
    ),
    Certainty::Documented,
);

/// Versions of CUDA that `metadata.cuda` knows.
pub static CUDA_VERSIONS: Fact<&[&str]> = Fact {
    value: &["8.0", "9.0", "10.0", "10.1", "10.2", "11.0", "11.1", "11.2"],
    source: cite(
        &JSON_PARAMETERS,
        text(
            "metadata.cuda is one of 8.0, 9.0, 10.0, 10.1, 10.2, 11.0, 11.1, 11.2",
            "metadata.cuda 取值为 8.0、9.0、10.0、10.1、10.2、11.0、11.1、11.2",
        ),
        Certainty::Documented,
    ),
};

/// Where CUDA is mounted.
pub static CUDA_MOUNTED: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "the CUDA of metadata.cuda is mounted at /usr/local/cuda of the container",
        "metadata.cuda 指定的 CUDA 会挂载到容器的 /usr/local/cuda",
    ),
    Certainty::Documented,
);

static CUDA_COMPATIBILITY: Publication = Publication {
    title: "CUDA Compatibility: Minor Version Compatibility",
    url: "https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html",
    date: "",
};

/// The oldest driver for each major version of CUDA.
pub static DRIVER_OF_CUDA: Fact<&[(u32, u32)]> = Fact {
    value: &[(11, 450), (12, 525), (13, 580)],
    source: cite(
        &CUDA_COMPATIBILITY,
        text(
            "CUDA 11 runs on drivers from 450 on, CUDA 12 from 525, CUDA 13 from 580",
            "CUDA 11 需要 450 及以上的驱动，CUDA 12 需要 525，CUDA 13 需要 580",
        ),
        Certainty::Documented,
    ),
};

/// Kinds of service that `metadata.type` knows.
pub static SERVICE_TYPES: Fact<&[&str]> = Fact {
    value: &["Standard", "Async", "LLMGatewayService", "SDCluster", "Queue", "LLM", "RAG"],
    source: cite(
        &JSON_PARAMETERS,
        text(
            "metadata.type names the kind of service, such as Async or LLMGatewayService",
            "metadata.type 指定服务类型，例如 Async 或 LLMGatewayService",
        ),
        Certainty::Documented,
    ),
};

/// Policies of `metadata.scheduling.spread.policy`.
pub static SPREAD_POLICIES: Fact<&[&str]> = Fact {
    value: &["host", "zone", "default"],
    source: cite(
        &JSON_PARAMETERS,
        text(
            "metadata.scheduling.spread.policy is host, zone or default",
            "metadata.scheduling.spread.policy 取值为 host、zone 或 default",
        ),
        Certainty::Documented,
    ),
};

/// The document is JSON.
pub static IS_JSON: Citation = cite(
    &JSON_PARAMETERS,
    text("a service is described by one JSON object", "服务由一个 JSON 对象描述"),
    Certainty::Documented,
);

/// Duplicate keys.
pub static DUPLICATE_KEYS: Citation = cite(
    &JSON_STANDARD,
    text(
        "names within an object should be unique; most readers keep the last value alone",
        "对象中的键应唯一；多数解析器只保留最后一个值",
    ),
    Certainty::Documented,
);

/// The parameters as a whole.
pub static PARAMETERS: Citation = cite(
    &JSON_PARAMETERS,
    text("the parameters of a service with their types and units", "服务的参数及其类型和单位"),
    Certainty::Documented,
);

/// Literal keys with dots.
pub static DOTTED_KEYS: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "the full example writes eas.termination_grace_period as one literal key",
        "完整示例把 eas.termination_grace_period 写成一个键",
    ),
    Certainty::Observed,
);

/// Keys that people write by mistake.
pub static WRONG_KEYS: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "service_name, spec, instanceType, min_replica, scale_strategies and top-level resource, port, command, instance are known mistakes",
        "service_name、spec、instanceType、min_replica、scale_strategies 以及顶层的 resource、port、command、instance 是常见错误",
    ),
    Certainty::Documented,
);

/// metadata.name is required.
pub static NAME_REQUIRED: Citation = cite(
    &JSON_PARAMETERS,
    text("metadata.name is required and unique in a region", "metadata.name 必填，且在地域内唯一"),
    Certainty::Documented,
);

/// Two names cannot both be the service's.
pub static ONE_NAME: Citation = cite(
    &JSON_PARAMETERS,
    text("a service has one name", "一个服务只有一个名称"),
    Certainty::Necessary,
);

/// metadata.instance.
pub static INSTANCE: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "metadata.instance is the number of instances, at least 1",
        "metadata.instance 是实例数，至少为 1",
    ),
    Certainty::Documented,
);

/// The unit of metadata.memory.
pub static MEMORY_UNIT: Citation = cite(
    &JSON_PARAMETERS,
    text("metadata.memory is in MB: 4096 is 4 GB", "metadata.memory 的单位是 MB：4096 即 4 GB"),
    Certainty::Documented,
);

/// The unit of metadata.rpc.keepalive.
pub static KEEPALIVE_UNIT: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "metadata.rpc.keepalive is the longest time of a request in milliseconds, 600000 by default; longer ones get 408",
        "metadata.rpc.keepalive 是单个请求的最长处理时间，单位毫秒，默认 600000；超时返回 408",
    ),
    Certainty::Documented,
);

/// GPU slicing.
pub static SLICING: Citation = cite(
    &GPU_SLICING,
    text(
        "gpu_core_percentage is 1 to 100 and needs gpu_memory; both are for an EAS resource group or a Lingjun quota, and gpu is left out or 0",
        "gpu_core_percentage 取值 1 到 100，必须同时设置 gpu_memory；仅用于 EAS 资源组或灵骏配额，且 gpu 不设置或为 0",
    ),
    Certainty::Documented,
);

/// qos.
pub static QOS: Citation = cite(
    &JSON_PARAMETERS,
    text("metadata.qos is empty or BestEffort", "metadata.qos 为空或 BestEffort"),
    Certainty::Documented,
);

/// Rolling updates.
pub static ROLLING: Citation = cite(
    &ROLLING_UPDATE,
    text(
        "rolling_strategy.max_surge is a whole number above 0 or a percentage; max_unavailable a whole number",
        "rolling_strategy.max_surge 为大于 0 的整数或百分比；max_unavailable 为整数",
    ),
    Certainty::Documented,
);

/// Batching.
pub static BATCHING: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "rpc.max_batch_size and rpc.max_batch_timeout count only with rpc.batching, which is for processors",
        "rpc.max_batch_size 和 rpc.max_batch_timeout 仅在 rpc.batching 开启时有效，且只用于 Processor",
    ),
    Certainty::Documented,
);

/// SIGTERM.
pub static SIGTERM: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "with rpc.enable_sigterm the main process gets SIGTERM and must handle it",
        "开启 rpc.enable_sigterm 后主进程会收到 SIGTERM，必须自行处理",
    ),
    Certainty::Documented,
);

/// containers[].image.
pub static IMAGE_REQUIRED: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "containers[].image is required for an image service",
        "镜像部署时 containers[].image 必填",
    ),
    Certainty::Documented,
);

/// containers[].port.
pub static PORT_EQUALS_LISTENING: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "containers[].port must equal the port that the process listens on",
        "containers[].port 必须与进程监听的端口一致",
    ),
    Certainty::Documented,
);

/// The port should be given.
pub static PORT_EXPECTED: Citation = cite(
    &DEPLOY_SKILL,
    text("an image service names its port", "镜像服务应写明端口"),
    Certainty::Documented,
);

/// The containers of one instance share a network.
pub static SHARED_NETWORK: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "the containers of one instance run in one pod and share its network",
        "同一实例的容器运行在一个 Pod 中并共享网络",
    ),
    Certainty::Necessary,
);

/// 0.0.0.0.
pub static ALL_ADDRESSES: Citation = cite(
    &HEALTH_CHECKS,
    text(
        "the server must listen on 0.0.0.0, or the health check at deployment fails",
        "服务必须监听 0.0.0.0，否则部署时健康检查失败",
    ),
    Certainty::Documented,
);

/// command and script.
pub static COMMAND_OR_SCRIPT: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "a container has one of command (a single command, no shell) and script (read by a shell)",
        "容器使用 command（单条命令，不经 shell）或 script（由 shell 执行）之一",
    ),
    Certainty::Documented,
);

/// A command replaces the image's.
pub static COMMAND_REPLACES_CMD: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "a command that is set for the service overrides the CMD of the Dockerfile",
        "为服务设置的命令会覆盖 Dockerfile 中的 CMD",
    ),
    Certainty::Documented,
);

/// prepare.
pub static PREPARE: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "containers[].prepare installs Python requirements: a list of them, or the path of a file; the image needs python and pip",
        "containers[].prepare 安装 Python 依赖：依赖列表或文件路径；镜像需包含 python 和 pip",
    ),
    Certainty::Documented,
);

/// Both forms of prepare.
pub static PREPARE_BOTH: Citation = cite(
    &PYTHON_SDK,
    text("where both forms of prepare are given, the list wins", "两种写法同时存在时以列表为准"),
    Certainty::Observed,
);

/// No Internet.
pub static NO_INTERNET: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "a service has no access to the Internet by default: it takes a VPC with a NAT gateway",
        "服务默认无法访问公网：需要配置带 NAT 网关的 VPC",
    ),
    Certainty::Documented,
);

/// env.
pub static ENVIRONMENT: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "containers[].env is a list of name and value, both strings",
        "containers[].env 是 name 和 value 的列表，均为字符串",
    ),
    Certainty::Documented,
);

/// LISTENING_PORT.
pub static LISTENING_PORT: Citation = cite(
    &PYTHON_SDK,
    text("EAS sets LISTENING_PORT to the container's port", "EAS 会把 LISTENING_PORT 设为容器端口"),
    Certainty::Observed,
);

/// Probes.
pub static PROBES: Citation = cite(
    &DIAGNOSE_SKILL,
    text(
        "a probe has exactly one of http_get, tcp_socket and exec, and its fields are in snake case",
        "探针只含 http_get、tcp_socket、exec 之一，字段使用下划线命名",
    ),
    Certainty::Documented,
);

/// Health checks are advised.
pub static HEALTH_CHECK_ADVISED: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "configure a health check, so that EAS restarts instances that are unhealthy",
        "配置健康检查，使 EAS 能自动重启异常实例",
    ),
    Certainty::Documented,
);

/// gRPC.
pub static GRPC: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "metadata.enable_grpc must be true where the image's server speaks gRPC",
        "镜像服务使用 gRPC 时 metadata.enable_grpc 必须为 true",
    ),
    Certainty::Documented,
);

/// Models from OSS.
pub static OSS_MOUNT: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "a model in OSS is mounted with storage; the command names the mount path",
        "OSS 中的模型通过 storage 挂载，命令中使用挂载路径",
    ),
    Certainty::Documented,
);

/// Tensor parallelism.
pub static TENSOR_PARALLEL: Citation = cite(
    &DIAGNOSE_SKILL,
    text(
        "the tensor parallel size equals the number of GPUs of an instance",
        "张量并行数与实例的 GPU 数一致",
    ),
    Certainty::Inferred,
);

/// The grammar of image references.
pub static REFERENCE_GRAMMAR: Citation = cite(
    &DISTRIBUTION,
    text(
        "an image's address is host/path:tag without a scheme, its path in lower case",
        "镜像地址形如 host/path:tag，不带协议，路径为小写",
    ),
    Certainty::Necessary,
);

/// Images come over the VPC.
pub static PULL_OVER_VPC: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "pull images over the VPC network; pulling over the Internet is slow and insecure",
        "通过 VPC 网络拉取镜像；公网拉取缓慢且不安全",
    ),
    Certainty::Documented,
);

/// A VPC must be configured.
pub static VPC_NEEDED: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "a missing VPC configuration causes ImagePullBackOff",
        "缺少 VPC 配置会导致 ImagePullBackOff",
    ),
    Certainty::Documented,
);

/// Registries of one region.
pub static SAME_REGION: Citation = cite(
    &MOUNT_STORAGE,
    text("images and mounts are of the service's region", "镜像和挂载与服务位于同一地域"),
    Certainty::Documented,
);

/// Personal Edition.
pub static PERSONAL_EDITION: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "ACR Personal Edition is for tests only; production uses the Enterprise Edition",
        "容器镜像服务个人版仅用于测试；生产环境使用企业版",
    ),
    Certainty::Documented,
);

/// Tags move.
pub static TAGS_MOVE: Citation = cite(
    &FAQ,
    text(
        "an image that is not found under its tag cannot be pulled; latest changes with each push",
        "找不到标签对应的镜像会导致拉取失败；latest 随每次推送变化",
    ),
    Certainty::Inferred,
);

/// dockerAuth.
pub static DOCKER_AUTH: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "dockerAuth is the Base64 of username:password, at the top level of the JSON",
        "dockerAuth 是 username:password 的 Base64，位于 JSON 顶层",
    ),
    Certainty::Documented,
);

/// A decoded line end.
pub static DOCKER_AUTH_EXACT: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "the documents encode with echo -n: a line end would become part of the password",
        "文档使用 echo -n 编码：换行会成为密码的一部分",
    ),
    Certainty::Inferred,
);

/// Credentials of other registries.
pub static DOCKER_AUTH_NEEDED: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "private registries need credentials, except ACR of the same account and region",
        "私有仓库需要凭证，同账号同地域的 ACR 除外",
    ),
    Certainty::Documented,
);

/// Usernames by which a registry is known.
pub static LOGIN_NAMES: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "the login is that of the image's registry; SWR's usernames are REGION@ACCESS_KEY, NGC's is $oauthtoken, Google's _json_key",
        "凭证属于镜像所在的仓库；SWR 的用户名形如 区域@AK，NGC 为 $oauthtoken，Google 为 _json_key",
    ),
    Certainty::Inferred,
);

/// Secrets in files.
pub static SECRETS_IN_FILES: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "Base64 hides nothing: whoever reads the file can log in to the registry",
        "Base64 不是加密：能读取该文件的人即可登录仓库",
    ),
    Certainty::Necessary,
);

static SCALING: Publication = Publication {
    title: "Enable or disable the horizontal auto scaling feature",
    url: "https://www.alibabacloud.com/help/en/pai/user-guide/enable-or-disable-the-horizontal-auto-scaling-feature",
    date: "",
};

/// What an instance runs on.
pub static COMPUTE_TARGET: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "an instance runs on a resource group, a quota, or an instance type of public resources",
        "实例运行在资源组、配额或公共资源的实例规格上",
    ),
    Certainty::Documented,
);

/// A resource group and an instance type.
pub static RESOURCE_OR_TYPE: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "metadata.resource and cloud.computing.instance_type exclude each other; both together are shown only with instances[]",
        "metadata.resource 与 cloud.computing.instance_type 互斥；只有与 instances[] 一起时才同时出现",
    ),
    Certainty::Documented,
);

/// Ids of resource groups.
pub static RESOURCE_ID: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "metadata.resource is the id of a dedicated resource group, eas-r-…",
        "metadata.resource 是专属资源组 ID，形如 eas-r-…",
    ),
    Certainty::Documented,
);

/// Names of instance types.
pub static INSTANCE_TYPE_NAMES: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "instance types are called ecs.FAMILY.SIZE or ml.FAMILY…; dedicated_resource stands for the resource group",
        "实例规格形如 ecs.规格族.大小 或 ml.规格族…；dedicated_resource 表示专属资源组",
    ),
    Certainty::Inferred,
);

/// Families of instance types with a GPU, as their names begin behind `ecs.` or `ml.`.
pub static GPU_FAMILIES: Fact<&[&str]> = Fact {
    value: &["gn", "gu", "vgn", "sgn", "ebmgn", "ebmgu", "ebmppu", "egs", "ppu", "scgn"],
    source: cite(
        &DEPLOY_SKILL,
        text(
            "families gn, gu, ebmgn, ebmppu and egs have accelerators; GPU images need one of them",
            "gn、gu、ebmgn、ebmppu、egs 规格族带加速卡；GPU 镜像需要使用它们",
        ),
        Certainty::Inferred,
    ),
};

/// Capacity of a spot type.
pub static SPOT_CAPACITY: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "cloud.computing.instances[].capacity is a number of replicas or a percentage",
        "cloud.computing.instances[].capacity 是副本数或百分比",
    ),
    Certainty::Documented,
);

/// The three of a VPC.
pub static VPC_TRIPLE: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "vpc_id, vswitch_id and security_group_id belong together",
        "vpc_id、vswitch_id、security_group_id 必须同时设置",
    ),
    Certainty::Documented,
);

/// How ids of the network begin.
pub static NETWORK_IDS: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "ids begin with vpc- for a VPC, vsw- for a vSwitch, sg- for a security group, gw- for a dedicated gateway; several vSwitches are divided by commas",
        "ID 以 vpc-（专有网络）、vsw-（交换机）、sg-（安全组）、gw-（专属网关）开头；多个交换机以逗号分隔",
    ),
    Certainty::Documented,
);

/// Gateways and load balancers need a VPC.
pub static GATEWAY_NEEDS_VPC: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "a dedicated gateway or a load balancer without the VPC is answered with 400",
        "使用专属网关或负载均衡而未配置 VPC 时返回 400",
    ),
    Certainty::Documented,
);

/// The shared gateway has no name.
pub static GATEWAY_NOT_SHARED: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "networking.gateway names a dedicated gateway, never `shared`: the shared one is the default",
        "networking.gateway 填写专属网关 ID，不能写 shared：默认即共享网关",
    ),
    Certainty::Documented,
);

/// The port that a load balancer may not listen on.
pub static NLB_FORBIDDEN_PORT: Fact<u16> = Fact {
    value: 8080,
    source: cite(
        &DEPLOY_SKILL,
        text(
            "listener_port of a load balancer is not 8080",
            "负载均衡的 listener_port 不能是 8080",
        ),
        Certainty::Documented,
    ),
};

/// Zones of a load balancer.
pub static NLB_ZONES: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "a load balancer needs at least two vSwitches in different zones, separated by commas",
        "负载均衡至少需要两个不同可用区的交换机，以逗号分隔",
    ),
    Certainty::Documented,
);

/// Bounds of scaling.
pub static SCALING_BOUNDS: Citation = cite(
    &SCALING,
    text("min is above 0, and max above min", "min 大于 0，且 max 大于 min"),
    Certainty::Documented,
);

/// Two ways to say when to scale.
pub static SCALING_FORMS: Citation = cite(
    &SCALING,
    text(
        "scaleStrategies says at which figures instances are added; older files say it in strategies",
        "scaleStrategies 规定触发扩缩容的指标；旧文件使用 strategies",
    ),
    Certainty::Documented,
);

/// mount_path.
pub static MOUNT_PATH: Citation = cite(
    &MOUNT_STORAGE,
    text(
        "each mount has a mount_path, an absolute path in the container",
        "每个挂载都有 mount_path，即容器内的绝对路径",
    ),
    Certainty::Documented,
);

/// Folders that a mount must not hide.
pub static SYSTEM_PATHS: Fact<&[&str]> = Fact {
    value: &[
        "/", "/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr",
        "/var",
    ],
    source: cite(
        &DEPLOY_SKILL,
        text(
            "a mount may not cover the root or a folder of the system such as /bin, /etc or /usr",
            "挂载路径不能是根目录或 /bin、/etc、/usr 等系统目录",
        ),
        Certainty::Documented,
    ),
};

/// Mounts do not overlap.
pub static MOUNTS_APART: Citation = cite(
    &DEPLOY_SKILL,
    text("mount paths do not overlap", "挂载路径不能重叠"),
    Certainty::Documented,
);

/// One source a mount.
pub static ONE_SOURCE: Citation = cite(
    &MOUNT_STORAGE,
    text(
        "every documented mount has exactly one source, such as oss, nfs or git",
        "文档中的每个挂载都只有一个来源，例如 oss、nfs 或 git",
    ),
    Certainty::Inferred,
);

/// Addresses in OSS.
pub static OSS_PATH: Citation = cite(
    &DEPLOY_SKILL,
    text(
        "oss.path is oss://BUCKET/FOLDER/, without the endpoint",
        "oss.path 形如 oss://BUCKET/目录/，不含 Endpoint",
    ),
    Certainty::Documented,
);

/// readOnly and read_only.
pub static READ_ONLY: Citation = cite(
    &MOUNT_STORAGE,
    text(
        "oss and nfs write readOnly, dataset writes read_only",
        "oss 和 nfs 使用 readOnly，dataset 使用 read_only",
    ),
    Certainty::Documented,
);

/// NAS is reached over a VPC.
pub static NAS_OVER_VPC: Citation = cite(
    &MOUNT_STORAGE,
    text("NAS is mounted over the VPC of its mount target", "NAS 通过挂载点所在的 VPC 挂载"),
    Certainty::Documented,
);

/// Repositories of git.
pub static GIT_OVER_HTTPS: Citation = cite(
    &MOUNT_STORAGE,
    text("git.repo is an https address", "git.repo 为 https 地址"),
    Certainty::Documented,
);

/// A folder in memory.
pub static MEMORY_FOLDER: Citation = cite(
    &MOUNT_STORAGE,
    text(
        "an empty_dir in memory has medium and size_limit, and is mounted at /dev/shm",
        "内存型 empty_dir 需同时设置 medium 和 size_limit，并挂载到 /dev/shm",
    ),
    Certainty::Documented,
);

/// CPFS.
pub static CPFS_QUOTA: Citation = cite(
    &MOUNT_STORAGE,
    text("CPFS is for Lingjun resources", "CPFS 仅用于灵骏资源"),
    Certainty::Documented,
);

/// A mount hides what the image has there.
pub static MOUNT_HIDES: Citation = cite(
    &MOUNT_STORAGE,
    text(
        "what is mounted on a folder takes the place of what the image has there",
        "挂载后，镜像在该目录中的内容会被遮盖",
    ),
    Certainty::Inferred,
);

/// Languages of a processor of one's own.
pub static PROCESSOR_TYPES: Fact<&[&str]> = Fact {
    value: &["cpp", "java", "python"],
    source: cite(
        &JSON_PARAMETERS,
        text("processor_type is cpp, java or python", "processor_type 取值为 cpp、java 或 python"),
        Certainty::Documented,
    ),
};

/// Where a processor of one's own begins.
pub static PROCESSOR_ENTRY: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "processor_entry is required for cpp and python, processor_mainclass for java",
        "cpp 和 python 必须设置 processor_entry，java 必须设置 processor_mainclass",
    ),
    Certainty::Documented,
);

/// A processor serves a model.
pub static MODEL_PATH: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "a processor loads the model of model_path: a folder or file in OSS, or an HTTP address of tar.gz, tar, bz2 or zip",
        "Processor 加载 model_path 的模型：OSS 目录或文件，或 tar.gz、tar、bz2、zip 的 HTTP 地址",
    ),
    Certainty::Documented,
);

/// Two modes.
pub static ONE_MODE: Citation = cite(
    &JSON_PARAMETERS,
    text(
        "a service is deployed from an image or from a processor",
        "服务由镜像或 Processor 之一部署",
    ),
    Certainty::Documented,
);

/// The machines of EAS.
pub static ARCHITECTURE: Citation = cite(
    &JSON_PARAMETERS,
    text("the documented instance types are x86-64 machines", "文档中的实例规格均为 x86-64 机型"),
    Certainty::Inferred,
);

/// Models are mounted.
pub static MODELS_MOUNTED: Citation = cite(
    &CUSTOM_IMAGES,
    text(
        "keep models out of the image and mount them from storage",
        "不要把模型打包进镜像，应通过存储挂载",
    ),
    Certainty::Documented,
);
