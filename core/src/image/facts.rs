//! An archive and all that is known of it: quickly from its headers, or wholly by reading its
//! layers.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::PoisonError;

use super::budget::Budget;
use super::compression::CompressionError;
use super::layer::{Layer, LayerError, Pass, SharedStore, Store};
use super::listing::{LayerForm, Listing, list};
use super::paths::Paths;
use super::resolve::Files;
use super::source::{Source, Trouble};
use super::tar::Oddity;
use super::tree::{self, Tree};
use super::wanted::Wanted;

/// What is known of an archive.
#[derive(Debug)]
pub struct Facts {
    /// What it lists.
    pub listing: Listing,
    /// The paths of all layers that were read.
    pub paths: Paths,
    /// The layers that were read, by the member that holds them; none after a quick look.
    pub layers: BTreeMap<usize, Layer>,
    /// What the container of each image sees; `None` where not all of its layers could be read.
    pub trees: Vec<Option<Tree>>,
    /// Whether the layers were read.
    pub is_deep: bool,
    /// Why the archive could not be read to its end.
    pub trouble: Option<Trouble>,
    /// What is odd about the archive's end.
    pub oddities: Vec<Oddity>,
    /// Whether it is a folder, not a file.
    pub is_directory: bool,
}

/// Layers on their way to be [`Facts`]: each may be read by another thread.
pub struct DeepReading {
    facts: Facts,
    wanted: Wanted,
    members: Vec<usize>,
    /// Of each member what it is, and how many bytes it is to have.
    forms: BTreeMap<usize, (LayerForm, u64)>,
    bytes: u64,
    store: SharedStore,
}

impl DeepReading {
    /// Of all layers of the images in `source`.
    pub fn new(source: &dyn Source) -> DeepReading {
        let facts = Facts::quick(source);
        let all = facts.listing.images.iter().flat_map(|image| &image.layers);
        let size = |index: usize| source.members().get(index).map_or(0, |member| member.bytes);
        let mut forms = BTreeMap::new();
        for (member, form) in all.filter_map(|one| Some((one.member?, one.form()))) {
            let (known, _) = forms.entry(member).or_insert((form, size(member)));
            if form == LayerForm::Archive {
                *known = form;
            }
        }
        let mut store = Store::default();
        store.budget.take(source.held_bytes());
        DeepReading {
            wanted: Wanted::of(&facts.listing),
            facts,
            bytes: forms
                .values()
                .map(|(_, bytes)| bytes)
                .fold(0, |sum, one| sum.saturating_add(*one)),
            members: forms.keys().copied().collect(),
            forms,
            store: SharedStore::new(store),
        }
    }

    /// The members of the archive that hold layers, ascending.
    pub fn members(&self) -> &[usize] {
        &self.members
    }

    /// Bytes of all of them as they are stored.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads the layer in `member` from `input`; `progress` is told of bytes that were read since,
    /// and its error ends the reading.
    pub fn layer(
        &self,
        member: usize,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> io::Result<()>,
    ) -> io::Result<Layer> {
        let (form, bytes) = self.forms.get(&member).copied().unwrap_or((LayerForm::Other, 0));
        let wants = |path: &[u8]| self.wanted.wants(path);
        Layer::read(input, &self.store, &mut Pass { form, bytes, wants: &wants, progress })
    }

    /// Whether memory ran short while these were read: what was kept then depends on the order in
    /// which they were.
    pub fn ran_short(layers: &BTreeMap<usize, Layer>) -> bool {
        layers.values().any(|layer| {
            let is_window = matches!(
                layer.error,
                Some(LayerError::Compression(CompressionError::Window { .. }))
            );
            layer.is_partial || is_window
        })
    }

    /// The facts with these layers.
    pub fn finish(self, layers: BTreeMap<usize, Layer>) -> Facts {
        let Store { paths, budget } =
            self.store.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut facts = Facts { paths, layers, is_deep: true, ..self.facts };
        facts.lay_over(budget);
        facts
    }
}

/// What is asked and told while layers are read.
pub trait Watch {
    /// Told once how many bytes of layers are to be read.
    fn begin(&mut self, _bytes: u64, _layers: usize) {}

    /// Told that the layer at `index` of those to be read begins.
    fn layer(&mut self, _index: usize) {}

    /// Told of bytes that were read since; an error ends the reading.
    fn progress(&mut self, _bytes: u64) -> io::Result<()> {
        Ok(())
    }
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {}

impl Default for Facts {
    fn default() -> Facts {
        Facts::of(list(&[]))
    }
}

impl Facts {
    /// What manifests, configurations and headers tell.
    pub fn quick(source: &dyn Source) -> Facts {
        Facts {
            trouble: source.trouble().cloned(),
            oddities: source.oddities().to_vec(),
            is_directory: source.is_directory(),
            ..Facts::of(list(source.members()))
        }
    }

    /// What is listed, and no more.
    pub(crate) fn of(listing: Listing) -> Facts {
        let trees = listing.images.iter().map(|_| None).collect();
        let (paths, layers) = (Paths::default(), BTreeMap::new());
        let (trouble, oddities) = (None, Vec::new());
        let (is_deep, is_directory) = (false, false);
        Facts { listing, paths, layers, trees, is_deep, trouble, oddities, is_directory }
    }

    /// All of it: every layer is read once, one after another. Fails only where `source` does, or
    /// `watch` ends it.
    pub fn deep(source: &mut dyn Source, watch: &mut dyn Watch) -> io::Result<Facts> {
        let reading = DeepReading::new(source);
        watch.begin(reading.bytes(), reading.members().len());
        let mut layers = BTreeMap::new();
        source.read(reading.members(), &mut |member, input: &mut dyn Read| {
            watch.layer(layers.len());
            let layer = reading.layer(member, input, &mut |bytes| watch.progress(bytes))?;
            layers.insert(member, layer);
            Ok(())
        })?;
        Ok(reading.finish(layers))
    }

    /// Makes the trees of all images for which `budget` has room: each takes some bytes for every
    /// path.
    fn lay_over(&mut self, mut budget: Budget) {
        let each = self.paths.len() * size_of::<tree::At>();
        for index in 0..self.listing.images.len() {
            let layers = self.whole_layers_of(index);
            let layers = layers.filter(|layers| layers.len() <= tree::MOST_LAYERS);
            let Some(layers) = layers.filter(|_| budget.has_room(self.paths.bytes())) else {
                continue;
            };
            let tree = Tree::of(&layers, &self.paths);
            self.trees[index] = Some(tree);
            budget.take(each);
        }
    }

    /// The layers of the image at `index`, if all of them were read to their ends.
    pub fn whole_layers_of(&self, index: usize) -> Option<Vec<&Layer>> {
        let layers = self.layers_of(index).into_iter();
        let whole = |layer: Option<&'_ Layer>| layer.is_some_and(Layer::is_whole);
        layers.map(|layer| layer.filter(|_| whole(layer))).collect()
    }

    /// The files of the image at `index`; `None` where not all of its layers were read.
    pub fn files<'a>(&'a self, index: usize, layers: &'a [&'a Layer]) -> Option<Files<'a>> {
        let tree = self.trees.get(index)?.as_ref()?;
        Some(Files { paths: &self.paths, layers, tree })
    }

    /// The layers of the image at `index`, the lowest first; `None` for those that were not read.
    pub fn layers_of(&self, index: usize) -> Vec<Option<&Layer>> {
        let Some(image) = self.listing.images.get(index) else { return Vec::new() };
        image
            .layers
            .iter()
            .map(|layer| layer.member.and_then(|member| self.layers.get(&member)))
            .collect()
    }
}
