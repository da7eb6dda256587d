//! The request as data: every parameter that the sources name (see `spec::PARAMETERS`), in the
//! nested form. The flat form, ROS and Terraform are read into it.

use crate::text::{Text, text};
use crate::tree::schema::{COUNT, Field, PORT, POSITIVE, Shape, Type, field};

/// The whole request.
pub static REQUEST: Shape = Shape { fields: ROOT, is_open: false };

const TEXT: Type = Type::String;
const FLAG: Type = Type::Boolean;
const A_TEXT: Type = Type::Array(&Type::String);

const fn one_of(choices: &'static [&'static str]) -> Type {
    Type::Choice(choices)
}

static ROOT: &[Field] = &[
    field("Action", TEXT, text("operation: CreateContainerGroup", "接口名：CreateContainerGroup")),
    field("RegionId", TEXT, text("region", "地域")),
    field("ZoneId", TEXT, text("zone; chosen if absent", "可用区；缺省自动选择")),
    field("ContainerGroupName", TEXT, text("name of the container group", "容器组名称")),
    field("Container", Type::Array(&A_CONTAINER), text("containers", "容器")),
    field(
        "InitContainer",
        Type::Array(&AN_INIT_CONTAINER),
        text("containers that run before the others", "Init 容器"),
    ),
    field("VSwitchId", TEXT, text("vSwitch, up to 10 with commas", "交换机，最多 10 个，逗号分隔")),
    field(
        "ScheduleStrategy",
        one_of(&["VSwitchOrdered", "VSwitchRandom"]),
        text("which of several vSwitches", "多个交换机的选择方式"),
    ),
    field("SecurityGroupId", TEXT, text("security group", "安全组")),
    field("Cpu", Type::Number, text("vCPUs of the group", "容器组的 vCPU")),
    field("Memory", Type::Number, text("memory of the group in GiB", "容器组的内存（GiB）")),
    field("InstanceType", TEXT, text("type of ECS instance", "ECS 规格")),
    field(
        "RestartPolicy",
        one_of(&["Always", "OnFailure", "Never"]),
        text("when containers are started again", "重启策略"),
    ),
    field("EipInstanceId", TEXT, text("an existing EIP", "已有的 EIP")),
    field("AutoCreateEip", FLAG, text("whether an EIP is made", "是否新建 EIP")),
    field(
        "EipBandwidth",
        COUNT,
        text("bandwidth of the new EIP in Mbit/s", "新建 EIP 的带宽（Mbit/s）"),
    ),
    field("EipISP", one_of(&["BGP", "BGP_PRO"]), text("line of the new EIP", "新建 EIP 的线路")),
    field(
        "EipCommonBandwidthPackage",
        TEXT,
        text("shared bandwidth of the EIP", "EIP 的共享带宽包"),
    ),
    field(
        "ImageRegistryCredential",
        Type::Array(&A_CREDENTIAL),
        text("logins of private registries", "私有仓库的登录凭证"),
    ),
    field(
        "AcrRegistryInfo",
        Type::Array(&AN_ACR_INSTANCE),
        text("registry instances to pull from without a secret", "免密拉取的 ACR 实例"),
    ),
    field("PlainHttpRegistry", TEXT, text("registries on HTTP", "使用 HTTP 的仓库")),
    field(
        "InsecureRegistry",
        TEXT,
        text("registries with their own certificates", "使用自签证书的仓库"),
    ),
    field("ImageSnapshotId", TEXT, text("image cache, imc-…", "镜像缓存 imc-…")),
    field(
        "AutoMatchImageCache",
        FLAG,
        text("whether an image cache is looked for", "是否自动匹配镜像缓存"),
    ),
    field(
        "ImageAccelerateMode",
        one_of(&["nydus", "dadi", "p2p", "imc"]),
        text("how images are pulled faster", "镜像加速方式"),
    ),
    field("CpuArchitecture", one_of(&["AMD64", "ARM64"]), text("architecture", "CPU 架构")),
    field("OsType", one_of(&["Linux", "Windows"]), text("operating system", "操作系统")),
    field("DnsPolicy", one_of(&["None", "Default"]), text("where names are looked up", "DNS 策略")),
    field("DnsConfig", Type::Object(&DNS), text("name servers", "DNS 配置")),
    field("DryRun", FLAG, text("only check the request", "仅检查请求")),
    field(
        "SpotStrategy",
        one_of(&["NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"]),
        text("whether on spot capacity", "抢占策略"),
    ),
    field("SpotPriceLimit", Type::Number, text("most to pay for an hour", "每小时最高价格")),
    field("SpotDuration", COUNT, text("hours kept for sure", "保护期（小时）")),
    field("StrictSpot", FLAG, text("only spot capacity", "仅使用抢占式资源")),
    field("Ipv6AddressCount", COUNT, text("IPv6 addresses: 1", "IPv6 地址数：1")),
    field(
        "Ipv6GatewayBandwidth",
        Type::OneOf(&[TEXT, COUNT]),
        text("bandwidth of IPv6", "IPv6 带宽"),
    ),
    field("Ipv6GatewayBandwidthEnable", FLAG, text("IPv6 to the Internet", "IPv6 公网访问")),
    field("Tag", Type::Array(&A_TAG), text("tags, up to 20", "标签，最多 20 个")),
    field("Volume", Type::Array(&A_VOLUME), text("volumes, up to 20", "数据卷，最多 20 个")),
    field(
        "EphemeralStorage",
        COUNT,
        text("more temporary storage in GiB", "增加的临时存储（GiB）"),
    ),
    field("ClientToken", TEXT, text("makes a repeated call harmless", "幂等标识")),
    field("ActiveDeadlineSeconds", COUNT, text("longest life in seconds", "最长运行时间（秒）")),
    field(
        "TerminationGracePeriodSeconds",
        COUNT,
        text("time to stop in seconds", "停止前的宽限时间（秒）"),
    ),
    field("CorePattern", TEXT, text("where core files go", "core 文件路径")),
    field("FixedIp", Type::OneOf(&[TEXT, FLAG]), text("keep the address", "保留 IP 地址")),
    field("FixedIpRetainHour", COUNT, text("hours to keep it", "保留小时数")),
    field("PrivateIpAddress", TEXT, text("private address", "私网地址")),
    field("GpuDriverVersion", TEXT, text("version of the GPU driver", "GPU 驱动版本")),
    field(
        "HostAliase",
        Type::Array(&A_HOST_ALIAS),
        text("lines of /etc/hosts", "/etc/hosts 的条目"),
    ),
    field("HostName", TEXT, text("host name", "主机名")),
    field("NtpServer", A_TEXT, text("time servers", "NTP 服务器")),
    field("RamRoleName", TEXT, text("role of the instance", "实例的 RAM 角色")),
    field("Arn", Type::Array(&AN_ARN), text("roles of other accounts", "跨账号角色")),
    field("ResourceGroupId", TEXT, text("resource group", "资源组")),
    field("SecurityContext", Type::Object(&GROUP_SECURITY), text("kernel parameters", "内核参数")),
    field(
        "HostSecurityContext",
        Type::Object(&GROUP_SECURITY),
        text("kernel parameters of the host", "宿主机内核参数"),
    ),
    field(
        "ShareProcessNamespace",
        FLAG,
        text("containers see each other's processes", "共享进程命名空间"),
    ),
    field("SlsEnable", FLAG, text("collect logs", "采集日志")),
    field("IngressBandwidth", COUNT, text("most inward bandwidth", "入方向带宽上限")),
    field("EgressBandwidth", COUNT, text("most outward bandwidth", "出方向带宽上限")),
    field("CpuOptionsCore", COUNT, text("physical cores", "物理核数")),
    field("CpuOptionsThreadsPerCore", COUNT, text("threads of a core", "每核线程数")),
    field("CpuOptionsNuma", TEXT, text("NUMA", "NUMA")),
    field(
        "ContainerResourceView",
        FLAG,
        text("containers see their own resources", "容器资源视图"),
    ),
    field("DataCacheBucket", TEXT, text("bucket of the data cache", "数据缓存桶")),
    field("DataCachePL", TEXT, text("level of the data cache's disk", "数据缓存盘性能等级")),
    field("DataCacheProvisionedIops", COUNT, text("IOPS of the data cache", "数据缓存预配 IOPS")),
    field("DataCacheBurstingEnabled", FLAG, text("bursts of the data cache", "数据缓存突发性能")),
    field("OverheadReservationOption", Type::Anything, text("reserved for the system", "系统预留")),
    field("MaxPendingMinute", COUNT, text("longest wait for capacity", "最长等待时间（分钟）")),
    field("SecondaryENIPolicy", TEXT, text("second network interface", "辅助网卡")),
    field("TenantSecurityGroupId", TEXT, text("security group of the tenant", "租户安全组")),
    field("TenantVSwitchId", TEXT, text("vSwitch of the tenant", "租户交换机")),
    field("ProductOnEciMode", TEXT, text("mode of the calling product", "产品模式")),
    field("OwnerAccount", TEXT, text("account of the owner", "所有者账号")),
    field("OwnerId", Type::Anything, text("id of the owner", "所有者 ID")),
    field("ResourceOwnerAccount", TEXT, text("account of the resource's owner", "资源所有者账号")),
    field("ResourceOwnerId", Type::Anything, text("id of the resource's owner", "资源所有者 ID")),
];

