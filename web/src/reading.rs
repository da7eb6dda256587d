//! The reading of an image: a worker of its own reads, and when it has read it takes the place of
//! the one that checks, since it knows the image. Knows messages and workers, draws nothing.

use std::cell::RefCell;
use std::rc::Rc;

use plimsoll::report::Inspection;
use yew::{AttrValue, UseReducerDispatcher, UseStateSetter};

use crate::archive::{Depth, Image, Request};
use crate::connection::Connection;
use crate::messages::{Ask, Progress, Refusal, Tell};
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
    /// The worker that checked before: what it was asked it still answers.
    pub retired: Line,
    /// Who hears what is not about images.
    pub hear: Hear,
    /// The project.
    pub state: UseReducerDispatcher<State>,
    /// What becomes of the image.
    pub reading: UseStateSetter<Reading>,
    /// Called when the worker that checks breaks down.
    pub on_end: Rc<dyn Fn()>,
    /// The image that was chosen last.
    pub chosen: Rc<RefCell<Option<Image>>>,
}

impl Desk {
    /// Reads `image`, first its manifests, then its layers. An earlier one leaves the project.
    pub fn open(&self, image: Image) {
        self.state.dispatch(Action::Image(None));
        *self.chosen.borrow_mut() = Some(image);
        self.read(Depth::Quick);
    }

    /// Reads the layers of the image that was chosen.
    pub fn read_layers(&self) {
        self.read(Depth::Deep);
    }

    /// Stops the reading; what is known by now stays.
    pub fn stop(&self) {
        // What is being read ends with its worker.
        self.reader.borrow_mut().take();
        self.reading.set(Reading::None);
    }

    /// The image leaves the project, and whatever is known of it is forgotten.
    pub fn remove(&self) {
        self.stop();
        self.chosen.borrow_mut().take();
        if let Some(line) = &*self.line.borrow() {
            line.ask(&Ask::DropImage);
        }
        self.state.dispatch(Action::Image(None));
    }

    fn read(&self, depth: Depth) {
        let Some(image) = self.chosen.borrow().clone() else { return };
        let has_joined = depth == Depth::Deep;
        let underway = {
            let (name, reading) = (image.name(), self.reading.clone());
            move |progress, looked: Option<Rc<Inspection>>| {
                let name = name.clone();
                reading.set(Reading::Underway { name, progress, looked, has_joined });
            }
        };
        underway(Progress::default(), None);
        let (desk, bytes, name) = (self.clone(), image.bytes(), image.name());
        let looked = RefCell::new(None::<Rc<Inspection>>);
        // Once this worker checks, its end is the end of the checker.
        let is_reading = Rc::new(RefCell::new(true));
        let (reads, fails) = (is_reading.clone(), self.clone());
        let on_tell = move |tell| match tell {
            Tell::Reading(progress) => underway(progress, looked.borrow().clone()),
            Tell::Looked { inspection } => {
                *looked.borrow_mut() = Some(inspection.into());
                underway(Progress::default(), looked.borrow().clone());
            }
            Tell::Inspected { refusal: Some(why), .. } => {
                desk.reader.borrow_mut().take();
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
                fails.reader.borrow_mut().take();
                fails.reading.set(Reading::Refused { name: name.clone(), why: Refusal::Broken });
            } else {
                (fails.on_end)();
            }
        };
        let opened = Connection::start(on_tell, on_end);
        if let Some(opened) = &opened {
            opened.read(&Request { image, depth });
        }
        *self.reader.borrow_mut() = opened;
    }

    /// The worker that has read the image is the one that checks from now on.
    fn joined(&self, inspection: Inspection, bytes: u64, is_deep: bool) {
        if let Some(reader) = self.reader.borrow_mut().take() {
            *self.retired.borrow_mut() = self.line.borrow_mut().replace(reader);
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
