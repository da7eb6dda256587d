//! Who the container runs as, looked up in the image's own `/etc/passwd`.

use super::inside;
use crate::document::ImageView;
use crate::image::resolve::Files;

/// A line of `/etc/passwd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account<'a> {
    pub(crate) name: &'a str,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) home: &'a str,
}

/// The accounts of a `passwd` file; what is none is left out.
pub(crate) fn accounts(passwd: &str) -> impl Iterator<Item = Account<'_>> {
    passwd.lines().filter_map(|line| {
        let mut fields = line.trim_end().split(':');
        let name = fields.next().filter(|name| !name.is_empty() && !name.starts_with('#'))?;
        let _password = fields.next()?;
        let uid = fields.next()?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        let _comment = fields.next()?;
        Some(Account { name, uid, gid, home: fields.next().unwrap_or_default() })
    })
}

/// What `User` stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum User {
    /// Its numbers.
    Known { uid: u32, gid: u32, home: Option<String> },
    /// A name that the image does not know.
    Nobody(String),
    /// A group that the image does not know.
    NoGroup(String),
}

/// Who the container runs as.
pub(crate) fn user(view: &ImageView<'_>, files: Files<'_>) -> User {
    let told = view.config.user.as_deref().unwrap_or_default();
    let (name, group) = match told.split_once(':') {
        Some((name, group)) => (name, Some(group).filter(|group| !group.is_empty())),
        None => (told, None),
    };
    let passwd = inside::text(files, "/etc/passwd").unwrap_or_default();
    let (uid, gid, home) = match name.parse::<u32>() {
        Ok(uid) => {
            let known = accounts(passwd).find(|account| account.uid == uid);
            (uid, known.map_or(0, |one| one.gid), known.map(|one| one.home.to_owned()))
        }
        Err(_) if name.is_empty() || name == "root" => (0, 0, None),
        Err(_) => match accounts(passwd).find(|account| account.name == name) {
            Some(account) => (account.uid, account.gid, Some(account.home.to_owned())),
            None => return User::Nobody(name.to_owned()),
        },
    };
    let Some(group) = group else { return User::Known { uid, gid, home } };
    let groups = inside::text(files, "/etc/group").unwrap_or_default();
    let of_name = groups.lines().find_map(|line| {
        let mut fields = line.trim_end().split(':');
        let is_it = fields.next() == Some(group);
        fields.nth(1).filter(|_| is_it)?.parse().ok()
    });
    match group.parse().ok().or(of_name).or((group == "root").then_some(0)) {
        Some(gid) => User::Known { uid, gid, home },
        None => User::NoGroup(group.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_none_are_left_out() {
        let read: Vec<_> = accounts("root:x:0:0:root:/root:/bin/sh\n#a\nb:x:no:0::/\n\nc:x:5:6::")
            .map(|one| (one.name, one.uid, one.gid, one.home))
            .collect();
        assert_eq!(read, [("root", 0, 0, "/root"), ("c", 5, 6, "")]);
    }
}
