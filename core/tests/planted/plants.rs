//! Ways to put a secret into a text.

/// A text with a secret in it.
pub(crate) struct Planted {
    /// The text.
    pub(crate) text: String,
    /// What nobody may see of it, in lower case.
    pub(crate) core: &'static str,
}

/// Tokens that their form tells, each with what must not be seen of it.
const TOKENS: &[(&str, &str)] = &[
    ("ghp_Zq9aB3dEfGhIjKlMnOpQrStUvWxYz012345678", "zq9ab3de"),
    ("AKIAZQ9AB3DEFGHJKLMN", "zq9ab3de"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJacTlhQjNkRSJ9.Zq9aB3dEfGhIjKlMnOpQrSt", "zq9ab3de"),
    ("glpat-Zq9aB3dEfGhIjKlMnOpQ", "zq9ab3de"),
];

/// A value that nothing but its name tells.
const NEUTRAL: &str = "hunter2Zq9aB3dE";

/// `text` with a token in the place of each of its words, a text for each.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Planted> {
    // Behind a dollar stands a variable's name: what is planted there would be no token.
    let places = words(text).into_iter().filter(|&(start, _)| !text[..start].ends_with('$'));
    places.enumerate().map(move |(index, (start, end))| {
        let (token, core) = TOKENS[index % TOKENS.len()];
        Planted { text: format!("{}{token}{}", &text[..start], &text[end..]), core }
    })
}

/// Where the words of `text` stand.
fn words(text: &str) -> Vec<(usize, usize)> {
    let is_letter = |c: char| c.is_alphanumeric() || "_-./:@+".contains(c);
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_letter(character), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                words.push((begin, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// `text` with a secret's name and a neutral value in the place of each name and value, a text for
/// each: `NAME=value`, `--name value`, `"name": "value"`, `name: value`, `Name.1.Part=value`.
pub(crate) fn named(text: &str) -> Vec<Planted> {
    let mut planted = Vec::new();
    let mut put = |start: usize, end: usize, pair: String| {
        let text = format!("{}{pair}{}", &text[..start], &text[end..]);
        planted.push(Planted { text, core: "zq9ab3de" });
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        for (start, end) in words(body) {
            let word = &body[start..end];
            let rest = &body[end..];
            let value = |rest: &str| words(rest).first().map(|&(_, to)| to).unwrap_or_default();
            let is_quoted = body[..start].ends_with('"') && rest.starts_with('"');
            if let Some(behind) = rest.strip_prefix("\": \"").or(rest.strip_prefix("\":\"")) {
                let sign = rest.len() - behind.len();
                if let Some(to) = behind.find('"').filter(|_| body[..start].ends_with('"')) {
                    let pair = format!("password{}{NEUTRAL}", &rest[..sign]);
                    put(at + start, at + end + sign + to, pair);
                }
            } else if word.starts_with("--") && is_quoted && rest.starts_with("\", \"") {
                let to = rest[4..].find('"').unwrap_or_default();
                put(at + start, at + end + 4 + to, format!("--password\", \"{NEUTRAL}"));
            } else if word.starts_with("--") && rest.starts_with([' ', '=']) {
                let to = value(rest);
                if to > 0 && !rest[1..].starts_with(['-', '\\', '&', '|', '$']) {
                    put(at + start, at + end + to, format!("--password{}{NEUTRAL}", &rest[..1]));
                }
            } else if rest.starts_with('=') && !rest.starts_with("==") {
                let to = value(rest);
                let is_value = rest[1..].starts_with(|c: char| c.is_alphanumeric());
                if to > 0 && is_value && !body[..start].ends_with(['$', '{']) {
                    let name = match word.rsplit_once('.') {
                        Some((group, _)) if group.contains(".1") => format!("{group}.Password"),
                        _ => "DB_PASSWORD".to_owned(),
                    };
                    put(at + start, at + end + to, format!("{name}={NEUTRAL}"));
                }
            } else if let Some(key) = word.strip_suffix(':')
                && body[..start].trim_matches([' ', '-']).is_empty()
                && rest.starts_with(' ')
                && rest.trim_start().starts_with(|c: char| c.is_alphanumeric())
                && !key.is_empty()
            {
                put(at + start, at + body.len(), format!("password: {NEUTRAL}"));
            }
        }
        at += line.len();
    }
    planted
}
