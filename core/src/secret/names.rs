//! Names whose values are secrets, in any spelling: `DB_PASSWORD`, `accessKeySecret`, `x-api-key`,
//! `spring.datasource.password`. One table for every document.

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The value is a secret: `DB_PASSWORD`, `GITHUB_TOKEN`.
    Secret,
    /// A word for secrets is in it, but most such values are none: `GPG_KEY`, `AUTH_URL`.
    Maybe,
    /// Nothing.
    Plain,
}

/// Words, and ends of words that are written together, that only secrets have in their names.
const STRONG: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passwords",
    "pword",
    "pswd",
    "pwd",
    "secret",
    "secrets",
    "token",
    "credential",
    "credentials",
    "creds",
    "apikey",
    "apikeys",
    "accesskey",
    "secretkey",
    "privatekey",
    "authkey",
    "accountkey",
    "signingkey",
    "encryptionkey",
    "masterkey",
    "requirepass",
    "masterauth",
    "rootpw",
    "bindpw",
    "pgpass",
    "sshpass",
    "dbpass",
    "rootpass",
    "userpass",
    "adminpass",
    "mysqlpass",
    "redispass",
    "keypass",
    "storepass",
    "dockerauth",
    "dockercfg",
    "dockerconfigjson",
    "mnemonic",
    "accesssignature",
    "authident",
    "artapi",
];

/// Words that say it only as the last of a name: `REDIS_PASS`, `OBS_SK`, not `PASS_THROUGH`.
const STRONG_LAST: &[&str] = &["pass", "cred", "sk", "ak", "bearer", "cookie", "webhook"];

/// The same behind another word: `GITHUB_PAT`, `ROOT_PW`.
const STRONG_BEHIND: &[&str] = &["pat", "pw", "psw"];

/// Words that turn `key` into a secret.
const KEYS: &[&str] = &[
    "api",
    "access",
    "secret",
    "private",
    "client",
    "application",
    "app",
    "signing",
    "encryption",
    "encrypt",
    "enc",
    "crypto",
    "cipher",
    "fernet",
    "decryption",
    "account",
    "storage",
    "master",
    "auth",
    "session",
    "cookie",
    "jwt",
    "hmac",
    "aes",
    "license",
    "webhook",
    "deploy",
    "ssh",
    "subscription",
    "consumer",
    "admin",
    // Of services that one knows by their name alone: `OPENAI_KEY`.
    "openai",
    "anthropic",
    "dashscope",
    "deepseek",
    "gemini",
    "groq",
    "huggingface",
    "mistral",
    "modelscope",
    "moonshot",
    "replicate",
    "wandb",
    "zhipu",
];

/// Words that turn `auth` at the end of a name into a login.
const LOGINS: &[&str] =
    &["composer", "docker", "registry", "basic", "http", "redis", "npm", "db", "proxy"];

/// Words that secrets share with what is none.
const WEAK: &[&str] = &["key", "auth"];

/// Words that say of a name that its value may be seen, wherever they stand.
const PUBLIC: &[&str] = &["public", "pub", "publishable", "version", "tokenizer", "tokenizers"];

