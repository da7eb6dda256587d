//! Repositories as ADD takes them: `https://host/a.git#branch:folder`, `git@host:a/b.git?tag=v1`.

use crate::text::file_name;

/// A git repository and what of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitRef {
    /// The repository, without query and fragment.
    pub remote: String,
    /// The name of its folder.
    pub short_name: String,
    /// A branch, tag or commit; empty if none is given.
    pub reference: String,
    /// The commit that it must be; empty if none is given.
    pub checksum: String,
    /// A folder inside; empty if none is given.
    pub folder: String,
    /// Whether it might be a path as well: `github.com/a/b`.
    pub is_like_path: bool,
    /// Whether it comes over an open connection: `http:`, `git:`.
    pub is_unencrypted: bool,
    /// `keep-git-dir=`
    pub keeps_git_folder: Option<bool>,
    /// `submodules=`
    pub submodules: Option<bool>,
    /// `mtime=`; empty if none is given.
    pub mtime: String,
    /// `fetch-by-commit=`
    pub fetches_by_commit: bool,
}

/// A git repository whose query the builder refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitRefError {
    /// A name that has no meaning here.
    Unexpected(String),
    /// A name without value.
    NoValue(String),
    /// A name that is given twice.
    Twice(String),
    /// A value that the name does not take.
    Value(String),
    /// Two names that say different things.
    Conflict(String),
}

impl GitRef {
    /// Reads a source of ADD as a git repository; `None` if it is none.
    ///
    /// # Errors
    /// It is one, but its query is refused.
    pub fn parse(source: &str) -> Result<Option<GitRef>, GitRefError> {
        if source.starts_with("./") || source.starts_with("../") {
            return Ok(None);
        }
        let is_like_path = source.starts_with("github.com/");
        let parts = if is_like_path {
            url("https", source)
        } else if let Some((scheme, rest)) = scheme(source) {
            let scheme = scheme.to_ascii_lowercase();
            if !matches!(scheme.as_str(), "http" | "https" | "ssh" | "git") {
                return Ok(None);
            }
            url(&scheme, rest)
        } else {
            scp(source)
        };
        let Some(parts) = parts else { return Ok(None) };
        let is_http = matches!(parts.scheme.as_str(), "http" | "https");
        if is_http && !is_like_path && !parts.path.ends_with(".git") {
            return Ok(None);
        }
        let (reference, folder) = parts.fragment.split_once(':').unwrap_or((&parts.fragment, ""));
        let remote = match parts.remote.split_once("://") {
            Some((_, bare)) if is_like_path => bare.to_owned(),
            _ => parts.remote,
        };
        let last = file_name(&remote);
        let mut found = GitRef {
            short_name: last.strip_suffix(".git").unwrap_or(last).to_owned(),
            reference: reference.to_owned(),
            folder: clean(folder),
            is_like_path,
            is_unencrypted: matches!(parts.scheme.as_str(), "http" | "git") && !is_like_path,
            remote,
            ..GitRef::default()
        };
        found.query(&parts.query)?;
        Ok(Some(found))
    }

    /// The repository with what of it as a fragment.
    pub fn fragment_form(&self, with_folder: bool) -> String {
        let folder = if with_folder { clean(&self.folder) } else { String::new() };
        match (self.reference.is_empty(), folder.is_empty()) {
            (true, true) => self.remote.clone(),
            (false, true) => format!("{}#{}", self.remote, self.reference),
            (_, false) => format!("{}#{}:{folder}", self.remote, self.reference),
        }
    }

