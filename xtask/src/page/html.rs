//! The little of HTML that the finishing step reads and writes: the part of `index.html` between
//! `<!-- parts -->` and `<!-- /parts -->`, and the tags in it that name a file.

use crate::Failure;

const START: &str = "<!-- parts -->";
const END: &str = "<!-- /parts -->";

/// `index.html`, cut at what names the parts.
pub(super) struct Region<'a> {
    pub(super) before: &'a str,
    pub(super) inside: &'a str,
    pub(super) after: &'a str,
}

impl<'a> Region<'a> {
    pub(super) fn of(html: &'a str) -> Result<Region<'a>, Failure> {
        let cut = html.split_once(START).and_then(|(before, rest)| {
            let (inside, after) = rest.split_once(END)?;
            Some(Region { before, inside, after })
        });
        cut.ok_or_else(|| format!("index.html needs `{START}` and `{END}`").into())
    }

    /// The page with something else there.
    pub(super) fn with(&self, inside: &str) -> String {
        format!("{}{START}{inside}{END}{}", self.before, self.after)
    }
}

/// What names the parts, each with its digest.
pub(super) struct References {
    pub(super) html: String,
    pub(super) names: Vec<String>,
}

/// Gives each tag that names a part the digest that it must have. What an earlier finishing wrote is
/// left out.
pub(super) fn with_integrity(
    html: &str,
    digest_of: impl Fn(&str) -> Option<String>,
) -> Result<References, Failure> {
    let mut out = String::new();
    let mut names = Vec::new();
    for line in html.lines() {
        // Trunk leaves the link to a program whose scripts it was not to write.
        if line.contains("type=\"application/json\"") || line.contains(" data-trunk ") {
            continue;
        }
        let Some((before, address, after)) = address(line) else {
            // Trunk leaves empty lines where its links were.
            if !line.trim().is_empty() {
                out.push_str(line);
                out.push('\n');
            }
            continue;
        };
        let name = address.trim_start_matches("./");
        let digest = digest_of(name)
            .ok_or_else(|| format!("index.html names {address}, which is not there"))?;
        let after = after
            .split_once("\" integrity=\"")
            .map_or(after, |(_, rest)| rest.find('"').map_or(rest, |end| &rest[end..]));
        out.push_str(&format!("{before}{name}\" integrity=\"{digest}{after}\n"));
        names.push(name.to_owned());
    }
    // The end mark stands where it stood.
    out.push_str("    ");
    Ok(References { html: out, names })
}

/// A line cut before and after the address that it names.
fn address(line: &str) -> Option<(&str, &str, &str)> {
    let key = [" src=\"", " href=\""].into_iter().find(|key| line.contains(key))?;
    let start = line.find(key)? + key.len();
    let end = start + line[start..].find('"')?;
    Some((&line[..start], &line[start..end], &line[end..]))
}

/// A script that is no script but data, on a line of its own.
pub(super) fn data_block(id: &str, json: &str) -> Result<String, Failure> {
    Ok(format!("<script type=\"application/json\" id=\"{id}\">{}</script>\n", inert(json)?))
}

/// `text` if it may stand inside of a script.
pub(super) fn inert(text: &str) -> Result<&str, Failure> {
    let lower = text.to_ascii_lowercase();
    match ["</script", "</style", "<!--"].into_iter().find(|words| lower.contains(words)) {
        Some(words) => Err(format!("`{words}` cannot stand inside of the single file").into()),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_that_is_named_gets_its_digest_in_place_of_an_older_one() {
        let html = "\n  <link rel=\"stylesheet\" href=\"./a.css\" />\n\n  \
            <link data-trunk rel=\"rust\" href=\"web/Cargo.toml\">\n  \
            <script defer src=\"b.js\" integrity=\"sha256-old\"></script>\n";
        let references = with_integrity(html, |name| Some(format!("of-{name}"))).unwrap();
        assert_eq!(
            references.html,
            "  <link rel=\"stylesheet\" href=\"a.css\" integrity=\"of-a.css\" />\n  \
             <script defer src=\"b.js\" integrity=\"of-b.js\"></script>\n    "
        );
        assert_eq!(references.names, ["a.css", "b.js"]);
        assert!(with_integrity(html, |_| None).is_err());
    }

    #[test]
    fn what_would_end_a_script_cannot_be_put_into_one() {
        assert!(inert("a < b").is_ok());
        assert!(inert("'</SCRIPT>'").is_err());
    }
}
