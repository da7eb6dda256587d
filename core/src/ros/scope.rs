//! The names that a template declares.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::Template;
use crate::tree::Member;

/// What is defined without being declared, after `ALIYUN::`.
pub const PSEUDO_PARAMETERS: &[&str] = &[
    "ALIYUN::StackId",
    "ALIYUN::StackName",
    "ALIYUN::Region",
    "ALIYUN::AccountId",
    "ALIYUN::TenantId",
    "ALIYUN::ResourceGroupId",
    "ALIYUN::NoValue",
    "ALIYUN::Index",
    "ALIYUN::Partition",
];

/// The names of a template, by what they stand for; each kind is looked up when first asked for.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    template: Template<'a>,
    tables: [OnceCell<Table<'a>>; 5],
}

type Table<'a> = HashMap<&'a str, &'a Member>;

/// A kind of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// What `Ref`, `Fn::GetAtt` and `Fn::Sub` may name: parameters, resources, local values.
    Values,
    /// Parameters.
    Parameters,
    /// Conditions.
    Conditions,
    /// Mappings.
    Mappings,
    /// What a resource may wait for: resources, local values.
    Dependencies,
}

impl Names {
    /// The sections that declare them.
    fn sections(self) -> &'static [&'static str] {
        match self {
            Names::Values => &["Parameters", "Resources", "Locals"],
            Names::Parameters => &["Parameters"],
            Names::Conditions => &["Conditions"],
            Names::Mappings => &["Mappings"],
            Names::Dependencies => &["Resources", "Locals"],
        }
    }
}

impl<'a> Scope<'a> {
    /// The names that `template` declares.
    pub fn of(template: Template<'a>) -> Scope<'a> {
        Scope { template, tables: Default::default() }
    }

    /// The declaration of `name`; what resources with a `Count` become (`Web[0]`) counts as their
    /// own name.
    pub fn get(&self, names: Names, name: &str) -> Option<&'a Member> {
        let base = name.split('[').next().unwrap_or(name);
        let members = || self.members(names).map(|member| (member.key.as_str(), member));
        let table = self.tables.get(names as usize)?;
        table.get_or_init(|| members().collect()).get(base).copied()
    }

    /// The names of a kind, in their order.
    pub fn names(&self, names: Names) -> impl Iterator<Item = &'a str> + use<'a> {
        self.members(names).map(|member| member.key.as_str())
    }

    fn members(&self, names: Names) -> impl Iterator<Item = &'a Member> + use<'a> {
        let template = self.template;
        names.sections().iter().flat_map(move |section| template.section(section))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::yaml;

    #[test]
    fn names_are_found_by_what_they_stand_for() {
        let source =
            "Parameters: {A: {}}\nResources: {B: {}}\nLocals: {C: {}}\nConditions: {D: {}}\n";
        let root = yaml::parse(source).documents.remove(0);
        let scope = Scope::of(Template::of(&root));
        assert_eq!(scope.names(Names::Values).collect::<Vec<_>>(), ["A", "B", "C"]);
        assert!(scope.get(Names::Values, "B[0]").is_some());
        assert!(scope.get(Names::Dependencies, "A").is_none());
        assert!(scope.get(Names::Conditions, "D").is_some());
        assert!(scope.get(Names::Mappings, "D").is_none());
    }
}
