//! The publications that the rules on ROS templates rest on, and the limits that they give.

use crate::fact::Certainty::{Documented, Inferred, Necessary, Observed};
use crate::fact::{Certainty, Citation, Fact, Publication};
use crate::text::text;

static SYNTAX: Publication = Publication {
    title: "Resource Orchestration Service: template syntax and limits",
    url: "https://github.com/AlibabaCloudDocs/ros",
    date: "2021-07",
};

static PARAMETERS: Publication = Publication {
    title: "Resource Orchestration Service: Parameters",
    url: "https://www.alibabacloud.com/help/doc-detail/28861.htm",
    date: "2024-03",
};

static RESOURCES: Publication = Publication {
    title: "Resource Orchestration Service: Resources",
    url: "https://www.alibabacloud.com/help/en/ros/user-guide/resources",
    date: "2025-11-12",
};

static CONDITIONS: Publication = Publication {
    title: "Resource Orchestration Service: Conditions",
    url: "https://www.alibabacloud.com/help/en/ros/user-guide/conditions",
    date: "2024-03-15",
};

static FUNCTIONS: Publication = Publication {
    title: "Resource Orchestration Service: Function index",
    url: "https://www.alibabacloud.com/help/doc-detail/2653823.html",
    date: "2024-03-28",
};

static SUB: Publication = Publication {
    title: "Resource Orchestration Service: Fn::Sub",
    url: "https://www.alibabacloud.com/help/en/ros/user-guide/function-sub",
    date: "2024-03-28",
};

static COUNT: Publication = Publication {
    title: "Resource Orchestration Service: Use Count to deploy resources in large numbers",
    url: "https://www.alibabacloud.com/help/en/ros/use-cases/use-count-to-deploy-massive-resources",
    date: "",
};

static TRANSFORMER: Publication = Publication {
    title: "alibabacloud-ros-tool-transformer: the reader of ROS templates",
    url: "https://github.com/aliyun/alibabacloud-ros-tool-transformer",
    date: "2026-08",
};

static TEMPLATES: Publication = Publication {
    title: "ros-templates: Alibaba Cloud's own templates and the policies they are checked by",
    url: "https://github.com/aliyun/ros-templates",
    date: "2026",
};

static YAML: Publication = Publication {
    title: "YAML 1.2.2: 3.2.1 Representation Graph",
    url: "https://yaml.org/spec/1.2.2/#321-representation-graph",
    date: "2021-10-01",
};

static TIMESTAMP: Publication = Publication {
    title: "YAML 1.1: Timestamp Language-Independent Type",
    url: "https://yaml.org/type/timestamp.html",
    date: "2005-01-18",
};

const fn cite(
    publication: &'static Publication,
    certainty: Certainty,
    en: &'static str,
    zh: &'static str,
) -> Citation {
    Citation { publication, says: text(en, zh), certainty }
}

pub(super) static IS_JSON_OR_YAML: Citation = cite(
    &SYNTAX,
    Documented,
    "a template is one JSON or YAML text in UTF-8",
    "模板是一个 UTF-8 编码的 JSON 或 YAML 文本",
);

pub(super) static UNREADABLE: Citation = cite(
    &SYNTAX,
    Necessary,
    "text that no JSON or YAML reader takes makes no stack",
    "任何 JSON 或 YAML 解析器都无法读取的文本不能创建资源栈",
);

pub(super) static UNIQUE_KEYS: Citation =
    cite(&YAML, Documented, "the keys of a mapping are unique", "映射中的键必须唯一");

pub(super) static MOST_BYTES: Fact<u64> = Fact {
    value: 512 * 1024,
    source: cite(&SYNTAX, Documented, "a template has at most 512 KB", "模板最大 512 KB"),
};

pub(super) static MOST_RESOURCES: Fact<u64> = Fact {
    value: 300,
    source: cite(
        &COUNT,
        Documented,
        "a stack has at most 300 resources; a resource with `Count` counts as many times",
        "一个资源栈最多 300 个资源；带 `Count` 的资源按数量计",
    ),
};

pub(super) static VERSION: Citation = cite(
    &SYNTAX,
    Documented,
    "`ROSTemplateFormatVersion` is required and says '2015-09-01'",
    "`ROSTemplateFormatVersion` 为必填项，取值为 '2015-09-01'",
);

pub(super) static VERSION_IS_CHECKED: Citation = cite(
    &TRANSFORMER,
    Observed,
    "a template without the version, or with another one, is refused",
    "没有版本或版本不符的模板会被拒绝",
);