static A_CONTAINER: Type = Type::Object(&CONTAINER);
static CONTAINER: Shape = Shape {
    fields: &[
        NAME,
        IMAGE,
        PULL_POLICY,
        COMMAND,
        ARGUMENT,
        WORKING_DIR,
        CPU,
        MEMORY,
        GPU,
        PORTS,
        VARIABLES,
        field("EnvironmentVarHide", FLAG, text("hide the variables' values", "隐藏环境变量的值")),
        MOUNTS,
        field("LivenessProbe", Type::Object(&PROBE), text("restart if it fails", "存活探针")),
        field("ReadinessProbe", Type::Object(&PROBE), text("ready if it succeeds", "就绪探针")),
        SECURITY,
        RUN_AS_USER,
        RUN_AS_GROUP,
        PRIVILEGED,
        field("Stdin", FLAG, text("keep the input open", "保持标准输入")),
        field("StdinOnce", FLAG, text("input of the first client only", "仅一次标准输入")),
        field("Tty", FLAG, text("terminal", "终端")),
        MESSAGE_PATH,
        MESSAGE_POLICY,
        field(
            "LifecyclePostStartHandlerExec",
            A_TEXT,
            text("command after the start", "启动后执行的命令"),
        ),
        field("LifecyclePostStartHandlerHttpGetHost", TEXT, HOOK),
        field("LifecyclePostStartHandlerHttpGetPath", TEXT, HOOK),
        field("LifecyclePostStartHandlerHttpGetPort", PORT, HOOK),
        field("LifecyclePostStartHandlerHttpGetScheme", TEXT, HOOK),
        field("LifecyclePostStartHandlerHttpGetHttpHeader", Type::Anything, HOOK),
        field("LifecyclePostStartHandlerTcpSocketHost", TEXT, HOOK),
        field("LifecyclePostStartHandlerTcpSocketPort", PORT, HOOK),
        field(
            "LifecyclePreStopHandlerExec",
            A_TEXT,
            text("command before the stop", "停止前执行的命令"),
        ),
        field("LifecyclePreStopHandlerHttpGetHost", TEXT, HOOK),
        field("LifecyclePreStopHandlerHttpGetPath", TEXT, HOOK),
        field("LifecyclePreStopHandlerHttpGetPort", PORT, HOOK),
        field("LifecyclePreStopHandlerHttpGetScheme", TEXT, HOOK),
        field("LifecyclePreStopHandlerHttpGetHttpHeader", Type::Anything, HOOK),
        field("LifecyclePreStopHandlerTcpSocketHost", TEXT, HOOK),
        field("LifecyclePreStopHandlerTcpSocketPort", PORT, HOOK),
    ],
    is_open: false,
};

