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
    shape("xoxa-", 20, "Slack"),
    shape("xoxb-", 20, "Slack"),
    shape("xoxp-", 20, "Slack"),
    shape("xoxr-", 20, "Slack"),
    shape("xoxs-", 20, "Slack"),
    shape("xapp-", 20, "Slack"),
    shape("sk-ant-", 40, "Anthropic"),
    shape("sk-proj-", 40, "OpenAI"),
    shape("sk-svcacct-", 40, "OpenAI"),
    shape("sk-or-v1-", 40, "OpenRouter"),
    // OpenAI's old form, which DeepSeek, DashScope and others have taken over.
    plain("sk-", 20, "OpenAI"),
    plain("gsk_", 40, "Groq"),
    shape("nvapi-", 40, "NVIDIA"),
    plain("r8_", 30, "Replicate"),
    plain("sk_live_", 20, "Stripe"),
    plain("rk_live_", 20, "Stripe"),
    shape("AIza", 35, "Google"),
    shape("GOCSPX-", 20, "Google"),
    shape("ya29.", 20, "Google"),
    plain("AKID", 32, "Tencent Cloud"),
    shape("dop_v1_", 60, "DigitalOcean"),
    shape("glrt-", 20, "GitLab"),
    shape("gldt-", 20, "GitLab"),
    shape("hvs.", 24, "Vault"),
    shape("tskey-auth-", 20, "Tailscale"),
    plain("shpat_", 32, "Shopify"),
    plain("shpca_", 32, "Shopify"),
    plain("shppa_", 32, "Shopify"),
    plain("shpss_", 32, "Shopify"),
    shape("glptt-", 20, "GitLab"),
    shape("glcbt-", 20, "GitLab"),
    shape("glsoat-", 20, "GitLab"),
    shape("glimt-", 20, "GitLab"),
    shape("glft-", 20, "GitLab"),
    shape("gloas-", 20, "GitLab"),
    shape("glagent-", 20, "GitLab"),
    shape("dckr_oat_", 20, "Docker Hub"),
    plain("AKLT", 20, "Volcengine"),
    plain("api_org_", 30, "Hugging Face"),
    plain("sk_test_", 20, "Stripe"),
    plain("rk_test_", 20, "Stripe"),
    plain("whsec_", 20, "Stripe"),
    plain("dapi", 32, "Databricks"),
    shape("PMAK-", 50, "Postman"),
    plain("lin_api_", 40, "Linear"),
    plain("figd_", 40, "Figma"),
    shape("doo_v1_", 60, "DigitalOcean"),
    shape("dor_v1_", 60, "DigitalOcean"),
    plain("nfp_", 36, "Netlify"),
    plain("rubygems_", 40, "RubyGems"),
    plain("pul-", 40, "Pulumi"),
    shape("ATATT3", 100, "Atlassian"),
    shape("ATBB", 28, "Atlassian"),
    shape("sntrys_", 40, "Sentry"),
    plain("sntryu_", 60, "Sentry"),
    shape("hvb.", 40, "Vault"),
    shape("tskey-client-", 20, "Tailscale"),
    shape("tskey-api-", 20, "Tailscale"),
    plain("sbp_", 40, "Supabase"),
    shape("pscale_tkn_", 30, "PlanetScale"),
    shape("pscale_pw_", 30, "PlanetScale"),
    shape("xai-", 60, "xAI"),
    plain("pplx-", 40, "Perplexity"),
    plain("jina_", 40, "Jina"),
    shape("lsv2_pt_", 40, "LangSmith"),
    shape("NRAK-", 27, "New Relic"),
    shape("glsa_", 38, "Grafana"),
    shape("glc_", 60, "Grafana"),
    plain("AGE-SECRET-KEY-1", 50, "age"),
    shape("xoxe-", 20, "Slack"),
    shape("xoxc-", 20, "Slack"),
    shape("xoxd-", 20, "Slack"),
];

/// A bit for each pair of bytes that a form begins with: most words end here.
const STARTS: [u64; 1024] = {
    let mut starts = [0; 1024];
    let mut index = 0;
    while index < SHAPES.len() {
        let prefix = SHAPES[index].prefix.as_bytes();
        let pair = pair(prefix[0], prefix[1]);
        starts[pair / 64] |= 1 << (pair % 64);
        index += 1;
    }
    starts
};

const fn pair(first: u8, second: u8) -> usize {
    (first as usize) << 8 | second as usize
}

/// Whether a form may begin at `at`.
fn may_start(bytes: &[u8], at: usize) -> bool {
    let [first, second, ..] = bytes[at..] else { return false };
    let pair = pair(first, second);
    STARTS[pair / 64] & (1 << (pair % 64)) != 0
}

/// What a JSON Web Token begins with: the Base64 of `{"`.
const WEB_TOKEN: &str = "eyJ";

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
    // Up to here no web token begins: what was read as its header has no payload.
    let mut barren = 0;
    let mut at = 0;
    while at < bytes.len() {
        // Tokens begin where a word begins.
        let is_start = bytes[at].is_ascii_alphanumeric()
            && (at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_'));
        let begins = |shape: &&Shape| bytes[at..].starts_with(&shape.prefix.as_bytes()[..2]);
        let shapes = || SHAPES.iter().filter(begins).find_map(|shape| read(shape, bytes, at));
        let one = if !is_start {
            None
        } else if may_start(bytes, at) {
            shapes()
        } else if bytes[at] == b'e' && at >= barren {
            web_token(bytes, at, &mut barren)
        } else {
            None
        };
        match one {
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

/// `header.payload.signature`, all three of Base64.
fn web_token(bytes: &[u8], start: usize, barren: &mut usize) -> Option<Found> {
    bytes.get(start..)?.strip_prefix(WEB_TOKEN.as_bytes())?;
    let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut end = start;
    for part in 0..3 {
        let length = bytes.get(end..)?.iter().take_while(is_letter).count();
        end += length;
        if part == 0 {
            *barren = end;
        }
        if length < 8 {
            return None;
        }
        if part < 2 {
            (bytes.get(end) == Some(&b'.')).then_some(())?;
            end += 1;
        }
    }
    Some(Found { start, end, owner: "JSON Web Token" })
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
        assert_eq!(
            owners(&format!("A=dapi{} B=glptt-{body} C=whsec_{body} D=glsa_{body}", &body[..32])),
            ["Databricks", "GitLab", "Stripe", "Grafana"]
        );
        assert_eq!(
            owners(&format!("A=sk-{body} B=xoxs-{body} C=gsk_{body}")),
            ["OpenAI", "Slack", "Groq"]
        );
        assert_eq!(
            owners("a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27u b"),
            ["JSON Web Token"]
        );
        for text in [
            "ghp_short",
            "AKIAabcdefghijklmnop",
            "hf_hub_download",
            "npm_config_cache",
            "sk-learn",
            "sk-learn-contrib-and-other-packages",
            "eyJhbGciOiJIUzI1NiJ9",
        ] {
            assert_eq!(owners(text), Vec::<&str>::new(), "{text}");
        }
        assert_eq!(owners(&format!("ghp_{}", "x".repeat(36))), Vec::<&str>::new());
        assert_eq!(owners("密码AKIAABCDEFGH23456789端"), ["AWS"]);
    }
}
