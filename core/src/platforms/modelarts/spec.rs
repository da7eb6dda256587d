//! What ModelArts demands and promises: each fact once, with its source. `static`, never `const`:
//! a citation is told from another by its address.

use crate::fact::{Certainty, Citation, Fact, Publication};
use crate::text::text;

static IMAGE_SPECIFICATIONS: Publication = Publication {
    title: "Custom Image Specifications for Creating a Model",
    url: "https://docs.otc.t-systems.com/modelarts/umn/using_custom_images/using_a_custom_image_to_create_models/custom_image_specifications_for_creating_a_model.html",
    date: "2025-08",
};

/// The port that requests are forwarded to.
pub static SERVICE_PORT: Fact<u16> = Fact {
    value: 8080,
    source: Citation {
        publication: &IMAGE_SPECIFICATIONS,
        says: text(
            "the external service port of the image must be 8080",
            "镜像的对外服务端口必须为 8080",
        ),
        certainty: Certainty::Documented,
    },
};
