//! Signals, as STOPSIGNAL names them.

/// Names without `SIG`, with the number on Linux where it is the same on every processor that
/// images are built for.
const SIGNALS: &[(&str, Option<u32>)] = &[
    ("HUP", Some(1)),
    ("INT", Some(2)),
    ("QUIT", Some(3)),
    ("ILL", Some(4)),
    ("TRAP", Some(5)),
    ("ABRT", Some(6)),
    ("BUS", None),
    ("FPE", Some(8)),
    ("KILL", Some(9)),
    ("USR1", None),
    ("SEGV", Some(11)),
    ("USR2", None),
    ("PIPE", Some(13)),
    ("ALRM", Some(14)),
    ("TERM", Some(15)),
    ("STKFLT", None),
    ("CHLD", None),
    ("CLD", None),
    ("CONT", None),
    ("STOP", None),
    ("TSTP", None),
    ("TTIN", None),
    ("TTOU", None),
    ("URG", None),
    ("XCPU", None),
    ("XFSZ", None),
    ("VTALRM", None),
    ("PROF", None),
    ("WINCH", None),
    ("IO", None),
    ("IOT", None),
    ("POLL", None),
    ("PWR", None),
    ("SYS", None),
    ("RTMIN", None),
    ("RTMAX", None),
];

/// What a stop signal names.
pub(crate) enum Signal {
    /// A signal by its name without `SIG`.
    Named(&'static str),
    /// A real-time signal, or a number whose name we do not tell.
    Other,
    /// None.
    Unknown,
}

/// What `text`, a name with or without `SIG` or a number, names.
pub(crate) fn read(text: &str) -> Signal {
    if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        let number: u32 = text.parse().unwrap_or_default();
        let known = SIGNALS.iter().find(|(_, known)| *known == Some(number));
        return match (number, known) {
            (0, _) => Signal::Unknown,
            (_, Some((name, _))) => Signal::Named(name),
            _ => Signal::Other,
        };
    }
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    if let Some((known, _)) = SIGNALS.iter().find(|(known, _)| *known == name) {
        return Signal::Named(known);
    }
    let is_real_time = |start: &str, most: u32| {
        let distance = name.strip_prefix(start).and_then(|rest| rest.parse().ok());
        distance.is_some_and(|distance: u32| (1..=most).contains(&distance))
    };
    if is_real_time("RTMIN+", 15) || is_real_time("RTMAX-", 14) {
        return Signal::Other;
    }
    Signal::Unknown
}
