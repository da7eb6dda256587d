//! The variables of a Dockerfile as one may show them.

use crate::dockerfile::Variable;
use crate::redact::redact;
use crate::secret::is_secret;

/// A longer value is cut.
const LONGEST: usize = 80;

/// The value of `variable`, without its secrets.
pub(super) fn shown(name: &str, variable: &Variable) -> Option<String> {
    let value = variable.value.as_deref()?;
    if is_secret(name, value) {
        return Some("••••".to_owned());
    }
    let covered = redact(&format!("{name}={value}"));
    let value = covered.split_once('=').map_or("••••", |(_, value)| value);
    let end = value.char_indices().nth(LONGEST).map(|(at, _)| at);
    Some(end.map_or_else(|| value.to_owned(), |end| format!("{}…", &value[..end])))
}
