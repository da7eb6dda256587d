//! Credentials that are told by their form alone: the prefixes that providers give their tokens so
//! that scanners find them.

/// A form of credential.
struct Shape {
    /// What it begins with.
    prefix: &'static str,
    /// The fewest letters behind it.
    least: usize,
    /// Whose it is, as people know it.
    owner: &'static str,
    /// Whether letters and digits alone belong to it (else also `-` and `_`).
    is_plain: bool,
    /// Whether all letters are in upper case.
    is_upper: bool,
}

const fn shape(prefix: &'static str, least: usize, owner: &'static str) -> Shape {
    Shape { prefix, least, owner, is_plain: false, is_upper: false }
}

const fn plain(prefix: &'static str, least: usize, owner: &'static str) -> Shape {
    Shape { prefix, least, owner, is_plain: true, is_upper: false }
}

const SHAPES: &[Shape] = &[
    plain("ghp_", 36, "GitHub"),
    plain("gho_", 36, "GitHub"),
    plain("ghu_", 36, "GitHub"),
    plain("ghs_", 36, "GitHub"),
    plain("ghr_", 36, "GitHub"),
    shape("github_pat_", 40, "GitHub"),
    shape("glpat-", 20, "GitLab"),
    Shape { prefix: "AKIA", least: 16, owner: "AWS", is_plain: true, is_upper: true },
    Shape { prefix: "ASIA", least: 16, owner: "AWS", is_plain: true, is_upper: true },
    plain("LTAI", 12, "Alibaba Cloud"),
    plain("hf_", 30, "Hugging Face"),
    plain("npm_", 36, "npm"),
    shape("pypi-AgEI", 40, "PyPI"),
    shape("dckr_pat_", 20, "Docker Hub"),
    shape("xoxb-", 20, "Slack"),
    shape("xoxp-", 20, "Slack"),
    shape("sk-ant-", 40, "Anthropic"),
    shape("sk-proj-", 40, "OpenAI"),
    plain("sk_live_", 20, "Stripe"),
    shape("AIza", 35, "Google"),
];

/// A credential in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its first byte.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Whose it is.
    pub(crate) owner: &'static str,
}

/// The credentials in `text` that their form alone tells, in their order.
pub(crate) fn tokens(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        // Tokens begin where a word begins.
        let is_start = bytes[at].is_ascii_alphanumeric()
            && (at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_'));
        match SHAPES.iter().filter(|_| is_start).find_map(|shape| read(shape, bytes, at)) {
            Some(one) => {
                at = one.end;
                found.push(one);
            }
            None => at += 1,
        }
    }
    found
}

fn read(shape: &Shape, bytes: &[u8], start: usize) -> Option<Found> {
    let rest = bytes.get(start..)?.strip_prefix(shape.prefix.as_bytes())?;
    let belongs = |byte: &&u8| {
        let is_letter = byte.is_ascii_digit()
            || byte.is_ascii_uppercase()
            || (!shape.is_upper && byte.is_ascii_lowercase());
        is_letter || (!shape.is_plain && matches!(byte, b'-' | b'_'))
    };
    let length = rest.iter().take_while(belongs).count();
    // `ghp_xxxxxxxx…` is somebody's example.
    let body = &rest[..length];
    let is_varied = body.first().is_some_and(|first| body.iter().any(|byte| byte != first));
    (length >= shape.least && is_varied).then(|| Found {
        start,
        end: start + shape.prefix.len() + length,
        owner: shape.owner,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_by_their_prefix_and_length() {
        let body = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
        let owners = |text: &str| -> Vec<&'static str> {
            tokens(text).iter().map(|found| found.owner).collect()
        };
        assert_eq!(owners(&format!("curl -H 'token ghp_{body}'")), ["GitHub"]);
        assert_eq!(
            owners(&format!("A=hf_{body} B=LTAI5t{}", &body[..14])),
            ["Hugging Face", "Alibaba Cloud"]
        );
        assert_eq!(owners("AKIAABCDEFGH23456789"), ["AWS"]);
        for text in ["ghp_short", "AKIAabcdefghijklmnop", "hf_hub_download", "npm_config_cache"] {
            assert_eq!(owners(text), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(owners(&format!("ghp_{}", "x".repeat(36))), Vec::<&str>::new());
        assert_eq!(owners("密码AKIAABCDEFGH23456789端"), ["AWS"]);
    }
}
