//! The reading of an image: a worker of its own reads, and when it has read it takes the place of
//! the one that checks, since it knows the image. Knows messages and workers, draws nothing.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use plimsoll::report::Inspection;
use yew::{AttrValue, UseReducerDispatcher, UseStateSetter};

use crate::archive::{Depth, Image, Request, Share};
use crate::connection::Connection;
use crate::divided::Help;
use crate::messages::{Progress, Refusal, Tell};
use crate::state::{Action, ImageCard, State};

/// A line to a worker, shared by everything that asks.
pub type Line = Rc<RefCell<Option<Connection>>>;

/// Who hears what a worker tells, besides of images.
pub type Hear = Rc<RefCell<Option<Rc<dyn Fn(Tell)>>>>;

/// What becomes of an image.
#[derive(Clone, Default, PartialEq)]
pub enum Reading {
    /// Nothing is being read.
    #[default]
    None,
    /// It is being read.
    Underway {
        /// What it is called.
        name: String,
        /// How far it is.
        progress: Progress,
        /// What its manifests tell, where it does not belong to the project yet.
        looked: Option<Rc<Inspection>>,
        /// Whether it belongs to the project already, as far as it is known.
        has_joined: bool,
    },
    /// There is nothing in it to check.
    Refused {
        /// What it is called.
        name: String,
        /// Why.
        why: Refusal,
    },
}

/// Where images are read.
#[derive(Clone)]
pub struct Desk {
    /// The worker that checks.
    pub line: Line,
    /// The worker that reads, while there is one.
    pub reader: Line,
    /// Those that read a part of the layers for it.
    pub helpers: Rc<RefCell<Vec<Connection>>>,
    /// Workers that checked before: what they were asked they still answer.
    pub retired: Rc<RefCell<Vec<Connection>>>,
    /// Who hears what is not about images.
    pub hear: Hear,
    /// The project.
    pub state: UseReducerDispatcher<State>,
    /// What becomes of the image.
    pub reading: UseStateSetter<Reading>,
    /// Called when the worker that checks breaks down.
    pub on_end: Rc<dyn Fn()>,
    /// The image that was chosen last.
    pub chosen: Rc<RefCell<Option<Chosen>>>,
    /// All that were chosen: handles of files, not their bytes.
    pub earlier: Rc<RefCell<Vec<Chosen>>>,
}

/// An image that was chosen.
#[derive(Clone)]
pub struct Chosen {
    image: Image,
    /// How many layers it has, where that is known: no more workers are of use.
    layers: usize,
}

/// The most workers that read one image: each holds as much memory as one that reads it alone.
const MOST_WORKERS: usize = 4;

/// An image of fewer bytes is read before a second worker has begun.
const WORTH_DIVIDING: u64 = 16 * 1024 * 1024;

impl Desk {
    /// Reads `image`, first its manifests, then its layers. It takes an earlier one's place.
    pub fn open(&self, image: Image) {
        let chosen = Chosen { image, layers: 0 };
        let mut earlier = self.earlier.borrow_mut();
        earlier.retain(|one| one.image.name() != chosen.image.name());
        earlier.push(chosen.clone());
        drop(earlier);
        *self.chosen.borrow_mut() = Some(chosen);
        self.read(Depth::Quick);
    }

    /// Reads the layers of the image that was chosen.
    pub fn read_layers(&self) {
        self.read(Depth::Deep);
    }

    /// Stops the reading; what is known by now stays.
    pub fn stop(&self) {
        self.end_reading();
        self.reading.set(Reading::None);
    }

    /// The image leaves the project. What is known of it is kept for who takes that back.
    pub fn remove(&self) {
        self.stop();
        self.state.dispatch(Action::Image(None));
    }

    /// The image `name` has come back to the project: if another was read meanwhile, it is read again.
    pub fn recall(&self, name: &str) {
        let is_known = self.chosen.borrow().as_ref().is_some_and(|one| one.image.name() == name);
        let earlier = self.earlier.borrow().iter().find(|one| one.image.name() == name).cloned();
        if let Some(earlier) = earlier.filter(|_| !is_known) {
            self.open(earlier.image);
        }
    }

    /// What is being read ends with its workers.
    fn end_reading(&self) {
        self.reader.borrow_mut().take();
        self.helpers.borrow_mut().clear();
    }