    fn query(&mut self, query: &str) -> Result<(), GitRefError> {
        let mut seen: Vec<String> = Vec::new();
        let (mut tag, mut branch) = (String::new(), String::new());
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (decode(name), decode(value));
            if seen.contains(&name) {
                return Err(GitRefError::Twice(name));
            }
            let truth = match value.as_str() {
                "" => Some(true),
                letters if super::mount::is_bool(letters) => {
                    Some(letters.starts_with(['1', 't', 'T']))
                }
                _ => None,
            };
            let is_truth =
                matches!(name.as_str(), "submodules" | "keep-git-dir" | "fetch-by-commit");
            if is_truth && truth.is_none() {
                return Err(GitRefError::Value(name));
            }
            if value.is_empty() && !is_truth {
                return Err(GitRefError::NoValue(name));
            }
            match name.as_str() {
                "ref" => agree(&mut self.reference, value, &name)?,
                "subdir" => agree(&mut self.folder, value, &name)?,
                "tag" => tag = full(&value, "refs/tags/"),
                "branch" => branch = full(&value, "refs/heads/"),
                "checksum" | "commit" => self.checksum = value,
                "keep-git-dir" => self.keeps_git_folder = truth,
                "submodules" => self.submodules = truth,
                "fetch-by-commit" => self.fetches_by_commit = truth == Some(true),
                "mtime" if matches!(value.as_str(), "checkout" | "commit") => self.mtime = value,
                "mtime" => return Err(GitRefError::Value(name)),
                _ => return Err(GitRefError::Unexpected(name)),
            }
            seen.push(name);
        }
        let has_tag = !tag.is_empty();
        if has_tag {
            agree(&mut self.reference, tag, "tag")?;
        }
        if !branch.is_empty() {
            if has_tag {
                return Err(GitRefError::Conflict("branch".to_owned()));
            }
            agree(&mut self.reference, branch, "branch")?;
        }
        Ok(())
    }
}

/// Sets `slot`, unless it says something else already.
fn agree(slot: &mut String, value: String, name: &str) -> Result<(), GitRefError> {
    if !slot.is_empty() && *slot != value {
        return Err(GitRefError::Conflict(name.to_owned()));
    }
    *slot = value;
    Ok(())
}

fn full(name: &str, prefix: &str) -> String {
    if name.starts_with(prefix) { name.to_owned() } else { format!("{prefix}{name}") }
}

struct Parts {
    scheme: String,
    remote: String,
    path: String,
    query: String,
    fragment: String,
}

/// `https://rest`: the scheme and the rest.
fn scheme(source: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = source.split_once("://")?;
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_scheme.then_some((scheme, rest))
}

fn url(scheme: &str, rest: &str) -> Option<Parts> {
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (bare, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = bare.split_at(bare.find('/').unwrap_or(bare.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let port = match host.rsplit_once(']') {
        Some((_, behind)) => behind.strip_prefix(':'),
        None => host.split_once(':').map(|(_, port)| port),
    };
    let is_odd = |character: char| character.is_control() || character == ' ';
    if port.is_some_and(|port| !port.bytes().all(|byte| byte.is_ascii_digit()))
        || bare.contains(is_odd)
    {
        return None;
    }
    Some(Parts {
        scheme: scheme.to_owned(),
        remote: format!("{scheme}://{bare}"),
        path: decode_path(path),
        query: query.to_owned(),
        fragment: decode_path(fragment),
    })
}

/// `user@host:path?query#fragment`
fn scp(source: &str) -> Option<Parts> {
    let (user, rest) = source.split_once('@')?;
    let (host, rest) = rest.split_once(':')?;
    let is_name = |text: &str, also: char| {
        !text.is_empty()
            && text.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || byte == b'-' || char::from(byte) == also
            })
    };
    if !is_name(user, '_') || !is_name(host, '.') {
        return None;
    }
    let (bare, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = bare.split_once('?').unwrap_or((bare, ""));
    Some(Parts {
        scheme: "ssh".to_owned(),
        remote: format!("{user}@{host}:{path}"),
        path: path.to_owned(),
        query: query.to_owned(),
        fragment: fragment.to_owned(),
    })
}

/// A path without `.`, `..`, doubled and outer slashes.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn decode(text: &str) -> String {
    decode_path(&text.replace('+', " "))
}

/// `%20` and the like; what is none stays.
fn decode_path(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        let code = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                bytes.nth(1);
            }
            None => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
