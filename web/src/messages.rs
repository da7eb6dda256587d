//! What page and worker say to each other. Knows neither of the two.
//!
//! `packing` sends it by the order of fields: they have no names on the way, and none is left out.
//!
//! Not `Debug`: some of it is a password.

use plimsoll::report::Inspection;
use serde::{Deserialize, Serialize};

use crate::wire::{SentFit, Wire};

/// A document as the page holds it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its kind, where its reader chose one: `dockerfile`.
    #[serde(default)]
    pub kind: Option<String>,
}

/// A document that a question is about.
#[derive(Clone, Serialize, Deserialize)]
pub struct Item {
    /// Which: a number that no other document ever has.
    pub id: u32,
    /// Its path.
    pub path: String,
    /// Its kind, where its reader chose one.
    pub kind: Option<String>,
    /// Its text with its own line ends; nothing where the worker has it already.
    pub text: Option<String>,
}

/// What is to be checked, and how.
#[derive(Clone, Serialize, Deserialize)]
pub struct Job {
    /// Counts the page's edits: an answer to an older one is of no use.
    pub revision: u64,
    /// The documents.
    pub files: Vec<Item>,
    /// The platforms, as users write them; empty for those that the documents name.
    pub platforms: Vec<String>,
    /// The name of the image that belongs to them, if one does.
    pub image: Option<String>,
    /// Whether rules are asked that only the strict want.
    #[serde(default)]
    pub strict: bool,
    /// The language of messages: `en`, `zh`.
    pub lang: String,
}

/// What the page asks of the worker.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Is anybody there?
    Hello,
    /// Check these documents.
    Check(Job),
    /// What does this fix of this finding change?
    Fix {
        /// The revision that was checked last.
        revision: u64,
        /// Index of the finding in the report.
        finding: usize,
        /// Index of the fix in the finding.
        fix: usize,
        /// What it does, for whoever hears the answer.
        title: String,
    },
    /// Which comment silences this finding? Answered as a fix is.
    Silence {
        /// The revision that was checked last.
        revision: u64,
        /// Index of the finding in the report.
        finding: usize,
        /// What it does, for whoever hears the answer.
        title: String,
    },
    /// What would fixes change, all safe ones and those of some rules?
    Preview {
        /// The revision that was checked last.
        revision: u64,
        /// Rules whose safe fixes are not wanted.
        without: Vec<String>,
        /// Rules whose other fixes are wanted, too.
        with: Vec<String>,
    },
    /// Would this platform take the project, though nobody has asked for it?
    Fit {
        /// The revision that was checked last.
        revision: u64,
        /// The platform as users write it.
        platform: String,
    },
    /// The whole report as the terminal writes it.
    Report {
        /// The revision that was checked last.
        revision: u64,
        /// Its form.
        form: ReportForm,
    },
    /// How are these lines of a document painted, as it was checked last?
    Paint {
        /// The revision that was checked.
        revision: u64,
        /// The document.
        path: String,
        /// First line, from 0, and one past the last.
        lines: (usize, usize),
    },
    /// What may be written at this place?
    Complete(Spot),
    /// What does the word at this place mean?
    Explain(Spot),
    /// What would a document of this text be called?
    Name {
        /// The text.
        text: String,
    },
    /// Encode a login.
    Encode {
        /// `eas`, `docker-config`, `kubernetes`, `eci`, `ros`, `docker-login`.
        form: String,
        /// Whether it is to be spelled as JSON.
        as_json: bool,
        /// The registry's host.
        registry: String,
        /// The username.
        username: String,
        /// The password.
        password: String,
        /// What a Kubernetes Secret is called; empty for a name that says what it is.
        name: String,
        /// The namespace of a Kubernetes Secret; empty for none.
        namespace: String,
        /// The language of messages.
        lang: String,
    },
    /// Say what an encoded login holds.
    Decode {
        /// The text.
        text: String,
        /// Its form; empty where the text tells.
        form: String,
        /// Whether the password may be shown.
        reveal: bool,
        /// The language of messages.
        lang: String,
    },
    /// Tell every rule.
    Rules {
        /// The language of their texts.
        lang: String,
    },
    /// Which of these files, found in a folder, are documents?
    Sift {
        /// The files.
        files: Vec<File>,
    },
    /// What lies in a folder of the image that was read?
    Folder {
        /// Which of the archive's images.
        image: usize,
        /// The folder, as an earlier answer named it; empty for the root.
        path: String,
    },
}

