//! `set -euo pipefail`: options of the shell that change what a failing command does.

use crate::shell::Position;

/// Reads the arguments of `set`, or the flags of a `#!` line.
pub(super) fn apply(arguments: &[&str], place: &mut Position) {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let is_on = argument.starts_with('-');
        let flags = match argument.strip_prefix(['-', '+']) {
            Some(flags) if !flags.is_empty() && !flags.starts_with('-') => flags,
            _ => return,
        };
        if flags.contains('e') {
            place.has_errexit = is_on;
        }
        if flags.contains('o') {
            match arguments.next() {
                Some(&"errexit") => place.has_errexit = is_on,
                Some(&"pipefail") => place.has_pipefail = is_on,
                _ => {}
            }
        }
    }
}
