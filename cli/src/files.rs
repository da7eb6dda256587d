//! All reading and writing of files. Every error names its path and the reason.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use plimsoll::text::{Lang, Source, text};
use plimsoll::{Kind, OpenError, Project};

use crate::archives;
use crate::args::Selection;
use crate::commands::image;
use crate::output::Problem;

/// A project from the paths of the command line, and what could not be read.
pub(crate) struct Opened {
    pub(crate) project: Project,
    pub(crate) problems: Vec<Problem>,
}

/// Opens everything that `selection` names.
pub(crate) fn open(selection: &Selection, lang: Lang) -> Opened {
    let mut opened = Opened { project: Project::new(), problems: Vec::new() };
    for path in &selection.paths {
        if path.as_os_str() == "-" {
            opened.open_stdin(selection);
        } else if is_image(path, selection.kind) {
            opened.open_image(path, lang);
        } else if path.is_dir() {
            opened.open_folder(path, selection.kind, lang);
        } else {
            opened.open_named(path, selection.kind);
        }
    }
    opened
}

/// Opens every document in `folder`.
pub(crate) fn open_folder(folder: &Path, lang: Lang) -> Opened {
    let mut opened = Opened { project: Project::new(), problems: Vec::new() };
    opened.open_folder(folder, None, lang);
    opened
}

/// Whether a path that was named is an image archive or layout.
fn is_image(path: &Path, kind: Option<Kind>) -> bool {
    match kind {
        Some(kind) => kind == Kind::Image,
        None if path.is_dir() => archives::is_layout(path),
        None => archives::is_archive(path) || archives::is_archive_name(path),
    }
}

impl Opened {
    fn open_image(&mut self, path: &Path, lang: Lang) {
        let name = display(path);
        let added = image::facts(path, &name, lang).and_then(|(facts, trouble)| {
            // What was read up to there is checked all the same.
            self.problems.extend(trouble);
            self.project.add_image(&name, facts.into()).map_err(|error| refused(&name, &error))
        });
        if let Err(problem) = added {
            self.problems.push(problem);
        }
    }

    fn open_stdin(&mut self, selection: &Selection) {
        let name = selection.stdin_filename.as_deref().unwrap_or("-");
        let mut stdin = io::stdin().lock();
        if stdin.fill_buf().is_ok_and(archives::begins_archive) {
            let message = text(
                "this is an archive, which cannot be read from standard input",
                "这是归档，无法从标准输入读取",
            );
            let help = text(
                "name the file: `plimsoll check image.tar`",
                "请指定文件：`plimsoll check image.tar`",
            );
            self.problems.push(Problem::new(name, message, help));
            return;
        }
        match read_limited(stdin, 0) {
            Ok(bytes) => {
                if let Err(error) = self.project.open(name, bytes, selection.kind) {
                    self.problems.push(refused(name, &error));
                }
            }
            Err(error) => self.problems.push(Problem::io(name, &error)),
        }
    }

    /// A file that was named: whatever is wrong with it is the user's to know.
    fn open_named(&mut self, path: &Path, kind: Option<Kind>) {
        let name = display(path);
        match read(path) {
            Ok(bytes) => match self.project.open(&name, bytes, kind) {
                Ok(id) if self.project.document(id).kind == Kind::Dockerfile => {
                    self.open_context(path);
                }
                Ok(_) => {}
                Err(error) => self.problems.push(refused(&name, &error)),
            },
            Err(error) => self.problems.push(error.problem(&name)),
        }
    }

    /// What lies around a Dockerfile that was named: the build context, as it is most often, and
    /// its ignore files.
    fn open_context(&mut self, dockerfile: &Path) {
        let folder = match dockerfile.parent() {
            Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
            Some(folder) => folder,
            None => return,
        };
        let name = dockerfile.file_name().unwrap_or_default().to_string_lossy();
        for ignore in [format!("{name}.dockerignore"), ".dockerignore".to_owned()] {
            let path = folder.join(ignore);
            let shown = display(&path);
            if path.is_file()
                && self.project.at_path(&shown).is_none()
                && let Ok(bytes) = read(&path)
            {
                // It was not named: what is wrong with it is not asked.
                let _ = self.project.open(&shown, bytes, Some(Kind::DockerIgnore));
            }
        }
        self.list_context(folder);
    }

    /// Tells the project which files the folder holds, if they are not too many.
    fn list_context(&mut self, folder: &Path) {
        let mut files = Vec::new();
        if list(folder, "", &mut files).is_some() {
            let shown = display(folder);
            self.project.set_context(if shown == "." { "" } else { &shown }, files);
        }
    }

    /// A folder: files that are no document of ours are passed over.
    fn open_folder(&mut self, folder: &Path, kind: Option<Kind>, lang: Lang) {
        let before = self.project.documents().len() + self.problems.len();
        let mut paths = Vec::new();
        walk(folder, &mut paths, &mut self.problems);
        paths.sort();
        for path in paths {
            let name = display(&path);
            if archives::is_archive_name(&path) {
                // An archive of something else is none of ours.
                if kind.is_none() && archives::holds_images(&path) {
                    self.open_image(&path, lang);
                }
                continue;
            }
            match read(&path) {
                Ok(bytes) => match self.project.open(&name, bytes, kind) {
                    Ok(_) | Err(OpenError::UnknownKind) => {}
                    Err(_) if !is_surely_ours(&path) => {}
                    Err(error) => self.problems.push(refused(&name, &error)),
                },
                Err(ReadError::Refused(_)) if !is_surely_ours(&path) => {}
                Err(error) => self.problems.push(error.problem(&name)),
            }
        }
        let is_context = fs::read_dir(folder).is_ok_and(|mut entries| {
            entries.any(|entry| {
                entry.is_ok_and(|one| {
                    plimsoll::detect(&display(&one.path()), "") == Some(Kind::Dockerfile)
                })
            })
        });
        if is_context {
            self.list_context(folder);
        }
        if self.project.documents().len() + self.problems.len() == before {
            self.problems.push(Problem::new(
                &display(folder),
                text("there is nothing to check in this folder", "该文件夹中没有可检查的内容"),
                text(
                    "name a Dockerfile, a service JSON, a config.json, a template or a request",
                    "请指定 Dockerfile、服务 JSON、config.json、模板或请求",
                ),
            ));
        }
    }
}

