//! What ECI demands and promises: each fact once, with its source. `static`, never `const`: a
//! citation is told from another by its address.

use crate::fact::{Certainty, Citation, Fact, Publication};
use crate::text::{Text, text};

static IMAGE: Publication = Publication {
    title: "ECI: Configure a container image",
    url: "https://www.alibabacloud.com/help/en/eci/user-guide/configure-a-container-image",
    date: "",
};

static API: Publication = Publication {
    title: "ECI API: CreateContainerGroup",
    url: "https://www.alibabacloud.com/help/en/eci/api-createcontainergroup",
    date: "2026-06-22",
};

static SDK: Publication = Publication {
    title: "alibabacloud-go/eci-20180808: CreateContainerGroupRequest",
    url: "https://github.com/alibabacloud-go/eci-20180808",
    date: "2025-06",
};

static LIMITS: Publication = Publication {
    title: "ECI: Limits",
    url: "https://www.alibabacloud.com/help/en/elastic-container-instance/latest/limits",
    date: "",
};

static SIZES: Publication = Publication {
    title: "ECI: Specify the number of vCPUs and memory size to create an elastic container instance",
    url: "https://www.alibabacloud.com/help/en/eci/user-guide/specify-the-number-of-vcpus-and-memory-size-to-create-an-elastic-container-instance",
    date: "2026-06-20",
};

static SELF_MANAGED: Publication = Publication {
    title: "ECI: Use self-managed image repositories",
    url: "https://www.alibabacloud.com/help/doc-detail/378059.htm",
    date: "2024-02",
};

static NO_SECRET: Publication = Publication {
    title: "ECI: Pull images from a Container Registry instance without using a secret",
    url: "https://www.alibabacloud.com/help/doc-detail/194250.htm",
    date: "2023",
};

static TERRAFORM: Publication = Publication {
    title: "Terraform provider alicloud: alicloud_eci_container_group",
    url: "https://github.com/aliyun/terraform-provider-alicloud/blob/master/website/docs/r/eci_container_group.html.markdown",
    date: "",
};

static ROS: Publication = Publication {
    title: "ROS: ALIYUN::ECI::ContainerGroup",
    url: "https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-eci-containergroup",
    date: "2024-11-01",
};

