//! The checker says the same as WebAssembly as it does in the terminal, byte for byte: what it finds
//! may not depend on how wide a number is, nor on who asks.

use std::io::Cursor;
use std::sync::Arc;

use plimsoll::fact::Target;
use plimsoll::image::facts::{Facts, Unwatched};
use plimsoll::image::source::TarArchive;
use plimsoll::report::json;
use plimsoll::text::Lang;
use plimsoll::{Project, Settings, check, register};
use plimsoll_test_support::{archive, workspace};
use plimsoll_tests::browser::{self, Page};
use serde_json::{Value, json};

/// What is checked on both sides.
struct Task {
    name: String,
    files: Vec<(String, String)>,
    image: Option<Vec<u8>>,
    platforms: Vec<String>,
    strict: bool,
    lang: Lang,
}

/// What an image is called in its project.
const IMAGE: &str = "image.tar";

impl Task {
    fn of(name: String, files: Vec<(String, String)>) -> Task {
        let platforms = Target::NAMES.map(str::to_owned).to_vec();
        Task { name, files, image: None, platforms, strict: true, lang: Lang::En }
    }

    /// The report as the terminal writes it.
    fn native(&self) -> String {
        let mut project = Project::new();
        for (path, text) in &self.files {
            // What has no kind is left out on both sides.
            let _ = project.open(path, text.as_bytes(), None);
        }
        if let Some(bytes) = &self.image {
            let mut source = TarArchive::open(Cursor::new(bytes)).expect("memory can be read");
            let facts = Facts::deep(&mut source, &mut Unwatched).expect("nobody ends the reading");
            project.add_image(IMAGE, Arc::new(facts)).expect("an image");
        }
        let targets = self.platforms.iter().filter_map(|name| Target::parse(name).ok()).collect();
        let (strict, lang) = (self.strict, self.lang);
        json::write(&check(&project, &Settings { targets, strict, lang, ..Settings::default() }))
    }

    /// What the page's worker is told.
    fn messages(&self) -> Value {
        let item = |(id, (path, text)): (usize, &(String, String))| json!({"id": id, "path": path, "text": text, "kind": null});
        let files: Vec<Value> = self.files.iter().enumerate().map(item).collect();
        let check = json!({"check": {
            "revision": 1, "files": files, "platforms": self.platforms,
            "image": self.image.is_some().then_some(IMAGE), "strict": self.strict,
            "lang": match self.lang { Lang::En => "en", Lang::Zh => "zh" },
        }});
        let image = self.image.as_ref().map(|bytes| {
            // One letter a byte.
            let letters: String = bytes.iter().map(|&byte| char::from(byte)).collect();
            json!({"name": IMAGE, "bytes": letters})
        });
        json!({"check": check.to_string(), "image": image})
    }
}

/// Has a worker of the page's answer one task after the other.
const ASK: &str = "
    const [list, done] = arguments;
    const worker = (window.same ??= plimsoll.startWorker());
    const ask = (message, answer) => new Promise((resolve) => {
        worker.onmessage = ({ data }) => { if (data.startsWith('{\"' + answer)) resolve(data); };
        worker.postMessage(message);
    });
    (async () => {
        const told = [];
        for (const { check, image } of JSON.parse(list)) {
            if (image) {
                const bytes = Uint8Array.from(image.bytes, (letter) => letter.charCodeAt(0));
                await ask([true, image.name, new File([bytes], image.name), 0, 1], 'inspected');
            }
            await ask(check, 'checked');
            told.push(JSON.parse(await ask('{\"report\":{\"revision\":1,\"form\":\"json\"}}', 'report')).report.text);
        }
        done(told);
    })();
";

#[track_caller]
fn assert_same(page: &Page, tasks: &[Task]) {
    for some in tasks.chunks(50) {
        let messages: Vec<Value> = some.iter().map(Task::messages).collect();
        let told = page.execute_async(ASK, &[&Value::from(messages).to_string()]);
        let told = told.as_array().expect("a list of reports");
        assert_eq!(told.len(), some.len());
        for (task, told) in some.iter().zip(told) {
            let native = task.native();
            assert!(told.as_str() == Some(&native), "{}:\n{told}\n{native}", task.name);
        }
    }
}

/// Every example of every rule, strictly where the rule is, in turns in English and Chinese.
fn examples() -> Vec<Task> {
    let mut tasks = Vec::new();
    for rule in register() {
        for example in rule.examples {
            let profile = example.profile.or(rule.profiles.first().copied());
            let platform = rule.platform.map(|platform| match profile {
                Some(profile) => format!("{}:{}", platform.id(), profile.id()),
                None => platform.id().to_owned(),
            });
            let lang = if tasks.len() % 2 == 0 { Lang::En } else { Lang::Zh };
            let files = example.files(rule.platform).files;
            let (platforms, strict) = (platform.into_iter().collect(), rule.strict);
            let task = Task::of(rule.id.to_owned(), files);
            tasks.push(Task { platforms, strict, lang, ..task });
        }
    }
    tasks
}

/// The projects in `examples/`.
fn projects() -> Vec<Task> {
    let folders = std::fs::read_dir(workspace().join("examples")).expect("the examples");
    let mut folders: Vec<_> = folders.map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    let task = |folder: &std::path::PathBuf| {
        let files = std::fs::read_dir(folder).into_iter().flatten();
        let mut files: Vec<(String, String)> = files
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let text = std::fs::read_to_string(entry.path()).ok()?;
                Some((entry.file_name().to_string_lossy().into_owned(), text))
            })
            .collect();
        files.sort();
        Task::of(folder.display().to_string(), files)
    };
    folders.iter().map(task).collect()
}

/// The archives that other tests read, too.
fn images() -> Vec<Task> {
    let archives = [archive::example(), archive::wasteful(), archive::gzip(&archive::example())];
    let task = |(index, bytes)| {
        let dockerfile = ("Dockerfile".to_owned(), "FROM a:1\nEXPOSE 8080\n".to_owned());
        let task = Task::of(format!("archive {index}"), vec![dockerfile]);
        Task { image: Some(bytes), ..task }
    };
    archives.into_iter().enumerate().map(task).collect()
}

#[test]
#[ignore = "needs a browser"]
fn the_worker_gives_the_json_of_the_terminal() {
    let page = browser::open();
    let tasks: Vec<Task> = examples().into_iter().chain(projects()).chain(images()).collect();
    assert!(tasks.len() > 2000, "{} tasks", tasks.len());
    assert_same(&page, &tasks);
    println!("{} reports are the same", tasks.len());
}
