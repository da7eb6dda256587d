//! The text area itself: reads and writes it so that the browser's own undo is never needed.

use web_sys::{Element, HtmlTextAreaElement};

use super::window::View;
use crate::state::history::{Caret, Change};
use crate::state::places::units_before;

/// The selection.
pub fn caret(area: &HtmlTextAreaElement) -> Caret {
    let unit = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    Caret { start: unit(area.selection_start()), end: unit(area.selection_end()) }
}

/// Makes `text` of what is in the area: only what differs is written, and the view stays.
pub fn write(area: &HtmlTextAreaElement, text: &str, caret: Caret) {
    let old = area.value();
    let (top, left) = (area.scroll_top(), area.scroll_left());
    if let Some(change) = Change::between(&old, text) {
        let start = units_before(&old, change.at);
        let end = start + units_before(&change.removed, change.removed.len());
        // Fails only for places off the text.
        let written = area.set_range_text_with_start_and_end_and_mode(
            &change.inserted,
            start,
            end,
            "preserve",
        );
        if written.is_err() || area.value() != text {
            area.set_value(text);
        }
    }
    select(area, caret);
    area.set_scroll_top(top);
    area.set_scroll_left(left);
}

/// Selects without moving the view.
pub fn select(area: &HtmlTextAreaElement, caret: Caret) {
    // Fails only for elements that hold no text.
    let _ = area.set_selection_range(caret.start, caret.end);
}

/// What can be seen of the area, or of another element that scrolls.
pub fn view(element: &Element) -> View {
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok());
    let row = style.flatten().and_then(|style| style.get_property_value("line-height").ok());
    // As the browser reads it: `20px`.
    let row = row.map(|row| js_sys::parse_float(&row)).filter(|row| row.is_finite());
    let row = row.unwrap_or(20.0);
    View { top: f64::from(element.scroll_top()), height: f64::from(element.client_height()), row }
}

/// Brings `line`, from 0, into view.
pub fn show_line(element: &Element, line: usize) {
    if let Some(top) = view(element).scroll_to(line) {
        // Pixels of a text of at most 16 MiB.
        element.set_scroll_top(top as i32);
    }
}
