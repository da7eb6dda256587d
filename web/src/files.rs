//! Files and folders that the reader drops or chooses: documents for the project, or an image. They
//! are read here and go no further.

use js_sys::{Array, Promise, Uint8Array};
use plimsoll::text::{Message, Source};
use plimsoll::{OpenError, decode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DataTransfer, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};
use yew::{Callback, UseReducerDispatcher};

use crate::archive::Image;
use crate::messages::{Ask, File};
use crate::state::{Action, State};
use crate::words;

/// A file, and its path in what was dropped.
type Found = (String, web_sys::File);

/// What was dropped or chosen.
#[derive(Default)]
pub struct Parcel {
    /// Files that the reader named.
    named: Vec<Found>,
    /// Files that were in folders; not all of them are meant.
    within: Vec<Found>,
    /// Whether folders held more than is looked at.
    is_cut: bool,
}

/// More files than this are not looked for in folders.
const MOST_FILES: usize = 20_000;

/// The deepest folder that is looked into.
const MOST_DEEP: usize = 32;

/// More bytes than this no document in a folder has whose name only hints that it is one.
const MOST_BYTES: f64 = 1024.0 * 1024.0;

/// Folders that never hold a user's own documents, as the program has them.
const PASSED_OVER: &[&str] = &["node_modules", "target", "dist", "venv", "__pycache__", "vendor"];

impl Parcel {
    /// The files of a field, whole folders included.
    pub fn of_list(list: &FileList) -> Parcel {
        let mut parcel = Parcel::default();
        for file in (0..list.length()).filter_map(|index| list.get(index)) {
            match relative_path(&file) {
                Some(path) if is_passed_over(&path) => {}
                Some(_) if parcel.within.len() >= MOST_FILES => parcel.is_cut = true,
                Some(path) => parcel.within.push((path, file)),
                None => parcel.named.push((file.name(), file)),
            }
        }
        parcel.without_common_folder()
    }

    /// What a drop holds. Its entries are asked for at once: after the event they are gone.
    pub fn of_drop(transfer: &DataTransfer) -> impl Future<Output = Parcel> + use<> {
        let items = transfer.items();
        let mut entries = Vec::new();
        let mut parcel = Parcel::default();
        for item in (0..items.length()).filter_map(|index| items.get(index)) {
            let entry = item.webkit_get_as_entry().ok().flatten();
            match entry.filter(FileSystemEntry::is_directory) {
                Some(folder) => entries.push(folder),
                None => {
                    let file = item.get_as_file().ok().flatten();
                    parcel.named.extend(file.map(|file| (file.name(), file)));
                }
            }
        }
        async move {
            for folder in entries {
                parcel.walk(folder).await;
            }
            parcel.without_common_folder()
        }
    }

    async fn walk(&mut self, folder: FileSystemEntry) {
        let mut todo = vec![(folder.name(), folder, 0)];
        while let Some((path, entry, depth)) = todo.pop() {
            if is_passed_over(&path) {
                continue;
            }
            if self.within.len() >= MOST_FILES || depth > MOST_DEEP {
                self.is_cut = true;
                continue;
            }
            if !entry.is_directory() {
                let entry: FileSystemFileEntry = entry.unchecked_into();
                let file = Promise::new(&mut |resolve, reject| {
                    entry.file_with_callback_and_callback(&resolve, &reject);
                });
                // What cannot be read in a folder is passed over.
                let file = JsFuture::from(file).await.ok();
                let file = file.and_then(|file| file.dyn_into::<web_sys::File>().ok());
                self.within.extend(file.map(|file| (path, file)));
                continue;
            }
            let reader = entry.unchecked_into::<FileSystemDirectoryEntry>().create_reader();
            // The browser tells a folder's entries by the hundred, and none at its end.
            loop {
                let some = Promise::new(&mut |resolve, reject| {
                    let asked = reader
                        .read_entries_with_callback_and_callback(&resolve, reject.unchecked_ref());
                    if let Err(error) = asked {
                        // A rejected promise stays rejected.
                        let _ = reject.call1(&JsValue::NULL, &error);
                    }
                });
                let some = JsFuture::from(some).await.unwrap_or_default();
                let some: Vec<FileSystemEntry> =
                    Array::from(&some).iter().filter_map(|one| one.dyn_into().ok()).collect();
                if some.is_empty() {
                    break;
                }
                let named =
                    |one: FileSystemEntry| (format!("{path}/{}", one.name()), one, depth + 1);
                todo.extend(some.into_iter().map(named));
            }
        }
    }

