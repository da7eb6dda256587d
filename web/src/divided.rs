//! An image whose layers several workers read. They share no memory: the first reads its share,
//! takes the layers of the others as bytes and puts all together.

use std::collections::BTreeMap;
use std::io::{self, Read};

use js_sys::{Array, Uint8Array};
use plimsoll::image::facts::{DeepReading, Facts, Watch};
use plimsoll::image::layer::Layer;
use plimsoll::image::source::Source;
use wasm_bindgen::{JsCast, JsValue};

use crate::archive::{Pace, Request, open};
use crate::messages::Progress;

/// What a helper found.
pub enum Help {
    /// The layer in this member, as bytes; without them it is not whole, and read by the first.
    Layer(usize, Option<Vec<u8>>),
    /// The worker of this number broke down.
    Lost(usize),
}

impl Help {
    /// As a message: the member and the bytes, or null and the worker's number.
    pub fn to_js(&self) -> Array {
        // Members and workers are few: exact as numbers of JavaScript.
        match self {
            Help::Layer(member, bytes) => {
                let bytes = bytes.as_deref().map(Uint8Array::from);
                Array::of2(&(*member as f64).into(), &bytes.map_or(JsValue::NULL, JsValue::from))
            }
            Help::Lost(which) => Array::of2(&JsValue::NULL, &(*which as f64).into()),
        }
    }

    /// What a message says, if it says that.
    pub fn from_js(message: &JsValue) -> Option<Help> {
        let parts = message.dyn_ref::<Array>().filter(|parts| parts.length() == 2)?;
        let (first, second) = (parts.get(0), parts.get(1));
        match first.as_f64() {
            Some(member) => {
                let bytes = second.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
                Some(Help::Layer(member as usize, bytes))
            }
            None => Some(Help::Lost(second.as_f64()? as usize)),
        }
    }
}

/// The bytes in a message of [`Help`], to be given away instead of copied.
pub fn buffers(message: &Array) -> Array {
    let parts = message.iter().filter_map(|part| part.dyn_into::<Uint8Array>().ok());
    parts.map(|bytes| bytes.buffer()).collect()
}

/// Reads the share of a helper and gives each layer on as soon as it is read.
pub fn help(request: &Request, tell: &dyn Fn(Progress), give: &dyn Fn(Help)) -> io::Result<()> {
    let (mut source, _) = open(&request.image, None)?;
    let reading = DeepReading::new(&*source);
    let share = reading.share(request.share.which, request.share.workers);
    read(&reading, &mut *source, &share, tell, &mut |member, layer| {
        give(Help::Layer(member, reading.pack(&layer)));
    })
}

fn read(
    reading: &DeepReading,
    source: &mut dyn Source,
    members: &[usize],
    tell: &dyn Fn(Progress),
    each: &mut dyn FnMut(usize, Layer),
) -> io::Result<()> {
    let mut pace = Pace::new(tell);
    pace.begin(reading.bytes_of(members), members.len());
    let mut index = 0;
    source.read(members, &mut |member, input: &mut dyn Read| {
        pace.layer(index);
        index += 1;
        each(member, reading.layer(member, input, &mut |bytes| pace.progress(bytes))?);
        Ok(())
    })
}

/// What the first worker knows until the last layer has come.
pub struct Divided {
    request: Request,
    reading: DeepReading,
    layers: BTreeMap<usize, Layer>,
    /// Of each member that a helper reads, which helper.
    awaited: BTreeMap<usize, usize>,
    /// What no helper could give.
    missing: Vec<usize>,
}

impl Divided {
    /// Reads the share of the first.
    pub fn begin(request: &Request, tell: &dyn Fn(Progress)) -> io::Result<Divided> {
        let (mut source, _) = open(&request.image, None)?;
        let reading = DeepReading::new(&*source);
        let workers = request.share.workers;
        let of = |which| reading.share(which, workers).into_iter().map(move |one| (one, which));
        let awaited = (1..workers).flat_map(of).collect();
        let mut layers = BTreeMap::new();
        read(&reading, &mut *source, &reading.share(0, workers), tell, &mut |member, layer| {
            layers.insert(member, layer);
        })?;
        drop(source);
        Ok(Divided { request: request.clone(), reading, layers, awaited, missing: Vec::new() })
    }

    /// Takes what a helper found.
    pub fn take(&mut self, help: Help) {
        match help {
            Help::Layer(member, bytes) => {
                if self.awaited.remove(&member).is_some() {
                    match bytes.and_then(|bytes| self.reading.unpack(&bytes)) {
                        Some(layer) => drop(self.layers.insert(member, layer)),
                        None => self.missing.push(member),
                    }
                }
            }
            Help::Lost(which) => {
                let lost = self.awaited.extract_if(.., |_, helper| *helper == which);
                self.missing.extend(lost.map(|(member, _)| member));
            }
        }
    }

    /// What was asked.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Whether nothing more will come.
    pub fn is_complete(&self) -> bool {
        self.awaited.is_empty()
    }

    /// The image, when nothing more will come.
    pub fn finish(mut self, tell: &dyn Fn(Progress)) -> io::Result<Facts> {
        let (mut source, _) = open(&self.request.image, None)?;
        if !self.missing.is_empty() {
            self.missing.sort_unstable();
            read(&self.reading, &mut *source, &self.missing, tell, &mut |member, layer| {
                self.layers.insert(member, layer);
            })?;
        }
        // What is left out for want of memory must not depend on who was first.
        if DeepReading::ran_short(&self.layers) {
            return Facts::deep(&mut *source, &mut Pace::new(tell));
        }
        Ok(self.reading.finish(self.layers))
    }
}
