//! The grammar of image references, `[host[:port]/]path[:tag][@digest]`, as docker and the OCI
//! distribution specification have it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::{ReferenceError, ReferenceErrorKind, Registry, classify_host, template_range};

/// The registry that a reference without a host means.
pub const DEFAULT_HOST: &str = "docker.io";

/// The most bytes that a repository's path may have.
const LONGEST_PATH: usize = 255;
/// The most characters that a tag may have.
const LONGEST_TAG: usize = 128;

/// A reference that follows the grammar, and where its parts stand in its text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ImageReference {
    text: String,
    host: Option<Range<usize>>,
    path: Range<usize>,
    tag: Option<Range<usize>>,
    digest: Option<Range<usize>>,
}

/// Why a text is no [`ImageReference`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAReference {
    /// A template or a placeholder stands in it: it may become a reference, nobody can tell yet.
    Unknown {
        /// Where the template stands.
        template: Range<usize>,
        /// The registry's host, where it is complete before the template.
        host: Option<Range<usize>>,
    },
    /// It breaks the grammar.
    Wrong(ReferenceError),
}

/// Reads `text` as an image reference. Stops at the first mistake.
pub fn parse(text: &str) -> Result<ImageReference, NotAReference> {
    if let Some(template) = template_range(text) {
        let host = host_range(text).filter(|host| host.end < template.start);
        return Err(NotAReference::Unknown { template, host });
    }
    Parser { text }.reference().map_err(NotAReference::Wrong)
}

impl ImageReference {
    /// The reference as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The host with its port, where one is written.
    pub fn host(&self) -> Option<&str> {
        self.slice(self.host.as_ref())
    }

    /// The repository's path as it was written, without host, tag and digest.
    pub fn path(&self) -> &str {
        self.slice(Some(&self.path)).unwrap_or_default()
    }

    /// The tag, where one is written.
    pub fn tag(&self) -> Option<&str> {
        self.slice(self.tag.as_ref())
    }

    /// The digest with its algorithm, where one is written.
    pub fn digest(&self) -> Option<&str> {
        self.slice(self.digest.as_ref())
    }

    /// Where the host stands.
    pub fn host_range(&self) -> Option<Range<usize>> {
        self.host.clone()
    }

    /// Where the path stands.
    pub fn path_range(&self) -> Range<usize> {
        self.path.clone()
    }

    /// Where the tag stands, without its colon.
    pub fn tag_range(&self) -> Option<Range<usize>> {
        self.tag.clone()
    }

    /// Where the digest stands, without the `@`.
    pub fn digest_range(&self) -> Option<Range<usize>> {
        self.digest.clone()
    }

    /// Where host and path stand: all but tag and digest. A tag is to be inserted at its end.
    pub fn name_range(&self) -> Range<usize> {
        0..self.path.end
    }

    /// The host that is asked for the image: [`DEFAULT_HOST`] where none is written.
    pub fn registry_host(&self) -> &str {
        match self.host() {
            None | Some("index.docker.io") => DEFAULT_HOST,
            Some(host) => host,
        }
    }

    /// The path that is asked for: on Docker Hub, `library/` stands before a single name.
    pub fn repository(&self) -> Cow<'_, str> {
        if self.registry_host() == DEFAULT_HOST && !self.path().contains('/') {
            Cow::Owned(format!("library/{}", self.path()))
        } else {
            Cow::Borrowed(self.path())
        }
    }

    /// The reference in full, so that two spellings of one image are the same text:
    /// `nginx` is `docker.io/library/nginx:latest`.
    pub fn normalised(&self) -> String {
        let mut full = format!("{}/{}", self.registry_host(), self.repository());
        match (self.tag(), self.digest()) {
            (None, None) => full.push_str(":latest"),
            (tag, digest) => {
                for (mark, part) in [(':', tag), ('@', digest)] {
                    if let Some(part) = part {
                        full.push(mark);
                        full.push_str(part);
                    }
                }
            }
        }
        full
    }

    /// Which registry the image comes from. The region's range counts in this reference's text.
    pub fn registry(&self) -> Registry {
        let mut registry = classify_host(self.registry_host());
        // A region is only ever found in a host that is written, and that begins the text.
        if self.host.is_none() {
            registry.region = None;
        }
        registry
    }

    fn slice(&self, range: Option<&Range<usize>>) -> Option<&str> {
        self.text.get(range?.clone())
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImageReference({:?})", self.text)
    }
}

/// The bytes before the first slash, if docker takes them for a host.
fn host_range(text: &str) -> Option<Range<usize>> {
    let name = text.split('@').next()?;
    let (first, _) = name.split_once('/')?;
    let is_host = is_network_name(first) || first.bytes().any(|byte| byte.is_ascii_uppercase());
    is_host.then_some(0..first.len())
}

