//! The publications that rules of the Dockerfile rest on.

use crate::fact::Publication;

/// The language's reference.
pub(super) static REFERENCE: Publication = Publication {
    title: "Dockerfile reference",
    url: "https://docs.docker.com/reference/dockerfile/",
    date: "",
};
