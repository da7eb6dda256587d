//! An archive and all that is known of it: quickly from its headers, or wholly by reading its
//! layers.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::PoisonError;

use super::budget::Budget;
use super::compression::CompressionError;
use super::layer::{Layer, LayerError, Pass, SharedStore, Store, open};
use super::listing::{Listing, list};
use super::media_type::LayerForm;
use super::packed;
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
        self.bytes_of(&self.members)
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

    /// The part of the members that falls to worker `which` of `workers`, ascending: about as many
    /// bytes to each. Every worker that reads the same archive comes to the same parts.
    pub fn share(&self, which: usize, workers: usize) -> Vec<usize> {
        let mut order: Vec<(usize, u64)> =
            self.forms.iter().map(|(&member, &(_, bytes))| (member, bytes)).collect();
        order.sort_by_key(|&(member, bytes)| (Reverse(bytes), member));
        let mut loads = vec![0_u64; workers.max(1)];
        let mut share = Vec::new();
        for (member, bytes) in order {
            let lightest = (0..loads.len()).min_by_key(|&one| loads[one]).unwrap_or_default();
            loads[lightest] = loads[lightest].saturating_add(bytes);
            if lightest == which {
                share.push(member);
            }
        }
        share.sort_unstable();
        share
    }

    /// Bytes of these members as they are stored.
    pub fn bytes_of(&self, members: &[usize]) -> u64 {
        let bytes = members.iter().filter_map(|member| Some(self.forms.get(member)?.1));
        bytes.fold(0, u64::saturating_add)
    }

    /// A layer that this reading has read, as bytes for another reading of the same archive in
    /// another memory; `None` where the layer is not whole.
    pub fn pack(&self, layer: &Layer) -> Option<Vec<u8>> {
        packed::pack(layer, &open(&self.store).paths)
    }

    /// The layer that another reading has packed; `None` where there is no room for it.
    pub fn unpack(&self, bytes: &[u8]) -> Option<Layer> {
        packed::unpack(bytes, &mut open(&self.store))
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
