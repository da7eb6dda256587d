//! The service JSON as data: every field that the sources name (see `spec::PARAMETERS`). Where
//! they disagree, both readings are taken.

use crate::text::text;
use crate::tree::schema::{COUNT, Field, PORT, POSITIVE, Shape, Type, field};

/// The whole document.
pub static SERVICE: Shape = Shape { fields: ROOT, is_open: false };

static ROOT: &[Field] = &[
    field("name", Type::String, text("name of the service (older form)", "服务名（旧写法）")),
    field(
        "metadata",
        Type::Object(&METADATA),
        text("name, size and behaviour", "名称、规模与行为"),
    ),
    field(
        "cloud",
        Type::Object(&CLOUD),
        text("resources and network of the cloud", "云资源与网络"),
    ),
    field(
        "containers",
        Type::Array(&A_CONTAINER),
        text("containers of an instance", "实例中的容器"),
    ),
    field(
        "dockerAuth",
        Type::String,
        text("Base64 of username:password of the registry", "仓库 username:password 的 Base64"),
    ),
    field(
        "networking",
        Type::Object(&NETWORKING),
        text("gateway and load balancer", "网关与负载均衡"),
    ),
    field("storage", Type::Array(&A_MOUNT), text("mounts", "存储挂载")),
    field("token", Type::String, text("token for calls; made if absent", "调用令牌；缺省自动生成")),
    field("generate_token", Type::Boolean, text("whether a token is made", "是否生成令牌")),
    field("aimaster", A_MAP, text("fault tolerance of several machines", "多机容错")),
    field(
        "model_path",
        Type::String,
        text("address of the model of a processor", "Processor 的模型地址"),
    ),
    field(
        "oss_endpoint",
        Type::String,
        text("endpoint of OSS for downloads", "下载所用的 OSS Endpoint"),
    ),
    field("model_entry", Type::String, text("entry file of the model", "模型入口文件")),
    field("model_config", Type::Anything, text("argument of initialize()", "initialize() 的参数")),
    field("processor", Type::String, text("built-in processor", "内置 Processor")),
    field("processor_path", Type::String, text("package of the processor", "Processor 包地址")),
    field("processor_type", Type::String, text("language of the processor", "Processor 语言")),
    field("processor_entry", Type::String, text("main file of the processor", "Processor 主文件")),
    field(
        "processor_mainclass",
        Type::String,
        text("main class of the processor", "Processor 主类"),
    ),
    field(
        "processor_envs",
        Type::Array(&A_VARIABLE),
        text("environment of the processor", "Processor 环境变量"),
    ),
    field("warm_up_data_path", Type::String, text("request for warming up", "预热请求文件")),
    field("runtime", Type::Object(&RUNTIME), text("behaviour after crashes", "崩溃后的行为")),
    field("autoscaler", Type::Object(&AUTOSCALER), text("horizontal scaling", "水平伸缩")),
    field("cronscaler", Type::Anything, text("scaling by the clock", "定时伸缩")),
    field("labels", Type::Map(&Type::String), text("labels", "标签")),
    field(
        "unit",
        Type::Object(&Shape {
            fields: &[field("size", POSITIVE, text("machines of an instance", "每实例机器数"))],
            is_open: false,
        }),
        text("distributed inference", "分布式推理"),
    ),
    field("sinker", Type::Object(&SINKER), text("where requests are recorded", "请求记录")),
    field(
        "confidential",
        Type::Object(&Shape {
            fields: &[
                field(
                    "trustee_endpoint",
                    Type::String,
                    text("trustee service", "Trustee 服务地址"),
                ),
                field(
                    "decryption_key",
                    Type::String,
                    text("kbs:/// address of the key", "密钥的 kbs:/// 地址"),
                ),
            ],
            is_open: false,
        }),
        text("encrypted models", "加密模型"),
    ),
    field("features", Type::Object(&FEATURES), text("features of the platform", "平台特性")),
    field(
        "queue",
        Type::Object(&QUEUE),
        text("queue of an asynchronous service", "异步服务的队列"),
    ),
    field("options", Type::Object(&OPTIONS), text("further options", "其他选项")),
    field("source", Type::String, text("where the service comes from", "服务来源")),
    field(
        "data_image",
        Type::String,
        text("image with data of a processor", "Processor 的数据镜像"),
    ),
    field("scheduling", Type::Anything, text("placement", "调度")),
    field(
        "rpc",
        Type::Object(&RPC),
        text("requests (better in metadata)", "请求设置（宜写在 metadata 中）"),
    ),
    field(
        "eas",
        Type::Anything,
        text("settings of EAS (better in metadata)", "EAS 设置（宜写在 metadata 中）"),
    ),
    field(
        "workspace_id",
        Type::Anything,
        text("workspace (better in metadata)", "工作空间（宜写在 metadata 中）"),
    ),
    field("baseConfig", Type::Anything, text("settings of the console", "控制台配置")),
    field(
        "credential",
        Type::Object(&Shape {
            fields: &[field(
                "docker_auth",
                Type::String,
                text("another name of dockerAuth", "dockerAuth 的别名"),
            )],
            is_open: true,
        }),
        text("credentials", "凭证"),
    ),
];