/// Last words that say of a name that its value tells of a secret without being one.
const ABOUT: &[&str] = &[
    "path",
    "dir",
    "directory",
    "folder",
    "url",
    "uri",
    "endpoint",
    "host",
    "port",
    "address",
    "name",
    "names",
    "type",
    "kind",
    "length",
    "len",
    "size",
    "ttl",
    "expiry",
    "expires",
    "expiration",
    "lifetime",
    "duration",
    "interval",
    "timeout",
    "enabled",
    "disabled",
    "required",
    "enable",
    "method",
    "algorithm",
    "algo",
    "alg",
    "header",
    "headers",
    "count",
    "limit",
    "limits",
    "dummy",
    "fingerprint",
    "id",
    "ids",
    "parallelism",
    "mode",
    "ref",
    "refs",
    "server",
    "user",
    "username",
    "email",
    "registry",
    "store",
    "helper",
    "helpers",
    "provider",
    "manager",
    "source",
    "policy",
    "format",
    "prefix",
    "suffix",
    "scheme",
    "scope",
    "scopes",
    "service",
    "realm",
    "issuer",
    "audience",
    "hint",
    "field",
    "label",
    "rotation",
    "region",
    "arn",
    "alias",
    "namespace",
    "location",
    "mount",
    "engine",
    "backend",
    "regex",
    "pattern",
    "command",
    "cmd",
    "script",
    "driver",
    "class",
    "module",
    "domain",
    "secure",
    "secured",
    "samesite",
    "rate",
    "rules",
    "rule",
    "check",
    "group",
    "groups",
    "role",
    "roles",
    "rounds",
    "validity",
    "encoding",
    "file",
    "files",
    "filename",
    "authentication",
    "login",
    "args",
    "opts",
    "options",
    "status",
    "state",
    "through",
    "throughs",
    "phrases",
    "position",
    "index",
    "description",
    "comment",
    "title",
    "stdin",
    "fd",
    "env",
    "prompt",
    "cache",
    "var",
    "vars",
    "variable",
    "bucket",
    "buckets",
    "age",
    "days",
    "hours",
    "minutes",
    "seconds",
    "max",
    "min",
];

/// Words before `token` that speak of a language model's: `pad_token`.
const OF_MODELS: &[&str] = &[
    "pad", "eos", "bos", "unk", "mask", "cls", "sep", "stop", "special", "image", "video", "audio",
    "start", "end", "think", "next",
];

/// Words before `tokens` that count them: `MAX_TOKENS`.
const COUNTED: &[&str] = &[
    "max",
    "min",
    "num",
    "number",
    "n",
    "total",
    "new",
    "per",
    "prompt",
    "completion",
    "input",
    "output",
    "batched",
    "context",
    "cached",
    "generated",
    "reasoning",
    "chunk",
    "prefill",
    "decode",
    "draft",
    "speculative",
    "added",
    "extra",
    "tool",
    "top",
    "model",
];

/// Whole names, folded, that look like a secret's and are none: what refers to a Secret of
/// Kubernetes, the shell's folder, directives of nginx.
const OPEN: &[&str] = &[
    "secrets",
    "imagepullsecrets",
    "imagepullsecret",
    "buildsecrets",
    "secretname",
    "secretref",
    "secretkeyref",
    "secretstoreref",
    "oldpwd",
    "proxypass",
    "fastcgipass",
    "uwsgipass",
    "grpcpass",
    "scgipass",
    "memcachedpass",
    "ssmsecrets",
    "automountserviceaccounttoken",
    "serviceaccounttoken",
    "sampass",
];

/// Whole names, folded, whose values are covered, though a rule would not judge by them.
const COVERED: &[&str] = &[
    "auth",
    "authorization",
    "proxyauthorization",
    "setcookie",
    "sig",
    "signature",
    "xamzsignature",
    "xamzcredential",
    "xosssignature",
    "ossaccesskeyid",
    "dockerauthconfig",
    "identitytoken",
    "registrytoken",
    "npmconfigauth",
];

/// Names that a slip of the fingers makes another of.
const MISSPELT: &[&str] =
    &["dockerauth", "dockerconfigjson", "password", "passphrase", "credential", "accesskeysecret"];

