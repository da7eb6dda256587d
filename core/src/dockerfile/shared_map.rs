//! A map by name whose copies share what they have in common, as a stage shares what its base has
//! set: a copy costs nothing, a change to one of several copies a short path.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Bits of the hash that one level looks at.
const BITS: u32 = 4;

/// What one level is made of.
const WIDTH: usize = 1 << BITS;

/// A map by name. A copy shares everything until it is changed.
#[derive(Clone, Debug)]
pub struct SharedMap<V> {
    root: Option<Arc<Node<V>>>,
    len: usize,
}

#[derive(Clone, Debug)]
enum Node<V> {
    /// Names of one hash, as far as was looked.
    Entry { hash: u64, entries: Vec<(Arc<str>, V)> },
    /// By the next bits of the hash.
    Branch([Option<Arc<Node<V>>>; WIDTH]),
}

impl<V> Default for SharedMap<V> {
    fn default() -> SharedMap<V> {
        SharedMap { root: None, len: 0 }
    }
}

impl<V: Clone> SharedMap<V> {
    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&V> {
        let wanted = hash_of(name);
        let mut node = self.root.as_deref()?;
        let mut level = 0;
        loop {
            match node {
                Node::Entry { hash, entries } => {
                    let same = entries.iter().filter(|_| *hash == wanted);
                    return same
                        .into_iter()
                        .find(|(key, _)| **key == *name)
                        .map(|(_, value)| value);
                }
                Node::Branch(children) => {
                    node = children.get(slot(wanted, level))?.as_deref()?;
                    level += 1;
                }
            }
        }
    }

    /// Whether `name` has a value.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Gives `name` a value.
    pub fn insert(&mut self, name: &str, value: V) {
        if put(&mut self.root, hash_of(name), 0, name, value) {
            self.len += 1;
        }
    }

    /// How many names it holds.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All names, in no order.
    pub fn names(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let mut open: Vec<&Node<V>> = self.root.as_deref().into_iter().collect();
        while let Some(node) = open.pop() {
            match node {
                Node::Entry { entries, .. } => found.extend(entries.iter().map(|(key, _)| &**key)),
                Node::Branch(children) => open.extend(children.iter().flatten().map(|one| &**one)),
            }
        }
        found
    }
}

/// Deterministic: the hasher begins with the same keys every time.
fn hash_of(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

fn slot(hash: u64, level: u32) -> usize {
    (hash >> (level * BITS)) as usize % WIDTH
}

/// Whether the name is new.
fn put<V: Clone>(
    place: &mut Option<Arc<Node<V>>>,
    hash: u64,
    level: u32,
    name: &str,
    value: V,
) -> bool {
    let Some(shared) = place else {
        let entries = vec![(Arc::from(name), value)];
        *place = Some(Arc::new(Node::Entry { hash, entries }));
        return true;
    };
    match Arc::make_mut(shared) {
        Node::Branch(children) => {
            put(&mut children[slot(hash, level)], hash, level + 1, name, value)
        }
        Node::Entry { hash: known, entries } if *known == hash => {
            match entries.iter_mut().find(|(key, _)| **key == *name) {
                Some((_, old)) => {
                    *old = value;
                    false
                }
                None => {
                    entries.push((Arc::from(name), value));
                    true
                }
            }
        }
        // Different hashes part at some level, the last at most.
        Node::Entry { hash: known, .. } => {
            let mut children: [Option<Arc<Node<V>>>; WIDTH] = Default::default();
            let before = slot(*known, level);
            children[before] = place.take();
            put(&mut children[slot(hash, level)], hash, level + 1, name, value);
            *place = Some(Arc::new(Node::Branch(children)));
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_what_it_had() {
        let mut map = SharedMap::default();
        for number in 0..1000 {
            map.insert(&format!("A{number}"), number);
        }
        let before = map.clone();
        map.insert("A7", 0);
        map.insert("B", 1);
        assert_eq!(before.get("A7"), Some(&7));
        assert_eq!(map.get("A7"), Some(&0));
        assert_eq!(before.get("B"), None);
        assert_eq!(map.get("B"), Some(&1));
        assert_eq!((before.names().len(), before.len(), map.len()), (1000, 1000, 1001));
        assert!((0..1000).all(|number| before.get(&format!("A{number}")) == Some(&number)));
    }

    #[test]
    fn nothing_is_in_an_empty_map() {
        let map: SharedMap<u8> = SharedMap::default();
        assert!(!map.contains("") && map.names().is_empty() && map.is_empty());
    }
}