/// An object whose fields nobody documents.
const A_MAP: Type = Type::Map(&Type::Anything);

static A_CONTAINER: Type = Type::Object(&CONTAINER);
static A_MOUNT: Type = Type::Object(&STORAGE);
static A_VARIABLE: Type = Type::Object(&VARIABLE);
static AN_INSTANCE: Type = Type::Object(&INSTANCE);

static METADATA: Shape = Shape {
    fields: &[
        field("name", Type::String, text("name of the service", "服务名")),
        field("instance", POSITIVE, text("number of instances", "实例数")),
        field("workspace_id", Type::OneOf(&[Type::String, COUNT]), text("workspace", "工作空间")),
        field("cpu", Type::Number, text("cores of an instance", "每实例核数")),
        field("memory", Type::Number, text("memory of an instance, MB", "每实例内存，MB")),
        field("gpu", Type::Number, text("GPUs of an instance", "每实例 GPU 数")),
        field("gpu_memory", Type::Number, text("memory of each GPU, GB", "每 GPU 显存，GB")),
        field(
            "gpu_core_percentage",
            Type::Number,
            text("share of each GPU, 1 to 100", "每 GPU 算力百分比"),
        ),
        field("qos", Type::String, text("empty or BestEffort", "空或 BestEffort")),
        field("resource", Type::String, text("dedicated resource group", "专属资源组")),
        field("resource_id", Type::String, text("resource group", "资源组")),
        field("quota_id", Type::String, text("Lingjun quota", "灵骏配额")),
        field("quota_type", Type::String, text("kind of the quota", "配额类型")),
        field(
            "resource_burstable",
            Type::Boolean,
            text("whether public resources help out", "是否可用公共资源补充"),
        ),
        field(
            "resource_rebalancing",
            Type::Boolean,
            text("whether instances move back", "是否回迁实例"),
        ),
        field("cuda", Type::String, text("version of CUDA", "CUDA 版本")),
        field("rdma", COUNT, text("whether RDMA is used", "是否使用 RDMA")),
        field(
            "enable_grpc",
            Type::Boolean,
            text("whether the gateway speaks gRPC", "网关是否使用 gRPC"),
        ),
        field(
            "enable_webservice",
            Type::Boolean,
            text("whether it is a web application", "是否为 Web 应用"),
        ),
        field("type", Type::String, text("kind of service", "服务类型")),
        field("group", Type::String, text("group of services", "服务群组")),
        field("release", Type::Boolean, text("blue-green flag", "蓝绿发布标记")),
        field("region", Type::String, text("region (old)", "地域（旧）")),
        field(
            "disk",
            Type::OneOf(&[POSITIVE, Type::String]),
            text("system disk, GiB", "系统盘，GiB"),
        ),
        field("shm_size", COUNT, text("shared memory, GB", "共享内存，GB")),
        field("workload_type", Type::String, text("elasticjob for jobs", "任务为 elasticjob")),
        field("rpc", Type::Object(&RPC), text("requests", "请求设置")),
        field("rolling_strategy", Type::Object(&ROLLING), text("rolling updates", "滚动更新")),
        field(
            "eas",
            Type::Object(&Shape {
                fields: &[
                    field(
                        "termination_grace_period",
                        COUNT,
                        text("seconds before a stop", "停止前等待秒数"),
                    ),
                    field(
                        "enabled_model_verification",
                        Type::Boolean,
                        text("whether the model is verified", "是否校验模型"),
                    ),
                ],
                is_open: true,
            }),
            text("settings of EAS", "EAS 设置"),
        ),
        field(
            "scheduling",
            Type::Object(&Shape {
                fields: &[field(
                    "spread",
                    Type::Object(&Shape {
                        fields: &[field(
                            "policy",
                            Type::String,
                            text("host, zone or default", "host、zone 或 default"),
                        )],
                        is_open: false,
                    }),
                    text("how instances spread", "实例打散"),
                )],
                is_open: true,
            }),
            text("placement", "调度"),
        ),
        field("accessibility", Type::String, text("who may call", "访问范围")),
        field("gateway", Type::String, text("gateway (old)", "网关（旧）")),
        field("extra", Type::Anything, text("further settings", "其他设置")),
        field("model_service_type", Type::String, text("kind of model service", "模型服务类型")),
    ],
    is_open: false,
};