/// What the name of a variable, key, option or parameter says.
pub(crate) fn meaning(name: &str) -> Meaning {
    if !may_mean(name) {
        return Meaning::Plain;
    }
    let folded = folded(name);
    if OPEN.contains(&folded.as_str()) {
        return Meaning::Maybe;
    }
    let words = words(name);
    let words: Vec<&str> = words.iter().map(|word| trimmed(word)).collect();
    let Some(last) = words.last() else { return Meaning::Plain };
    // `PASSWORD_FILE`: a path. `MAX_TOKENS`: a number.
    let is_closed = matches!(*last, "password" | "passwd" | "passphrase" | "secret");
    let is_public = words.iter().any(|word| PUBLIC.contains(word));
    let is_open = matches!(*last, "file" | "files") || is_public && !is_closed;
    if is_open || is_count(&words) {
        return Meaning::Plain;
    }
    // `--no-password`, `generate_token`: a switch.
    const SWITCHES: &[&str] = &[
        "no", "disabled", "disable", "allow", "skip", "without", "generate", "show", "ask", "is",
        "has",
    ];
    // `gh auth login --with-token` reads it; `--with-db-password=` is one.
    let is_switch = words.len() > 1 && SWITCHES.contains(&words[0]) || words == ["with", "token"];
    // The id of an access key is of no use alone, but goes with the key.
    let is_key_id = ["accesskeyid", "secretid"].iter().any(|end| folded.ends_with(end));
    let is_about = ABOUT.contains(last) && !is_key_id && !is_address_of_hook(&words);
    if is_strong(&words, &folded) || is_key_id {
        return if is_about || is_switch { Meaning::Maybe } else { Meaning::Secret };
    }
    if words.iter().any(|word| WEAK.contains(word)) { Meaning::Maybe } else { Meaning::Plain }
}

/// Whether what stands under `name` is covered wherever a document is shown.
pub(crate) fn hides_value(name: &str) -> bool {
    if is_of_bundler(name) {
        return true;
    }
    if !may_mean(name) {
        // `dockerAuht` has none of the words.
        return is_misspelt(name);
    }
    meaning(name) == Meaning::Secret
        || COVERED.contains(&folded(name).as_str())
        || is_misspelt(name)
}

/// `BUNDLE_GEMS__EXAMPLE__COM`, `BUNDLE_GITHUB__COM`: Bundler's login at a host, whose dots are
/// written so.
fn is_of_bundler(name: &str) -> bool {
    const SETTINGS: &[&str] = &["BUILD__", "LOCAL__", "MIRROR__", "PLUGINS__", "JOBS__"];
    let Some(host) = name.strip_prefix("BUNDLE_") else { return false };
    let last = host.rsplit("__").next().unwrap_or(host);
    host.contains("__")
        && !SETTINGS.iter().any(|setting| host.starts_with(setting))
        && (2..=6).contains(&last.len())
        && last.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether the name says that its value is a list of secrets' parts, which have names of their own:
/// `ImageRegistryCredential`, `credentials`.
pub(crate) fn holds_parts(name: &str) -> bool {
    let folded = folded(name);
    ["credential", "credentials", "secret", "secrets", "auths"]
        .iter()
        .any(|end| folded.ends_with(end))
}

/// Letters and digits alone, in lower case.
pub(crate) fn folded(name: &str) -> String {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|byte| byte.to_ascii_lowercase() as char).collect()
}