static AN_INIT_CONTAINER: Type = Type::Object(&INIT_CONTAINER);
static INIT_CONTAINER: Shape = Shape {
    fields: &[
        NAME,
        IMAGE,
        PULL_POLICY,
        COMMAND,
        ARGUMENT,
        WORKING_DIR,
        CPU,
        MEMORY,
        GPU,
        PORTS,
        VARIABLES,
        MOUNTS,
        SECURITY,
        RUN_AS_USER,
        RUN_AS_GROUP,
        PRIVILEGED,
        MESSAGE_PATH,
        MESSAGE_POLICY,
    ],
    is_open: false,
};

const HOOK: Text = text("request at start or stop", "启动后或停止前的请求");
const NAME: Field = field("Name", TEXT, text("name of the container", "容器名称"));
const IMAGE: Field = field("Image", TEXT, text("address of the image", "镜像地址"));
const PULL_POLICY: Field = field(
    "ImagePullPolicy",
    Type::Choice(PULL_POLICIES_VALUES),
    text("when the image is pulled", "镜像拉取策略"),
);
const PULL_POLICIES_VALUES: &[&str] = &["Always", "IfNotPresent", "Never"];
const COMMAND: Field = field("Command", A_TEXT, text("command instead of the image's", "启动命令"));
const ARGUMENT: Field = field("Arg", A_TEXT, text("arguments, up to 10", "参数，最多 10 个"));
const WORKING_DIR: Field = field("WorkingDir", TEXT, text("working directory", "工作目录"));
const CPU: Field = field("Cpu", Type::Number, text("vCPUs of the container", "容器的 vCPU"));
const MEMORY: Field = field("Memory", Type::Number, text("memory in GiB", "容器的内存（GiB）"));
const GPU: Field = field("Gpu", COUNT, text("GPUs", "GPU 数"));
const PORTS: Field = field("Port", Type::Array(&A_PORT), text("ports", "端口"));
const VARIABLES: Field =
    field("EnvironmentVar", Type::Array(&A_VARIABLE), text("environment variables", "环境变量"));
