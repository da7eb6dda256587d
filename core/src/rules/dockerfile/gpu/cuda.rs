//! The CUDA of base images.

use super::super::base_image::BaseImage;

pub(super) use crate::reference::Cuda;

/// The CUDA that an image holds by its name.
pub(super) fn of_image(image: &BaseImage<'_>) -> Option<Cuda> {
    image.reference.cuda()
}

/// Whether the image holds the compiler.
pub(super) fn is_devel(image: &BaseImage<'_>) -> bool {
    image.reference.tag().is_some_and(|tag| tag.split(['-', '_']).any(|word| word == "devel"))
}
