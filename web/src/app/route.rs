//! The addresses of the page's parts: `#check`, `#rules/eas/port-reserved`. Pure.

/// A part of the page with an address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Documents and what is found in them.
    Check,
    /// An image archive.
    Image,
    /// Logins.
    Credentials,
    /// The rules; one of them, by its id, or none.
    Rules(String),
}

impl Route {
    /// The part that the fragment of an address names: the first one where it names none.
    pub fn of(fragment: &str) -> Route {
        let fragment = fragment.trim_start_matches('#');
        let (part, rest) = fragment.split_once('/').unwrap_or((fragment, ""));
        match part {
            "image" => Route::Image,
            "credentials" => Route::Credentials,
            "rules" => Route::Rules(rest.to_owned()),
            _ => Route::Check,
        }
    }

    /// The fragment that names it.
    pub fn fragment(&self) -> String {
        match self {
            Route::Check => "#check".to_owned(),
            Route::Image => "#image".to_owned(),
            Route::Credentials => "#credentials".to_owned(),
            Route::Rules(rule) if rule.is_empty() => "#rules".to_owned(),
            Route::Rules(rule) => format!("#rules/{rule}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn each_part_has_an_address() {
        let rule = Route::Rules("eas/port-reserved".to_owned());
        for route in
            [Route::Check, Route::Image, Route::Credentials, Route::Rules(String::new()), rule]
        {
            assert_eq!(Route::of(&route.fragment()), route);
        }
        assert_eq!(Route::of(""), Route::Check);
        assert_eq!(Route::of("#elsewhere/x"), Route::Check);
    }
}
