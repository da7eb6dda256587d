//! Writes the comment that silences a finding.

use crate::check::find_most;
use crate::document::{Content, Document};
use crate::project::Project;
use crate::report::Found;
use crate::rule::Finding;
use crate::rules::unused_suppression;
use crate::settings::Settings;
use crate::text::{Edit, SourceId, Span, apply};

/// The edit that writes `# plimsoll ignore=RULE` above what a finding of the report speaks of that
/// [`crate::check()`] gives for the same project and settings.
///
/// `None` where the document knows no comments, or where a comment would not silence this finding:
/// the document is read again with it, and other findings must be as they were.
pub fn silence(project: &Project, settings: &Settings, finding: usize) -> Option<(SourceId, Edit)> {
    let before = find_most(project, settings);
    let target = before.findings.get(finding)?;
    let source = target.at.source;
    let document = project.document(source);
    let at = line_of(document, target.at.span)?;
    let text = document.source.text();
    let indent: String = text[at..].chars().take_while(|one| matches!(one, ' ' | '\t')).collect();
    let edit = Edit::insert(
        u32::try_from(at).ok()?,
        format!("{indent}# plimsoll ignore={}\n", target.rule.id),
    );
    let edit = edit.with_line_ends_of(&document.source);
    let mut after = project.clone();
    let text = apply(text, std::slice::from_ref(&edit)).ok()?;
    after.replace(project.reread(source, text));
    silences(&before, &find_most(&after, settings), target).then_some((source, edit))
}

/// Whether what `target` is no longer among the findings, and nothing new is.
fn silences(before: &Found, after: &Found, target: &Finding) -> bool {
    let of_rule = |found: &Found| {
        let own =
            |one: &&Finding| one.rule.id == target.rule.id && one.at.source == target.at.source;
        found.findings.iter().filter(own).count()
    };
    let unused = |found: &Found| {
        found.findings.iter().filter(|one| one.rule.id == unused_suppression::RULE.id).count()
    };
    of_rule(after) < of_rule(before)
        && unused(after) <= unused(before)
        && after.findings.len() < before.findings.len()
}

/// Where the line begins before which a comment speaks of `span`.
fn line_of(document: &Document, span: Span) -> Option<usize> {
    let text = document.source.text();
    let start = span.start as usize;
    let start = match &*document.content {
        Content::Dockerfile(dockerfile) => {
            let instructions = &dockerfile.tree.instructions;
            let index = instructions.partition_point(|one| (one.span.end as usize) <= start);
            instructions.get(index).map_or(start, |one| one.span.start as usize)
        }
        Content::Shell(shell) => {
            let mut around = shell.script.commands.iter().map(|one| one.span);
            let holds = |one: &Span| one.start as usize <= start && start < one.end as usize;
            around.find(holds).map_or(start, |one| one.start as usize)
        }
        Content::DockerIgnore(_) | Content::Yaml(_) => start,
        Content::Json(_) | Content::Image(_) | Content::Flattened(_) => return None,
    };
    Some(text.get(..start)?.rfind('\n').map_or(0, |end| end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check;

    /// The text with the comment for the first finding of `rule`.
    fn silenced(path: &str, text: &str, rule: &str) -> Option<String> {
        let (project, _) = Project::from_files([(path, text)]);
        let settings = Settings::default();
        let report = check(&project, &settings);
        let index = report.findings.iter().position(|one| one.rule == rule)?;
        let (_, edit) = silence(&project, &settings, index)?;
        apply(text, &[edit]).ok()
    }

    #[test]
    fn a_comment_stands_above_the_instruction() {
        assert_eq!(
            silenced(
                "Dockerfile",
                "FROM a:1\r\nRUN b \\\r\n && cd /x\r\nEXPOSE 99999\r\n",
                "dockerfile/invalid-port"
            )
            .as_deref(),
            Some(
                "FROM a:1\r\nRUN b \\\r\n && cd /x\r\n# plimsoll ignore=dockerfile/invalid-port\r\nEXPOSE 99999\r\n"
            )
        );
        assert_eq!(
            silenced("Dockerfile", "FROM a:1\nEXPOSE 80 \\\n  99999\n", "dockerfile/invalid-port")
                .as_deref(),
            Some("FROM a:1\n# plimsoll ignore=dockerfile/invalid-port\nEXPOSE 80 \\\n  99999\n")
        );
    }

    #[test]
    fn where_there_are_no_comments_none_is_written() {
        assert_eq!(silenced("service.json", "{\"metadata\": {}", "json/syntax"), None);
        let service = "{\"name\": \"A-\", \"model_path\": \"x\", \"processor\": \"tensorflow_cpu\", \"metadata\": {\"instance\": 1}}";
        let (project, _) = Project::from_files([("service.json", service)]);
        let settings = Settings::default();
        let count = check(&project, &settings).findings.len();
        assert!(count > 0);
        assert!((0..count + 1).all(|index| silence(&project, &settings, index).is_none()));
    }
}
