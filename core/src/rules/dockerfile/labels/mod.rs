//! Rules on labels. All but the one on keys are silent until a `schema` says what labels an image
//! must have and of what kind they are.

use crate::rule::Rule;

mod key;
mod kinds;
mod licence_list;
mod licences;
mod missing;
mod schema;
mod values;

pub(super) static RULES: &[&Rule] = &[
    &key::RULE,
    &missing::MISSING,
    &missing::SUPERFLUOUS,
    &values::EMPTY,
    &values::URL,
    &values::TIME,
    &values::LICENCE,
    &values::COMMIT,
    &values::VERSION,
    &values::EMAIL,
];
