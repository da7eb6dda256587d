//! Secrets among the parameters of a flat request.

use std::collections::HashMap;

use super::Found;
use crate::flattened::Flattened;
use crate::secret::{Dollar, hides_value};

/// Adds the values of parameters that tell of a secret, and of pairs such as `EnvironmentVar.1.Key`
/// and `EnvironmentVar.1.Value`.
pub(super) fn read(request: &Flattened, found: &mut Found<'_>) {
    let mut owners: HashMap<&str, bool> = HashMap::new();
    for parameter in &request.parameters {
        if let Some((owner, last)) = parameter.key.rsplit_once('.')
            && ["key", "name"].iter().any(|key| last.eq_ignore_ascii_case(key))
        {
            owners.insert(owner, hides_value(parameter.value.text()));
        }
    }
    for parameter in &request.parameters {
        let pair = parameter.key.rsplit_once('.');
        let is_value = pair.is_some_and(|(owner, last)| {
            last.eq_ignore_ascii_case("value") && owners.get(owner) == Some(&true)
        });
        if is_value || hides_value(&parameter.key) {
            found.hide(&parameter.value, Dollar::Letter);
        } else {
            found.net(&parameter.value);
        }
    }
}