    /// Of one folder alone its own name says nothing: its files stand at the top of the project.
    fn without_common_folder(mut self) -> Parcel {
        let top = |path: &str| path.split_once('/').map(|(top, _)| format!("{top}/"));
        let common = self.within.first().and_then(|(path, _)| top(path));
        let is_alone =
            self.named.is_empty() && self.within.iter().all(|(path, _)| top(path) == common);
        if is_alone && !self.has_layout_at_top() {
            for (path, _) in &mut self.within {
                *path = path.split_once('/').map_or(path.as_str(), |(_, rest)| rest).to_owned();
            }
        }
        self.within.sort_by(|a, b| a.0.cmp(&b.0));
        self
    }

    /// Whether the folder itself is a layout, which is called as the folder is.
    fn has_layout_at_top(&self) -> bool {
        let layout = self.layout();
        layout.is_some_and(|folder| folder.matches('/').count() == 1)
    }

    /// The folder of an OCI layout, with a slash behind it, if there is one.
    fn layout(&self) -> Option<String> {
        let has = |path: &str| self.within.iter().any(|(one, _)| one == path);
        let folders = self.within.iter().filter_map(|(path, _)| {
            let folder = path.strip_suffix("oci-layout")?;
            (folder.is_empty() || folder.ends_with('/')).then_some(folder)
        });
        let whole = folders.filter(|folder| has(&format!("{folder}index.json")));
        whole.min_by_key(|folder| folder.len()).map(str::to_owned)
    }

    /// Takes the image out, if there is one: an archive, told by its name or size, or a layout.
    pub fn take_image(&mut self) -> Option<Image> {
        // The name decides before the size: a text that is too large is told as that.
        let is_image = |(path, file): &Found| {
            let is_large = file.size() > Source::MAX_BYTES as f64;
            is_archive_name(path) || (is_large && !is_text_name(path))
        };
        let named = self.named.iter().position(is_image);
        if let Some(index) = named {
            let (name, file) = self.named.remove(index);
            return Some(Image::Archive(name, file));
        }
        if let Some(folder) = self.layout() {
            let files = std::mem::take(&mut self.within);
            let (inside, others): (Vec<_>, Vec<_>) =
                files.into_iter().partition(|(path, _)| path.starts_with(&folder));
            self.within = others;
            let inside =
                inside.into_iter().map(|(path, file)| (path[folder.len()..].to_owned(), file));
            let name = folder.trim_end_matches('/');
            let name = if name.is_empty() { "image" } else { name };
            return Some(Image::Layout(name.to_owned(), inside.collect()));
        }
        let within = self.within.iter().position(|one| is_archive_name(&one.0))?;
        let (name, file) = self.within.remove(within);
        Some(Image::Archive(name, file))
    }

