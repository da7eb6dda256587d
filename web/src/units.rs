//! Bytes, UTF-16 units and lines of a text: counted over the whole of it at every key, so by bytes
//! and not by letters. Pure.

/// As many bytes are passed at once where all of them are ASCII.
const BLOCK: usize = 64;

/// The byte at which so many UTF-16 units of `text` are over; its end where it has no more.
pub fn byte_of(text: &str, unit: u32) -> usize {
    let (mut at, mut left) = (0, unit as usize);
    loop {
        let block = text.as_bytes().get(at..at + BLOCK);
        if left >= BLOCK && block.is_some_and(<[u8]>::is_ascii) {
            at += BLOCK;
            left -= BLOCK;
            continue;
        }
        let end = at + BLOCK;
        while at < end {
            let Some(letter) = text[at..].chars().next().filter(|_| left > 0) else { return at };
            at += letter.len_utf8();
            left = left.saturating_sub(letter.len_utf16());
        }
    }
}

/// The UTF-16 units of `text`.
pub fn units(text: &str) -> u32 {
    // A letter begins with a byte that continues none; those of four bytes are two units.
    let of = |byte: &u8| u32::from(*byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0);
    text.as_bytes().iter().map(of).sum()
}

/// The UTF-16 unit at the byte `at`.
pub fn unit_of(text: &str, at: usize) -> u32 {
    units(text.get(..at).unwrap_or(text))
}

/// How many lines end in `text`, each with `\n`.
pub fn lines(text: &str) -> usize {
    text.as_bytes().iter().filter(|&&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_any_text_is_found_again() {
        let mixed = "a端口😀\n".repeat(40);
        let late = format!("{}端😀{}", "x".repeat(130), "y\n".repeat(70));
        for text in ["", "a", "😀", &mixed, &late, &"z".repeat(200)] {
            assert_eq!(units(text) as usize, text.encode_utf16().count());
            assert_eq!(lines(text), text.matches('\n').count());
            for (at, letter) in text.char_indices() {
                let unit = unit_of(text, at);
                assert_eq!(byte_of(text, unit), at, "{text:?}");
                if letter.len_utf16() == 2 {
                    assert_eq!(byte_of(text, unit + 1), at + 4, "no place is inside a letter");
                }
            }
            assert_eq!(byte_of(text, u32::MAX), text.len());
        }
    }
}