const MOUNTS: Field = field("VolumeMount", Type::Array(&A_MOUNT), text("mounts", "数据卷挂载"));
const SECURITY: Field =
    field("SecurityContext", Type::Object(&CONTAINER_SECURITY), text("rights", "安全上下文"));
const RUN_AS_USER: Field = field("SecurityContextRunAsUser", COUNT, text("user id", "用户 ID"));
const RUN_AS_GROUP: Field =
    field("SecurityContextRunAsGroup", COUNT, text("group id", "用户组 ID"));
const PRIVILEGED: Field = field("SecurityContextPrivileged", FLAG, text("all rights", "特权容器"));
const MESSAGE_PATH: Field =
    field("TerminationMessagePath", TEXT, text("file with the last message", "终止消息路径"));
const MESSAGE_POLICY: Field = field(
    "TerminationMessagePolicy",
    TEXT,
    text("where the last message comes from", "终止消息策略"),
);

static A_PORT: Type = Type::Object(&Shape {
    fields: &[
        field("Port", PORT, text("number", "端口号")),
        field("Protocol", Type::Choice(PROTOCOL_VALUES), text("TCP or UDP", "TCP 或 UDP")),
    ],
    is_open: false,
});
const PROTOCOL_VALUES: &[&str] = &["TCP", "UDP"];

static A_VARIABLE: Type = Type::Object(&Shape {
    fields: &[
        field("Key", TEXT, text("name", "变量名")),
        field("Value", TEXT, text("value", "变量值")),
        field(
            "FieldRef",
            Type::Object(&FIELD_REF),
            text("value from the instance", "取自实例的值"),
        ),
    ],
    is_open: false,
});
static FIELD_REF: Shape = Shape {
    fields: &[field("FieldPath", TEXT, text("status.podIP", "status.podIP"))],
    is_open: false,
};

