//! Several documents as one file.

use std::io::Write;

use crate::state::paths;

/// A zip archive of `files`, each a path and a text; the texts are stored as they are. Where they
/// would lie outside the folder that the archive is unpacked into, they lie in it. Scripts may be
/// executed. `None` where the archive can't be made.
pub fn zip<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<Vec<u8>> {
    let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
    let mut taken: Vec<String> = Vec::new();
    for (path, text) in files {
        let path = paths::free(&inside(path), |one| taken.iter().any(|known| known == one));
        let mode = if text.starts_with("#!") { 0o755 } else { 0o644 };
        let file = archive.new_file(&path).unix_permissions(mode);
        let (mut entry, config) = file.start().ok()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(text.as_bytes()).ok()?;
        let (_, descriptor) = writer.finish().ok()?;
        entry.finish(descriptor).ok()?;
        taken.push(path);
    }
    archive.finish().ok()
}

/// `path` without what leads out of its folder.
fn inside(path: &str) -> String {
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let path = parts.collect::<Vec<_>>().join("/");
    if path.is_empty() { "document".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let files = [
            ("Dockerfile", "FROM a:1\r\n"),
            ("deploy/服务.json", "{}"),
            ("../../run.sh", "#!/bin/sh\n"),
            ("run.sh", ""),
        ];
        let bytes = zip(files).unwrap();
        let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
        let mut entries = archive.entries();
        let mut read = Vec::new();
        while let Some(entry) = entries.next_entry().unwrap() {
            let path = entry.file_path().try_normalize().unwrap().as_ref().to_owned();
            let local = archive.get_entry(entry.wayfinder()).unwrap();
            let mut text = String::new();
            local.verifying_reader(local.data()).read_to_string(&mut text).unwrap();
            read.push((path, text, entry.mode().permissions() & 0o777));
        }
        let expected = [
            ("Dockerfile", "FROM a:1\r\n", 0o644),
            ("deploy/服务.json", "{}", 0o644),
            ("run.sh", "#!/bin/sh\n", 0o755),
            ("run 2.sh", "", 0o644),
        ];
        let expected = expected.map(|(path, text, mode)| (path.to_owned(), text.to_owned(), mode));
        assert_eq!(read, expected);
    }

    #[test]
    fn a_path_that_is_nothing_has_a_name() {
        assert_eq!((inside("../"), inside("/a//b")), ("document".to_owned(), "a/b".to_owned()));
    }
}
