//! What EAS demands and promises: each fact once, with its source. `static`, never `const`: a
//! citation is told from another by its address.

use crate::fact::{Certainty, Citation, Fact, Publication};
use crate::text::text;

static CUSTOM_IMAGES: Publication = Publication {
    title: "Deploy model services using custom images",
    url: "https://www.alibabacloud.com/help/en/pai/user-guide/deploy-a-model-service-by-using-a-custom-image",
    date: "2026-01-16",
};

/// The ports that EAS keeps for its own engine.
pub static RESERVED_PORTS: Fact<[u16; 2]> = Fact {
    value: [8080, 9090],
    source: Citation {
        publication: &CUSTOM_IMAGES,
        says: text(
            "EAS reserves ports 8080 and 9090; an application that uses them fails to deploy with a port conflict",
            "EAS 保留 8080 和 9090 端口；应用使用这些端口会因端口冲突而部署失败",
        ),
        certainty: Certainty::Documented,
    },
};
