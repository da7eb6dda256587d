//! Images with planted secrets, each as the archive that `docker save` writes.

use plimsoll::image::digest::Digest;

use crate::archive::Tar;

/// Below a title the configuration, the script at `/home/run.sh`, and what is still to be read.
const IMAGES: &str = include_str!("images.txt");

/// An image with secrets in it.
pub(crate) struct Image {
    /// What is special about it.
    pub(crate) title: String,
    /// The archive.
    pub(crate) archive: Vec<u8>,
    /// What everybody may read of it.
    pub(crate) stays: Vec<String>,
}

/// All of them.
pub(crate) fn images() -> Vec<Image> {
    IMAGES.split("=== ").skip(1).map(read).collect()
}

fn read(row: &str) -> Image {
    let mut lines = row.lines();
    let title = lines.next().expect("a title").to_owned();
    let config = lines.next().expect("a configuration");
    let (mut script, mut stays) = (String::new(), Vec::new());
    for line in lines {
        if let Some(text) = line.strip_prefix("script: ") {
            script = text.replace("\\n", "\n");
        } else if let Some(words) = line.strip_prefix("stays: ") {
            stays.extend(words.split(" | ").map(str::to_owned));
        }
    }
    Image { archive: archive(config, &script), title, stays }
}

/// What `docker save` writes of an image of one layer.
fn archive(config: &str, script: &str) -> Vec<u8> {
    let layer = Tar::default().file("home/run.sh", 0o755, script.as_bytes()).finish();
    let mut config: serde_json::Value = serde_json::from_str(config).expect("JSON");
    let root = config.as_object_mut().expect("an object");
    root.entry("architecture").or_insert("amd64".into());
    root.entry("os").or_insert("linux".into());
    let ids = vec![Digest::of(&layer).to_string()];
    root.insert("rootfs".into(), serde_json::json!({"type": "layers", "diff_ids": ids}));
    let config = config.to_string();
    let manifest = r#"[{"Config":"config.json","RepoTags":["app:1.0"],"Layers":["layer.tar"]}]"#;
    Tar::default()
        .file("config.json", 0o644, config.as_bytes())
        .file("layer.tar", 0o644, &layer)
        .file("manifest.json", 0o644, manifest.as_bytes())
        .finish()
}
