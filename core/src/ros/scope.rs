//! The names that a template declares.

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

/// The names of a template, by what they stand for.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    values: HashMap<&'a str, &'a Member>,
    parameters: HashMap<&'a str, &'a Member>,
    conditions: HashMap<&'a str, &'a Member>,
    mappings: HashMap<&'a str, &'a Member>,
    dependencies: HashMap<&'a str, &'a Member>,
    ordered: Vec<(Names, &'a str)>,
}

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

impl<'a> Scope<'a> {
    /// The names that `template` declares.
    pub fn of(template: Template<'a>) -> Scope<'a> {
        let mut scope = Scope {
            values: HashMap::new(),
            parameters: HashMap::new(),
            conditions: HashMap::new(),
            mappings: HashMap::new(),
            dependencies: HashMap::new(),
            ordered: Vec::new(),
        };
        let sections: [(&str, &[Names]); 5] = [
            ("Parameters", &[Names::Values, Names::Parameters]),
            ("Resources", &[Names::Values, Names::Dependencies]),
            ("Locals", &[Names::Values, Names::Dependencies]),
            ("Conditions", &[Names::Conditions]),
            ("Mappings", &[Names::Mappings]),
        ];
        for (section, kinds) in sections {
            for member in template.section(section) {
                for &kind in kinds {
                    scope.table_mut(kind).insert(&member.key, member);
                    scope.ordered.push((kind, &member.key));
                }
            }
        }
        scope
    }

    /// The declaration of `name`; what resources with a `Count` become (`Web[0]`) counts as their
    /// own name.
    pub fn get(&self, names: Names, name: &str) -> Option<&'a Member> {
        let base = name.split('[').next().unwrap_or(name);
        self.table(names).get(base).copied()
    }

    /// The names of a kind, in their order.
    pub fn names(&self, names: Names) -> impl Iterator<Item = &'a str> {
        self.ordered.iter().filter(move |(kind, _)| *kind == names).map(|(_, name)| *name)
    }

    fn table(&self, names: Names) -> &HashMap<&'a str, &'a Member> {
        match names {
            Names::Values => &self.values,
            Names::Parameters => &self.parameters,
            Names::Conditions => &self.conditions,
            Names::Mappings => &self.mappings,
            Names::Dependencies => &self.dependencies,
        }
    }

    fn table_mut(&mut self, names: Names) -> &mut HashMap<&'a str, &'a Member> {
        match names {
            Names::Values => &mut self.values,
            Names::Parameters => &mut self.parameters,
            Names::Conditions => &mut self.conditions,
            Names::Mappings => &mut self.mappings,
            Names::Dependencies => &mut self.dependencies,
        }
    }
}