/// A form of the report that one may take along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportForm {
    /// One file to look at and to print.
    Html,
    /// For an issue or a review.
    Markdown,
    /// For programs.
    Json,
}

impl ReportForm {
    /// Every form, in the order in which they are offered.
    pub const ALL: [ReportForm; 3] = [ReportForm::Html, ReportForm::Markdown, ReportForm::Json];

    /// How the name of its file ends.
    pub fn extension(self) -> &'static str {
        match self {
            ReportForm::Html => "html",
            ReportForm::Markdown => "md",
            ReportForm::Json => "json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            ReportForm::Html => "text/html",
            ReportForm::Markdown => "text/markdown",
            ReportForm::Json => "application/json",
        }
    }
}

/// A place in a document as it is just now.
#[derive(Clone, Serialize, Deserialize)]
pub struct Spot {
    /// The document.
    pub item: Item,
    /// UTF-16 code units before the place, where every line ends with `\n`.
    pub at: usize,
    /// The language of what is told.
    pub lang: String,
}

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What to choose it by.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// First UTF-16 code unit that it is written over.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What it is; may be empty.
    pub detail: String,
}

/// How far a reading is. Without layers it is still looked for what there is to read.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes read.
    pub read: u64,
    /// Bytes to be read.
    pub whole: u64,
    /// The layer, from 1.
    pub layer: usize,
    /// How many there are.
    pub layers: usize,
}

/// A file, folder or link of an image.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeEntry {
    /// Its name.
    pub name: String,
    /// `file`, `folder`, `link` or `device`.
    pub kind: String,
    /// Bytes of a file; of a folder those of all files in it.
    pub bytes: u64,
    /// Permissions as octal digits.
    pub mode: String,
    /// Numbers of owner and group: `0:0`.
    pub owner: String,
    /// The layer that it is from, from 0.
    pub layer: usize,
    /// Where a link leads.
    pub target: String,
}

/// A replacement in a document.
#[derive(Clone, Serialize, Deserialize)]
pub struct Edit {
    /// The document.
    pub path: String,
    /// First byte replaced.
    pub start: u32,
    /// One past the last byte replaced.
    pub end: u32,
    /// What comes instead.
    pub text: String,
}

/// An entry of a text with logins. One that cannot be read does not hide the others.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What is known of it: names and values.
    pub lines: Vec<(String, String)>,
    /// Why its login cannot be read.
    pub trouble: Option<String>,
}

/// A rule, in one language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCard {
    /// Its id, `group/name`.
    pub id: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// What it checks, in a line.
    pub summary: String,
    /// Why that matters.
    pub why: String,
    /// What to do about it; empty where the finding says it.
    pub help: String,
    /// Whether only `--strict` asks it.
    pub is_strict: bool,
    /// Whether a safe fix mends an example of it.
    pub has_safe_fix: bool,
    /// Path and text of each file of its first example that is wrong.
    pub wrong: Vec<(String, String)>,
    /// The same files after its fix, if it has one; else those of its first example that is right.
    pub right: Vec<(String, String)>,
    /// Its options: name and what it is for.
    pub options: Vec<(String, String)>,
    /// The version that brought it.
    pub since: String,
    /// What it rests on.
    pub sources: Vec<Citation>,
}

/// A place in the literature.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// What is said there.
    pub says: String,
    /// Where that is.
    pub title: String,
    /// Its address; empty where there is none.
    pub url: String,
}

