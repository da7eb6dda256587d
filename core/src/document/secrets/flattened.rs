//! Secrets among the parameters of a flat request.

use std::collections::{BTreeMap, HashMap};

use super::Found;
use super::words::{self, Word};
use crate::flattened::Flattened;
use crate::secret::{Dollar, hides_value};
use crate::text::MappedText;

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
    arguments(request, found);
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

/// `Container.1.Arg.1`, `Container.1.Arg.2`, …: the words of one command, `Command` before `Arg`.
fn arguments(request: &Flattened, found: &mut Found<'_>) {
    let mut lines: BTreeMap<&str, Vec<(bool, usize, &MappedText)>> = BTreeMap::new();
    for parameter in &request.parameters {
        let Some((list, number)) = parameter.key.rsplit_once('.') else { continue };
        let Some((owner, last)) = list.rsplit_once('.') else { continue };
        let is_arg = last.eq_ignore_ascii_case("arg");
        if let Ok(number) = number.parse()
            && (is_arg || last.eq_ignore_ascii_case("command"))
        {
            lines.entry(owner).or_default().push((is_arg, number, &parameter.value));
        }
    }
    for mut words in lines.into_values() {
        words.sort_by_key(|&(is_arg, number, _)| (is_arg, number));
        let word = |text: &MappedText| Word { text: text.clone(), dollar: Dollar::Letter };
        let words: Vec<Word> = words.into_iter().map(|(_, _, text)| word(text)).collect();
        words::read(&words, &[], found);
    }
}