/// Most names end here: whether any of the table's beginnings stands in `name`.
fn may_mean(name: &str) -> bool {
    const STARTS: &[&[u8]] = &[
        b"pass",
        b"pwd",
        b"pw",
        b"ps",
        b"pat",
        b"secret",
        b"sig",
        b"sk",
        b"token",
        b"key",
        b"cred",
        b"cookie",
        b"auth",
        b"ak",
        b"bearer",
        b"webhook",
        b"docker",
        b"mnemonic",
    ];
    // A bit for each second letter that may follow a first.
    const PAIRS: [u32; 32] = {
        let mut pairs = [0; 32];
        let mut index = 0;
        while index < STARTS.len() {
            let start = STARTS[index];
            pairs[(start[0] & 31) as usize] |= 1 << (start[1] & 31);
            index += 1;
        }
        pairs
    };
    let bytes = name.as_bytes();
    bytes.windows(2).enumerate().any(|(at, pair)| {
        PAIRS[usize::from(pair[0] & 31)] & (1 << (pair[1] & 31)) != 0
            && STARTS.iter().any(|start| {
                bytes.get(at..at + start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
            })
    })
}

fn is_strong(words: &[&str], folded: &str) -> bool {
    let is_word = |word: &&str| {
        STRONG.iter().any(|strong| word.ends_with(strong)) && !is_plain_word(word)
            || word.ends_with("tokens")
    };
    let Some((last, before)) = words.split_last() else { return false };
    let pairs = || words.windows(2).map(|pair| (pair[0], pair[1]));
    words.iter().any(is_word)
        || STRONG_LAST.contains(last)
        || (STRONG_BEHIND.contains(last) && !before.is_empty())
        || pairs().any(|(one, two)| matches!(two, "key" | "keys") && KEYS.contains(&one))
        || pairs().any(|pair| matches!(pair, ("pass", "word" | "phrase" | "code" | "wd")))
        || (*last == "auth" && before.last().is_some_and(|word| LOGINS.contains(word)))
        || is_address_of_hook(words)
        || ["passwordhash", "authtoken"].iter().any(|end| folded.ends_with(end))
}

/// Words that end like a secret's and are none.
fn is_plain_word(word: &str) -> bool {
    matches!(
        word,
        "cwd" | "chpasswd" | "nopasswd" | "gpasswd" | "htpasswd" | "detoken" | "pretoken"
    )
}

/// Who knows the address of a webhook may call it.
fn is_address_of_hook(words: &[&str]) -> bool {
    matches!(words, [.., "webhook", "url" | "uri"])
}

/// Whether the tokens are a language model's.
fn is_count(words: &[&str]) -> bool {
    let is_counted = |pair: &[&str]| match pair[1] {
        "tokens" => COUNTED.contains(&pair[0]) || OF_MODELS.contains(&pair[0]),
        "token" => OF_MODELS.contains(&pair[0]),
        _ => false,
    };
    words.windows(2).any(is_counted) || words.first() == Some(&"tokens")
}

/// Whether one slip makes the name of a secret of it.
fn is_misspelt(name: &str) -> bool {
    // `DB_PASWORD`
    let last = name.bytes().rposition(|byte| matches!(byte, b'_' | b'-' | b'.'));
    is_nearly_known(name) || last.is_some_and(|at| is_nearly_known(&name[at + 1..]))
}

fn is_nearly_known(name: &str) -> bool {
    if !(7..=17).contains(&name.len()) {
        return false;
    }
    // Most end here, before anything is written anew.
    let first = name.bytes().find(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    if MISSPELT.iter().all(|known| known.bytes().next() != first) || !name.is_ascii() {
        return false;
    }
    let folded = folded(name);
    MISSPELT.iter().any(|known| {
        folded.len().abs_diff(known.len()) <= 1
            && folded.as_bytes().first() == known.as_bytes().first()
            && folded != *known
            && is_one_slip(&folded, known)
    })
}

/// Whether one letter more, less or other, or two that changed places, lies between both.
fn is_one_slip(name: &str, known: &str) -> bool {
    let (a, b) = (name.as_bytes(), known.as_bytes());
    let head = a.iter().zip(b).take_while(|(one, two)| one == two).count();
    let (a, b) = (&a[head..], &b[head..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => a == &b[1..],
        std::cmp::Ordering::Greater => &a[1..] == b,
        std::cmp::Ordering::Equal => {
            a.get(1..) == b.get(1..)
                || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
    }
}

/// A word without the digits at its end: `password2`.
fn trimmed(word: &str) -> &str {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.is_empty() { word } else { bare }
}

/// The words of a name in lower case: parted by what is neither letter nor digit, and where
/// capitals begin.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_new = true;
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            is_new = true;
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                let next_is_small = letters.get(at + 1).is_some_and(char::is_ascii_lowercase);
                !before.is_ascii_uppercase() || next_is_small
            });
        match words.last_mut() {
            Some(word) if !is_new && !begins => word.push(letter.to_ascii_lowercase()),
            _ => words.push(letter.to_ascii_lowercase().to_string()),
        }
        is_new = false;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_secrets_in_every_spelling() {
        for name in [
            "DB_PASSWORD",
            "DB_PASS",
            "DbPass",
            "db-pass",
            "db.pass",
            "MYSQL_PWD",
            "PGPASS",
            "SSHPASS",
            "PGPASSWORD",
            "PASSCODE",
            "DOCKER_CREDS",
            "REGISTRY_CREDENTIALS",
            "OBS_SK",
            "OBS_AK",
            "GITHUB_PAT",
            "githubPat",
            "GitHubPAT",
            "ENCRYPTION_KEY",
            "encryptionKey",
            "JWT_SIGNING_KEY",
            "AccountKey",
            "HF_TOKEN",
            "HUGGING_FACE_HUB_TOKEN",
            "hfToken",
            "GITHUB_TOKEN",
            "openai_api_key",
            "OPENAI_API_KEYS",
            "OPENAI_KEY",
            "wandbKey",
            "AWS_ACCESS_KEY_ID",
            "accessKeySecret",
            "AccessKeyId",
            "SECRET_KEY_BASE",
            "x-api-key",
            "PRIVATE-TOKEN",
            "spring.datasource.password",
            "ImageRegistryCredential.1.Password",
            "PASS_WORD",
            "password2",
            "ROOT_PW",
            "RABBITMQ_ERLANG_COOKIE",
            "SLACK_WEBHOOK_URL",
            "dockerAuth",
            "docker_auth",
            "_authToken",
            "clientSecret",
            "requirepass",
            "FILE_PASSWORD",
            "PASSWD",
            "SECRET_ID",
            "TOKEN",
            "passwd",
            "credentials",
            "authToken",
            "API_TOKENS",
        ] {
            assert_eq!(meaning(name), Meaning::Secret, "{name}");
            assert!(hides_value(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_sound_like_it_may_be_seen() {
        for name in ["GPG_KEY", "AUTH_MODE", "TOKEN_URL", "SECRET_NAME", "SIGNATURE_KEY", "TLS_KEY"]
        {
            assert_eq!(meaning(name), Meaning::Maybe, "{name}");
            assert!(!hides_value(name), "{name}");
        }
        for name in [
            "PUBLIC_KEY",
            "SECRET_FILE",
            "PASSWORD_FILE",
            "AUTH_MODULE_VERSION",
            "KEYBOARD",
            "TOKENIZERS_PARALLELISM",
            "TOKENIZER_PATH",
            "tokenizer",
            "MAX_TOKENS",
            "maxNewTokens",
            "max-num-batched-tokens",
            "pad_token",
            "GOPRIVATE",
            "PASS_THROUGH",
            "COMPASS",
            "BYPASS",
            "secretName",
            "secretKeyRef",
            "imagePullSecrets",
            "secrets",
            "MONKEY",
            "TASK",
            "DISK",
            "AUTHOR",
            "PATH",
            "PWNED",
            "SKIP",
            "proxy_pass",
            "OLDPWD",
            "PATTERN",
            "SIGNAL",
        ] {
            assert_ne!(meaning(name), Meaning::Secret, "{name}");
            assert!(!hides_value(name), "{name}");
        }
    }

    #[test]
    fn a_slip_of_the_fingers_hides_too() {
        for name in
            ["dockerAuht", "dokcerAuth", "dockerAut", "dockerAuthh", "passwort", "pasword2x"]
        {
            assert_eq!(hides_value(name), name != "pasword2x", "{name}");
        }
        for name in ["dockerfile", "dockerBuild", "passport", "docker"] {
            assert!(!hides_value(name), "{name}");
        }
    }
}