    /// Whether anything is left.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.within.is_empty()
    }

    /// The one file that the reader named, whatever it is, as an archive.
    pub fn into_archive(mut self) -> Option<Image> {
        let image = self.take_image();
        image.or_else(|| {
            let (name, file) = self.named.into_iter().next()?;
            Some(Image::Archive(name, file))
        })
    }

    /// Adds the files that are documents. Of those that the reader named it is said why one is
    /// none; of those in folders the worker tells, and others are passed over.
    pub fn read(self, state: &UseReducerDispatcher<State>, ask: &Callback<Ask>) {
        let Parcel { named, within, is_cut } = self;
        if !named.is_empty() {
            let state = state.clone();
            // What comes in one go is one step.
            spawn_local(async move {
                let mut files = Vec::new();
                for (path, file) in named {
                    match text_of(&file).await {
                        Ok(text) => files.push(File { path, text, kind: None }),
                        Err(reason) => state.dispatch(Action::Unreadable(path, reason)),
                    }
                }
                state.dispatch(Action::Added(files));
            });
        }
        if is_cut {
            state.dispatch(Action::Unreadable("…".to_owned(), Message::new(words::TOO_MANY_FILES)));
        }
        if within.is_empty() {
            return;
        }
        let (ask, state) = (ask.clone(), state.clone());
        spawn_local(async move {
            let mut files = Vec::new();
            let mut is_told = false;
            for (path, file) in within {
                // What is a document by its name is never passed over without a word.
                let is_surely = plimsoll::detect_by_name(&path).is_some();
                if !is_surely && (!may_be_document(&path) || file.size() > MOST_BYTES) {
                    continue;
                }
                match text_of(&file).await {
                    Ok(text) => files.push(File { path, text, kind: None }),
                    Err(reason) if is_surely => {
                        is_told = true;
                        state.dispatch(Action::Unreadable(path, reason));
                    }
                    Err(_) => {}
                }
            }
            if files.is_empty() && is_told {
                return;
            }
            if files.is_empty() {
                let nothing = Message::new(words::NOTHING_IN_FOLDER);
                state.dispatch(Action::Unreadable("…".to_owned(), nothing));
            } else {
                ask.emit(Ask::Sift { files });
            }
        });
    }
}

/// The path of a file that was chosen with its folder.
fn relative_path(file: &web_sys::File) -> Option<String> {
    let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok()?;
    path.as_string().filter(|path| !path.is_empty())
}

/// Whether a path lies in a folder that is not looked into.
fn is_passed_over(path: &str) -> bool {
    path.split('/').skip(1).any(|part| {
        let is_hidden = part.starts_with('.') && part != ".computenest" && part != ".dockerignore";
        is_hidden || PASSED_OVER.contains(&part)
    })
}

fn is_archive_name(path: &str) -> bool {
    let path = path.to_lowercase();
    let ends = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.zstd"];
    ends.iter().any(|end| path.ends_with(end))
}

/// Whether a file of this name is a text, however large it is.
fn is_text_name(path: &str) -> bool {
    plimsoll::detect_by_name(path).is_some() || may_be_document(path)
}

/// Whether a file in a folder is worth reading.
fn may_be_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let ends = [".json", ".yaml", ".yml", ".sh", ".txt", ".dockerignore"];
    let kinds = ["dockerfile", "containerfile"];
    ends.iter().any(|end| name.ends_with(end)) || kinds.iter().any(|kind| name.contains(kind))
}

async fn text_of(file: &web_sys::File) -> Result<String, Message> {
    // A size is a whole number of bytes, far below 2^53.
    let bytes = file.size() as usize;
    if bytes > Source::MAX_BYTES {
        return Err(OpenError::TooLarge { bytes }.message());
    }
    let buffer =
        JsFuture::from(file.array_buffer()).await.map_err(|_| Message::new(words::UNREADABLE))?;
    decode(Uint8Array::new(&buffer).to_vec()).map_err(|error| error.message())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_folder_only_what_may_be_a_document_is_read() {
        for path in ["Dockerfile", "a/prod.Dockerfile", "a/.dockerignore", "x.YAML", "eci.txt"] {
            assert!(may_be_document(path), "{path}");
        }
        assert!(!may_be_document("a/main.py") && !may_be_document("json/main"));
        assert!(is_passed_over("app/.git/config") && is_passed_over("app/node_modules/a.json"));
        assert!(!is_passed_over(".app/Dockerfile") && !is_passed_over("app/.dockerignore"));
        assert!(is_archive_name("A.TAR") && !is_archive_name("tar"));
    }
}
