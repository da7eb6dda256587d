//! Where images are read.

use std::rc::Rc;

use yew::prelude::*;

use super::checker::{Checker, Shared, Told};
use super::inside::Inside;
use crate::archive::Image;
use crate::pages::image::Folder;
use crate::reading::{Desk, Reading};
use crate::state::State;

/// Where images are read.
#[hook]
pub fn use_desk(
    state: &UseReducerHandle<State>,
    told: &Told,
    shared: &Shared,
    reading: &UseStateHandle<Reading>,
) -> Desk {
    let (reader, retired) = (use_mut_ref(|| None), use_mut_ref(Vec::new));
    let (helpers, chosen, earlier) =
        (use_mut_ref(Vec::new), use_mut_ref(|| None), use_mut_ref(Vec::new));
    let ended = told.checker.setter();
    let desk = Desk {
        line: shared.line.clone(),
        reader,
        helpers,
        retired,
        hear: shared.hear.clone(),
        state: state.dispatcher(),
        reading: reading.setter(),
        on_end: Rc::new(move || ended.set(Checker::Stopped)),
        chosen,
        earlier,
    };
    {
        let desk = desk.clone();
        use_effect_with(state.image.as_ref().map(|image| image.name.clone()), move |name| {
            if let Some(name) = name {
                desk.recall(name);
            }
        });
    }
    desk
}

/// Reads an image that was chosen.
pub(super) fn on_image(inside: &Inside) -> Callback<Image> {
    let (desk, folder) = (inside.desk.clone(), inside.told.folder.setter());
    Callback::from(move |image: Image| {
        folder.set(Folder::default());
        desk.open(image);
    })
}
