//! The words of EXPOSE: `80`, `8000-8010/udp`, and the mappings that the builder reads over.

use core::net::IpAddr;
use std::ops::Range;

/// One word of EXPOSE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortSpec {
    /// The first port of the container.
    pub first: u16,
    /// The last; the same if it is one.
    pub last: u16,
    /// `tcp`, `udp` or `sctp`, as it is written; `tcp` where nothing is.
    pub protocol: String,
    /// Where the container's ports stand in the word.
    pub ports: Range<usize>,
    /// Where the protocol stands in the word, if one is written.
    pub protocol_at: Option<Range<usize>>,
    /// Where the address stands in the word, which EXPOSE has no use for.
    pub address: Option<Range<usize>>,
    /// Where the host's ports stand in the word, which EXPOSE has no use for.
    pub host: Option<Range<usize>>,
}

/// Why the builder refuses a word of EXPOSE, and where in the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortError {
    /// What is wrong.
    pub kind: PortErrorKind,
    /// Where.
    pub at: Range<usize>,
}

/// What is wrong with a word of EXPOSE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortErrorKind {
    /// No port is given.
    NoPort,
    /// No protocol of this name exists.
    Protocol,
    /// The address is none.
    Address,
    /// The port is no number.
    NoNumber,
    /// The port does not lie between 0 and 65535.
    OutOfRange,
    /// The range ends before it begins.
    Reversed,
    /// The ranges of host and container differ in length.
    Lengths,
}

impl PortSpec {
    /// Reads a word of EXPOSE as the builder does.
    ///
    /// # Errors
    /// What the builder refuses.
    pub fn read(word: &str) -> Result<PortSpec, PortError> {
        let fail = |kind, at| Err(PortError { kind, at });
        let container_at = word.rfind(':').map_or(0, |at| at + 1);
        let before = &word[..container_at.saturating_sub(1)];
        let host_at = before.rfind(':').map_or(0, |at| at + 1);
        let host = host_at..before.len();
        let address = 0..host_at.saturating_sub(1);
        let container = &word[container_at..];
        let (ports, protocol) = container.split_once('/').unwrap_or((container, ""));
        let ports_at = container_at..container_at + ports.len();
        if ports.is_empty() {
            return fail(PortErrorKind::NoPort, container_at..word.len());
        }
        let protocol_at = word.len() - protocol.len()..word.len();
        if !matches!(protocol.to_lowercase().as_str(), "" | "tcp" | "udp" | "sctp") {
            return fail(PortErrorKind::Protocol, protocol_at);
        }
        if !address.is_empty() {
            let letters = &word[address.clone()];
            let bare = letters.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            if bare.unwrap_or(letters).parse::<IpAddr>().is_err() {
                return fail(PortErrorKind::Address, address);
            }
        }
        let (first, last) = range(word, ports_at.clone())?;
        if !host.is_empty() {
            let (from, to) = range(word, host.clone())?;
            if last != first && last - first != to - from {
                return fail(PortErrorKind::Lengths, host);
            }
        }
        let given = |range: Range<usize>| Some(range).filter(|range| !range.is_empty());
        Ok(PortSpec {
            first,
            last,
            protocol: if protocol.is_empty() { "tcp" } else { protocol }.to_owned(),
            ports: ports_at,
            protocol_at: given(protocol_at),
            address: given(address),
            host: given(host),
        })
    }
}

fn range(word: &str, at: Range<usize>) -> Result<(u16, u16), PortError> {
    let letters = &word[at.clone()];
    let Some((first, last)) = letters.split_once('-') else {
        let port = number(word, at)?;
        return Ok((port, port));
    };
    let from = number(word, at.start..at.start + first.len())?;
    let to = number(word, at.end - last.len()..at.end)?;
    if to < from {
        return Err(PortError { kind: PortErrorKind::Reversed, at });
    }
    Ok((from, to))
}

fn number(word: &str, at: Range<usize>) -> Result<u16, PortError> {
    let letters = &word[at.clone()];
    let digits = letters.strip_prefix(['+', '-']).unwrap_or(letters);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PortError { kind: PortErrorKind::NoNumber, at });
    }
    letters.parse().map_err(|_| PortError { kind: PortErrorKind::OutOfRange, at })
}
