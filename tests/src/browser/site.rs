//! Where a test's page comes from: the built folder, or a copy that may be spoiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use plimsoll_test_support::workspace;
use static_server::Server;

/// Counts the copies of this process.
static COPIES: AtomicUsize = AtomicUsize::new(0);

/// A folder with the page, and who serves it.
pub struct Site {
    folder: PathBuf,
    is_copy: bool,
    /// Who serves it.
    pub server: Server,
}

impl Site {
    /// The page as it was built.
    pub fn built() -> Site {
        let dist = workspace().join("dist");
        let is_built = dist.join("plimsoll.html").is_file();
        assert!(is_built, "dist/ holds no page; run `cargo xtask build` first");
        Site::of(dist, false)
    }

    /// A copy of the page as it was built.
    pub fn copy() -> Site {
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let name = format!("plimsoll-site-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder for the copy");
        for entry in fs::read_dir(workspace().join("dist")).expect("a page that is built") {
            let file = entry.expect("an entry").path();
            let name = file.file_name().expect("a file's name");
            fs::copy(&file, folder.join(name)).expect("a copy");
        }
        Site::of(folder, true)
    }

    fn of(folder: PathBuf, is_copy: bool) -> Site {
        let server = Server::start(&folder, 0).expect("a server");
        Site { folder, is_copy, server }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a file, without a server.
    pub fn file_address(&self, name: &str) -> String {
        format!("file://{}", self.folder.join(name).display())
    }

    /// The address by a name that browsers do not trust as they trust the loopback.
    pub fn plain_address(&self) -> String {
        self.server.url().replace("127.0.0.1", "plain.test")
    }

    /// Takes a file away.
    pub fn remove(&self, name: &str) {
        assert!(self.is_copy, "only copies are spoiled");
        fs::remove_file(self.folder.join(name)).expect("a file that is there");
    }

    /// Changes a file in its last bytes.
    pub fn corrupt(&self, name: &str) {
        let mut bytes = self.read(name);
        let end = bytes.len();
        bytes[end - 8..].fill(b'?');
        self.write(name, &bytes);
    }

    /// The bytes of a file.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).expect("a file that is there")
    }

    /// Puts a file there, or another in its place.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        assert!(self.is_copy, "only copies are spoiled");
        fs::write(self.folder.join(name), bytes).expect("a file that may be written");
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if self.is_copy {
            // What is left lies among what is temporary.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
