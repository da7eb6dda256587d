//! What happens to a project, step by step.

use super::*;

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), text: text.into(), kind: None }
}

/// A project of these files, each with its path as its text.
fn project(paths: &[&str]) -> Rc<State> {
    let files = paths.iter().map(|path| file(path, path)).collect();
    Rc::new(State::default()).reduce(Action::Added(files))
}

fn id(state: &State, path: &str) -> DocumentId {
    state.at_path(path).expect("a document of that path").id
}

fn paths(state: &State) -> Vec<&str> {
    state.documents.iter().map(|document| &*document.path).collect()
}

fn open(state: &State) -> &str {
    state.open_document().map_or("", |document| &document.path)
}

fn text<'a>(state: &'a State, path: &str) -> &'a str {
    state.at_path(path).map_or("", |document| document.text())
}

fn typed(state: Rc<State>, path: &str, area: &str) -> Rc<State> {
    let id = id(&state, path);
    let caret = Caret::at(u32::try_from(area.len()).unwrap_or_default());
    state.reduce(Action::Typed { id, area: area.into(), caret, act: Act::Whole, time: 0.0 })
}

fn card(name: &str) -> ImageCard {
    ImageCard {
        name: name.into(),
        bytes: 3,
        inspection: Rc::new(Inspection::of(name, &Default::default())),
        description: "{}".into(),
        is_deep: false,
    }
}

#[test]
fn edits_of_an_older_text_are_dropped_and_a_fix_is_one_step() {
    let state = project(&["Dockerfile", "b"]);
    let edits = |text: &str| {
        let edit = |path: &str, text: &str| Edit {
            path: path.into(),
            start: 0,
            end: 1,
            text: text.into(),
        };
        vec![edit("Dockerfile", text), edit("b", text)]
    };
    let fix = |revision, text: &str| Action::Fixed {
        revision,
        title: "do it".into(),
        edits: edits(text),
    };
    let revision = state.revision;
    let old = state.clone().reduce(fix(revision - 1, "x"));
    assert_eq!(text(&old, "b"), "b");
    let fixed = state.reduce(fix(revision, "x"));
    assert_eq!((text(&fixed, "Dockerfile"), text(&fixed, "b")), ("xockerfile", "x"));
    assert_eq!(fixed.toast.as_ref().map(|one| &one.done), Some(&Done::Fixed("do it".into())));
    assert!(fixed.revision > revision);
    // Both documents come back, though only one is open.
    let undone = fixed.clone().reduce(Action::Undone);
    assert_eq!((text(&undone, "Dockerfile"), text(&undone, "b")), ("Dockerfile", "b"));
    assert_eq!(undone.toast, None);
    let redone = undone.reduce(Action::Redone);
    assert_eq!((text(&redone, "Dockerfile"), text(&redone, "b")), ("xockerfile", "x"));
    // What the toast tells is taken back by it, too.
    let back = fixed.reduce(Action::TakenBack);
    assert_eq!(text(&back, "b"), "b");
}

#[test]
fn undo_goes_back_in_the_order_of_what_happened() {
    let state = project(&["a", "b"]);
    let state = typed(state, "a", "a1");
    let b = id(&state, "b");
    let state = state.reduce(Action::Removed(b));
    let state = typed(state, "a", "a12");
    let state = state.reduce(Action::Undone);
    assert_eq!((text(&state, "a"), paths(&state)), ("a1", vec!["a"]));
    let state = state.reduce(Action::Undone);
    assert_eq!((text(&state, "a"), paths(&state)), ("a1", vec!["a", "b"]));
    let state = state.reduce(Action::Undone);
    assert_eq!(text(&state, "a"), "a");
    let state = state.reduce(Action::Redone).reduce(Action::Redone).reduce(Action::Redone);
    assert_eq!((text(&state, "a"), paths(&state)), ("a12", vec!["a"]));
    let last = state.clone().reduce(Action::Redone);
    assert_eq!(last.revision, state.revision);
}

#[test]
fn each_document_has_a_history_of_its_own() {
    let state = typed(project(&["a", "b"]), "a", "a1");
    let b = id(&state, "b");
    let state = state.reduce(Action::Opened(b));
    let state = typed(state, "b", "b1");
    let state = state.reduce(Action::Undone);
    assert_eq!((text(&state, "a"), text(&state, "b")), ("a1", "b"));
    // The other document's step is not the open one's.
    let a = id(&state, "a");
    let state = state.reduce(Action::Opened(a)).reduce(Action::Undone);
    assert_eq!(text(&state, "a"), "a");
}

#[test]
fn a_removed_document_comes_back_where_it_was() {
    let state = project(&["a", "b", "c"]);
    let (b, c) = (id(&state, "b"), id(&state, "c"));
    let state = state.reduce(Action::Opened(b)).reduce(Action::Removed(b));
    assert_eq!((paths(&state), open(&state)), (vec!["a", "c"], "c"));
    // What is changed meanwhile stays changed.
    let state = typed(state, "c", "c1");
    assert_eq!(state.toast.as_ref().map(|one| &one.done), Some(&Done::Removed("b".into())));
    let state = state.reduce(Action::TakenBack);
    assert_eq!((paths(&state), open(&state), text(&state, "c")), (vec!["a", "b", "c"], "b", "c1"));
    let state = state.reduce(Action::Removed(c)).reduce(Action::Seen);
    assert_eq!((open(&state), &state.toast), ("b", &None));
}

