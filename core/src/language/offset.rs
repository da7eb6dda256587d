//! Offsets in UTF-16 code units and in bytes, one into the other.

/// The offset in UTF-16 code units of the byte `offset` of `text`. An offset inside a character is
/// that of its beginning, one behind the end that of the end.
pub fn to_utf16(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    units(&text.as_bytes()[..offset])
}

/// The byte of `text` at `offset` UTF-16 code units. An offset inside a pair of surrogates is that
/// of the pair's beginning, one behind the end that of the end.
pub fn to_byte(text: &str, offset: usize) -> usize {
    let mut left = offset;
    for (at, character) in text.char_indices() {
        if left < character.len_utf16() {
            return at;
        }
        left -= character.len_utf16();
    }
    text.len()
}

/// The UTF-16 code units of whole characters: one for each first byte, two for one of four bytes.
pub(super) fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|&byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_both_ways() {
        let text = "a端😀b";
        for (byte, unit) in [(0, 0), (1, 1), (4, 2), (8, 4), (9, 5)] {
            assert_eq!(to_utf16(text, byte), unit);
            assert_eq!(to_byte(text, unit), byte);
        }
        assert_eq!((to_utf16(text, 3), to_utf16(text, 99)), (1, 5));
        assert_eq!((to_byte(text, 3), to_byte(text, 99)), (4, 9));
    }
}
