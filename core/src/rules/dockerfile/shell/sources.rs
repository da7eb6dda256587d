//! The publications that rules on the shell's language rest on.

use crate::fact::Publication;

/// The language of the shell.
pub(super) static POSIX: Publication = Publication {
    title: "POSIX.1-2024, Shell Command Language",
    url: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html",
    date: "2024-06",
};

/// What Debian's `/bin/sh` reads.
pub(super) static DASH: Publication = Publication {
    title: "Debian manual page dash(1)",
    url: "https://manpages.debian.org/stable/dash/dash.1.en.html",
    date: "",
};

/// The builtins of POSIX.
pub(super) static ECHO: Publication = Publication {
    title: "POSIX.1-2024, echo: Application usage",
    url: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/echo.html",
    date: "2024-06",
};
