//! The paths of all layers, each kept once: a tree of names in few large vectors, so that a million
//! of them cost tens of megabytes, not hundreds.

/// A path: an index into [`Paths`]. 0 is the root.
pub type PathId = u32;

/// The root folder.
pub const ROOT: PathId = 0;

/// The most slots that are looked at for one path.
const MOST_STEPS: usize = 2000;

#[derive(Clone, Copy, Debug)]
struct Node {
    parent: PathId,
    name_at: u32,
    name_length: u16,
    /// The last child that was added, and the one added before this.
    first_child: PathId,
    next_sibling: PathId,
}

/// All paths.
#[derive(Debug)]
pub struct Paths {
    nodes: Vec<Node>,
    names: Vec<u8>,
    /// Open addressing over `nodes`; 0 is free (the root is never looked up).
    table: Vec<PathId>,
}

impl Default for Paths {
    fn default() -> Paths {
        let root = Node { parent: 0, name_at: 0, name_length: 0, first_child: 0, next_sibling: 0 };
        Paths { nodes: vec![root], names: Vec::new(), table: vec![0; 1024] }
    }
}

impl Paths {
    /// How many there are, the root included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: the root is always there.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Bytes that they take, with what a [`super::tree::Tree`] keeps of each.
    pub(super) fn bytes(&self) -> usize {
        let each = size_of::<Node>() + size_of::<super::tree::At>();
        self.nodes.len() * each + self.names.len() + self.table.len() * size_of::<PathId>()
    }

    /// The path `name` inside `parent`, new or known. `None` where no more fit.
    pub fn child(&mut self, parent: PathId, name: &[u8]) -> Option<PathId> {
        let mut slot = self.slot(parent, name)?;
        if self.table[slot] != 0 {
            return Some(self.table[slot]);
        }
        let id = PathId::try_from(self.nodes.len()).ok()?;
        let name_at = u32::try_from(self.names.len()).ok()?;
        let name_length = u16::try_from(name.len()).ok()?;
        // At most three quarters full.
        if self.nodes.len() * 4 > self.table.len() * 3 {
            self.grow();
            slot = self.slot(parent, name)?;
        }
        self.names.extend_from_slice(name);
        let next_sibling = self.nodes[parent as usize].first_child;
        self.nodes[parent as usize].first_child = id;
        self.nodes.push(Node { parent, name_at, name_length, first_child: 0, next_sibling });
        self.table[slot] = id;
        Some(id)
    }

    /// The path `name` inside `parent`, if it is known.
    pub fn find(&self, parent: PathId, name: &[u8]) -> Option<PathId> {
        Some(self.table[self.slot(parent, name)?]).filter(|&id| id != 0)
    }

    /// The folder that `id` lies in; the root lies in itself.
    pub fn parent(&self, id: PathId) -> PathId {
        self.nodes.get(id as usize).map_or(ROOT, |node| node.parent)
    }

    /// The last part of the path.
    pub fn name(&self, id: PathId) -> &[u8] {
        let Some(node) = self.nodes.get(id as usize) else { return &[] };
        let start = node.name_at as usize;
        self.names.get(start..start + usize::from(node.name_length)).unwrap_or_default()
    }

    /// What lies in `id`, the newest first.
    pub fn children(&self, id: PathId) -> impl Iterator<Item = PathId> + '_ {
        let first = self.nodes.get(id as usize).map_or(0, |node| node.first_child);
        std::iter::successors(Some(first).filter(|&id| id != 0), |&id| {
            Some(self.nodes[id as usize].next_sibling).filter(|&id| id != 0)
        })
    }

    /// The whole path with a slash before it.
    pub fn full(&self, id: PathId) -> Vec<u8> {
        let mut parts = Vec::new();
        let mut at = id;
        while at != ROOT {
            parts.push(self.name(at));
            at = self.parent(at);
        }
        let mut path = Vec::new();
        for part in parts.iter().rev() {
            path.push(b'/');
            path.extend_from_slice(part);
        }
        if path.is_empty() { b"/".to_vec() } else { path }
    }

    /// The path for people: what is no UTF-8 or no printable letter is escaped.
    pub fn shown(&self, id: PathId) -> String {
        shown(&self.full(id))
    }

    /// The last part of the path for people.
    pub fn shown_name(&self, id: PathId) -> String {
        shown(self.name(id))
    }

    /// The slot of a path, free or its own; `None` where too many names that are made to meet are
    /// in the way.
    fn slot(&self, parent: PathId, name: &[u8]) -> Option<usize> {
        let mask = self.table.len() - 1;
        let mut slot = hash(parent, name) as usize & mask;
        for _ in 0..MOST_STEPS {
            let id = self.table[slot];
            if id == 0 || (self.nodes[id as usize].parent == parent && self.name(id) == name) {
                return Some(slot);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    fn grow(&mut self) {
        self.table = vec![0; self.table.len() * 2];
        let mask = self.table.len() - 1;
        for id in 1..self.nodes.len() {
            let id = id as PathId;
            let mut slot = hash(self.parent(id), self.name(id)) as usize & mask;
            while self.table[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.table[slot] = id;
        }
    }
}

/// FNV-1a, with the parent first and the high bits folded in.
fn hash(parent: PathId, name: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parent.to_le_bytes().iter().chain(name) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ (hash >> 32)
}

/// Bytes of a path for people: control characters, marks that turn the writing direction and what
/// is no UTF-8 are written as escapes.
pub fn shown(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if letter.is_control() || turns {
                out.extend(letter.escape_default());
            } else {
                out.push(letter);
            }
        }
        for byte in chunk.invalid() {
            out += &format!("\\x{byte:02x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_kept_once_and_found_again() {
        let mut paths = Paths::default();
        let home = paths.child(ROOT, b"home").unwrap();
        let script = paths.child(home, b"run.sh").unwrap();
        assert_eq!(paths.child(home, b"run.sh"), Some(script));
        assert_eq!(paths.find(ROOT, b"run.sh"), None);
        assert_eq!(paths.full(script), b"/home/run.sh");
        for index in 0..10_000_u32 {
            paths.child(home, &index.to_le_bytes()).unwrap();
        }
        assert_eq!(paths.find(home, b"run.sh"), Some(script));
        assert_eq!(paths.children(home).count(), 10_001);
        assert_eq!(
            paths.find(home, &9_999_u32.to_le_bytes()).map(|id| paths.parent(id)),
            Some(home)
        );
    }

    #[test]
    fn names_cannot_break_what_shows_them() {
        assert_eq!(shown("a\n\u{1b}[31m\u{202e}端".as_bytes()), "a\\n\\u{1b}[31m\\u{202e}端");
        assert_eq!(shown(b"a\xffb"), "a\\xffb");
    }
}
