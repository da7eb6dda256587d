//! The body of the service deployment API as data: every field that its tables name (see
//! `spec::SERVICE_FIELDS`), those of edge services in older editions among them.

use super::super::spec::INFER_TYPES;
use crate::text::text;
use crate::tree::schema::{POSITIVE, Shape, Type, field};

/// The whole request.
pub static SERVICE: Shape = Shape {
    fields: &[
        field("service_name", Type::String, text("name of the service", "服务名称")),
        field(
            "infer_type",
            Type::Choice(INFER_TYPES.value),
            text("real-time, batch or edge", "real-time、batch 或 edge"),
        ),
        field("description", Type::String, text("up to 100 characters", "不超过 100 个字符")),
        field("workspace_id", Type::String, text("workspace, by default 0", "工作空间，默认为 0")),
        field("config", Type::Array(&A_MODEL), text("the models that run", "运行的模型")),
        field(
            "cluster_id",
            Type::String,
            text("dedicated pool of the older kind", "旧版专属资源池 ID"),
        ),
        field("pool_name", Type::String, text("dedicated pool", "专属资源池")),
        field("vpc_id", Type::String, text("VPC of the instances", "实例所在的 VPC")),
        field("subnet_network_id", Type::String, text("subnet in the VPC", "VPC 中的子网")),
        field("security_group_id", Type::String, text("security group in the VPC", "安全组")),
        field(
            "schedule",
            Type::Array(&A_SCHEDULE),
            text("when the service stops by itself", "服务自动停止的时间"),
        ),
        field(
            "load_balancer_policy",
            Type::Choice(&["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"]),
            text("how requests are spread", "请求的分发策略"),
        ),
        field(
            "priority",
            Type::Integer { least: 1, most: 3 },
            text("who gives way when resources are short", "抢占优先级"),
        ),
        field(
            "service_secrets",
            Type::Array(&A_SECRET),
            text("secrets that are mounted", "挂载的密钥"),
        ),
        field(
            "additional_properties",
            Type::Object(&SERVICE_PROPERTIES),
            text("notifications, logs, WebSocket", "通知、日志、WebSocket"),
        ),
    ],
    is_open: false,
};

static A_SCHEDULE: Type = Type::Object(&SCHEDULE);

static SCHEDULE: Shape = Shape {
    fields: &[
        field("type", Type::Choice(&["stop"]), text("stop", "stop")),
        field(
            "time_unit",
            Type::Choice(&["DAYS", "HOURS", "MINUTES"]),
            text("unit of the duration", "时长的单位"),
        ),
        field("duration", POSITIVE, text("how many of them", "时长")),
    ],
    is_open: false,
};

static A_SECRET: Type = Type::Object(&SECRET);

static SECRET: Shape = Shape {
    fields: &[
        field("secretId", Type::String, text("the secret", "密钥 ID")),
        // Spelt so in the table.
        field("mouthPath", Type::String, text("where it is mounted", "挂载路径")),
    ],
    is_open: false,
};

static SERVICE_PROPERTIES: Shape = Shape {
    fields: &[
        field(
            "smn_notification",
            Type::OneOf(&[Type::Object(&NOTIFICATION), Type::Map(&Type::Object(&NOTIFICATION))]),
            text("messages on changes of state", "状态变化通知"),
        ),
        field(
            "log_report_channels",
            Type::Array(&A_LOG_CHANNEL),
            text("where logs are sent", "日志上报通道"),
        ),
        field(
            "websocket_upgrade",
            Type::Boolean,
            text("whether it speaks WebSocket", "是否升级为 WebSocket"),
        ),
    ],
    is_open: false,
};

static NOTIFICATION: Shape = Shape {
    fields: &[
        field("topic_urn", Type::String, text("topic of SMN", "SMN 主题")),
        field(
            "events",
            Type::Array(&Type::Integer { least: 1, most: 11 }),
            text("1 failed, 3 running, 7 alarm, 11 pending", "1 失败、3 运行、7 告警、11 待处理"),
        ),
    ],
    is_open: false,
};

static A_LOG_CHANNEL: Type = Type::Object(&LOG_CHANNEL);

static LOG_CHANNEL: Shape = Shape {
    fields: &[
        field("type", Type::Choice(&["LTS"]), text("LTS", "LTS")),
        field(
            "configuration",
            Type::Object(&LOG_STREAM),
            text("group and stream of LTS", "LTS 日志组和日志流"),
        ),
    ],
    is_open: false,
};

static LOG_STREAM: Shape = Shape {
    fields: &[
        field("log_group_id", Type::String, text("group of logs", "日志组 ID")),
        field("log_stream_id", Type::String, text("stream of logs", "日志流 ID")),
    ],
    is_open: false,
};

static A_MODEL: Type = Type::Object(&MODEL);

/// Whole numbers that published examples put in quotes.
const WHOLE: Type = Type::OneOf(&[Type::Integer { least: 0, most: i64::MAX }, Type::String]);

