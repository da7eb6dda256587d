//! The texts that are typed into: Dockerfiles of any length, with nothing to find or with much.

/// A Dockerfile of `lines` lines. One that is not clean has a finding in every second line, but for
/// its head and its end. Its last line is a comment that waits to be written.
pub(crate) fn dockerfile(lines: usize, is_clean: bool) -> String {
    let mut text = String::from("FROM python:3.12-slim\n");
    for number in 0..(lines / 2).saturating_sub(2) {
        let line = match (number % 3, is_clean) {
            (0, true) => format!("ENV NAME_{number}=value"),
            (0, false) => format!("ENV NAME_{number} value"),
            (1, true) => format!("RUN pip install --no-cache-dir part-{number}==1.0"),
            (1, false) => format!("RUN pip install part-{number}==1.0"),
            (_, true) => format!("COPY part-{number}.txt /srv/"),
            (_, false) => format!("ADD part-{number}.txt /srv/"),
        };
        text.push_str(&line);
        text.push_str(match number % 3 {
            0 => "\nLABEL org.example.part=\"one of many\"\n",
            1 => "\n# What follows is for the part above.\n",
            _ => "\nRUN test -d /srv && mkdir -p /srv/data\n",
        });
    }
    text + "USER 1000\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]\n# "
}

#[cfg(test)]
mod tests {
    use plimsoll::fact::Platform;
    use plimsoll::{Project, Settings, check};

    use super::*;

    #[test]
    fn a_text_has_its_lines_and_its_findings() {
        for (lines, is_clean, count) in [(200, true, 0), (200, false, 98), (2_000, false, 998)] {
            let text = dockerfile(lines, is_clean);
            assert_eq!(text.lines().count(), lines);
            let (project, _) = Project::from_files([("Dockerfile", text)]);
            let report = check(&project, &Settings::for_platform(Platform::Eas));
            let found: Vec<&str> = report.findings.iter().map(|one| &*one.rule).collect();
            assert_eq!(found.len(), count, "{lines}: {:?}", &found[..found.len().min(8)]);
        }
    }
}
