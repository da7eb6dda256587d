//! The images of a request, and the hosts that they come from.

use std::ops::Range;

use super::Container;
use crate::reference::{ImageReference, NotAReference, Registry, classify_host, parse};
use crate::text::MappedText;
use crate::tree::Node;

/// The image of a container.
pub(in super::super) struct Image<'r> {
    pub(in super::super) container: Container<'r>,
    pub(in super::super) node: &'r Node,
    pub(in super::super) text: &'r MappedText,
    /// The address, where all of it is known and it is one.
    pub(in super::super) reference: Option<ImageReference>,
    /// The host that is asked, where it is known.
    pub(in super::super) host: Option<String>,
    /// Where in the address the host stands, if it is written.
    pub(in super::super) host_range: Option<Range<usize>>,
}

impl<'r> Image<'r> {
    pub(super) fn of(container: Container<'r>) -> Option<Image<'r>> {
        let node = container.get("Image")?;
        let text = node.as_text()?;
        let image = |reference, host, host_range| {
            Some(Image { container, node, text, reference, host, host_range })
        };
        match parse(text.text()) {
            // `hub.xxx.cn/app` is still to be filled in, though it has the form.
            Ok(_) if node.is_unknown() => image(None, None, None),
            Ok(reference) => {
                let host = Some(reference.registry_host().to_owned());
                let range = reference.host_range();
                image(Some(reference), host, range)
            }
            Err(NotAReference::Unknown { host, .. }) => {
                let name = host.clone().and_then(|range| text.text().get(range));
                image(None, name.map(str::to_owned), host)
            }
            Err(NotAReference::Wrong(_)) => image(None, None, None),
        }
    }

    /// What the host tells of the registry.
    pub(in super::super) fn registry(&self) -> Option<Registry> {
        self.host.as_deref().map(classify_host)
    }

    /// Whether host and the rest can be told apart at all: a template at the beginning hides it.
    pub(in super::super) fn has_host(&self) -> bool {
        self.host.is_some()
    }
}

/// The host in `server`, whatever stands around it by mistake: a scheme, a login, a path, spaces.
pub(in super::super) fn host_of_server(server: &str) -> &str {
    let server = server.trim();
    let server = server.split_once("://").map_or(server, |(_, rest)| rest);
    let authority = server.split('/').next().unwrap_or(server);
    authority.rsplit('@').next().unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::host_of_server;

    #[test]
    fn a_host_is_found_in_what_stands_around_it() {
        for server in ["a.b:5000", " https://a.b:5000/c/d@e", "http://ann:hunter2@a.b:5000/"] {
            assert_eq!(host_of_server(server), "a.b:5000", "{server}");
        }
    }
}