static MODEL: Shape = Shape {
    fields: &[
        field("model_id", Type::String, text("the model", "模型 ID")),
        field("specification", Type::String, text("flavour of the instances", "实例规格")),
        field(
            "custom_spec",
            Type::Object(&CUSTOM_SPEC),
            text("figures of the specification custom", "自定义规格"),
        ),
        field("instance_count", Type::Number, text("number of instances", "实例数")),
        field("weight", WHOLE, text("share of the requests in percent", "流量权重")),
        field("envs", Type::Map(&Type::Anything), text("environment variables", "环境变量")),
        field("src_path", Type::String, text("input of a batch service", "批量服务输入路径")),
        field("src_type", Type::String, text("ManifestFile", "ManifestFile")),
        field("dest_path", Type::String, text("output of a batch service", "批量服务输出路径")),
        field("req_uri", Type::String, text("API that a batch service asks", "批量服务调用的接口")),
        field("mapping_type", Type::Choice(&["file", "csv"]), text("file or csv", "file 或 csv")),
        field(
            "mapping_rule",
            Type::Map(&Type::Anything),
            text("columns of csv for the parameters", "csv 列与参数的映射"),
        ),
        field("cluster_id", Type::String, text("dedicated pool, older kind", "旧版专属资源池 ID")),
        field("pool_name", Type::String, text("dedicated pool", "专属资源池")),
        field("nodes", Type::Array(&Type::String), text("edge nodes", "边缘节点")),
        field(
            "deploy_timeout_in_seconds",
            POSITIVE,
            text("how long an instance may take to start", "实例部署超时时间"),
        ),
        field(
            "additional_properties",
            Type::Object(&MODEL_PROPERTIES),
            text("volumes, upgrade, stop", "存储、升级、停止"),
        ),
        field("affinity", Type::Object(&AFFINITY), text("which nodes", "节点亲和性")),
    ],
    is_open: false,
};

static CUSTOM_SPEC: Shape = Shape {
    fields: &[
        field("cpu", Type::Number, text("cores", "CPU 核数")),
        field("memory", Type::Number, text("MB of memory", "内存，单位 MB")),
        field("gpu_p4", Type::Number, text("GPUs", "GPU 个数")),
        field("ascend_a310", Type::Number, text("Ascend chips (older editions)", "昇腾芯片数")),
    ],
    is_open: false,
};

static MODEL_PROPERTIES: Shape = Shape {
    fields: &[
        field(
            "log_volume",
            Type::Array(&A_LOG_VOLUME),
            text("folders of the host", "主机目录挂载"),
        ),
        field(
            "max_surge",
            Type::Number,
            text("instances more in an upgrade", "升级时可增加的实例"),
        ),
        field(
            "max_unavailable",
            Type::Number,
            text("instances fewer in an upgrade", "升级时可减少的实例"),
        ),
        field(
            "termination_grace_period_seconds",
            POSITIVE,
            text("how long a stop may take", "停止宽限时间"),
        ),
        field(
            "persistent_volumes",
            Type::Array(&A_VOLUME),
            text("volumes that are mounted", "持久化存储挂载"),
        ),
    ],
    is_open: false,
};

static A_LOG_VOLUME: Type = Type::Object(&LOG_VOLUME);

static LOG_VOLUME: Shape = Shape {
    fields: &[
        field("host_path", Type::String, text("folder of the host", "主机目录")),
        field("mount_path", Type::String, text("folder in the container", "容器目录")),
    ],
    is_open: false,
};

static A_VOLUME: Type = Type::Object(&VOLUME);

static VOLUME: Shape = Shape {
    fields: &[
        field("name", Type::String, text("name of the volume", "存储卷名称")),
        field("mount_path", Type::String, text("folder in the container", "容器目录")),
        field("storage_type", Type::String, text("sfs_turbo", "sfs_turbo")),
        field("source_address", Type::String, text("what is mounted", "挂载来源")),
    ],
    is_open: false,
};

static AFFINITY: Shape = Shape {
    fields: &[field(
        "node_affinity",
        Type::Object(&NODE_AFFINITY),
        text("nodes that are wanted", "节点亲和性"),
    )],
    is_open: false,
};

static NODE_AFFINITY: Shape = Shape {
    fields: &[
        field(
            "mode",
            Type::Choice(&["required", "preferred"]),
            text("required or preferred", "required 或 preferred"),
        ),
        field("pool_infos", Type::Array(&A_POOL), text("nodes of each pool", "各资源池的节点")),
    ],
    is_open: false,
};

static A_POOL: Type = Type::Object(&POOL);

static POOL: Shape = Shape {
    fields: &[
        field("pool_name", Type::String, text("the pool", "资源池")),
        field("nodes", Type::Array(&A_NODE), text("its nodes", "节点列表")),
    ],
    is_open: false,
};

static A_NODE: Type = Type::Object(&NODE);

static NODE: Shape = Shape {
    fields: &[field("name", Type::String, text("private address of the node", "节点私有 IP"))],
    is_open: false,
};