static RPC: Shape = Shape {
    fields: &[
        field("batching", Type::Boolean, text("whether requests are batched", "是否合批")),
        field("keepalive", COUNT, text("longest time of a request, ms", "单个请求最长时间，毫秒")),
        field("io_threads", COUNT, text("threads for I/O", "I/O 线程数")),
        field("max_batch_size", COUNT, text("largest batch", "最大批大小")),
        field(
            "max_batch_timeout",
            COUNT,
            text("longest wait for a batch, ms", "合批最长等待，毫秒"),
        ),
        field("max_queue_size", COUNT, text("length of the queue", "队列长度")),
        field("worker_threads", COUNT, text("worker threads", "工作线程数")),
        field(
            "rate_limit",
            COUNT,
            text("requests a second; 0 is no limit", "每秒请求数；0 为不限"),
        ),
        field("enable_sigterm", Type::Boolean, text("whether SIGTERM is sent", "是否发送 SIGTERM")),
        field(
            "enable_service_hang_detect",
            Type::Boolean,
            text("whether hangs are detected", "是否检测卡死"),
        ),
        field(
            "enable_jemalloc",
            Type::OneOf(&[COUNT, Type::Boolean]),
            text("whether jemalloc is used", "是否使用 jemalloc"),
        ),
        field("proxy_path", Type::String, text("path of the proxy", "代理路径")),
        field("infer_mode", Type::String, text("mode of inference", "推理模式")),
    ],
    is_open: true,
};

static ROLLING: Shape = Shape {
    fields: &[
        field(
            "max_surge",
            Type::OneOf(&[COUNT, Type::String]),
            text("instances above the number", "可超出的实例数"),
        ),
        field(
            "max_unavailable",
            Type::OneOf(&[COUNT, Type::String]),
            text("instances below the number", "可缺少的实例数"),
        ),
    ],
    is_open: false,
};

static CLOUD: Shape = Shape {
    fields: &[
        field("computing", Type::Object(&COMPUTING), text("instance types", "实例规格")),
        field("networking", Type::Object(&VPC), text("VPC", "专有网络")),
        field("logging", Type::Anything, text("logs", "日志")),
        field("monitoring", Type::Anything, text("monitoring", "监控")),
        field("container_registry", Type::Anything, text("registry", "镜像仓库")),
        field("role_chain", Type::Anything, text("roles", "角色链")),
    ],
    is_open: false,
};

