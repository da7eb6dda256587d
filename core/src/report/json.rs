//! The report as the contract's JSON.

use super::Report;

/// The report as JSON, two spaces of indentation, with a newline at the end.
pub fn write(report: &Report) -> String {
    // Only maps with string keys, strings and numbers: serialisation has nothing to fail on.
    let mut json = serde_json::to_string_pretty(report).unwrap_or_default();
    json.push('\n');
    json
}
