//! Reads `index.html` for the parts that the page is made of: the links that carry `data-trunk`.
//! trunk reads the same file; of its language we take what ours uses, and refuse the rest.

use crate::Failure;

/// One thing that a `data-trunk` link asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A binary of the web crate, to be compiled to WebAssembly.
    Binary { name: String },
    /// A file to put beside the page, here a style sheet to link to.
    Style { file: String },
    /// A file to put beside the page.
    File { file: String },
}

/// The parts that `html` asks for, and the page with the links resolved.
pub(crate) fn read(html: &str) -> Result<(Vec<Part>, String), Failure> {
    let mut parts = Vec::new();
    let mut page = String::new();
    for line in html.lines() {
        if !line.trim_start().starts_with("<link data-trunk") {
            if line.contains("data-trunk") {
                return Err(format!(
                    "index.html: a `data-trunk` link must begin its line: {}",
                    line.trim()
                )
                .into());
            }
            page.push_str(line);
            page.push('\n');
            continue;
        }
        let part = part(line)?;
        if let Part::Style { file } = &part {
            let indent = &line[..line.len() - line.trim_start().len()];
            page.push_str(&format!("{indent}<link rel=\"stylesheet\" href=\"{}\">\n", name(file)));
        }
        parts.push(part);
    }
    Ok((parts, page))
}

fn part(line: &str) -> Result<Part, Failure> {
    let wanted = |key: &str| {
        attribute(line, key)
            .map(str::to_owned)
            .ok_or_else(|| format!("index.html: `{key}` is missing in {}", line.trim()))
    };
    match attribute(line, "rel") {
        Some("rust") if attribute(line, "data-bindgen-target") == Some("no-modules") => {
            Ok(Part::Binary { name: wanted("data-bin")? })
        }
        Some("rust") => {
            Err(format!("index.html: the page's scripts are no modules: {}", line.trim()).into())
        }
        Some("css") => Ok(Part::Style { file: wanted("href")? }),
        Some("copy-file") => Ok(Part::File { file: wanted("href")? }),
        _ => Err(format!("index.html: xtask knows no such link: {}", line.trim()).into()),
    }
}

fn attribute<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!(" {key}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The last part of a path with slashes.
pub(crate) fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_for_trunk_become_parts_and_only_the_style_sheet_stays() {
        let html = "<head>\n  <link data-trunk rel=\"css\" href=\"web/style.css\">\n  \
                    <link data-trunk rel=\"rust\" href=\"web/Cargo.toml\" data-bin=\"page\" \
                    data-bindgen-target=\"no-modules\">\n</head>\n";
        let (parts, page) = read(html).unwrap();
        assert_eq!(
            parts,
            [
                Part::Style { file: "web/style.css".to_owned() },
                Part::Binary { name: "page".to_owned() }
            ]
        );
        assert_eq!(page, "<head>\n  <link rel=\"stylesheet\" href=\"style.css\">\n</head>\n");
    }

    #[test]
    fn a_link_that_only_trunk_understands_is_refused() {
        assert!(read("<link data-trunk rel=\"sass\" href=\"a.scss\">").is_err());
        assert!(read("<link data-trunk rel=\"rust\" data-bin=\"a\">").is_err());
        assert!(read("<p><link data-trunk rel=\"css\" href=\"a.css\"></p>").is_err());
    }

    #[test]
    fn our_own_index_is_understood() {
        let html = std::fs::read_to_string(crate::command::root().join("index.html")).unwrap();
        let (parts, page) = read(&html).unwrap();
        assert_eq!(parts.len(), 10);
        assert!(!page.contains("data-trunk"));
    }
}