pub(super) static DATES: Citation = cite(
    &TIMESTAMP,
    Documented,
    "in YAML 1.1, `2015-09-01` without quotes is a date and no string",
    "在 YAML 1.1 中，不带引号的 `2015-09-01` 是日期而不是字符串",
);

pub(super) static SECTIONS: Citation = cite(
    &TRANSFORMER,
    Observed,
    "the reader knows a fixed list of sections; others are passed over",
    "解析器只认识固定的几个部分，其余会被忽略",
);

pub(super) static PARAMETER_TYPES: Citation =
    cite(&PARAMETERS, Documented, "a parameter has one of seven types", "参数的类型为七种之一");

pub(super) static PARAMETER_NAMES: Citation = cite(
    &PARAMETERS,
    Documented,
    "the name of a parameter is made of letters and digits",
    "参数名由英文字母和数字组成",
);

pub(super) static DEFAULT_FITS: Citation = cite(
    &SYNTAX,
    Documented,
    "a default must satisfy the constraints of its parameter: allowed values, length, range, pattern",
    "默认值必须满足参数自身的约束：允许值、长度、范围、正则表达式",
);

pub(super) static ALLOWED_VALUES: Citation = cite(
    &PARAMETERS,
    Inferred,
    "`AllowedValues` lists values of the parameter's type; an empty item is none",
    "`AllowedValues` 列出与参数类型一致的值；空项不是值",
);

pub(super) static CONFIRM: Citation = cite(
    &PARAMETERS,
    Documented,
    "`Confirm` is for parameters of type String with `NoEcho: true`",
    "`Confirm` 只用于 `NoEcho: true` 的 String 参数",
);

pub(super) static NO_ECHO: Citation = cite(
    &PARAMETERS,
    Documented,
    "with `NoEcho: true` the value is shown as asterisks wherever the stack is queried",
    "设置 `NoEcho: true` 后，查询资源栈时该值只显示为星号",
);

pub(super) static NO_ECHO_POLICY: Citation = cite(
    &TEMPLATES,
    Observed,
    "templates are checked for parameters with names of secrets that lack `NoEcho`",
    "会检查名称像密钥却没有 `NoEcho` 的参数",
);

pub(super) static NAMES_RESOLVE: Citation = cite(
    &SYNTAX,
    Documented,
    "`Ref`, `Fn::GetAtt` and `Fn::Sub` name parameters, resources, local values or pseudo parameters of the same template",
    "`Ref`、`Fn::GetAtt` 和 `Fn::Sub` 引用的是同一模板中的参数、资源、局部变量或伪参数",
);

pub(super) static DEPENDS_ON: Citation = cite(
    &RESOURCES,
    Documented,
    "`DependsOn` names resources of the same template that are created before",
    "`DependsOn` 指定同一模板中先创建的资源",
);

pub(super) static CONDITION_NAMES: Citation = cite(
    &CONDITIONS,
    Documented,
    "`Condition`, `Fn::If` and other conditions refer to the names of the section `Conditions`",
    "`Condition`、`Fn::If` 以及其他条件引用 `Conditions` 中定义的名称",
);

pub(super) static MAPPING_NAMES: Citation = cite(
    &SYNTAX,
    Documented,
    "`Fn::FindInMap` looks into a table of the section `Mappings`",
    "`Fn::FindInMap` 在 `Mappings` 定义的映射表中查找",
);

pub(super) static RESOURCE_TYPE: Citation =
    cite(&RESOURCES, Documented, "every resource declares its type", "每个资源都必须声明类型");

pub(super) static RESOURCE_FIELDS: Citation = cite(
    &RESOURCES,
    Documented,
    "what a resource is made of stands in `Properties`; beside it stand its type and a few settings of the stack",
    "资源自身的设置写在 `Properties` 中；与其并列的只有类型和少数资源栈设置",
);

pub(super) static GROUPS: Citation = cite(
    &SYNTAX,
    Documented,
    "`ParameterGroups` lists parameters of the same template, in the order of the form",
    "`ParameterGroups` 按表单顺序列出同一模板中的参数",
);

pub(super) static FUNCTION_INDEX: Citation =
    cite(&FUNCTIONS, Documented, "the functions that templates may use", "模板可用的函数列表");

pub(super) static SHORT_TAGS: Citation = cite(
    &FUNCTIONS,
    Documented,
    "of two functions one inside the other, at least one must be written in the long form",
    "函数嵌套时，至少有一个必须使用完整写法",
);

pub(super) static SUBSTITUTES: Citation = cite(
    &SUB,
    Documented,
    "`Fn::Sub` puts in every `${name}` of its text; `${!name}` becomes `${name}`",
    "`Fn::Sub` 会替换文本中的每个 `${name}`；`${!name}` 会变成 `${name}`",
);
