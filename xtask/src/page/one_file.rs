//! The page as one file that opens without a server: `plimsoll.html`. `web/boot/copy.js` puts the
//! same together in the page itself.

use std::collections::BTreeMap;
use std::io::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::digest;
use super::html::{Region, data_block, inert};
use crate::Failure;

/// What is not written out but packed.
pub(super) const PACKED: [&str; 3] = ["page_bg.wasm", "worker.js", "worker_bg.wasm"];

const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";

/// What the single file is put together from.
pub(super) struct OneFile {
    styles: Vec<String>,
    scripts: Vec<String>,
    style: String,
    script: String,
    policy: String,
    blocks: String,
}

impl OneFile {
    /// From the files that the page names, in their order.
    pub(super) fn of(
        region: &Region<'_>,
        names: &[String],
        parts: &BTreeMap<String, Vec<u8>>,
    ) -> Result<OneFile, Failure> {
        let (styles, scripts): (Vec<String>, Vec<String>) =
            names.iter().cloned().partition(|name| name.ends_with(".css"));
        let style = joined(&styles, parts)?;
        let script = joined(&scripts, parts)?;
        let mut blocks = String::new();
        for name in PACKED {
            let bytes = parts.get(name).map(Vec::as_slice).unwrap_or_default();
            blocks.push_str(&format!(
                "<script type=\"application/octet-stream\" data-part=\"{name}\">{}</script>\n",
                packed(bytes)?
            ));
        }
        if !region.before.contains(POLICY) {
            return Err("index.html has no policy".into());
        }
        let policy =
            policy(&digest::integrity(script.as_bytes()), &digest::integrity(style.as_bytes()));
        Ok(OneFile { styles, scripts, style, script, policy, blocks })
    }

    /// What the page needs to know to put it together itself.
    pub(super) fn description(&self) -> Value {
        json!({
            "policy": self.policy,
            "styles": self.styles,
            "scripts": self.scripts,
            "packed": PACKED,
        })
    }

    /// The file.
    pub(super) fn assemble(
        &self,
        region: &Region<'_>,
        description: &Value,
    ) -> Result<String, Failure> {
        let (head, rest) = region.before.split_once(POLICY).ok_or("index.html has no policy")?;
        let (_, rest) = rest.split_once('"').ok_or("index.html has no end of its policy")?;
        let (body, end) = region.after.split_once("</body>").ok_or("index.html has no body")?;
        let list = data_block("parts", &description.to_string())?;
        let OneFile { style, script, policy, blocks, .. } = self;
        Ok(format!(
            "{head}{POLICY}{policy}\"{rest}{list}<style>{style}</style>{body}{blocks}\
             <script>{script}</script>\n</body>{end}"
        ))
    }
}

/// Nothing is requested from the first line on, and nothing runs but what the build has put there.
fn policy(script: &str, style: &str) -> String {
    format!(
        "default-src 'none'; script-src '{script}' 'wasm-unsafe-eval'; style-src '{style}'; \
         img-src data:; connect-src 'none'; worker-src blob:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types plimsoll default"
    )
}

fn joined(names: &[String], parts: &BTreeMap<String, Vec<u8>>) -> Result<String, Failure> {
    let mut all = String::new();
    for name in names {
        let bytes = parts.get(name).ok_or_else(|| format!("{name} is missing"))?;
        let text = std::str::from_utf8(bytes).map_err(|error| format!("{name}: {error}"))?;
        all.push_str(inert(text).map_err(|failure| format!("{name}: {failure}"))?);
        all.push('\n');
    }
    Ok(all)
}

fn packed(bytes: &[u8]) -> Result<String, Failure> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(BASE64_STANDARD.encode(encoder.finish()?))
}
