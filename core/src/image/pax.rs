//! The records of pax headers: `LENGTH KEY=VALUE\n`.

/// What of them says something about an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) size: Option<Vec<u8>>,
    pub(super) uid: Option<Vec<u8>>,
    pub(super) gid: Option<Vec<u8>>,
    /// Of a sparse file: its real name and size.
    pub(super) sparse_path: Option<Vec<u8>>,
    pub(super) sparse_size: Option<Vec<u8>>,
    pub(super) has_capability: bool,
}

impl Records {
    /// Takes over what `later` says.
    pub(super) fn update(&mut self, later: Records) {
        let Records { path, link, size, uid, gid, sparse_path, sparse_size, has_capability } =
            later;
        // The name in the header of a sparse file is one that nobody meant.
        self.path = sparse_path.or(path).or(self.path.take());
        self.link = link.or(self.link.take());
        self.size = size.or(self.size.take());
        self.uid = uid.or(self.uid.take());
        self.gid = gid.or(self.gid.take());
        self.sparse_size = sparse_size.or(self.sparse_size.take());
        self.has_capability |= has_capability;
    }
}

/// Reads a list of records; `None` where the grammar is broken.
pub(super) fn parse(mut body: &[u8]) -> Option<Records> {
    let mut records = Records::default();
    while !body.is_empty() {
        // Some writers fill the rest of the block with NULs.
        if body.iter().all(|&byte| byte == 0) {
            break;
        }
        let space = body.iter().take(20).position(|&byte| byte == b' ')?;
        let length: usize = std::str::from_utf8(&body[..space]).ok()?.parse().ok()?;
        let record = body.get(space + 1..length)?.strip_suffix(b"\n")?;
        let equals = record.iter().position(|&byte| byte == b'=')?;
        let (key, value) = (&record[..equals], &record[equals + 1..]);
        let slot = match key {
            b"path" => Some(&mut records.path),
            b"linkpath" => Some(&mut records.link),
            b"size" => Some(&mut records.size),
            b"uid" => Some(&mut records.uid),
            b"gid" => Some(&mut records.gid),
            b"GNU.sparse.name" => Some(&mut records.sparse_path),
            b"GNU.sparse.realsize" | b"GNU.sparse.size" => Some(&mut records.sparse_size),
            b"SCHILY.xattr.security.capability" | b"LIBARCHIVE.xattr.security.capability" => {
                records.has_capability = true;
                None
            }
            _ => None,
        };
        if let Some(slot) = slot {
            // An empty value takes back what an earlier one said.
            *slot = (!value.is_empty()).then(|| value.to_vec());
        }
        body = &body[length..];
    }
    Some(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_follow_their_lengths() {
        let records = parse(b"11 path=a b\n30 SCHILY.xattr.user.x=1=2\n\n3\n12 size=123\n\0\0");
        assert_eq!(records, None, "a record's length counts the whole of it");
        let records = parse(b"12 path=a b\n12 size=123\n\0\0").unwrap();
        assert_eq!(records.path.as_deref(), Some(&b"a b"[..]));
        assert_eq!(records.size.as_deref(), Some(&b"123"[..]));
    }

    #[test]
    fn no_bytes_make_it_panic() {
        for body in [
            &b"9999999999999999999999 a=b\n"[..],
            b"2 \n",
            b"5 a=\n",
            b"x",
            b"0 a=b\n",
            b"-1 a=b\n",
        ] {
            let _ = parse(body);
        }
    }
}