/// Whether a first part is a host for more than its upper-case letters.
fn is_network_name(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost"
}

struct Parser<'t> {
    text: &'t str,
}

type Parsed<T> = Result<T, ReferenceError>;

fn wrong<T>(kind: ReferenceErrorKind, range: Range<usize>) -> Parsed<T> {
    Err(ReferenceError { kind, range, corrected: None })
}

impl Parser<'_> {
    fn reference(&self) -> Parsed<ImageReference> {
        let text = self.text;
        self.check_outside()?;
        // From the end: the digest after the first `@`, the tag after the last colon that no slash
        // follows.
        let (name, digest) = match text.find('@') {
            Some(at) => (&text[..at], Some(at + 1..text.len())),
            None => (text, None),
        };
        let host = host_range(name);
        let start = host.as_ref().map_or(0, |host| host.end + 1);
        let colon = name[start..].find(':').map(|at| start + at);
        let path = start..colon.unwrap_or(name.len());
        let tag = colon.map(|colon| colon + 1..name.len());
        if let Some(host) = &host {
            self.check_host(host.clone())?;
        }
        self.check_path(path.clone(), host.is_some())?;
        if let Some(tag) = &tag {
            self.check_tag(tag.clone())?;
        }
        if let Some(digest) = &digest {
            self.check_digest(digest.clone())?;
        }
        let reference = ImageReference { text: text.to_owned(), host, path, tag, digest };
        // What Docker Hub adds to a single name counts, too.
        if reference.repository().len() > LONGEST_PATH {
            return wrong(ReferenceErrorKind::TooLong, reference.path_range());
        }
        Ok(reference)
    }

    /// What is wrong with the text before its parts are looked at.
    fn check_outside(&self) -> Parsed<()> {
        let text = self.text;
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return wrong(ReferenceErrorKind::Empty, 0..text.len());
        }
        if trimmed.len() != text.len() {
            let start = text.len() - text.trim_start().len();
            let range = if start > 0 { 0..start } else { trimmed.len()..text.len() };
            let corrected = Some(trimmed.to_owned());
            return Err(ReferenceError {
                kind: ReferenceErrorKind::SurroundingSpace,
                range,
                corrected,
            });
        }
        if let Some(at) = text.find("://") {
            let is_scheme = text[..at].bytes().all(|byte| byte.is_ascii_alphanumeric());
            if is_scheme {
                let range = 0..at + 3;
                // One scheme only: a text of nothing but schemes must not be read level by level.
                let rest = text.get(range.end..).filter(|rest| !rest.contains("://"));
                let corrected = rest.filter(|rest| parse(rest).is_ok());
                let corrected = corrected.map(str::to_owned);
                return Err(ReferenceError { kind: ReferenceErrorKind::Scheme, range, corrected });
            }
        }
        if let Some((at, space)) = text.char_indices().find(|(_, letter)| letter.is_whitespace()) {
            return wrong(ReferenceErrorKind::Space, at..at + space.len_utf8());
        }
        Ok(())
    }

    fn check_host(&self, range: Range<usize>) -> Parsed<()> {
        let whole = &self.text[range.clone()];
        if !is_network_name(whole) {
            // `Acme/app`: docker takes the first part for a host for its upper-case letters alone;
            // what was meant is a repository.
            let upper = whole.find(|letter: char| letter.is_ascii_uppercase()).unwrap_or_default();
            return self.upper_case(range.start + upper);
        }
        let (name, port) = match whole.strip_prefix('[') {
            // An IPv6 address in brackets.
            Some(rest) => match rest.split_once(']') {
                Some((address, port)) => {
                    let is_address = address.parse::<core::net::Ipv6Addr>().is_ok();
                    let is_port = port.is_empty() || port.starts_with(':');
                    if !is_address || !is_port {
                        return wrong(ReferenceErrorKind::Host, range);
                    }
                    ("localhost", port.strip_prefix(':'))
                }
                None => return wrong(ReferenceErrorKind::Host, range),
            },
            None => match whole.split_once(':') {
                Some((name, port)) => (name, Some(port)),
                None => (whole, None),
            },
        };
        let is_label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !name.split('.').all(is_label) {
            return wrong(ReferenceErrorKind::Host, range.start..range.start + name.len());
        }
        if let Some(port) = port {
            let is_digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
            if !is_digits || !port.parse::<u16>().is_ok_and(|port| port > 0) {
                return wrong(ReferenceErrorKind::Port, range.end - port.len()..range.end);
            }
        }
        Ok(())
    }

    fn check_path(&self, range: Range<usize>, has_host: bool) -> Parsed<()> {
        let path = &self.text[range.clone()];
        if path.is_empty() {
            let kind = if has_host {
                ReferenceErrorKind::NoRepository
            } else {
                ReferenceErrorKind::EmptyComponent
            };
            return wrong(kind, range);
        }
        let mut start = range.start;
        for component in path.split('/') {
            self.check_component(component, start)?;
            start += component.len() + 1;
        }
        if path.len() > LONGEST_PATH {
            return wrong(ReferenceErrorKind::TooLong, range);
        }
        let is_id = path.len() == 64 && path.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id && !has_host {
            return wrong(ReferenceErrorKind::ImageId, range);
        }
        Ok(())
    }

    fn check_component(&self, component: &str, start: usize) -> Parsed<()> {
        let end = start + component.len();
        if component.is_empty() {
            return wrong(ReferenceErrorKind::EmptyComponent, start..end);
        }
        let is_separator = |letter: char| matches!(letter, '.' | '_' | '-');
        let foreign = component.char_indices().find(|(_, letter)| {
            !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && !is_separator(*letter)
        });
        if let Some((at, letter)) = foreign {
            if letter.is_ascii_uppercase() {
                return self.upper_case(start + at);
            }
            let range = start + at..start + at + letter.len_utf8();
            return wrong(ReferenceErrorKind::Character(letter), range);
        }
        // Only ASCII from here on: runs of separators between runs of letters and digits.
        let mut run = 0..0;
        for (at, letter) in component.char_indices() {
            if is_separator(letter) {
                run.end = at + 1;
                continue;
            }
            self.check_separators(component, run.clone(), start)?;
            run = at + 1..at + 1;
        }
        if run.is_empty() { Ok(()) } else { self.separator(run, start) }
    }

    /// Between letters there may be `.`, `_`, `__` or any number of `-`.
    fn check_separators(&self, component: &str, run: Range<usize>, start: usize) -> Parsed<()> {
        let is_inside = run.start > 0;
        let separators = component.get(run.clone()).unwrap_or_default();
        let is_allowed = match separators {
            "" => true,
            "." | "_" | "__" => is_inside,
            _ => is_inside && separators.bytes().all(|byte| byte == b'-'),
        };
        if is_allowed { Ok(()) } else { self.separator(run, start) }
    }

    fn separator(&self, run: Range<usize>, start: usize) -> Parsed<()> {
        wrong(ReferenceErrorKind::Separator, start + run.start..start + run.end)
    }

    /// Points at the run of upper-case letters at `start`; offers the path in lower case.
    fn upper_case(&self, start: usize) -> Parsed<()> {
        let rest = &self.text[start..];
        let after = rest.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        let range = start..start + rest.len() - after.len();
        let host = host_range(self.text).filter(|host| is_network_name(&self.text[host.clone()]));
        let path_start = host.map_or(0, |host| host.end + 1);
        let path_end = self.text[start..].find([':', '@']).map_or(self.text.len(), |at| start + at);
        let corrected = format!(
            "{}{}{}",
            &self.text[..path_start],
            self.text[path_start..path_end].to_ascii_lowercase(),
            &self.text[path_end..]
        );
        let corrected = Some(corrected).filter(|mended| parse(mended).is_ok());
        Err(ReferenceError { kind: ReferenceErrorKind::UpperCase, range, corrected })
    }

    fn check_tag(&self, range: Range<usize>) -> Parsed<()> {
        let tag = &self.text[range.clone()];
        if tag.is_empty() {
            // The colon is what is too much.
            return Err(ReferenceError {
                kind: ReferenceErrorKind::EmptyTag,
                range: range.start - 1..range.end,
                corrected: None,
            });
        }
        let is_first = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let is_letter = |letter: char| is_first(letter) || matches!(letter, '.' | '-');
        let foreign = tag
            .char_indices()
            .find(|&(at, letter)| if at == 0 { !is_first(letter) } else { !is_letter(letter) });
        if let Some((at, letter)) = foreign {
            let start = range.start + at;
            return wrong(ReferenceErrorKind::Tag, start..start + letter.len_utf8());
        }
        if tag.len() > LONGEST_TAG {
            return wrong(ReferenceErrorKind::LongTag, range);
        }
        Ok(())
    }

    fn check_digest(&self, range: Range<usize>) -> Parsed<()> {
        let digest = &self.text[range.clone()];
        let Some((algorithm, hex)) = digest.split_once(':') else {
            return wrong(ReferenceErrorKind::Digest, range);
        };
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_right = match algorithm {
            "sha256" => hex.len() == 64 && hex.bytes().all(is_hex),
            "sha384" => hex.len() == 96 && hex.bytes().all(is_hex),
            "sha512" => hex.len() == 128 && hex.bytes().all(is_hex),
            // The grammar lets other algorithms pass; docker and containerd refuse them.
            _ => false,
        };
        if is_right { Ok(()) } else { wrong(ReferenceErrorKind::Digest, range) }
    }
}

#[cfg(test)]
mod tests;
