//! What a template's values use: every reference with its place, every call, every text that no
//! function reads.

use super::{Call, Names, Resource, Template, Variable, call, variables};
use crate::text::{MappedText, Span};
use crate::tree::{Member, Node, Value};

/// A name that is used.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// What it must be a name of.
    pub names: Names,
    /// The name.
    pub name: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// A `${…}` in the text of `Fn::Sub` that is not among the function's own variables.
#[derive(Clone, Copy, Debug)]
pub struct Substitution<'a> {
    /// The variable.
    pub variable: Variable<'a>,
    /// The text that it stands in.
    pub text: &'a MappedText,
    /// Where the text stands.
    pub holder: Holder<'a>,
}

/// A text that stands as it is, or is only joined, encoded or chosen.
#[derive(Clone, Copy, Debug)]
pub struct PlainText<'a> {
    /// The text.
    pub text: &'a MappedText,
    /// Where it stands.
    pub holder: Holder<'a>,
}

/// What a value belongs to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Holder<'a> {
    /// The resource, unless it is an output, a condition or a local value.
    pub resource: Option<Resource<'a>>,
    /// The property of the resource.
    pub property: Option<&'a str>,
}

/// What is used in the sections whose values are evaluated: `Resources`, `Outputs`, `Conditions`
/// and `Locals`.
impl<'a> Template<'a> {
    /// `Ref`, `Fn::GetAtt`, `Fn::FindInMap`, `DependsOn` and conditions.
    pub fn references(self) -> Vec<Reference<'a>> {
        Walk::over(self, Wanted::References).references
    }

    /// `${…}` of `Fn::Sub`.
    pub fn substitutions(self) -> Vec<Substitution<'a>> {
        Walk::over(self, Wanted::Substitutions).substitutions
    }

    /// All calls of functions.
    pub fn calls(self) -> Vec<Call<'a>> {
        Walk::over(self, Wanted::Calls).calls
    }

    /// Texts that no function puts anything in.
    pub fn texts(self) -> Vec<PlainText<'a>> {
        Walk::over(self, Wanted::Texts).texts
    }
}

fn is_prose(key: &str) -> bool {
    matches!(key, "Description" | "Label" | "Condition")
}

/// What stands around a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Surroundings {
    /// Nothing that would change its text.
    Plain,
    /// A function that reads it.
    Read,
    /// A condition: strings are names of conditions.
    Statement,
}

/// What a walk is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    References,
    Substitutions,
    Calls,
    Texts,
}

struct Walk<'a> {
    wanted: Wanted,
    holder: Holder<'a>,
    references: Vec<Reference<'a>>,
    substitutions: Vec<Substitution<'a>>,
    calls: Vec<Call<'a>>,
    texts: Vec<PlainText<'a>>,
}

