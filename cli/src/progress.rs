//! A line on the terminal that says how far a long reading is.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use plimsoll::image::facts::Watch;
use plimsoll::text::Lang;

/// How often the line is written anew.
const PACE: Duration = Duration::from_millis(100);

/// What takes less time gets no line.
const PATIENCE: Duration = Duration::from_millis(300);

/// The line. Without a terminal nothing is written.
pub(crate) struct Progress {
    lang: Lang,
    is_shown: bool,
    has_line: bool,
    started: Instant,
    last: Instant,
    read: u64,
    whole: u64,
    layer: usize,
    layers: usize,
}

impl Progress {
    pub(crate) fn new(lang: Lang) -> Progress {
        let now = Instant::now();
        Progress {
            lang,
            is_shown: io::stderr().is_terminal(),
            has_line: false,
            started: now,
            last: now,
            read: 0,
            whole: 0,
            layer: 0,
            layers: 0,
        }
    }

    fn line(&self, now: Instant) -> String {
        let seconds = now.duration_since(self.started).as_secs_f64().max(0.001);
        // Megabytes a second, and seconds to come: no more than a hint.
        let rate = self.read as f64 / seconds;
        let left = (self.whole.saturating_sub(self.read) as f64 / rate.max(1.0)).ceil() as u64;
        let percent = (self.read * 100).checked_div(self.whole).unwrap_or(100).min(100);
        let (read, whole) = (size(self.read), size(self.whole));
        let rate = size(rate as u64);
        let (layer, layers) = (self.layer, self.layers);
        match self.lang {
            Lang::En => format!(
                "reading layer {layer} of {layers}: {percent}%  {read} of {whole}  {rate}/s  {left} s left"
            ),
            Lang::Zh => format!(
                "正在读取第 {layer}/{layers} 层：{percent}%  {read}/{whole}  {rate}/s  剩余 {left} 秒"
            ),
        }
    }

    fn write(&mut self, text: &str) {
        // A terminal that is gone is no reason to stop.
        let mut stream = io::stderr().lock();
        let _ = write!(stream, "\r{text}\x1b[K").and_then(|()| stream.flush());
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.has_line) {
            self.write("");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Watch for Progress {
    fn begin(&mut self, bytes: u64, layers: usize) {
        let now = Instant::now();
        (self.started, self.last) = (now, now);
        (self.read, self.whole) = (0, bytes);
        (self.layer, self.layers) = (0, layers);
    }

    fn layer(&mut self, index: usize) {
        self.layer = index + 1;
    }

    fn progress(&mut self, bytes: u64) -> io::Result<()> {
        self.read += bytes;
        if self.is_shown {
            let now = Instant::now();
            let is_due = now.duration_since(self.last) >= PACE;
            if is_due && now.duration_since(self.started) >= PATIENCE {
                self.last = now;
                self.has_line = true;
                let line = self.line(now);
                self.write(&line);
            }
        }
        Ok(())
    }
}

/// Bytes for people, in powers of 1024.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{value:.1} {}", UNITS[unit]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_a_unit_that_suits_them() {
        let sizes = [0, 1023, 1024, 1536, 30 << 30, u64::MAX].map(size);
        assert_eq!(sizes, ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "30.0 GiB", "16384.0 PiB"]);
    }
}