static COMPUTING: Shape = Shape {
    fields: &[
        field("instance_type", Type::String, text("instance type", "实例规格")),
        field(
            "instances",
            Type::Array(&AN_INSTANCE),
            text("instance types, tried in order", "实例规格，依次尝试"),
        ),
        field(
            "disable_spot_protection_period",
            Type::Boolean,
            text("whether spot instances may end at once", "是否取消抢占式保护期"),
        ),
    ],
    is_open: false,
};

static INSTANCE: Shape = Shape {
    fields: &[
        field("type", Type::String, text("instance type", "实例规格")),
        field(
            "spot_price_limit",
            Type::Number,
            text("highest price of a spot instance", "抢占式实例最高价"),
        ),
        field(
            "capacity",
            Type::OneOf(&[COUNT, Type::String]),
            text("most replicas of the type", "该规格的实例上限"),
        ),
    ],
    is_open: false,
};

static VPC: Shape = Shape {
    fields: &[
        field("vpc_id", Type::String, text("VPC", "专有网络")),
        field(
            "vswitch_id",
            Type::String,
            text("vSwitch, or several with commas", "交换机，多个用逗号分隔"),
        ),
        field("security_group_id", Type::String, text("security group", "安全组")),
        field(
            "default_route",
            Type::String,
            text("interface of the default route", "默认路由网卡"),
        ),
        field("destination_cidrs", Type::String, text("destinations in the VPC", "目标网段")),
    ],
    is_open: false,
};

static CONTAINER: Shape = Shape {
    fields: &[
        field("image", Type::String, text("address of the image", "镜像地址")),
        field("name", Type::String, text("name of the container", "容器名")),
        field(
            "command",
            Type::OneOf(&[Type::String, Type::Array(&Type::String)]),
            text("single command, no shell", "单条命令，不经 shell"),
        ),
        field("args", Type::Array(&Type::String), text("arguments", "参数")),
        field("script", Type::String, text("commands that a shell reads", "由 shell 执行的命令")),
        field("port", PORT, text("port that the process listens on", "进程监听的端口")),
        field("env", Type::Array(&A_VARIABLE), text("environment", "环境变量")),
        field("prepare", Type::Object(&PREPARE), text("Python requirements", "Python 依赖")),
        field("startup_check", Type::Object(&PROBE), text("probe at start", "启动探针")),
        field("liveness_check", Type::Object(&PROBE), text("probe of life", "存活探针")),
        field("readiness_check", Type::Object(&PROBE), text("probe of readiness", "就绪探针")),
        field("health_check", Type::Object(&PROBE), text("probe of health", "健康检查")),
        field("resources", Type::Anything, text("resources of the container", "容器资源")),
        field("security_context", Type::Anything, text("security settings", "安全设置")),
    ],
    is_open: false,
};

static VARIABLE: Shape = Shape {
    fields: &[
        field("name", Type::String, text("name", "名称")),
        field("value", Type::String, text("value", "值")),
    ],
    is_open: true,
};

static PREPARE: Shape = Shape {
    fields: &[
        field("pythonRequirements", Type::Array(&Type::String), text("requirements", "依赖列表")),
        field(
            "pythonRequirementsPath",
            Type::String,
            text("path of a requirements.txt", "requirements.txt 路径"),
        ),
    ],
    is_open: false,
};

