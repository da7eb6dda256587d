//! `config.json` as data: every field that the sources name (see `spec::KEYS`). Where they
//! disagree, both readings are taken.

use super::super::spec::MODEL_TYPES;
use crate::text::text;
use crate::tree::schema::{Shape, Type, field};

/// The whole document.
pub static CONFIG: Shape = Shape {
    fields: &[
        field("model_algorithm", Type::String, text("what the model does", "模型用途")),
        field(
            "model_type",
            Type::Choice(MODEL_TYPES.value),
            text("engine, or Image for a custom image", "引擎；自定义镜像为 Image"),
        ),
        field("runtime", Type::String, text("environment of the engine", "引擎的运行环境")),
        field("swr_location", Type::String, text("address of the image in SWR", "镜像的 SWR 地址")),
        field("metrics", Type::Object(&METRICS), text("quality of the model", "模型精度指标")),
        field("apis", Type::Array(&AN_API), text("requests that the image takes", "接口列表")),
        field(
            "dependencies",
            Type::Array(&A_DEPENDENCY),
            text("packages to install", "需要安装的依赖包"),
        ),
        field("health", Type::Object(&HEALTH), text("health check of the image", "镜像健康检查")),
    ],
    is_open: false,
};

/// The ratios that the console shows; other measures are carried along.
static METRICS: Shape = Shape {
    fields: &[
        field("f1", Type::Number, text("harmonic mean of precision and recall", "F1 值")),
        field("recall", Type::Number, text("recall", "召回率")),
        field("precision", Type::Number, text("precision", "精确率")),
        field("accuracy", Type::Number, text("accuracy", "准确率")),
    ],
    is_open: true,
};

static AN_API: Type = Type::Object(&API);

static API: Shape = Shape {
    fields: &[
        field("url", Type::String, text("path of the request", "请求路径")),
        field("method", Type::String, text("post or get", "post 或 get")),
        field(
            "protocol",
            Type::String,
            text("http or https (older editions)", "http 或 https（旧版）"),
        ),
        field("request", Type::Object(&BODY), text("body that is sent", "请求体")),
        field("response", Type::Object(&BODY), text("body that comes back", "响应体")),
    ],
    is_open: false,
};

static BODY: Shape = Shape {
    fields: &[
        field("Content-type", Type::String, text("media type", "媒体类型")),
        field(
            "data",
            // The table says string, every example is an object.
            Type::OneOf(&[Type::Map(&Type::Anything), Type::String]),
            text("JSON Schema of the body", "请求体或响应体的 JSON Schema"),
        ),
    ],
    is_open: false,
};

static A_DEPENDENCY: Type = Type::Object(&DEPENDENCY);

static DEPENDENCY: Shape = Shape {
    fields: &[
        field("installer", Type::String, text("pip", "pip")),
        field(
            "packages",
            Type::Array(&A_PACKAGE),
            text("packages in their order", "按顺序安装的包"),
        ),
    ],
    is_open: false,
};

static A_PACKAGE: Type = Type::Object(&PACKAGE);

static PACKAGE: Shape = Shape {
    fields: &[
        field("package_name", Type::String, text("name of the package", "包名")),
        field("package_version", Type::String, text("its version", "版本")),
        field(
            "restraint",
            Type::String,
            text("EXACT, ATLEAST or ATMOST", "EXACT、ATLEAST 或 ATMOST"),
        ),
    ],
    is_open: false,
};

/// Seconds and counts are written as strings; whether numbers are taken is open.
const DIGITS: Type = Type::OneOf(&[Type::String, Type::Number]);

static HEALTH: Shape = Shape {
    fields: &[
        field("url", Type::String, text("path that answers 200", "返回 200 的路径")),
        field("protocol", Type::String, text("http", "http")),
        field("check_method", Type::String, text("HTTP or EXEC", "HTTP 或 EXEC")),
        field("command", Type::String, text("command of EXEC", "EXEC 的命令")),
        field(
            "initial_delay_seconds",
            DIGITS,
            text("seconds before the first check", "首次检查前的秒数"),
        ),
        field("timeout_seconds", DIGITS, text("seconds to wait for an answer", "等待响应的秒数")),
        field("period_seconds", DIGITS, text("seconds between checks", "检查间隔秒数")),
        field(
            "failure_threshold",
            DIGITS,
            text("failed checks until a restart", "重启前允许失败的次数"),
        ),
    ],
    is_open: false,
};
