//! All reading and writing of files. Every error names its path and the reason.

mod name;
mod origin;
mod read;
mod stream;
mod walk;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

use plimsoll::text::{Lang, text};
use plimsoll::{Kind, OpenError, Project};

pub(crate) use self::name::display;
use self::origin::real;
pub(crate) use self::origin::{Origin, Origins};
pub(crate) use self::read::read_text;
use self::read::{ReadError, read};
pub(crate) use self::stream::is_stream;
use self::walk::{Met, is_surely_ours, list, walk};
pub(crate) use self::write::{Writer, Written, write_new};

use crate::archives;
use crate::args::Selection;
use crate::commands::image;
use crate::output::Problem;

/// A project from the paths of the command line, and what could not be read.
pub(crate) struct Opened {
    pub(crate) project: Project,
    pub(crate) problems: Vec<Problem>,
    /// Where each document came from.
    pub(crate) origins: Origins,
}

/// Opens everything that `selection` names.
pub(crate) fn open(selection: &Selection, lang: Lang) -> Opened {
    let mut opened = Opened::empty();
    for path in &selection.paths {
        if path.as_os_str() == "-" {
            let name = selection.stdin_filename.as_deref().unwrap_or("-");
            opened.open_stream(path, name.to_owned(), selection.kind);
        } else if is_stream(path) {
            opened.open_stream(path, display(path), selection.kind);
        } else if is_image(path, selection.kind) {
            opened.open_image(path, real(path), lang);
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
    let mut opened = Opened::empty();
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
    fn empty() -> Opened {
        Opened { project: Project::new(), problems: Vec::new(), origins: Origins::default() }
    }

    /// An archive at `path`, which is `real` without links.
    fn open_image(&mut self, path: &Path, real: PathBuf, lang: Lang) {
        let Some(name) = self.origins.name_for(path, &real) else { return };
        self.origins.add(&name, path, real, true);
        let added = image::facts(path, &name, lang).and_then(|(facts, trouble)| {
            // What was read up to there is checked all the same.
            self.problems.extend(trouble);
            self.project.add_image(&name, facts.into()).map_err(|error| refused(&name, &error))
        });
        if let Err(problem) = added {
            self.problems.push(problem);
        }
    }

    /// Standard input, a pipe or a device, which is opened once.
    fn open_stream(&mut self, path: &Path, name: String, kind: Option<Kind>) {
        // Nobody writes to a pipe twice.
        if self.origins.of(&name).is_some() {
            return;
        }
        self.origins.add_stream(&name);
        let read = if kind == Some(Kind::Image) { Ok(None) } else { stream::read(path) };
        match read {
            Ok(Some(bytes)) => {
                if let Err(error) = self.project.open(&name, bytes, kind) {
                    self.problems.push(refused(&name, &error));
                }
            }
            Ok(None) => self.problems.push(archive_in_stream(&name)),
            Err(error) => self.problems.push(error.problem(&name)),
        }
    }

    /// A file that was named: whatever is wrong with it is the user's to know.
    fn open_named(&mut self, path: &Path, kind: Option<Kind>) {
        let real = real(path);
        let Some(name) = self.origins.name_for(path, &real) else { return };
        match read(path) {
            Ok(bytes) => match self.project.open(&name, bytes, kind) {
                Ok(id) => {
                    self.origins.add(&name, path, real, true);
                    if self.project.document(id).kind == Kind::Dockerfile {
                        self.open_context(path);
                    }
                }
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
        let mut own = dockerfile.file_name().unwrap_or_default().to_owned();
        own.push(".dockerignore");
        for ignore in [own, ".dockerignore".into()] {
            let path = folder.join(ignore);
            let real = real(&path);
            // It was not named: what is wrong with it is not asked.
            if path.is_file()
                && let Some(name) = self.origins.name_for(&path, &real)
                && let Ok(bytes) = read(&path)
                && self.project.open(&name, bytes, Some(Kind::DockerIgnore)).is_ok()
            {
                self.origins.add(&name, &path, real, false);
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
        let mut is_empty = true;
        for Met { path, real, .. } in walk(folder, &mut self.problems) {
            if archives::is_archive_name(&path) {
                // An archive of something else is none of ours.
                if kind.is_none() && archives::holds_images(&path) {
                    self.open_image(&path, real, lang);
                }
                continue;
            }
            let Some(name) = self.origins.name_for(&path, &real) else {
                is_empty = false;
                continue;
            };
            match read(&path) {
                Ok(bytes) => match self.project.open(&name, bytes, kind) {
                    Ok(_) => self.origins.add(&name, &path, real, false),
                    Err(OpenError::UnknownKind) => {}
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
        if is_empty && self.project.documents().len() + self.problems.len() == before {
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

/// That an image archive comes where it cannot be read.
pub(crate) fn archive_in_stream(name: &str) -> Problem {
    let message = if name == "-" {
        text(
            "this is an archive, which cannot be read from standard input",
            "这是归档，无法从标准输入读取",
        )
    } else {
        text(
            "an archive can only be read from a file, not from a pipe",
            "归档只能从文件读取，不能从管道读取",
        )
    };
    let help =
        text("name the file: `plimsoll check image.tar`", "请指定文件：`plimsoll check image.tar`");
    Problem::new(name, message, help)
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