#[test]
fn nothing_of_the_readers_is_replaced() {
    let example = || vec![file("Dockerfile", "FROM x"), file("service.json", "{}")];
    let state = Rc::new(State::default()).reduce(Action::Example(example()));
    assert!(state.is_example && state.toast.is_none() && !state.has_work());
    // An untouched example makes room, and comes back.
    let pasted = state.clone().reduce(Action::Added(vec![file("Dockerfile", "FROM mine")]));
    assert_eq!(paths(&pasted), ["Dockerfile"]);
    assert_eq!(pasted.toast.as_ref().map(|one| &one.done), Some(&Done::Replaced));
    let back = pasted.clone().reduce(Action::Undone);
    assert!(back.is_example && paths(&back) == ["Dockerfile", "service.json"]);
    // One that was touched does not.
    let touched = typed(state, "Dockerfile", "FROM y");
    assert!(!touched.is_example && touched.has_work());
    let both = touched.reduce(Action::Added(vec![file("Dockerfile", "FROM mine")]));
    assert_eq!(paths(&both), ["Dockerfile", "service.json", "Dockerfile 2"]);
    assert_eq!(open(&both), "Dockerfile 2");
    // An example in the place of what the reader has is told, and taken back.
    let other = both.reduce(Action::Example(example()));
    assert_eq!(other.documents.len(), 2);
    assert_eq!(other.toast.as_ref().map(|one| &one.done), Some(&Done::Replaced));
    assert_eq!(other.reduce(Action::TakenBack).documents.len(), 3);
}

#[test]
fn all_can_go_and_come_back() {
    let state = project(&["a", "b"]).reduce(Action::Image(Some(card("app.tar"))));
    let empty = state.reduce(Action::Emptied);
    assert!(empty.documents.is_empty() && empty.image.is_none());
    assert_eq!(empty.toast.as_ref().map(|one| &one.done), Some(&Done::Emptied(3)));
    let back = empty.reduce(Action::Undone);
    assert!(back.documents.len() == 2 && back.image.is_some());
}

#[test]
fn a_document_is_renamed_and_its_kind_chosen() {
    let state = typed(project(&["a", "b"]), "a", "text");
    let a = id(&state, "a");
    let state = state.reduce(Action::Renamed(a, " x/Dockerfile ".into()));
    assert_eq!(paths(&state), ["x/Dockerfile", "b"]);
    let state = state.reduce(Action::Renamed(a, "b".into()));
    assert_eq!(paths(&state), ["b 2", "b"]);
    let same = state.clone().reduce(Action::Renamed(a, "  ".into()));
    assert_eq!(same.revision, state.revision);
    let state = state.reduce(Action::KindChosen(a, Some("dockerfile".into())));
    assert_eq!(state.document(a).and_then(|one| one.kind.as_deref()), Some("dockerfile"));
    let state = state.reduce(Action::Undone).reduce(Action::Undone).reduce(Action::Undone);
    assert_eq!((paths(&state), text(&state, "a")), (vec!["a", "b"], "text"));
    assert_eq!(state.document(a).and_then(|one| one.kind.as_deref()), None);
}

#[test]
fn an_image_is_shown_where_nothing_else_is_and_can_come_back() {
    let state = Rc::new(State::default()).reduce(Action::Image(Some(card("app.tar"))));
    assert!(state.open_image().is_some() && state.revision == 1);
    let state = state.reduce(Action::Added(vec![file("Dockerfile", "FROM a")]));
    assert!(state.open_image().is_none() && state.image_at("app.tar").is_some());
    let state = state.reduce(Action::ImageOpened).reduce(Action::Image(None));
    assert!(state.image.is_none() && open(&state) == "Dockerfile");
    let state = state.reduce(Action::Undone);
    assert!(state.open_image().is_some());
    let state = state.reduce(Action::Example(vec![]));
    assert!(state.image.is_none() && state.toast.is_some());
}

#[test]
fn a_jump_opens_what_it_leads_to_and_ends_there() {
    let state = project(&["a", "b"]);
    let jumped = state.clone().reduce(Action::Jumped("b".into(), 0, 1));
    assert_eq!(
        (open(&jumped), jumped.target, jumped.revision),
        ("b", Some((0, 1)), state.revision)
    );
    assert!(*jumped != *state, "it is drawn anew");
    assert_eq!(jumped.reduce(Action::Landed).target, None);
    assert_eq!(state.reduce(Action::Jumped("c".into(), 0, 1)).target, None);
}

#[test]
fn an_answer_marks_the_text_it_speaks_of() {
    let state = Rc::new(State::default())
        .reduce(Action::Added(vec![file("Dockerfile", "FROM a\r\nEXPOSE 99999\r\n")]));
    let answer = |state: &State| {
        let files = [("Dockerfile", text(state, "Dockerfile").as_bytes())];
        let (project, _) = plimsoll::Project::from_files(files);
        let report = Rc::new(plimsoll::check(&project, &plimsoll::Settings::default()));
        Action::Answered(Checked { revision: state.revision, report, refused: vec![], took: 0.0 })
    };
    let late = answer(&state);
    let state = typed(state, "Dockerfile", "FROM a\n\nEXPOSE 99999\n");
    let state = state.clone().reduce(late);
    assert!(state.checked.is_none(), "it speaks of an older text");
    let now = answer(&state);
    let state = state.reduce(now);
    let lines: Vec<usize> = state.documents[0].painting.worst().map(|(line, _)| line).collect();
    assert!(lines.contains(&2) && state.current().is_some(), "{lines:?}");
    // Until the next answer the marks follow the text.
    let state = typed(state, "Dockerfile", "\nFROM a\n\nEXPOSE 99999\n");
    let lines: Vec<usize> = state.documents[0].painting.worst().map(|(line, _)| line).collect();
    assert!(lines.contains(&3), "{lines:?}");
}