    fn read(&self, depth: Depth) {
        self.end_reading();
        let Some(Chosen { image, layers }) = self.chosen.borrow().clone() else { return };
        let workers = match depth {
            Depth::Deep if image.bytes() >= WORTH_DIVIDING => {
                spare_cores().min(MOST_WORKERS).min(layers).max(1)
            }
            _ => 1,
        };
        let has_joined = depth == Depth::Deep;
        let underway = {
            let (name, reading) = (image.name(), self.reading.clone());
            move |progress, looked: Option<Rc<Inspection>>| {
                let name = name.clone();
                reading.set(Reading::Underway { name, progress, looked, has_joined });
            }
        };
        underway(Progress::default(), None);
        let progress = RefCell::new(vec![Progress::default(); workers]);
        let tell_progress = Rc::new({
            let underway = underway.clone();
            move |which: usize, one: Progress, looked| {
                let mut all = progress.borrow_mut();
                if let Some(of_worker) = all.get_mut(which) {
                    *of_worker = one;
                }
                underway(together(&all), looked);
            }
        });
        let (desk, bytes, name) = (self.clone(), image.bytes(), image.name());
        let looked = RefCell::new(None::<Rc<Inspection>>);
        // Once this worker checks, its end is the end of the checker.
        let is_reading = Rc::new(RefCell::new(true));
        let (reads, fails) = (is_reading.clone(), self.clone());
        let told = tell_progress.clone();
        let on_tell = move |tell| match tell {
            Tell::Reading(progress) => told(0, progress, looked.borrow().clone()),
            Tell::Looked { inspection } => {
                *looked.borrow_mut() = Some(inspection.into());
                underway(Progress::default(), looked.borrow().clone());
            }
            Tell::Inspected { refusal: Some(why), .. } => {
                desk.end_reading();
                desk.reading.set(Reading::Refused { name: name.clone(), why });
            }
            Tell::Inspected { inspection, is_deep, refusal: None } => {
                *is_reading.borrow_mut() = false;
                desk.joined(*inspection, bytes, is_deep);
            }
            other => {
                let hear = desk.hear.borrow().clone();
                if let Some(hear) = hear {
                    hear(other);
                }
            }
        };
        let name = image.name();
        let on_end = move || {
            if *reads.borrow() {
                fails.end_reading();
                fails.reading.set(Reading::Refused { name: name.clone(), why: Refusal::Broken });
            } else {
                (fails.on_end)();
            }
        };
        let opened = Connection::start(on_tell, |_| (), on_end);
        if let Some(opened) = &opened {
            let share = Share { which: 0, workers };
            opened.read(&Request { image: image.clone(), depth, share });
        }
        *self.reader.borrow_mut() = opened;
        let helpers = (1..workers).filter_map(|which| {
            let tell_progress = tell_progress.clone();
            let request = Request { image: image.clone(), depth, share: Share { which, workers } };
            self.helper(request, move |progress| tell_progress(which, progress, None))
        });
        *self.helpers.borrow_mut() = helpers.collect();
    }

    /// Starts a worker that reads a part of the layers for the one that reads.
    fn helper(
        &self,
        request: Request,
        tell_progress: impl Fn(Progress) + 'static,
    ) -> Option<Connection> {
        let which = request.share.which;
        let give = {
            let reader = self.reader.clone();
            move |layer: &Array| {
                if let Some(reader) = &*reader.borrow() {
                    reader.give(layer);
                }
            }
        };
        let on_tell = move |tell| {
            if let Tell::Reading(progress) = tell {
                tell_progress(progress);
            }
        };
        let on_end = {
            let give = give.clone();
            move || give(&Help::Lost(which).to_js())
        };
        let opened = Connection::start(on_tell, move |layer| give(&layer), on_end.clone());
        match &opened {
            Some(opened) => opened.read(&request),
            None => on_end(),
        }
        opened
    }

    /// The worker that has read the image is the one that checks from now on.
    fn joined(&self, inspection: Inspection, bytes: u64, is_deep: bool) {
        self.helpers.borrow_mut().clear();
        if let Some(reader) = self.reader.borrow_mut().take() {
            let mut retired = self.retired.borrow_mut();
            retired.retain(Connection::owes);
            retired.extend(self.line.borrow_mut().replace(reader));
        }
        if let Some(chosen) = &mut *self.chosen.borrow_mut() {
            chosen.layers = inspection.images.iter().map(|image| image.layers.len()).sum();
        }
        let has_layers = inspection.images.iter().any(|image| !image.layers.is_empty());
        self.state.dispatch(Action::Image(Some(ImageCard {
            name: inspection.path.clone(),
            bytes,
            description: AttrValue::from(inspection.to_json()),
            inspection: Rc::new(inspection),
            is_deep: is_deep || !has_layers,
        })));
        if is_deep || !has_layers {
            self.reading.set(Reading::None);
        } else {
            self.read(Depth::Deep);
        }
    }
}

/// Processors beside the one that draws the page.
fn spare_cores() -> usize {
    let cores = web_sys::window().map(|window| window.navigator().hardware_concurrency());
    // A small whole number.
    cores.map_or(1, |cores| cores as usize).saturating_sub(1)
}

/// How far all workers are together.
fn together(all: &[Progress]) -> Progress {
    let add = |sum: Progress, one: &Progress| Progress {
        read: sum.read + one.read,
        whole: sum.whole + one.whole,
        layer: sum.layer + one.layer,
        layers: sum.layers + one.layers,
    };
    all.iter().fold(Progress::default(), add)
}
