//! `${…}`: what `Fn::Sub` would put in and cannot, and what it would put in if it were there.

use std::collections::HashSet;

use super::references::is_declared;
use super::sources::SUBSTITUTES;
use super::template::templates;
use crate::ros::{Holder, Names, PSEUDO_PARAMETERS, Scope, Substitution, variables};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{MappedText, Span, text};

pub(super) static SUB_SHELL_VARIABLE: Rule = Rule {
    id: "ros/sub-shell-variable",
    severity: Severity::Error,
    summary: text(
        "a shell's variable that `Fn::Sub` takes for its own",
        "`Fn::Sub` 会替换 shell 变量",
    ),
    message: text(
        "`Fn::Sub` reads `{written}` before the shell does, and knows no `{name}`",
        "`Fn::Sub` 会先于 shell 处理 `{written}`，而 `{name}` 未定义",
    ),
    why: text(
        "Every `${name}` in the text of `Fn::Sub` is a name of the template; ROS refuses one that the template does not declare.",
        "`Fn::Sub` 文本中的每个 `${name}` 都是模板中的名称；未定义的名称会使 ROS 拒绝模板。",
    ),
    help: text(
        "put a `!` behind the opening brace, or write `$name` without braces",
        "在左花括号后加 `!`，或写成不带花括号的 `$name`",
    ),
    rests_on: &[&SUBSTITUTES],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      CommandContent:\n        Fn::Sub: |\n          for f in *; do echo ${«f»} ${!f}; done\n          echo ${«HOME»} ${«#list[@]»} ${«PORT:-80»} $HOME $(id)\n",
        ),
        bad(
            "-- a.json --\n{\"ROSTemplateFormatVersion\": \"2015-09-01\", \"Resources\": {\"Run\": {\"Type\": \"ALIYUN::ECS::RunCommand\", \"Properties\": {\"CommandContent\": {\"Fn::Sub\": \"a=1\\necho ${«a»}\\n\"}}}}}",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  DB_URL:\n    Type: String\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      CommandContent:\n        Fn::Sub:\n          - |\n            echo ${DB_URL} ${port} ${!HOME} $HOME\n          - port: 80\n",
        ),
    ],
    check: sub_shell_variable,
    ..Rule::DEFAULT
};

fn sub_shell_variable(cx: &Context<'_>, found: &mut Findings) {
    for file in templates(cx).filter(|file| !file.template.is_transformed()) {
        let scope = Scope::of(file.template);
        let mut reader = Reader::new(&scope);
        for one in &file.template.substitutions() {
            if reader.meaning(one) != Meaning::Shell {
                continue;
            }
            let variable = one.variable;
            let finding = found.add(&SUB_SHELL_VARIABLE, file.at(variable.span));
            // Only the name: what stands behind `:-` may be anything.
            finding
                .arg("written", format!("${{{}}}", variable.shell_name()))
                .arg("name", variable.shell_name());
            if variable.is_verbatim {
                let at = file.at(Span::at(variable.span.start as usize));
                finding.fix(
                    Fix::risky(text("leave it to the shell", "留给 shell 处理")).replace(at, "!"),
                );
            }
        }
    }
}

/// What a `${…}` of `Fn::Sub` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A name that the template declares.
    Declared,
    /// A name that it does not declare.
    Undefined,
    /// The variable of a shell or a Compose file.
    Shell,
}

/// Tells the template's names from those of a shell.
pub(super) struct Reader<'s, 'a> {
    scope: &'s Scope<'a>,
    /// All names in lower case, for those that differ in nothing else.
    folded: HashSet<String>,
    /// The names that the text looked at last gives values to.
    assigned: (Option<&'a MappedText>, HashSet<&'a str>),
}

impl<'s, 'a> Reader<'s, 'a> {
    pub(super) fn new(scope: &'s Scope<'a>) -> Reader<'s, 'a> {
        let folded = scope.names(Names::Values).map(str::to_lowercase).collect();
        Reader { scope, folded, assigned: (None, HashSet::new()) }
    }