static PROBE: Shape = Shape {
    fields: &[
        field(
            "http_get",
            Type::Object(&Shape {
                fields: &[
                    field("path", Type::String, text("path", "路径")),
                    field("port", PORT, text("port", "端口")),
                    field("scheme", Type::String, text("HTTP or HTTPS", "HTTP 或 HTTPS")),
                    field("http_headers", Type::Anything, text("headers", "请求头")),
                ],
                is_open: false,
            }),
            text("HTTP request", "HTTP 请求"),
        ),
        field(
            "tcp_socket",
            Type::Object(&Shape {
                fields: &[field("port", PORT, text("port", "端口"))],
                is_open: false,
            }),
            text("TCP connection", "TCP 连接"),
        ),
        field(
            "exec",
            Type::Object(&Shape {
                fields: &[field("command", Type::Array(&Type::String), text("command", "命令"))],
                is_open: false,
            }),
            text("command", "命令"),
        ),
        field(
            "initial_delay_seconds",
            COUNT,
            text("seconds before the first try", "首次检查前秒数"),
        ),
        field("period_seconds", COUNT, text("seconds between tries", "检查间隔秒数")),
        field("timeout_seconds", COUNT, text("seconds of a try", "超时秒数")),
        field("success_threshold", COUNT, text("successes that count", "成功阈值")),
        field("failure_threshold", COUNT, text("failures that count", "失败阈值")),
        // In the spelling of Kubernetes, which a rule of its own mends.
        field("httpGet", Type::Anything, text("see http_get", "见 http_get")),
        field("tcpSocket", Type::Anything, text("see tcp_socket", "见 tcp_socket")),
        field(
            "initialDelaySeconds",
            Type::Anything,
            text("see initial_delay_seconds", "见 initial_delay_seconds"),
        ),
        field("periodSeconds", Type::Anything, text("see period_seconds", "见 period_seconds")),
        field("timeoutSeconds", Type::Anything, text("see timeout_seconds", "见 timeout_seconds")),
        field(
            "successThreshold",
            Type::Anything,
            text("see success_threshold", "见 success_threshold"),
        ),
        field(
            "failureThreshold",
            Type::Anything,
            text("see failure_threshold", "见 failure_threshold"),
        ),
    ],
    is_open: false,
};

static NETWORKING: Shape = Shape {
    fields: &[
        field("gateway", Type::String, text("dedicated gateway", "专属网关")),
        field(
            "gateway_policy",
            Type::Object(&Shape {
                fields: &[
                    field(
                        "rate_limit",
                        Type::Object(&LIMIT),
                        text("requests a second", "每秒请求数"),
                    ),
                    field(
                        "concurrency_limit",
                        Type::Object(&LIMIT),
                        text("requests at once", "并发请求数"),
                    ),
                ],
                is_open: false,
            }),
            text("limits of the gateway", "网关限流"),
        ),
        field("nlb", Type::Array(&A_BALANCER), text("load balancers", "网络型负载均衡")),
        field("path", Type::String, text("path", "路径")),
        field("enable_https", Type::Boolean, text("whether HTTPS is served", "是否启用 HTTPS")),
        field("enable_http2", Type::Boolean, text("whether HTTP/2 is served", "是否启用 HTTP/2")),
        field("enable_grpc", Type::Boolean, text("whether gRPC is served", "是否启用 gRPC")),
        field("dns", A_MAP, text("name servers", "域名服务器")),
        field(
            "disable_internet_endpoint",
            Type::Boolean,
            text("whether there is no public endpoint", "是否关闭公网地址"),
        ),
    ],
    is_open: true,
};

static A_BALANCER: Type = Type::Object(&Shape {
    fields: &[
        field("id", Type::String, text("default, or nlb-…", "default 或 nlb-…")),
        field("listener_port", PORT, text("port that it listens on", "监听端口")),
        field(
            "netType",
            Type::Choice(&["intranet", "internet"]),
            text("from where it is reached", "网络类型"),
        ),
    ],
    is_open: true,
});

static LIMIT: Shape = Shape {
    fields: &[
        field("enable", Type::Boolean, text("whether it holds", "是否启用")),
        field("limit", COUNT, text("the limit", "上限")),
    ],
    is_open: false,
};