static OWN_DOMAINS: Publication = Publication {
    title: "ACR: limits of the independent domain names of Personal Edition instances",
    url: "https://www.alibabacloud.com/help/en/acr/user-guide/individual-edition-instance-independent-domain-name-capacity-limit",
    date: "",
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

/// What the API calls required.
pub static REQUIRED: Citation = cite(
    &SDK,
    text(
        "RegionId, ContainerGroupName and at least one Container are required; of a container, Name and Image are",
        "RegionId、ContainerGroupName 和至少一个 Container 为必填；容器的 Name 和 Image 为必填",
    ),
    Certainty::Documented,
);

/// The parameters that exist.
pub static PARAMETERS: Citation = cite(
    &SDK,
    text(
        "the request has these parameters and no others; the names are singular and begin with a capital letter",
        "请求只有这些参数；名称为单数并以大写字母开头",
    ),
    Certainty::Documented,
);

/// How a flat request is written.
pub static INDEXES: Citation = cite(
    &IMAGE,
    text(
        "lists are written flat as Container.N.Image, with N counted from 1",
        "列表平铺写成 Container.N.Image，N 从 1 开始",
    ),
    Certainty::Documented,
);

/// A parameter is given once.
pub static ONE_VALUE: Citation = cite(
    &SDK,
    text(
        "a parameter has one value; of two with one name, one is lost",
        "一个参数只有一个值；同名的两个参数会丢失其一",
    ),
    Certainty::Necessary,
);

/// Lengths of a group's name.
pub static NAME_LENGTH: Fact<(usize, usize)> = Fact {
    value: (2, 128),
    source: cite(
        &SDK,
        text(
            "a container group's name has 2 to 128 lower-case letters, digits and hyphens, and no hyphen at an end",
            "容器组名称为 2 到 128 个小写字母、数字或连字符，且不以连字符开头或结尾",
        ),
        Certainty::Documented,
    ),
};

/// The grammar of image references.
pub static REFERENCE_GRAMMAR: Citation = cite(
    &DISTRIBUTION,
    text(
        "an image's address is host/path:tag or host/path@digest, without a scheme",
        "镜像地址的形式为 host/path:tag 或 host/path@digest，不带协议",
    ),
    Certainty::Necessary,
);

/// A tag may be moved.
pub static TAGS_MOVE: Citation = cite(
    &IMAGE,
    text(
        "the image is pulled by its tag when an instance starts; a tag that moves makes instances differ",
        "实例启动时按标签拉取镜像；标签移动会使各实例不一致",
    ),
    Certainty::Inferred,
);

/// Images of the Internet.
pub static INTERNET_IMAGES: Citation = cite(
    &IMAGE,
    text(
        "to pull an image from the Internet in a VPC without a NAT gateway, the instance needs an EIP",
        "在没有 NAT 网关的 VPC 中拉取公网镜像，实例需要绑定 EIP",
    ),
    Certainty::Documented,
);

/// Private images.
pub static PRIVATE_IMAGES: Citation = cite(
    &IMAGE,
    text(
        "an image in a private repository needs ImageRegistryCredential",
        "私有仓库的镜像需要配置 ImageRegistryCredential",
    ),
    Certainty::Documented,
);

/// The address of a registry.
pub static SERVER_WITHOUT_SCHEME: Citation = cite(
    &API,
    text(
        "Server is the registry's address without http:// or https://",
        "Server 是不带 http:// 或 https:// 的仓库地址",
    ),
    Certainty::Documented,
);

/// What every example of a registry's address is.
pub static SERVER_IS_A_HOST: Citation = cite(
    &IMAGE,
    text(
        "Server is a host alone in every example; one logs in to a host, not to a path",
        "所有示例中 Server 都只是域名；登录的对象是域名而不是路径",
    ),
    Certainty::Inferred,
);

/// The three parts of a credential.
pub static CREDENTIAL_PARTS: Citation = cite(
    &TERRAFORM,
    text(
        "a credential is Server, UserName and Password together",
        "凭证由 Server、UserName 和 Password 共同组成",
    ),
    Certainty::Documented,
);

/// Which image a credential is for.
pub static CREDENTIAL_BY_HOST: Citation = cite(
    &IMAGE,
    text(
        "a credential serves the images whose host its Server names; the public and the VPC address are two hosts",
        "凭证用于域名与 Server 相同的镜像；公网地址和 VPC 地址是两个不同的域名",
    ),
    Certainty::Inferred,
);

/// A password in a file.
pub static PASSWORD_IN_PLAIN: Citation = cite(
    &IMAGE,
    text(
        "Password is the registry's password in plain text: whoever reads the file has it",
        "Password 是仓库的明文密码：能读取文件的人就能得到它",
    ),
    Certainty::Necessary,
);

/// Pulling without a secret.
pub static ACR_ONLY: Citation = cite(
    &NO_SECRET,
    text(
        "only images in Container Registry can be pulled without a secret; AcrRegistryInfo names the instance",
        "只有容器镜像服务中的镜像可以免密拉取；AcrRegistryInfo 指定其实例",
    ),
    Certainty::Documented,
);

/// The id of a registry instance.
pub static ACR_INSTANCE_ID: Citation = cite(
    &ROS,
    text(
        "an entry of AcrRegistryInfo needs InstanceId, cri-…",
        "AcrRegistryInfo 的每一项都需要 InstanceId（cri-…）",
    ),
    Certainty::Documented,
);

/// Personal instances with a domain of their own.
pub static OWN_DOMAIN_PULLS: Citation = cite(
    &OWN_DOMAINS,
    text(
        "nobody can pull through the public address of a crpi- instance, and nobody without a credential",
        "crpi- 实例不允许通过公网地址拉取，也不允许匿名拉取",
    ),
    Certainty::Documented,
);

/// Where an address of a VPC is reached.
pub static VPC_IS_REGIONAL: Citation = cite(
    &OWN_DOMAINS,
    text(
        "the VPC address of a registry serves the VPCs of its own region",
        "仓库的 VPC 地址只服务于同地域的 VPC",
    ),
    Certainty::Inferred,
);

/// One address of the Internet.
pub static ONE_EIP: Citation = cite(
    &SDK,
    text(
        "EipInstanceId binds an existing EIP, AutoCreateEip makes a new one",
        "EipInstanceId 绑定已有 EIP，AutoCreateEip 新建 EIP",
    ),
    Certainty::Inferred,
);

/// What takes effect with a new EIP only.
pub static EIP_BANDWIDTH: Citation = cite(
    &SDK,
    text(
        "EipBandwidth takes effect only where AutoCreateEip is true",
        "EipBandwidth 仅在 AutoCreateEip 为 true 时生效",
    ),
    Certainty::Documented,
);

/// Registries of one's own.
pub static REGISTRY_FLAGS: Citation = cite(
    &SELF_MANAGED,
    text(
        "PlainHttpRegistry and InsecureRegistry list hosts of self-managed registries, host[:port], with commas between",
        "PlainHttpRegistry 和 InsecureRegistry 是以逗号分隔的自建仓库地址 host[:port]",
    ),
    Certainty::Documented,
);

/// What the two lists are for.
pub static HTTP_OR_HTTPS: Citation = cite(
    &SELF_MANAGED,
    text(
        "the one list is for registries on HTTP, the other for HTTPS with a certificate of one's own",
        "前者用于 HTTP 仓库，后者用于使用自签证书的 HTTPS 仓库",
    ),
    Certainty::Inferred,
);

/// Image caches.
pub static IMAGE_CACHE: Citation = cite(
    &SDK,
    text(
        "ImageSnapshotId names an image cache, imc-…; AutoMatchImageCache looks for one",
        "ImageSnapshotId 指定镜像缓存 imc-…；AutoMatchImageCache 自动匹配镜像缓存",
    ),
    Certainty::Documented,
);

/// Values of `ImagePullPolicy`.
pub static PULL_POLICIES: Fact<&[&str]> = Fact {
    value: &["Always", "IfNotPresent", "Never"],
    source: cite(
        &SDK,
        text(
            "ImagePullPolicy is Always, IfNotPresent or Never",
            "ImagePullPolicy 为 Always、IfNotPresent 或 Never",
        ),
        Certainty::Documented,
    ),
};

/// Values of `RestartPolicy`.
pub static RESTART_POLICIES: Fact<&[&str]> = Fact {
    value: &["Always", "OnFailure", "Never"],
    source: cite(
        &SDK,
        text(
            "RestartPolicy is Always, OnFailure or Never",
            "RestartPolicy 为 Always、OnFailure 或 Never",
        ),
        Certainty::Documented,
    ),
};

/// Values of a port's `Protocol`.
pub static PROTOCOLS: Fact<&[&str]> = Fact {
    value: &["TCP", "UDP"],
    source: cite(
        &SDK,
        text("a port's Protocol is TCP or UDP", "端口的 Protocol 为 TCP 或 UDP"),
        Certainty::Documented,
    ),
};

/// Values of the group's other choices. `BPG` stands in the documents as an example.
pub static CHOICES: Fact<&[(&str, &[&str])]> = Fact {
    value: &[
        ("ScheduleStrategy", &["VSwitchOrdered", "VSwitchRandom"]),
        ("EipISP", &["BGP", "BGP_PRO"]),
        ("ImageAccelerateMode", &["nydus", "dadi", "p2p", "imc"]),
        ("CpuArchitecture", &["AMD64", "ARM64"]),
        ("OsType", &["Linux", "Windows"]),
        ("DnsPolicy", &["None", "Default"]),
        ("SpotStrategy", &["NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"]),
    ],
    source: cite(
        &SDK,
        text("these parameters take a fixed set of values", "这些参数只接受固定的取值"),
        Certainty::Documented,
    ),
};

/// What an instance is where the request does not say.
pub static MACHINES: Citation = cite(
    &SDK,
    text(
        "CpuArchitecture is AMD64 and OsType Linux unless told",
        "CpuArchitecture 默认为 AMD64，OsType 默认为 Linux",
    ),
    Certainty::Documented,
);

/// What ports are.
pub static PORT_RANGE: Citation = cite(
    &SDK,
    text("a port is a number from 1 to 65535", "端口是 1 到 65535 之间的整数"),
    Certainty::Documented,
);

/// The network of a group.
pub static ONE_NETWORK: Citation = cite(
    &API,
    text(
        "the containers of a group share one network address",
        "同一容器组中的容器共享一个网络地址",
    ),
    Certainty::Inferred,
);

/// What a port in the request is for.
pub static PORTS_ARE_SERVED: Citation = cite(
    &API,
    text(
        "a port of the request is one that the container serves on",
        "请求中的端口是容器提供服务的端口",
    ),
    Certainty::Inferred,
);

/// The most that one group may have.
pub static MOST: Fact<&[(&str, usize)]> = Fact {
    value: &[("Container", 20), ("Volume", 20), ("Tag", 20)],
    source: cite(
        &LIMITS,
        text(
            "a container group has up to 20 containers, 20 volumes and 20 tags",
            "一个容器组最多有 20 个容器、20 个数据卷和 20 个标签",
        ),
        Certainty::Documented,
    ),
};

/// The most vSwitches of one group.
pub static MOST_VSWITCHES: Fact<usize> = Fact {
    value: 10,
    source: cite(
        &SDK,
        text("VSwitchId takes up to 10 ids", "VSwitchId 最多 10 个 ID"),
        Certainty::Documented,
    ),
};

/// The most that one container may have, as ROS has it.
pub static MOST_OF_A_CONTAINER: Fact<&[(&str, usize)]> = Fact {
    value: &[("Port", 100), ("VolumeMount", 16), ("EnvironmentVar", 100), ("Arg", 10)],
    source: cite(
        &ROS,
        text(
            "a container has up to 100 ports, 16 mounts, 100 variables and 10 arguments",
            "一个容器最多有 100 个端口、16 个挂载、100 个环境变量和 10 个参数",
        ),
        Certainty::Documented,
    ),
};

/// The most vCPUs of an instance.
pub static MOST_CPU: Fact<f64> = Fact {
    value: 64.0,
    source: cite(
        &LIMITS,
        text("an instance has up to 64 vCPUs", "一个实例最多 64 vCPU"),
        Certainty::Documented,
    ),
};

/// vCPUs, and the GiB of memory that go with them in every region.
pub static CPU_AND_MEMORY: Fact<&[(f64, &[f64])]> = Fact {
    value: &[
        (0.25, &[0.5, 1.0]),
        (0.5, &[1.0, 2.0]),
        (1.0, &[2.0, 4.0, 8.0]),
        (2.0, &[1.0, 2.0, 4.0, 8.0, 16.0]),
        (4.0, &[2.0, 4.0, 8.0, 16.0, 32.0]),
        (8.0, &[4.0, 8.0, 16.0, 32.0, 64.0]),
        (12.0, &[12.0, 24.0, 48.0, 96.0]),
        (16.0, &[16.0, 32.0, 64.0, 128.0]),
        (24.0, &[24.0, 48.0, 96.0, 192.0]),
        (32.0, &[32.0, 64.0, 128.0, 256.0]),
        (52.0, &[96.0, 192.0, 384.0]),
        (64.0, &[128.0, 256.0, 512.0]),
    ],
    source: cite(
        &SIZES,
        text(
            "a pair of vCPU and memory that is not offered is rounded up to the next that is, and billed so",
            "不支持的 vCPU 与内存组合会向上取整到最近的规格，并按该规格计费",
        ),
        Certainty::Documented,
    ),
};

/// What containers share.
pub static SHARES: Citation = cite(
    &SIZES,
    text(
        "the containers divide the group's vCPUs and memory among themselves",
        "容器共同分配容器组的 vCPU 和内存",
    ),
    Certainty::Inferred,
);

/// Names of environment variables.
pub static VARIABLE_KEY: Fact<usize> = Fact {
    value: 128,
    source: cite(
        &SDK,
        text(
            "a variable's Key has 1 to 128 letters, digits and underscores and begins with no digit",
            "环境变量的 Key 为 1 到 128 个字母、数字或下划线，且不以数字开头",
        ),
        Certainty::Documented,
    ),
};

/// Values of environment variables.
pub static VARIABLE_VALUE: Fact<usize> = Fact {
    value: 256,
    source: cite(
        &SDK,
        text("a variable's Value has up to 256 characters", "环境变量的 Value 最多 256 个字符"),
        Certainty::Documented,
    ),
};

/// Variables that nobody sees.
pub static VARIABLES_ARE_SHOWN: Citation = cite(
    &SDK,
    text(
        "EnvironmentVarHide keeps the variables' values out of what Describe calls answer; it is off unless set",
        "EnvironmentVarHide 使查询接口不返回环境变量的值；默认关闭",
    ),
    Certainty::Documented,
);

/// The three kinds of probe.
pub static PROBE_KINDS: Fact<[&str; 3]> = Fact {
    value: ["HttpGet", "Exec", "TcpSocket"],
    source: cite(
        &SDK,
        text(
            "a probe is exactly one of HttpGet, Exec and TcpSocket",
            "探针只能是 HttpGet、Exec 和 TcpSocket 中的一种",
        ),
        Certainty::Documented,
    ),
};

/// Who has probes.
pub static PROBES_OF_CONTAINERS: Citation = cite(
    &SDK,
    text("an InitContainer has no probes", "InitContainer 没有探针"),
    Certainty::Documented,
);

/// How ROS writes what is nested.
pub static ROS_KEYS: Fact<&[(&str, &[&str])]> = Fact {
    value: &[
        ("LivenessProbe", &["HttpGet", "Exec", "TcpSocket"]),
        ("ReadinessProbe", &["HttpGet", "Exec", "TcpSocket"]),
    ],
    source: cite(
        &ROS,
        text(
            "in a template the parts of a probe and of a volume are keys with dots: HttpGet.Port, NFSVolume.Path",
            "在模板中，探针和数据卷的子项使用带点的键：HttpGet.Port、NFSVolume.Path",
        ),
        Certainty::Documented,
    ),
};

/// The properties of the resource.
pub static ROS_PROPERTIES: Fact<&[&str]> = Fact {
    value: &[
        "SecurityContextSysctl",
        "Memory",
        "InitContainer",
        "Cpu",
        "EipInstanceId",
        "ContainerGroupName",
        "Container",
        "ImageSnapshotId",
        "DnsConfig",
        "AutoMatchImageCache",
        "Ipv6AddressCount",
        "ImageRegistryCredential",
        "SpotPriceLimit",
        "InstanceType",
        "SpotStrategy",
        "ActiveDeadlineSeconds",
        "HostAliase",
        "ZoneId",
        "TerminationGracePeriodSeconds",
        "VSwitchId",
        "SecurityGroupId",
        "SlsEnable",
        "RestartPolicy",
        "RamRoleName",
        "Volume",
        "AcrRegistryInfo",
        "Tag",
        "ResourceGroupId",
    ],
    source: cite(
        &ROS,
        text(
            "the resource has these properties; others of the API are not among them",
            "该资源只有这些属性，不包括 API 的其他参数",
        ),
        Certainty::Documented,
    ),
};

/// What a mount mounts.
pub static MOUNTS_NAME_VOLUMES: Citation = cite(
    &SDK,
    text(
        "a VolumeMount's Name is the Name of a Volume of the group",
        "VolumeMount 的 Name 是容器组中某个 Volume 的 Name",
    ),
    Certainty::Documented,
);

/// A volume that nothing mounts.
pub static VOLUMES_ARE_MOUNTED: Citation = cite(
    &SDK,
    text("a volume is there to be mounted", "数据卷需要挂载才有用"),
    Certainty::Inferred,
);

/// Spot instances with a limit.
pub static SPOT_LIMIT: Citation = cite(
    &SDK,
    text(
        "SpotStrategy SpotWithPriceLimit needs SpotPriceLimit",
        "SpotStrategy 为 SpotWithPriceLimit 时必须设置 SpotPriceLimit",
    ),
    Certainty::Documented,
);
