//! The manuals that the package rules rest on.

use crate::fact::Publication;

pub(super) static APT_GET: Publication = Publication {
    title: "Debian manual page apt-get(8)",
    url: "https://manpages.debian.org/stable/apt/apt-get.8.en.html",
    date: "",
};

pub(super) static BEST_PRACTICES: Publication = Publication {
    title: "Docker documentation: Building best practices",
    url: "https://docs.docker.com/build/building/best-practices/",
    date: "",
};

pub(super) static APK: Publication = Publication {
    title: "apk-tools manual page apk(8): Global options",
    url: "https://man.archlinux.org/man/apk.8.en",
    date: "",
};

pub(super) static APK_WORLD: Publication = Publication {
    title: "apk-tools manual page apk-world(5): Package specification",
    url: "https://man.archlinux.org/man/extra/apk-tools/apk-world.5.en",
    date: "",
};

pub(super) static DNF: Publication = Publication {
    title: "DNF Command Reference",
    url: "https://dnf.readthedocs.io/en/latest/command_ref.html",
    date: "",
};

pub(super) static YUM: Publication = Publication {
    title: "Linux manual page yum(8)",
    url: "https://man7.org/linux/man-pages/man8/yum.8.html",
    date: "",
};

pub(super) static ZYPPER: Publication = Publication {
    title: "openSUSE manual page zypper(8)",
    url: "https://manpages.opensuse.org/Tumbleweed/zypper/zypper.8.en.html",
    date: "",
};

pub(super) static PIP_CACHING: Publication = Publication {
    title: "pip documentation: Caching",
    url: "https://pip.pypa.io/en/stable/topics/caching/",
    date: "",
};

pub(super) static PIP_REPEATABLE: Publication = Publication {
    title: "pip documentation: Repeatable Installs",
    url: "https://pip.pypa.io/en/stable/topics/repeatable-installs/",
    date: "",
};

pub(super) static NPM_INSTALL: Publication = Publication {
    title: "npm documentation: npm-install",
    url: "https://docs.npmjs.com/cli/v11/commands/npm-install",
    date: "",
};

pub(super) static GEM_INSTALL: Publication = Publication {
    title: "RubyGems Guides: Command Reference, gem install",
    url: "https://guides.rubygems.org/command-reference/#gem-install",
    date: "",
};

pub(super) static GO_MODULES: Publication = Publication {
    title: "Go Modules Reference: Version queries",
    url: "https://go.dev/ref/mod#version-queries",
    date: "",
};

pub(super) static YARN_CACHE: Publication = Publication {
    title: "Yarn 1 documentation: yarn cache",
    url: "https://classic.yarnpkg.com/lang/en/docs/cli/cache/",
    date: "",
};
