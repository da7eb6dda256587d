//! Files that the reader drops or chooses, as documents. They are read here and go no further.

use js_sys::Uint8Array;
use plimsoll::text::{Message, Source};
use plimsoll::{OpenError, decode};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, FileList};
use yew::UseReducerDispatcher;

use crate::messages::File;
use crate::state::{Action, State};
use crate::words;

/// The first image archive among the files, told by its name or size.
pub fn archive(list: &FileList) -> Option<web_sys::File> {
    let is_archive = |file: &web_sys::File| {
        let name = file.name().to_lowercase();
        let ends = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.zstd"];
        ends.iter().any(|end| name.ends_with(end)) || file.size() > Source::MAX_BYTES as f64
    };
    (0..list.length()).filter_map(|index| list.get(index)).find(is_archive)
}

/// Reads the files, and adds those that are texts; of the others it is said why not.
pub fn read(list: &FileList, state: &UseReducerDispatcher<State>) {
    for file in (0..list.length()).filter_map(|index| list.get(index)) {
        let state = state.clone();
        spawn_local(async move {
            state.dispatch(match text_of(&file).await {
                Ok(text) => Action::Added(File { path: file.name(), text }),
                Err(reason) => Action::Unreadable(file.name(), reason),
            });
        });
    }
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

/// Takes files that are dropped anywhere in the window, which without this would open the file
/// in the page's place. Dropped text still goes where it is dropped.
pub struct DropZone {
    _on_drag: Closure<dyn Fn(DragEvent)>,
    _on_drop: Closure<dyn Fn(DragEvent)>,
}

impl DropZone {
    /// Calls `on_files` with what is dropped from now on.
    pub fn open(on_files: impl Fn(FileList) + 'static) -> DropZone {
        let on_drag = Closure::<dyn Fn(DragEvent)>::new(|event: DragEvent| {
            if has_files(&event) {
                event.prevent_default();
            }
        });
        let on_drop = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
            if has_files(&event) {
                event.prevent_default();
                if let Some(list) = event.data_transfer().and_then(|transfer| transfer.files()) {
                    on_files(list);
                }
            }
        });
        if let Some(window) = web_sys::window() {
            window.set_ondragover(Some(on_drag.as_ref().unchecked_ref()));
            window.set_ondrop(Some(on_drop.as_ref().unchecked_ref()));
        }
        DropZone { _on_drag: on_drag, _on_drop: on_drop }
    }
}

fn has_files(event: &DragEvent) -> bool {
    let kinds = event.data_transfer().map(|transfer| transfer.types());
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "Files"))
}