static STORAGE: Shape = Shape {
    fields: &[
        field("mount_path", Type::String, text("where it is mounted", "挂载路径")),
        field("oss", Type::Object(&OSS), text("OSS", "OSS")),
        field("nfs", Type::Object(&NFS), text("NAS", "NAS")),
        field(
            "cpfs",
            Type::Object(&Shape {
                fields: &[
                    field("file_system_id", Type::String, text("file system", "文件系统")),
                    field("path", Type::String, text("folder", "目录")),
                ],
                is_open: true,
            }),
            text("CPFS", "CPFS"),
        ),
        field(
            "dataset",
            Type::Object(&Shape {
                fields: &[
                    field("id", Type::String, text("dataset, d-…", "数据集 ID，d-…")),
                    field("version", Type::String, text("version", "版本")),
                    field("read_only", Type::Boolean, text("whether it is read only", "是否只读")),
                    field("readOnly", Type::Boolean, text("see read_only", "见 read_only")),
                ],
                is_open: false,
            }),
            text("dataset", "数据集"),
        ),
        field("git", Type::Object(&GIT), text("Git repository", "Git 仓库")),
        field(
            "code",
            Type::Object(&Shape {
                fields: &[field("id", Type::String, text("code set, code-…", "代码集 ID，code-…"))],
                is_open: false,
            }),
            text("code set", "代码集"),
        ),
        field(
            "image",
            Type::Object(&Shape {
                fields: &[
                    field("image", Type::String, text("address of the image", "镜像地址")),
                    field("path", Type::String, text("folder in the image", "镜像中的目录")),
                ],
                is_open: false,
            }),
            text("image with files", "镜像文件"),
        ),
        field(
            "empty_dir",
            Type::Object(&Shape {
                fields: &[
                    field("medium", Type::String, text("memory, or nothing", "memory 或不设置")),
                    field("size_limit", Type::Number, text("size, GB", "大小，GB")),
                ],
                is_open: false,
            }),
            text("empty folder", "空目录"),
        ),
        field(
            "cache",
            Type::Object(&Shape {
                fields: &[
                    field("capacity", Type::String, text("size, such as 200G", "大小，如 200G")),
                    field("path", Type::String, text("folder that is cached", "被缓存的目录")),
                ],
                is_open: true,
            }),
            text("cache", "缓存"),
        ),
        field(
            "properties",
            Type::Object(&Shape {
                fields: &[field(
                    "resource_type",
                    Type::String,
                    text("what it holds: model or code", "内容类型：model 或 code"),
                )],
                is_open: true,
            }),
            text("settings of the console", "控制台配置"),
        ),
        field("path", Type::String, text("path", "路径")),
    ],
    is_open: true,
};

static OSS: Shape = Shape {
    fields: &[
        field("path", Type::String, text("oss:// address", "oss:// 地址")),
        field("readOnly", Type::Boolean, text("whether it is read only", "是否只读")),
        field("read_only", Type::Boolean, text("see readOnly", "见 readOnly")),
        field("endpoint", Type::String, text("endpoint", "Endpoint")),
        field("resource_type", Type::String, text("what it holds", "内容类型")),
    ],
    is_open: false,
};

static NFS: Shape = Shape {
    fields: &[
        field("server", Type::String, text("mount target", "挂载点")),
        field("path", Type::String, text("folder on the server", "服务器上的目录")),
        field("readOnly", Type::Boolean, text("whether it is read only", "是否只读")),
        field("read_only", Type::Boolean, text("see readOnly", "见 readOnly")),
        field("resourceGroup", Type::String, text("resource group", "资源组")),
    ],
    is_open: false,
};

static GIT: Shape = Shape {
    fields: &[
        field("repo", Type::String, text("https address", "https 地址")),
        field("branch", Type::String, text("branch, master if absent", "分支，缺省为 master")),
        field("commit", Type::String, text("commit", "提交")),
        field("username", Type::String, text("who clones", "用户名")),
        field("password", Type::String, text("password or access token", "密码或访问令牌")),
    ],
    is_open: false,
};

