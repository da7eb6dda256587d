//! The paths of documents. Pure.

/// `path` as documents have it: relative, with `/`, without empty parts and without `..`.
pub fn clean(path: &str) -> &str {
    path.trim_start_matches(['/', '\\']).trim_start_matches("./")
}

/// `path`, or where it is taken the first like it that is not: `Dockerfile 2`, `service 2.json`.
pub fn free(path: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(path) {
        return path.to_owned();
    }
    let name = path.rfind('/').map_or(0, |at| at + 1);
    // What a name begins with is no ending: `.dockerignore`.
    let dot = path[name..].rfind('.').filter(|&at| at > 0).map_or(path.len(), |at| name + at);
    let (stem, ending) = path.split_at(dot);
    (2..)
        .map(|count| format!("{stem} {count}{ending}"))
        .find(|one| !is_taken(one))
        .unwrap_or_default()
}

/// The name without its folders.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_of_a_name_gets_a_number() {
        let taken = ["Dockerfile", "Dockerfile 2", "a/service.json", ".dockerignore"];
        let free = |path| free(path, |one| taken.contains(&one));
        assert_eq!(free("Dockerfile"), "Dockerfile 3");
        assert_eq!(free("a/service.json"), "a/service 2.json");
        assert_eq!(free(".dockerignore"), ".dockerignore 2");
        assert_eq!(free("service.json"), "service.json");
        assert_eq!((clean("./a/b"), clean("/a"), name("a/b"), name("b")), ("a/b", "a", "b", "b"));
    }
}
