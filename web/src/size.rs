//! Numbers of bytes for people, and lengths for style sheets. Without fractions of the machine's own:
//! what spells those weighs as much as a page of this one.

/// Bytes in powers of 1024.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut whole, mut unit) = (1_u64, 0);
    while bytes / whole >= 1024 && unit + 1 < UNITS.len() {
        whole *= 1024;
        unit += 1;
    }
    if unit == 0 {
        return format!("{bytes} B");
    }
    let tenths = (u128::from(bytes) * 10 + u128::from(whole / 2)) / u128::from(whole);
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

/// A length in pixels, to the hundredth.
pub fn pixels(length: f64) -> String {
    let hundredths = (length * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let hundredths = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}px", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_the_greatest_unit_that_they_fill() {
        let told = [0, 1023, 1024, 1536, 1_048_575, 300 << 20, u64::MAX].map(size);
        let expected = ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "1024.0 KiB", "300.0 MiB"];
        assert_eq!(told[..6], expected);
        assert_eq!(told[6], "16777216.0 TiB");
    }

    #[test]
    fn a_length_keeps_its_hundredths_and_its_sign() {
        assert_eq!(
            [20.0, -0.125, 1_999.999, -40.5].map(pixels),
            ["20.00px", "-0.13px", "2000.00px", "-40.50px"]
        );
    }
}