static FEATURES: Shape = Shape {
    fields: &[
        field(
            "eas.aliyun.com/extra-ephemeral-storage",
            Type::String,
            text("more disk, such as 100Gi", "额外磁盘，如 100Gi"),
        ),
        field(
            "eas.aliyun.com/gpu-driver-version",
            Type::String,
            text("version of the GPU driver", "GPU 驱动版本"),
        ),
    ],
    is_open: true,
};

static OPTIONS: Shape = Shape {
    fields: &[
        field(
            "enable_ram_role",
            Type::Boolean,
            text("whether a RAM role is assumed", "是否扮演 RAM 角色"),
        ),
        field(
            "priority",
            Type::OneOf(&[COUNT, Type::String]),
            text("priority in the quota", "配额中的优先级"),
        ),
        field("enable_cache", Type::Boolean, text("whether files are cached", "是否启用缓存")),
        field(
            "enable_writable_cache",
            Type::Boolean,
            text("whether the cache is written to", "缓存是否可写"),
        ),
    ],
    is_open: true,
};

static AUTOSCALER: Shape = Shape {
    fields: &[
        field("min", COUNT, text("fewest instances", "最少实例数")),
        field("max", COUNT, text("most instances", "最多实例数")),
        field(
            "strategies",
            Type::Map(&Type::Number),
            text("thresholds (older form)", "阈值（旧写法）"),
        ),
        field(
            "scaleStrategies",
            Type::Array(&Type::Object(&Shape {
                fields: &[
                    field("metricName", Type::String, text("metric", "指标")),
                    field("threshold", Type::Number, text("threshold", "阈值")),
                    field("service", Type::String, text("service", "服务")),
                ],
                is_open: false,
            })),
            text("thresholds", "阈值"),
        ),
        field(
            "behavior",
            Type::Object(&Shape {
                fields: &[
                    field("scaleUp", Type::Object(&WINDOW), text("growing", "扩容")),
                    field("scaleDown", Type::Object(&WINDOW), text("shrinking", "缩容")),
                    field("onZero", A_MAP, text("from and to nothing", "零实例")),
                ],
                is_open: true,
            }),
            text("speed of scaling", "伸缩速度"),
        ),
    ],
    is_open: false,
};

static WINDOW: Shape = Shape {
    fields: &[field(
        "stabilizationWindowSeconds",
        COUNT,
        text("seconds that a figure must hold", "指标需保持的秒数"),
    )],
    is_open: true,
};

static SINKER: Shape = Shape {
    fields: &[
        field("type", Type::Choice(&["maxcompute", "sls"]), text("kind of store", "存储类型")),
        field(
            "config",
            Type::Object(&Shape {
                fields: &[
                    field(
                        "maxcompute",
                        Type::Object(&Shape {
                            fields: &[
                                field("project", Type::String, text("project", "项目")),
                                field("table", Type::String, text("table", "表")),
                            ],
                            is_open: false,
                        }),
                        text("MaxCompute", "MaxCompute"),
                    ),
                    field(
                        "sls",
                        Type::Object(&Shape {
                            fields: &[
                                field("project", Type::String, text("project", "项目")),
                                field("logstore", Type::String, text("log store", "日志库")),
                            ],
                            is_open: false,
                        }),
                        text("Simple Log Service", "日志服务"),
                    ),
                ],
                is_open: false,
            }),
            text("the store", "存储配置"),
        ),
    ],
    is_open: false,
};

static QUEUE: Shape = Shape {
    fields: &[
        field("cpu", Type::Number, text("cores", "核数")),
        field("memory", Type::Number, text("memory, MB", "内存，MB")),
        field("max_delivery", COUNT, text("tries of a request", "投递次数")),
        field("resource", Type::String, text("resource group", "资源组")),
    ],
    is_open: true,
};

static RUNTIME: Shape = Shape {
    fields: &[
        field(
            "enable_crash_block",
            Type::Boolean,
            text("whether a crash ends the service", "崩溃后是否不再重启"),
        ),
        field("termination_grace_period", COUNT, text("seconds before a stop", "停止前等待秒数")),
    ],
    is_open: true,
};