static A_MOUNT: Type = Type::Object(&Shape {
    fields: &[
        field("Name", TEXT, text("name of the volume", "数据卷名称")),
        field("MountPath", TEXT, text("folder in the container", "容器内路径")),
        field("SubPath", TEXT, text("folder in the volume", "数据卷子路径")),
        field("ReadOnly", FLAG, text("read only", "只读")),
        field("MountPropagation", TEXT, text("whether mounts are shared", "挂载传播")),
    ],
    is_open: false,
});

static PROBE: Shape = Shape {
    fields: &[
        field("HttpGet", Type::Object(&HTTP_GET), text("asks a path", "HTTP 请求")),
        field("Exec", Type::Object(&EXEC), text("runs a command", "执行命令")),
        field("TcpSocket", Type::Object(&TCP_SOCKET), text("opens a connection", "TCP 连接")),
        field("InitialDelaySeconds", COUNT, text("wait before the first", "首次探测前等待")),
        field(
            "PeriodSeconds",
            POSITIVE,
            text("time between two, 10 if absent", "探测间隔，缺省 10"),
        ),
        field("TimeoutSeconds", POSITIVE, text("longest answer, 1 if absent", "超时，缺省 1")),
        field("FailureThreshold", POSITIVE, text("failures in a row", "连续失败次数")),
        field("SuccessThreshold", POSITIVE, text("successes in a row", "连续成功次数")),
    ],
    is_open: false,
};
static HTTP_GET: Shape = Shape {
    fields: &[
        field("Path", TEXT, text("path", "路径")),
        field("Port", PORT, text("port", "端口")),
        field("Scheme", Type::Choice(&["HTTP", "HTTPS"]), text("HTTP or HTTPS", "HTTP 或 HTTPS")),
    ],
    is_open: false,
};
static EXEC: Shape =
    Shape { fields: &[field("Command", A_TEXT, text("command", "命令"))], is_open: false };
static TCP_SOCKET: Shape =
    Shape { fields: &[field("Port", PORT, text("port", "端口"))], is_open: false };

static CONTAINER_SECURITY: Shape = Shape {
    fields: &[
        field("Capability", Type::Object(&CAPABILITY), text("capabilities", "权限")),
        field("ReadOnlyRootFilesystem", FLAG, text("read-only root", "只读根文件系统")),
        field("RunAsUser", COUNT, text("user id", "用户 ID")),
    ],
    is_open: false,
};
static CAPABILITY: Shape = Shape {
    fields: &[field("Add", A_TEXT, text("capabilities to add", "增加的权限"))],
    is_open: false,
};

static GROUP_SECURITY: Shape = Shape {
    fields: &[field("Sysctl", Type::Array(&A_PAIR), text("kernel parameters", "内核参数"))],
    is_open: false,
};

static A_PAIR: Type = Type::Object(&Shape {
    fields: &[field("Name", TEXT, text("name", "名称")), field("Value", TEXT, text("value", "值"))],
    is_open: false,
});

static DNS: Shape = Shape {
    fields: &[
        field("NameServer", A_TEXT, text("name servers", "DNS 服务器")),
        field("Search", A_TEXT, text("domains to search", "搜索域")),
        field("Option", Type::Array(&A_PAIR), text("options", "选项")),
    ],
    is_open: false,
};

static A_CREDENTIAL: Type = Type::Object(&Shape {
    fields: &[
        field("Server", TEXT, text("host of the registry, without a scheme", "仓库域名，不带协议")),
        field("UserName", TEXT, text("user name", "用户名")),
        field("Password", TEXT, text("password", "密码")),
    ],
    is_open: false,
});

static AN_ACR_INSTANCE: Type = Type::Object(&Shape {
    fields: &[
        field("InstanceId", TEXT, text("id, cri-…", "实例 ID cri-…")),
        field("InstanceName", TEXT, text("name", "实例名称")),
        field("RegionId", TEXT, text("region; the group's if absent", "地域；缺省与容器组相同")),
        field("Domain", A_TEXT, text("domains; all if absent", "域名；缺省全部")),
        field("ArnService", TEXT, text("role of ECI in the other account", "服务角色 ARN")),
        field("ArnUser", TEXT, text("role in the registry's account", "用户角色 ARN")),
    ],
    is_open: false,
});

