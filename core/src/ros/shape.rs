//! The form of a template as data: sections, and the fields of their entries.
//!
//! Open wherever a function may make the value, and where names are the author's own.

use crate::text::text;
use crate::tree::schema::{Field, Shape, Type, field};

/// The types of parameters.
pub const PARAMETER_TYPES: &[&str] = &[
    "String",
    "Number",
    "CommaDelimitedList",
    "Json",
    "Boolean",
    "ALIYUN::OOS::Parameter::Value",
    "ALIYUN::OOS::SecretParameter::Value",
];

/// The one version of the language.
pub const VERSION: &str = "2015-09-01";

/// Words for people: a text, or one for each language.
const WORDS: Type = Type::OneOf(&[Type::String, Type::Map(&Type::String)]);

/// `true` and `'true'` are the same to ROS.
const SWITCH: Type =
    Type::OneOf(&[Type::Boolean, Type::Choice(&["true", "false", "True", "False"])]);

/// A number, in quotes or not.
const NUMBER: Type = Type::OneOf(&[Type::Number, Type::String]);

/// A whole template.
pub static TEMPLATE: Shape = Shape {
    fields: &[
        field(
            "ROSTemplateFormatVersion",
            Type::Choice(&[VERSION]),
            text("the version of the language", "模板语言的版本"),
        ),
        field(
            "Transform",
            Type::OneOf(&[Type::String, Type::Array(&Type::String)]),
            text("what turns other languages into a template", "将其他语言转换为模板的宏"),
        ),
        field("Description", WORDS, text("what the template is for", "模板的用途")),
        field(
            "Conditions",
            Type::Map(&Type::Anything),
            text("what is true or false, by name", "按名称定义的条件"),
        ),
        field("Mappings", Type::Map(&Type::Anything), text("tables of two levels", "两级映射表")),
        field(
            "Parameters",
            Type::Map(&Type::Object(&PARAMETER)),
            text("what the user is asked for", "由使用者填写的参数"),
        ),
        field("Locals", Type::Map(&Type::Anything), text("values with a name", "局部变量")),
        field(
            "Resources",
            Type::Map(&Type::Object(&RESOURCE)),
            text("what is created", "要创建的资源"),
        ),
        field(
            "Outputs",
            Type::Map(&Type::Object(&OUTPUT)),
            text("what is shown when all is created", "创建完成后展示的输出"),
        ),
        field(
            "Rules",
            Type::Anything,
            text("what parameters must hold together", "参数之间须满足的规则"),
        ),
        field(
            "Metadata",
            Type::Anything,
            text("groups of parameters and other notes", "参数分组等附加信息"),
        ),
        field(
            "Workspace",
            Type::Anything,
            text("the files of a Terraform module", "Terraform 模块的文件"),
        ),
        field(
            "Hooks",
            Type::Anything,
            text("what runs at steps of the stack", "资源栈各阶段的钩子"),
        ),
    ],
    is_open: false,
};

/// One entry of `Parameters`.
pub static PARAMETER: Shape = Shape {
    fields: &[
        field("Type", Type::Choice(PARAMETER_TYPES), text("the type", "类型")),
        field("Default", Type::Anything, text("the value if none is given", "默认值")),
        field(
            "AllowedValues",
            Type::Array(&Type::Anything),
            text("all values that are allowed", "允许的值"),
        ),
        field(
            "AllowedPattern",
            Type::String,
            text("a regular expression for the value", "值须匹配的正则表达式"),
        ),
        field("MinLength", NUMBER, text("least length", "最小长度")),
        field("MaxLength", NUMBER, text("greatest length", "最大长度")),
        field("MinValue", NUMBER, text("least number", "最小值")),
        field("MaxValue", NUMBER, text("greatest number", "最大值")),
        field("NoEcho", SWITCH, text("the value is shown as stars", "以星号显示值")),
        field("Confirm", SWITCH, text("the value is asked for twice", "要求输入两次")),
        field("Required", SWITCH, text("a value must be given", "必填")),
        field("ReadOnly", SWITCH, text("the value is only shown", "只读")),
        field("TextArea", SWITCH, text("the form has several lines", "使用多行输入框")),
        field("Label", WORDS, text("the name in the form", "表单中的名称")),
        field("Description", WORDS, text("what it is for", "用途")),
        field("Placeholder", WORDS, text("an example in the form", "表单中的示例")),
        field(
            "ConstraintDescription",
            WORDS,
            text("what is said of a wrong value", "值不符合约束时的提示"),
        ),
        field(
            "AssociationProperty",
            Type::String,
            text("what the console offers to choose from", "控制台提供的可选项来源"),
        ),
        field(
            "AssociationPropertyMetadata",
            Type::Anything,
            text("what narrows the choice", "对可选项的筛选条件"),
        ),
    ],
    is_open: true,
};

/// One entry of `Resources`.
pub static RESOURCE: Shape = Shape { fields: RESOURCE_FIELDS, is_open: true };

/// What a resource may have beside its type and properties.
pub const RESOURCE_FIELDS: &[Field] = &[
    field(
        "Type",
        Type::String,
        text("the type: `ALIYUN::ECS::Instance`", "类型，例如 `ALIYUN::ECS::Instance`"),
    ),
    field("Properties", Type::Anything, text("the settings of the type", "该类型的属性")),
    field(
        "DependsOn",
        Type::OneOf(&[Type::String, Type::Array(&Type::String)]),
        text("what is created before", "先于它创建的资源"),
    ),
    field("Condition", Type::String, text("when it is created", "创建条件")),
    field(
        "DeletionPolicy",
        Type::Choice(&["Retain", "Delete"]),
        text("what becomes of it when the stack goes", "删除资源栈时如何处理"),
    ),
    field("Metadata", Type::Anything, text("notes", "附加信息")),
    field("Count", Type::Anything, text("how many are created", "创建的数量")),
    field(
        "UpdatePolicy",
        Type::Anything,
        text("how instances are updated in turn", "分批更新的方式"),
    ),
    field("Version", Type::Anything, text("the version of a module", "模块的版本")),
];

/// One entry of `Outputs`.
pub static OUTPUT: Shape = Shape {
    fields: &[
        field("Value", Type::Anything, text("the value", "值")),
        field("Description", WORDS, text("what it is", "说明")),
        field("Label", WORDS, text("the name that is shown", "展示的名称")),
        field("Condition", Type::String, text("when it is shown", "展示条件")),
        field("NoEcho", SWITCH, text("the value is shown as stars", "以星号显示值")),
    ],
    is_open: true,
};