/// Why a file is no image archive.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Nothing is in it.
    Empty,
    /// It is no tar archive but this (nothing where that cannot be told).
    NotAnArchive(String),
    /// It is an archive of something else.
    NoImage,
    /// The browser could not read it: its words.
    Unreadable(String),
    /// The worker broke down.
    Broken,
}

/// What the worker tells the page.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tell {
    /// The worker runs.
    Ready {
        /// The version of the checker.
        version: String,
    },
    /// The answer to a check.
    Checked {
        /// The revision of the job.
        revision: u64,
        /// The report for the platforms that were asked for.
        report: Box<Wire>,
        /// Documents that could not be opened: path and reason.
        refused: Vec<(String, String)>,
    },
    /// Whether a platform would take the project.
    Fit {
        /// The revision that was checked.
        revision: u64,
        /// The answer.
        fit: Option<SentFit>,
    },
    /// The whole report as the terminal writes it, if the revision was checked last.
    Report {
        /// Its form.
        form: ReportForm,
        /// The report.
        text: Option<String>,
    },
    /// What a fix changes.
    Edits {
        /// The revision of the job.
        revision: u64,
        /// What the fix does.
        title: String,
        /// The changes.
        edits: Vec<Edit>,
    },
    /// What fixes would change.
    Preview {
        /// The revision of the job.
        revision: u64,
        /// The documents that would change: path, text before, text after.
        texts: Vec<(String, String, String)>,
        /// The verdicts after it.
        fits: Vec<SentFit>,
    },
    /// How lines are painted.
    Painted {
        /// The revision that was checked.
        revision: u64,
        /// The document.
        path: String,
        /// First line, from 0, and one past the last.
        lines: (usize, usize),
        /// Four numbers a token: line, first and one past the last UTF-16 unit of it, and its class
        /// by its place among all.
        tokens: Vec<u32>,
    },
    /// What may be written at a place.
    Offers {
        /// The document.
        path: String,
        /// UTF-16 code units before the place.
        at: usize,
        /// What may be.
        offers: Vec<Offer>,
    },
    /// What a word means.
    Explained {
        /// The document.
        path: String,
        /// UTF-16 code units before the place.
        at: usize,
        /// What it means; nothing where nothing is known.
        text: Option<String>,
    },
    /// What a document of the text would be called.
    Named {
        /// Its path.
        path: String,
    },
    /// An encoded login, or why there is none.
    Encoded {
        /// The encoded text.
        result: Result<String, String>,
        /// What is to be known of it.
        notes: Vec<String>,
    },
    /// Decoded logins, or why there are none.
    Decoded {
        /// Each entry of the text.
        result: Result<Vec<Entry>, String>,
    },
    /// Every rule.
    Rules {
        /// In the order of the register.
        rules: Vec<RuleCard>,
    },
    /// How far the reading of an image is.
    Reading(Progress),
    /// What an archive's manifests tell; its layers are still being read.
    Looked {
        /// What it holds.
        inspection: Box<Inspection>,
    },
    /// An archive was read. Who tells this knows it, and can check it, from now on.
    Inspected {
        /// What it holds.
        inspection: Box<Inspection>,
        /// Whether its layers were read.
        is_deep: bool,
        /// Why there is nothing to check.
        refusal: Option<Refusal>,
    },
    /// Which files are documents.
    Sifted {
        /// Those that are.
        files: Vec<File>,
    },
    /// What lies in a folder of the image.
    Folder {
        /// The folder.
        path: String,
        /// What lies in it, by name.
        entries: Vec<TreeEntry>,
    },
    /// The worker could not read what it was asked.
    Misunderstood {
        /// Why, for the developer; never a part of the question.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_json_with_their_name_outside() {
        assert_eq!(serde_json::to_string(&Ask::Hello).unwrap(), r#""hello""#);
        let tell = Tell::Ready { version: "1".to_owned() };
        assert_eq!(serde_json::to_string(&tell).unwrap(), r#"{"ready":{"version":"1"}}"#);
    }
}
