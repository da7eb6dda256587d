//! What page and worker say to each other, as JSON text. Knows neither of the two.

use serde::{Deserialize, Serialize};

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Ask {
    /// Is anybody there?
    Hello,
}

/// What the worker tells the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tell", rename_all = "kebab-case")]
pub enum Tell {
    /// The worker runs.
    Ready {
        /// The version of the checker.
        version: String,
    },
    /// The worker could not read what it was asked.
    Misunderstood {
        /// Why, for the developer.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_tagged_json() {
        assert_eq!(serde_json::to_string(&Ask::Hello).unwrap(), r#"{"ask":"hello"}"#);
    }
}
