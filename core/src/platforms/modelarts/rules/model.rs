//! Which model it is: `model_algorithm`, `model_type`, `runtime`.

use super::super::config::{configs, known, removal};
use super::super::spec::{ALGORITHM_LENGTH, MODEL_TYPES, REQUIRED_KEYS, RUNTIME};
use super::MODELARTS;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Text, nearest, text};

const MISSING_WHY: Text = text(
    "The key is mandatory: without it the import refuses config.json and no model is created.",
    "该键必填：缺少时导入会拒绝 config.json，无法创建模型。",
);

pub(super) static ALGORITHM_MISSING: Rule = Rule {
    id: "modelarts/model-algorithm-missing",
    severity: Severity::Error,
    summary: text("config.json does not name its algorithm", "config.json 未给出算法"),
    message: text("`model_algorithm` is missing", "缺少 `model_algorithm`"),
    why: MISSING_WHY,
    help: text(
        "say what the model does, such as \"image_classification\"",
        "说明模型用途，例如 \"image_classification\"",
    ),
    rests_on: &[&REQUIRED_KEYS],
    examples: &[
        bad(r#"«{»"model_type":"Image"}"#),
        bad(r#"{"model_algorithm":«""»,"model_type":"Image"}"#),
        good(r#"{"model_algorithm":"image_classification","model_type":"Image"}"#),
        good(r#"{"model_algorithm":"${ALGORITHM}","model_type":"Image"}"#),
    ],
    check: |cx, found| missing(cx, found, &ALGORITHM_MISSING, "model_algorithm"),
    ..MODELARTS
};

pub(super) static TYPE_MISSING: Rule = Rule {
    id: "modelarts/model-type-missing",
    severity: Severity::Error,
    summary: text("config.json does not name its engine", "config.json 未给出引擎"),
    message: text("`model_type` is missing", "缺少 `model_type`"),
    why: MISSING_WHY,
    help: text(
        "write \"Image\" for a custom image, else the name of the engine",
        "自定义镜像写 \"Image\"，否则写引擎名称",
    ),
    rests_on: &[&REQUIRED_KEYS],
    examples: &[
        bad(r#"«{»"model_algorithm":"image_classification"}"#),
        bad(r#"{"model_algorithm":"a","model_type":«null»}"#),
        good(r#"{"model_algorithm":"image_classification","model_type":"Image"}"#),
    ],
    check: |cx, found| missing(cx, found, &TYPE_MISSING, "model_type"),
    ..MODELARTS
};

fn missing(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, key: &str) {
    for config in configs(cx) {
        let Some(member) = config.root.member(key) else {
            found.add(rule, config.brace(config.root));
            continue;
        };
        let node = &member.node;
        if node.is_unknown() {
            continue;
        }
        match node.as_str() {
            Some(value) if !value.trim().is_empty() => {}
            Some(_) => {
                found.add(rule, config.at(node.span)).says(text(
                    "the value is empty, but the key is mandatory",
                    "该键必填，但值为空",
                ));
            }
            None => {
                found
                    .add(rule, config.at(node.span))
                    .says(text(
                        "a string is wanted here, not a value of type {type}",
                        "此处应为字符串，而不是类型 {type}",
                    ))
                    .arg("type", node.type_name());
            }
        }
    }
}

pub(super) static ALGORITHM_FORMAT: Rule = Rule {
    id: "modelarts/model-algorithm-format",
    severity: Severity::Error,
    summary: text("a name of the algorithm that is not allowed", "算法名称不符合要求"),
    message: text(
        "`{found}` cannot stand here: the name begins with a letter and holds none of & ! ' \\ \" < > =",
        "此处不能有 `{found}`：名称以字母开头，不能包含 & ! ' \\ \" < > =",
    ),
    why: text(
        "The import refuses config.json and no model is created.",
        "导入会拒绝 config.json，无法创建模型。",
    ),
    help: text(
        "use letters, digits and underscores, at most {most} characters",
        "使用字母、数字和下划线，不超过 {most} 个字符",
    ),
    rests_on: &[&ALGORITHM_LENGTH.source],
    examples: &[
        bad(r#"{"model_algorithm":"«3»d_seg","model_type":"Image"}"#),
        bad(r#"{"model_algorithm":"seg«&»3d","model_type":"Image"}"#),
        bad(
            r#"{"model_algorithm":"image_classification_of_many_birds_a«nd_bees»","model_type":"Image"}"#,
        ),
        bad(r#"{"model_algorithm":"«图»像分类","model_type":"Image"}"#),
        good(r#"{"model_algorithm":"seg_3d","model_type":"Image"}"#),
    ],
    check: algorithm_format,
    ..MODELARTS
};

fn algorithm_format(cx: &Context<'_>, found: &mut Findings) {
    let most = ALGORITHM_LENGTH.value;
    let is_foreign = |letter: char| {
        matches!(letter, '&' | '!' | '\'' | '\\' | '"' | '<' | '>' | '=')
            || ('\u{4e00}'..='\u{9fff}').contains(&letter)
    };
    for config in configs(cx) {
        let Some((node, value)) = known(config.root, "model_algorithm") else { continue };
        let Some(mapped) = node.as_text() else { continue };
        let wrong = value
            .char_indices()
            .find(|&(at, letter)| is_foreign(letter) || at == 0 && !letter.is_ascii_alphabetic());
        if let Some((at, letter)) = wrong {
            found
                .add(&ALGORITHM_FORMAT, config.at(mapped.span(at, at + letter.len_utf8())))
                .arg("found", letter)
                .arg("most", most);
        } else if let Some((at, _)) = value.char_indices().nth(most) {
            found
                .add(&ALGORITHM_FORMAT, config.at(mapped.span(at, value.len())))
                .says(text("the name is longer than {most} characters", "名称超过 {most} 个字符"))
                .arg("most", most);
        }
    }
}

pub(super) static TYPE_UNKNOWN: Rule = Rule {
    id: "modelarts/model-type-unknown",
    severity: Severity::Error,
    summary: text("an engine that ModelArts does not know", "ModelArts 不认识的引擎"),
    message: text("ModelArts knows no model_type `{kind}`", "ModelArts 没有 model_type `{kind}`"),
    why: text(
        "The engine tells how the model is loaded. With an unknown one the import fails.",
        "引擎决定模型的加载方式。引擎未知时导入失败。",
    ),
    help: text("write one of {known}", "请写以下之一：{known}"),
    rests_on: &[&MODEL_TYPES.source],
    examples: &[
        bad(r#"{"model_algorithm":"a","model_type":"«Keras»"}"#),
        bad(r#"{"model_algorithm":"a","model_type":"«image»"}"#),
        bad(r#"{"model_algorithm":"a","model_type":"«Template»"}"#),
        good(r#"{"model_algorithm":"a","model_type":"TensorFlow"}"#),
        good(r#"{"model_algorithm":"a","model_type":"<engine>"}"#),
    ],
    check: type_unknown,
    ..MODELARTS
};

fn type_unknown(cx: &Context<'_>, found: &mut Findings) {
    for config in configs(cx) {
        let Some((node, kind)) = known(config.root, "model_type") else { continue };
        if MODEL_TYPES.value.contains(&kind) {
            continue;
        }
        let at = config.value(node);
        let finding = found
            .add(&TYPE_UNKNOWN, at)
            .arg("kind", kind)
            .arg("known", MODEL_TYPES.value.join(", "));
        let same = MODEL_TYPES.value.iter().find(|name| name.eq_ignore_ascii_case(kind));
        let near = nearest(kind, MODEL_TYPES.value.iter().copied());
        if let Some(name) = same {
            finding
                .arg("near", name)
                .severity(Severity::Warning)
                .says(text(
                    "model_type `{kind}` is spelt `{near}`",
                    "model_type `{kind}` 应写作 `{near}`",
                ))
                .help(text("write `{near}`", "写作 `{near}`"))
                .fix(
                    Fix::risky(text("write `{near}`", "写作 `{near}`"))
                        .arg("near", name)
                        .replace(at, *name),
                );
        } else if kind == "Template" {
            finding.help(text(
                "`Template` belongs to the models API; config.json wants the engine, one of {known}",
                "`Template` 仅用于模型 API；config.json 中应写引擎：{known}",
            ));
        } else if let Some(name) = near {
            finding.arg("near", name).help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
        }
    }
}

pub(super) static RUNTIME_ON_IMAGE: Rule = Rule {
    id: "modelarts/runtime-on-image",
    severity: Severity::Info,
    summary: text("a runtime beside a custom image", "自定义镜像不需要 runtime"),
    message: text("`runtime` means nothing for a custom image", "`runtime` 对自定义镜像无意义"),
    why: text(
        "A custom image brings its own environment; the key misleads those who read it.",
        "自定义镜像自带运行环境；该键会误导读者。",
    ),
    help: text("remove it", "请删除"),
    rests_on: &[&RUNTIME],
    examples: &[
        bad(r#"{"model_algorithm":"a","model_type":"Image",«"runtime"»:"python3.6"}"#)
            .fixed(r#"{"model_algorithm":"a","model_type":"Image"}"#),
        good(r#"{"model_algorithm":"a","model_type":"PyTorch","runtime":"python3.6"}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_image()) {
            if let Some(member) = config.root.member("runtime") {
                let whole = config.at(removal(config.root, member));
                found
                    .add(&RUNTIME_ON_IMAGE, config.key(member))
                    .fix(Fix::safe(text("remove `runtime`", "删除 `runtime`")).delete(whole));
            }
        }
    },
    ..MODELARTS
};

/// How the runtime of an engine begins, where it names one.
const RUNTIME_ENGINES: &[(&str, &str)] = &[
    ("tf", "TensorFlow"),
    ("tensorflow", "TensorFlow"),
    ("pytorch", "PyTorch"),
    ("mindspore", "MindSpore"),
    ("mxnet", "MXNet"),
    ("caffe", "Caffe"),
];

pub(super) static RUNTIME_MISMATCH: Rule = Rule {
    id: "modelarts/runtime-engine-mismatch",
    summary: text("the runtime is another engine's", "runtime 属于另一个引擎"),
    message: text(
        "the runtime is one of {engine}, but model_type is {kind}",
        "该 runtime 属于 {engine}，而 model_type 为 {kind}",
    ),
    why: text(
        "Each engine has runtimes of its own. The model cannot be loaded in another engine's.",
        "每种引擎有各自的 runtime，模型无法在其他引擎的环境中加载。",
    ),
    help: text("choose a runtime of {kind}", "请选择 {kind} 的 runtime"),
    rests_on: &[&RUNTIME],
    examples: &[
        bad(r#"{"model_algorithm":"a","model_type":"PyTorch","runtime":"«tf2.1-python3.7»"}"#),
        good(r#"{"model_algorithm":"a","model_type":"PyTorch","runtime":"pytorch1.4-python3.7"}"#),
        good(r#"{"model_algorithm":"a","model_type":"TensorFlow","runtime":"python3.6"}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_engine()) {
            let Some((node, runtime)) = known(config.root, "runtime") else { continue };
            let name: String = runtime.chars().take_while(char::is_ascii_alphabetic).collect();
            let own = RUNTIME_ENGINES.iter().find(|(prefix, _)| *prefix == name);
            let kind = config.model_type().unwrap_or_default();
            if let Some((_, engine)) = own.filter(|(_, engine)| !engine.eq_ignore_ascii_case(kind))
            {
                found
                    .add(&RUNTIME_MISMATCH, config.value(node))
                    .arg("engine", engine)
                    .arg("kind", kind);
            }
        }
    },
    ..MODELARTS
};

pub(super) static RUNTIME_UNKNOWN: Rule = Rule {
    id: "modelarts/runtime-unknown",
    severity: Severity::Info,
    strict: true,
    summary: text("a runtime of an unusual form", "runtime 的写法不常见"),
    message: text(
        "`{runtime}` has not the form of any published runtime",
        "`{runtime}` 不符合已公布的 runtime 写法",
    ),
    why: text(
        "The list of runtimes differs by region and time; one that is not offered fails the import.",
        "runtime 列表因区域和时间而异；不提供的 runtime 会导致导入失败。",
    ),
    help: text("compare it with the list in your region's console", "请与所在区域控制台的列表核对"),
    rests_on: &[&RUNTIME],
    examples: &[
        bad(r#"{"model_algorithm":"a","model_type":"PyTorch","runtime":"«py36»"}"#),
        good(
            r#"{"model_algorithm":"a","model_type":"TensorFlow","runtime":"tf1.13-python3.6-gpu"}"#,
        ),
        good(
            r#"{"model_algorithm":"a","model_type":"PyTorch","runtime":"pytorch_1.11.0-cann_6.3.0-py_3.7-euler_2.8.3-aarch64"}"#,
        ),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_engine()) {
            let Some((node, runtime)) = known(config.root, "runtime") else { continue };
            if !runtime.contains("python") && !runtime.contains("-py_") {
                found.add(&RUNTIME_UNKNOWN, config.value(node)).arg("runtime", runtime);
            }
        }
    },
    ..MODELARTS
};

pub(super) static RUNTIME_DEFAULT: Rule = Rule {
    id: "modelarts/runtime-default-old",
    severity: Severity::Info,
    strict: true,
    summary: text("an engine without a runtime", "未指定引擎的 runtime"),
    message: text(
        "no `runtime` is given, so an old Python runs",
        "未指定 `runtime`，将使用旧版 Python",
    ),
    why: text(
        "The default is python2.7 in one edition and python3.6 in the other.",
        "默认值因版本而异：python2.7 或 python3.6。",
    ),
    help: text("say which runtime the model was made for", "请写明模型所用的 runtime"),
    rests_on: &[&RUNTIME],
    examples: &[
        bad(r#"«{»"model_algorithm":"a","model_type":"PyTorch"}"#),
        good(r#"{"model_algorithm":"a","model_type":"PyTorch","runtime":"python3.6"}"#),
        good(r#"{"model_algorithm":"a","model_type":"Image"}"#),
    ],
    check: |cx, found| {
        for config in configs(cx).filter(|config| config.is_engine()) {
            if config.root.get("runtime").is_none() {
                found.add(&RUNTIME_DEFAULT, config.brace(config.root));
            }
        }
    },
    ..MODELARTS
};