/// More files than this are no longer worth the time to list.
const MOST_LISTED: usize = 50_000;

/// The deepest folder that is looked into.
const MOST_DEEP: usize = 64;

/// The files below `folder`, each with `prefix` before its name; `None` where they are too many or
/// cannot all be listed. Links are files: they are not followed. Of `.git` only the name is told.
fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Option<()> {
    if prefix.matches('/').count() > MOST_DEEP {
        return None;
    }
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let is_folder = entry.file_type().ok()?.is_dir();
        if is_folder && entry.file_name() != ".git" {
            list(&entry.path(), &format!("{name}/"), files)?;
            // An empty folder is there too.
            files.push(format!("{name}/"));
        } else {
            files.push(name);
        }
        if files.len() > MOST_LISTED {
            return None;
        }
    }
    Some(())
}

/// Folders that never hold a user's own documents.
const PASSED_OVER: &[&str] = &["node_modules", "target", "dist", "venv", "__pycache__", "vendor"];

fn walk(folder: &Path, paths: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::io(&display(folder), &error));
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // `file_type` does not follow links: a link to a folder above would never end.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            // Compute Nest's command line keeps its files in a hidden folder.
            if (!name.starts_with('.') || name == ".computenest") && !PASSED_OVER.contains(&&*name)
            {
                walk(&path, paths, problems);
            }
        } else if may_be_ours(&path) && (kind.is_file() || path.is_file()) {
            paths.push(path);
        }
    }
}

/// Whether a walk looks into the file at all.
fn may_be_ours(path: &Path) -> bool {
    let is_tree = |ending: &OsStr| ending == "json" || ending == "yaml" || ending == "yml";
    is_surely_ours(path) || path.extension().is_some_and(is_tree) || archives::is_archive_name(path)
}

/// Whether the name alone makes it a document.
fn is_surely_ours(path: &Path) -> bool {
    plimsoll::detect(&display(path), "").is_some()
}

fn refused(name: &str, error: &OpenError) -> Problem {
    let help = match error {
        OpenError::UnknownKind => text(
            "say it with `--kind`: `dockerfile`, `shell`, `eas-service`, `ros-template`, `kubernetes` … (`--help` lists all)",
            "请用 `--kind` 指明：`dockerfile`、`shell`、`eas-service`、`ros-template`、`kubernetes` 等（见 `--help`）",
        ),
        OpenError::NotUtf8 { .. } => text("save it as UTF-8", "请另存为 UTF-8"),
        _ => text("", ""),
    };
    Problem::of(name, error.message(), help)
}

/// The path as reports write it: with `/`, without a leading `./`.
fn display(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    match text.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => text,
    }
}

/// Why a file's bytes could not be had.
enum ReadError {
    Io(io::Error),
    Refused(OpenError),
}

impl ReadError {
    fn problem(&self, name: &str) -> Problem {
        match self {
            ReadError::Io(error) => Problem::io(name, error),
            ReadError::Refused(error) => refused(name, error),
        }
    }
}

/// The bytes of a file. A file larger than a document may be is not read at all.
fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let file = fs::File::open(path).map_err(ReadError::Io)?;
    let size = file.metadata().map_err(ReadError::Io)?.len();
    let bytes = usize::try_from(size).unwrap_or(usize::MAX);
    if bytes > Source::MAX_BYTES {
        return Err(ReadError::Refused(OpenError::TooLarge { bytes }));
    }
    read_limited(file, bytes).map_err(ReadError::Io)
}

/// Reads all, which is `expected` bytes or so: one read instead of many small ones.
fn read_limited(reader: impl Read, expected: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected + 1);
    reader.take(Source::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Replaces the file at `path` by `text` wholly or not at all: a temporary file beside it is
/// written, flushed to the disk and renamed. Permissions stay; a link is followed.
pub(crate) fn write_atomically(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().unwrap_or(Path::new("."));
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".{name}.plimsoll-{}", std::process::id()));
    let result = (|| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        file.write_all(text.as_bytes())?;
        if let Ok(metadata) = fs::metadata(&target) {
            file.set_permissions(metadata.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&temporary, &target)
    })();
    if result.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    result
}

/// Writes a report: wholly or not at all where a file stands already, else as a new file.
pub(crate) fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if path.is_file() { write_atomically(path, text) } else { fs::write(path, text) }
}

/// All of a file or of standard input, for a credential: at most 1 MiB.
pub(crate) fn read_text(path: Option<&Path>) -> io::Result<String> {
    const MOST: u64 = 1024 * 1024;
    let mut bytes = Vec::new();
    match path.filter(|path| path.as_os_str() != "-") {
        Some(path) => fs::File::open(path)?.take(MOST).read_to_end(&mut bytes)?,
        None => io::stdin().lock().take(MOST).read_to_end(&mut bytes)?,
    };
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "this is not UTF-8"))
}
