//! What leaves the page by its reader's own hand: downloads and the clipboard.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Gives the reader `text` as a file called `name`.
pub fn download(name: &str, text: &str) {
    let parts = Array::of1(&JsValue::from_str(text));
    if let Ok(blob) = Blob::new_with_str_sequence(&parts) {
        give(name, &blob);
    }
}

/// Gives the reader `bytes` as a file called `name`, which is of this media type.
pub fn download_bytes(name: &str, bytes: &[u8], media_type: &str) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        give(name, &blob);
    }
}

/// Gives the reader `blob` as a file called `name`.
pub fn give(name: &str, blob: &Blob) {
    let document = web_sys::window().and_then(|window| window.document());
    let (Some(document), Ok(address)) = (document, Url::create_object_url_with_blob(blob)) else {
        return;
    };
    let link = document.create_element("a").ok().and_then(|one| one.dyn_into().ok());
    if let Some(link) = link.map(|link: HtmlAnchorElement| link) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // Fails only for what is no address.
    let _ = Url::revoke_object_url(&address);
}

/// Puts `text` on the clipboard.
pub fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        // Where the browser refuses, the text is still there to be selected.
        drop(window.navigator().clipboard().write_text(text));
    }
}
