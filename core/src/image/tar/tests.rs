use super::*;

/// A header with the right sum; `fields` are put in over the usual ones.
fn header(name: &str, size: u64, kind: u8, fields: &[(usize, &[u8])]) -> Vec<u8> {
    let mut block = vec![0; BLOCK];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[100..108].copy_from_slice(b"0000644\0");
    block[108..116].copy_from_slice(b"0001750\0");
    block[116..124].copy_from_slice(b"0000144\0");
    block[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    for (at, bytes) in fields {
        block[*at..at + bytes.len()].copy_from_slice(bytes);
    }
    block[148..156].copy_from_slice(b"        ");
    let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

fn padded(body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    body.resize(body.len().next_multiple_of(BLOCK), 0);
    body
}

/// A pax record with its length before it.
fn record(key: &str, value: &str) -> Vec<u8> {
    let bare = key.len() + value.len() + 3;
    let mut length = bare + 1;
    while bare + length.to_string().len() != length {
        length = bare + length.to_string().len();
    }
    format!("{length} {key}={value}\n").into_bytes()
}

fn walk(archive: &[u8]) -> (Vec<Entry>, Option<TarError>, Vec<Oddity>) {
    let mut walker = Walker::new(Reading(archive));
    let mut entries = Vec::new();
    let error = loop {
        match walker.advance() {
            Ok(Some(entry)) => entries.push(entry),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    let oddities = walker.oddities().to_vec();
    (entries, error, oddities)
}

fn names(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|entry| String::from_utf8_lossy(&entry.path).into_owned()).collect()
}

#[test]
fn entries_follow_one_another_to_the_end_blocks() {
    let archive = [
        header("a/", 0, b'5', &[]),
        header("a/b", 5, b'0', &[]),
        padded(b"hello"),
        header("c", 0, b'2', &[(157, b"a/b")]),
        vec![0; 2 * BLOCK],
    ]
    .concat();
    let (entries, error, oddities) = walk(&archive);
    assert!(error.is_none() && oddities.is_empty());
    assert_eq!(names(&entries), ["a/", "a/b", "c"]);
    assert_eq!(
        entries.iter().map(|one| one.kind).collect::<Vec<_>>(),
        [EntryKind::Directory, EntryKind::File, EntryKind::SymbolicLink]
    );
    let file = &entries[1];
    assert_eq!((file.uid, file.gid, file.mode, file.size), (1000, 100, 0o644, 5));
    assert_eq!((file.offset, file.data_offset), (512, 1024));
    assert_eq!(entries[2].link, b"a/b");
}

#[test]
fn long_names_and_attributes_win_over_the_header() {
    let long = "x/".repeat(80) + "end";
    let records = [
        record("path", "y/z.t"),
        record("size", "5"),
        record("SCHILY.xattr.security.capability", "x"),
    ]
    .concat();
    let archive = [
        header("././@LongLink", long.len() as u64 + 1, b'L', &[]),
        padded(format!("{long}\0").as_bytes()),
        header("short", 0, b'0', &[]),
        header("pax", records.len() as u64, b'x', &[]),
        padded(&records),
        header("z", 0, b'0', &[]),
        padded(b"hello"),
        header("last", 0, b'0', &[]),
        vec![0; 2 * BLOCK],
    ]
    .concat();
    let (entries, error, _) = walk(&archive);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(names(&entries), [long.as_str(), "y/z.t", "last"]);
    assert_eq!((entries[1].size, entries[1].has_capability), (5, true));
    assert!(!entries[2].has_capability);
}

#[test]
fn sparse_files_have_the_size_that_they_unpack_to() {
    let real = format!("{:011o}\0", 5_000_000_u64);
    let records = [
        record("GNU.sparse.major", "1"),
        record("GNU.sparse.name", "real/a"),
        record("GNU.sparse.realsize", "7000000"),
    ]
    .concat();
    let archive = [
        header("old", 512, b'S', &[(257, b"ustar  \0"), (482, &[1]), (483, real.as_bytes())]),
        vec![0; BLOCK],
        vec![1; BLOCK],
        header("pax", records.len() as u64, b'x', &[]),
        padded(&records),
        header("GNUSparseFile.0/a", 512, b'0', &[]),
        vec![1; BLOCK],
        header("last", 0, b'0', &[]),
    ]
    .concat();
    let (entries, error, oddities) = walk(&archive);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(names(&entries), ["old", "real/a", "last"]);
    assert_eq!((entries[0].stored, entries[0].size), (512, 5_000_000));
    assert_eq!((entries[1].stored, entries[1].size), (512, 7_000_000));
    assert_eq!(oddities, [Oddity::NoEndBlocks]);
}

#[test]
fn what_writers_leave_out_is_forgiven_and_noted() {
    let archive = [header("a", 3, b'0', &[]), b"abc".to_vec()].concat();
    let (entries, error, oddities) = walk(&archive);
    assert_eq!((entries.len(), error.is_none()), (1, true));
    assert_eq!(oddities, [Oddity::NoPadding]);
    let (entries, error, oddities) = walk(&[vec![0; BLOCK], header("a", 0, b'0', &[])].concat());
    assert_eq!((entries.len(), error.is_none()), (0, true));
    assert_eq!(oddities, [Oddity::DataBehindEnd]);
    assert_eq!(walk(b"").2, [Oddity::NoEndBlocks]);
}

#[test]
fn what_cannot_be_is_an_error_with_its_place() {
    let huge = [0x80, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0];
    let negative = [0xff; 12];
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (header("a", 10, b'0', &[]), "Truncated { offset: 512, missing: 10 }"),
        (header("a", 0, b'0', &[])[..100].to_vec(), "Truncated { offset: 100, missing: 412 }"),
        (header("a", 0, b'0', &[(124, &huge)]), "Truncated { offset: 512, missing: 1073741824 }"),
        (header("a", 0, b'0', &[(124, &negative)]), "Number { offset: 0, field: \"size\" }"),
        (header("a", 0, b'0', &[(124, b"12x")]), "Number { offset: 0, field: \"size\" }"),
        (header("a", 1 << 26, b'x', &[]), "Metadata { offset: 0, bytes: 67108864 }"),
        ([header("a", 4, b'x', &[]), padded(b"5 ab")].concat(), "Pax { offset: 0 }"),
        (b"x".repeat(BLOCK), "NotAHeader { offset: 0 }"),
    ];
    for (archive, expected) in cases {
        let (_, error, _) = walk(&archive);
        assert_eq!(format!("{:?}", error.unwrap()), expected);
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let whole = [
        header("a", 5, b'0', &[]),
        padded(b"hello"),
        header("p", 12, b'x', &[]),
        padded(b"12 path=a b\n"),
        header("b", 0, b'0', &[]),
    ]
    .concat();
    let mut state = 1_u32;
    for round in 0..3000 {
        let mut archive = whole.clone();
        for _ in 0..3 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (state >> 8) as usize % archive.len();
            archive[at] = (state >> 24) as u8;
        }
        archive.truncate(archive.len() - round % 600);
        let _ = walk(&archive);
    }
}
