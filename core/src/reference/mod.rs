//! Image references: their grammar, and which registry, region and network a host belongs to.
//!
//! Knows no document and no rule: a reference is a text of its own, and every range that is given
//! here counts bytes from the beginning of that text.

mod cuda;
mod error;
mod image;
mod placeholder;
mod registry;
mod swr;

pub use cuda::Cuda;
pub use error::{ReferenceError, ReferenceErrorKind};
pub use image::{DEFAULT_HOST, ImageReference, NotAReference, parse};
pub use placeholder::{is_placeholder, template_range};
pub use registry::{HOSTS, HostPattern, Network, Registry, RegistryKind, classify_host, vpc_host};
pub use swr::{SwrNameError, SwrNameProblem, check_swr_organisation, check_swr_repository};