impl<'a> Walk<'a> {
    fn over(template: Template<'a>, wanted: Wanted) -> Walk<'a> {
        let mut walk = Walk {
            wanted,
            holder: Holder::default(),
            references: Vec::new(),
            substitutions: Vec::new(),
            calls: Vec::new(),
            texts: Vec::new(),
        };
        for section in ["Locals", "Outputs"] {
            for member in template.section(section) {
                walk.condition(&member.node);
                for part in member.node.members().iter().filter(|part| !is_prose(&part.key)) {
                    walk.value(&part.node, Surroundings::Plain);
                }
            }
        }
        for member in template.section("Conditions") {
            walk.statement(&member.node);
        }
        for resource in template.resources() {
            walk.resource(resource);
        }
        walk
    }

    fn resource(&mut self, resource: Resource<'a>) {
        let body = &resource.member.node;
        self.condition(body);
        if let Some(depends) = body.get("DependsOn") {
            let names = depends.items().unwrap_or(std::slice::from_ref(depends));
            names.iter().for_each(|name| self.name(Names::Dependencies, name));
        }
        self.holder.resource = Some(resource);
        for part in body.members() {
            match part.key.as_str() {
                "Properties" if call(&part.node).is_none() => {
                    for property in part.node.members() {
                        self.holder.property = Some(&property.key);
                        self.value(&property.node, Surroundings::Plain);
                    }
                    self.holder.property = None;
                }
                "Type" | "DependsOn" | "Condition" | "Metadata" => {}
                _ => self.value(&part.node, Surroundings::Plain),
            }
        }
        self.holder.resource = None;
    }

    /// The `Condition` of a resource or an output.
    fn condition(&mut self, body: &'a Node) {
        if let Some(condition) = body.get("Condition") {
            self.name(Names::Conditions, condition);
        }
    }

    fn name(&mut self, names: Names, node: &'a Node) {
        if self.wanted == Wanted::References
            && let Some(name) = node.as_str().filter(|name| !name.is_empty())
        {
            self.references.push(Reference { names, name, span: node.inner_span() });
        }
    }

    /// What is true or false: a call, or the name of a condition.
    fn statement(&mut self, node: &'a Node) {
        match node.members() {
            [Member { key, node: named, .. }] if key == "Condition" => {
                self.name(Names::Conditions, named);
            }
            _ if node.as_str().is_some() => self.name(Names::Conditions, node),
            _ => self.value(node, Surroundings::Statement),
        }
    }

    fn value(&mut self, node: &'a Node, around: Surroundings) {
        if let Some(call) = call(node) {
            return self.call(call, around);
        }
        match &node.value {
            Value::String(text)
                if around == Surroundings::Plain && self.wanted == Wanted::Texts =>
            {
                self.texts.push(PlainText { text, holder: self.holder });
            }
            Value::Array(items) => items.iter().for_each(|item| self.value(item, around)),
            // A template inside a template has names of its own.
            Value::Object(_) if node.get("ROSTemplateFormatVersion").is_some() => {}
            Value::Object(members) => {
                members.iter().for_each(|member| self.value(&member.node, around));
            }
            _ => {}
        }
    }

    fn call(&mut self, call: Call<'a>, around: Surroundings) {
        if self.wanted == Wanted::Calls {
            self.calls.push(call);
        }
        let arguments = call.arguments();
        match call.name {
            "Ref" => self.name(Names::Values, call.argument),
            "GetAtt" => self.attribute(call),
            "Sub" => self.substitute(call),
            "FindInMap" => {
                if let Some(mapping) = arguments.first() {
                    self.name(Names::Mappings, mapping);
                }
                arguments.iter().for_each(|one| self.value(one, Surroundings::Read));
            }
            "If" => {
                for (index, one) in arguments.iter().enumerate() {
                    if index == 0 { self.statement(one) } else { self.value(one, around) }
                }
            }
            "And" | "Or" | "Not" => match call.argument.items() {
                Some(items) => items.iter().for_each(|one| self.statement(one)),
                None => self.statement(call.argument),
            },
            "Join" | "Base64Encode" | "Str" | "Indent" => self.value(call.argument, around),
            _ => self.value(call.argument, Surroundings::Read),
        }
    }

    /// `[Web, PublicIp]` or `Web.PublicIp`.
    fn attribute(&mut self, call: Call<'a>) {
        if let Some(text) = call.argument.as_text() {
            let name = text.text().split('.').next().unwrap_or_default();
            if !name.is_empty() && self.wanted == Wanted::References {
                let span = text.span(0, name.len());
                self.references.push(Reference { names: Names::Values, name, span });
            }
            return;
        }
        let arguments = call.arguments();
        if let Some(first) = arguments.first() {
            self.name(Names::Values, first);
        }
        arguments.iter().for_each(|one| self.value(one, Surroundings::Read));
    }

    /// A text, or a text and a map of variables.
    fn substitute(&mut self, call: Call<'a>) {
        let (text, own) = match call.arguments() {
            [text, own, ..] => (text, Some(own)),
            [text] => (text, None),
            [] => (call.argument, None),
        };
        if let Some(own) = own {
            self.value(own, Surroundings::Read);
        }
        let Some(mapped) = text.as_text() else { return self.value(text, Surroundings::Read) };
        let is_own = |name: &str| own.is_some_and(|own| own.member(name).is_some());
        // Nothing is known of a map that is made by a function.
        if self.wanted != Wanted::Substitutions || own.is_some_and(call_or_unknown) {
            return;
        }
        for variable in variables(mapped).filter(|variable| !variable.is_literal) {
            let whole = variable.inner.trim();
            if !is_own(whole) && !variable.name().is_some_and(is_own) {
                let holder = self.holder;
                self.substitutions.push(Substitution { variable, text: mapped, holder });
            }
        }
    }
}

fn call_or_unknown(own: &Node) -> bool {
    call(own).is_some() || !own.is_object()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::yaml;

    fn names(source: &str) -> Vec<String> {
        let root = yaml::parse(source).documents.remove(0);
        let template = Template::of(&root);
        let references = template.references().into_iter().map(|one| {
            assert_eq!(&source[one.span.range()], one.name);
            format!("{:?} {}", one.names, one.name)
        });
        let substitutions = template.substitutions();
        let substitutions = substitutions.iter().map(|one| format!("Sub {}", one.variable.inner));
        references.chain(substitutions).collect()
    }

    #[test]
    fn every_way_to_name_something_is_found() {
        let source = "\
Conditions:
  A: {Fn::And: [B, {Fn::Not: C}, {Condition: D}, {Fn::Equals: [x, {Ref: P}]}]}
Resources:
  R:
    Type: ALIYUN::ECS::VPC
    DependsOn: [S, T]
    Condition: A
    Properties:
      One: !GetAtt U.Outputs.X
      Two: {Fn::GetAtt: [V, Id]}
      Three: !Sub 'a ${W} ${!x} ${Y.Z} ${own}'
      Four: {Fn::Sub: ['${own} ${Q}', {own: {Ref: O}}]}
      Five: {Fn::If: [E, {Fn::FindInMap: [M, k, {Ref: N}]}, no]}
Outputs:
  F: {Condition: G, Value: {Ref: H}, Description: 'a ${b}'}
";
        let expected = [
            "Conditions G",
            "Values H",
            "Conditions B",
            "Conditions C",
            "Conditions D",
            "Values P",
            "Conditions A",
            "Dependencies S",
            "Dependencies T",
            "Values U",
            "Values V",
            "Values O",
            "Conditions E",
            "Mappings M",
            "Values N",
            "Sub W",
            "Sub Y.Z",
            "Sub own",
            "Sub Q",
        ];
        assert_eq!(names(source), expected);
    }

    #[test]
    fn a_template_inside_a_template_has_names_of_its_own() {
        let source = "\
Resources:
  R:
    Properties:
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Resources: {A: {Properties: {B: {Ref: C}}}}
";
        assert_eq!(names(source), [""; 0]);
    }
}