static AN_ARN: Type = Type::Object(&Shape {
    fields: &[
        field("RoleArn", TEXT, text("role", "角色 ARN")),
        field("RoleType", TEXT, text("kind of role", "角色类型")),
        field("AssumeRoleFor", TEXT, text("account", "账号")),
    ],
    is_open: false,
});

static A_HOST_ALIAS: Type = Type::Object(&Shape {
    fields: &[
        field("Ip", TEXT, text("address", "IP 地址")),
        field("Hostname", A_TEXT, text("names", "主机名")),
    ],
    is_open: false,
});

static A_TAG: Type = Type::Object(&Shape {
    fields: &[field("Key", TEXT, text("key", "键")), field("Value", TEXT, text("value", "值"))],
    is_open: false,
});

static A_VOLUME: Type = Type::Object(&Shape {
    fields: &[
        field("Name", TEXT, text("name", "名称")),
        field("Type", TEXT, text("kind of volume", "数据卷类型")),
        field("EmptyDirVolume", Type::Object(&EMPTY_DIR), text("temporary folder", "临时目录")),
        field("NFSVolume", Type::Object(&NFS), text("NFS", "NFS")),
        field(
            "ConfigFileVolume",
            Type::Object(&CONFIG_FILES),
            text("files from the request", "配置文件"),
        ),
        field("DiskVolume", Type::Object(&DISK), text("disk", "云盘")),
        field("FlexVolume", Type::Object(&FLEX), text("driver", "FlexVolume")),
        field("HostPathVolume", Type::Object(&HOST_PATH), text("folder of the host", "宿主机目录")),
    ],
    is_open: false,
});
static EMPTY_DIR: Shape = Shape {
    fields: &[
        field("Medium", TEXT, text("empty, or Memory", "空或 Memory")),
        field("SizeLimit", TEXT, text("most bytes", "大小上限")),
    ],
    is_open: false,
};
static NFS: Shape = Shape {
    fields: &[
        field("Server", TEXT, text("server", "服务器")),
        field("Path", TEXT, text("path", "路径")),
        field("ReadOnly", FLAG, text("read only", "只读")),
    ],
    is_open: false,
};
static CONFIG_FILES: Shape = Shape {
    fields: &[
        field("ConfigFileToPath", Type::Array(&A_FILE), text("files", "文件")),
        field("DefaultMode", COUNT, text("mode of the files", "默认权限")),
    ],
    is_open: false,
};
static A_FILE: Type = Type::Object(&Shape {
    fields: &[
        field("Path", TEXT, text("path", "路径")),
        field("Content", TEXT, text("content in Base64", "Base64 内容")),
        field("Mode", COUNT, text("mode", "权限")),
    ],
    is_open: false,
});
static DISK: Shape = Shape {
    fields: &[
        field("DiskId", TEXT, text("disk", "云盘 ID")),
        field("DiskSize", COUNT, text("size in GiB", "大小（GiB）")),
        field("FsType", TEXT, text("file system", "文件系统")),
    ],
    is_open: false,
};
static FLEX: Shape = Shape {
    fields: &[
        field("Driver", TEXT, text("driver", "驱动")),
        field("FsType", TEXT, text("file system", "文件系统")),
        field("Options", Type::Anything, text("options", "选项")),
    ],
    is_open: false,
};
static HOST_PATH: Shape = Shape {
    fields: &[field("Path", TEXT, text("path", "路径")), field("Type", TEXT, text("kind", "类型"))],
    is_open: false,
};

#[cfg(test)]
mod tests {
    use super::super::spec::{CHOICES, PROTOCOLS, PULL_POLICIES};
    use super::*;

    #[test]
    fn choices_are_those_of_the_facts() {
        assert_eq!(PULL_POLICIES_VALUES, PULL_POLICIES.value);
        assert_eq!(PROTOCOL_VALUES, PROTOCOLS.value);
        for (name, choices) in CHOICES.value {
            let field = ROOT.iter().find(|field| field.name == *name);
            assert!(matches!(field, Some(Field { kind: Type::Choice(own), .. }) if own == choices));
        }
    }
}