    pub(super) fn meaning(&mut self, one: &Substitution<'a>) -> Meaning {
        let variable = one.variable;
        let Some(name) = variable.name() else {
            let is_empty = variable.shell_name().is_empty();
            return if is_empty { Meaning::Declared } else { Meaning::Shell };
        };
        if is_declared(self.scope, name) {
            return Meaning::Declared;
        }
        let is_script = is_script(&one.holder) || one.text.text().contains('\n');
        if !is_script || variable.inner.contains(['.', ':']) {
            return Meaning::Undefined;
        }
        let is_same = |text: &MappedText| text.text().as_ptr() == one.text.text().as_ptr();
        if !self.assigned.0.is_some_and(is_same) {
            self.assigned = (Some(one.text), assigned(one.text.text()));
        }
        if self.assigned.1.contains(name) {
            return Meaning::Shell;
        }
        if self.folded.contains(&name.to_lowercase()) {
            return Meaning::Undefined;
        }
        // The template's names are `LikeThis`.
        let is_foreign = name.contains('_')
            || name.starts_with(|c: char| c.is_lowercase())
            || !name.chars().any(char::is_lowercase);
        if is_foreign { Meaning::Shell } else { Meaning::Undefined }
    }
}

/// Whether the property holds what a shell or Compose reads.
fn is_script(holder: &Holder<'_>) -> bool {
    const SCRIPTS: &[&str] = &["CommandContent", "UserData", "YamlContent", "ChartValues"];
    holder.property.is_some_and(|property| SCRIPTS.contains(&property))
}

/// The names that `script` gives a value to: `name=…`, `for name in`, `read name`, `export name`.
fn assigned(script: &str) -> HashSet<&str> {
    let mut found = HashSet::new();
    let mut declares = false;
    for word in script.split(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '(')) {
        let end = word.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(word.len());
        let (name, rest) = word.split_at(end);
        let gives = ["=", "+=", "[", "++"].iter().any(|sign| rest.starts_with(sign));
        if !name.is_empty() && (gives || (declares && rest.is_empty())) {
            found.insert(name);
        }
        let is_declaration =
            ["for", "read", "export", "local", "declare", "select"].contains(&word);
        declares = is_declaration || (declares && word.starts_with('-'));
    }
    found
}

pub(super) static SUB_MISSING: Rule = Rule {
    id: "ros/sub-missing",
    summary: text("a `${name}` that nothing puts in", "`${name}` 不会被替换"),
    message: text(
        "`{written}` stays as it is: nothing replaces it without `Fn::Sub`",
        "没有 `Fn::Sub`，`{written}` 不会被替换",
    ),
    why: text(
        "The text reaches the resource with the braces in it, not with the value of the parameter.",
        "资源得到的是带花括号的原文，而不是参数的值。",
    ),
    help: text("put the text under `Fn::Sub`", "请将文本放在 `Fn::Sub` 下"),
    rests_on: &[&SUBSTITUTES],
    examples: &[
        bad(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Stage:\n    Type: String\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: web-${«Stage»}\n      Description: {Fn::Join: ['', [in, '${«ALIYUN::Region»}']]}\n",
        ),
        good(
            "-- a.yml --\nROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Stage:\n    Type: String\n  Name:\n    Type: String\n    AssociationPropertyMetadata: {Stage: '${Stage}'}\nResources:\n  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties:\n      Name: !Sub web-${Stage}\n      CommandContent: 'Stage=a; echo ${Stage} ${HOME}'\n",
        ),
    ],
    check: sub_missing,
    ..Rule::DEFAULT
};

fn sub_missing(cx: &Context<'_>, found: &mut Findings) {
    /// What is a template of another kind or of its own.
    const OTHERS: &[&str] = &["TemplateBody", "TemplateContent", "Content", "PolicyDocument"];
    for file in templates(cx).filter(|file| !file.template.is_transformed()) {
        let scope = Scope::of(file.template);
        for one in file.template.texts() {
            let source = one.text.text();
            if !source.contains("${") || one.holder.property.is_some_and(|p| OTHERS.contains(&p)) {
                continue;
            }
            let mut own = assigned(source);
            for variable in variables(one.text).filter(|variable| !variable.is_literal) {
                let name = variable.inner;
                let is_known = PSEUDO_PARAMETERS.contains(&name)
                    || scope.get(Names::Parameters, name).is_some();
                // Once for a name in a text.
                if is_known && own.insert(name) {
                    found
                        .add(&SUB_MISSING, file.at(variable.span))
                        .arg("written", format!("${{{name}}}"));
                }
            }
        }
    }
}
