//! Which words programs take as a password. Options that say so by their name (`--password`) need
//! no line here.

/// What of a command's words is a secret.
pub(super) enum Takes {
    /// The value of one of these options, in the next word, behind `=` or joined to one letter.
    Option(&'static [&'static str]),
    /// Of the value of one of these options what stands behind the sign.
    Login(&'static [&'static str], char),
    /// What stands behind one of these beginnings of a word.
    Behind(&'static [&'static str]),
    /// The words behind this one from the given number on, from 0, options left out.
    Operand(&'static str, usize),
    /// The word behind one that begins so, others between them: `config http-basic.host user …`.
    After(&'static [&'static str], usize),
    /// What stands behind the sign in a word that is no address.
    Pair(char),
    /// What stands behind the slash of a login: `user/password@base`.
    Slashed,
    /// The last word.
    Last,
    /// The word behind the name of a secret: `config set _authToken …`.
    Named,
}

/// A program, or several that read their words alike.
pub(super) struct Program {
    pub(super) names: &'static [&'static str],
    /// One of these stands among the words; empty where none must.
    pub(super) with: &'static [&'static str],
    pub(super) takes: &'static [Takes],
}

use Takes::{After, Behind, Last, Login, Named, Operand, Option, Pair, Slashed};

const fn program(
    names: &'static [&'static str],
    with: &'static [&'static str],
    takes: &'static [Takes],
) -> Program {
    Program { names, with, takes }
}

pub(super) const PROGRAMS: &[Program] = &[
    program(
        &[
            "mysql",
            "mysqldump",
            "mysqladmin",
            "mysqlimport",
            "mysqlcheck",
            "mysqlshow",
            "mysqlslap",
            "mysqlsh",
            "mycli",
            "mariadb",
            "mariadb-dump",
            "mariadb-admin",
        ],
        &[],
        &[Option(&["-p"]), Named],
    ),
    program(
        &[
            "mongo",
            "mongosh",
            "mongodump",
            "mongorestore",
            "mongoexport",
            "mongoimport",
            "twine",
            "sshpass",
            "useradd",
            "usermod",
            "ncftpput",
            "ncftpget",
            "lcp",
            "influx",
            "rabbitmqadmin",
            "cqlsh",
        ],
        &[],
        &[Option(&["-p"])],
    ),
    program(
        &[
            "docker", "podman", "nerdctl", "buildah", "skopeo", "helm", "crane", "oras", "regctl",
            "az", "ctr", "img", "oc", "cf", "argocd",
        ],
        &["login"],
        &[Option(&["-p"])],
    ),
    program(
        &["ctr", "skopeo", "nerdctl", "curl", "http", "https", "wget", "xh"],
        &[],
        &[Login(&["-u", "--user", "-U", "--proxy-user", "-a", "--auth"], ':')],
    ),
    program(&["smbclient", "smbget", "rpcclient", "net"], &[], &[Login(&["-U", "--user"], '%')]),
    program(&["lftp"], &[], &[Login(&["-u", "--user"], ',')]),
    program(
        &["redis-cli"],
        &[],
        &[Option(&["-a", "--pass"]), Named, Operand("AUTH", 0), Operand("auth", 0)],
    ),
    program(&["mysqladmin", "mariadb-admin"], &[], &[Operand("password", 0)]),
    program(&["sqlplus", "sqlldr", "expdp", "impdp", "rman"], &[], &[Slashed]),
    program(&["kubectl", "oc"], &["secret", "secrets"], &[Login(&["--from-literal"], '=')]),
    program(&["vault"], &["put", "write", "patch"], &[Pair('=')]),
    program(
        &["curl"],
        &[],
        &[Login(&["-b", "--cookie"], '='), Login(&["-E", "--cert", "--proxy-cert"], ':')],
    ),
    program(&["aws"], &["ssm", "secretsmanager"], &[Option(&["--value"])]),
    program(&["gh"], &["secret"], &[Option(&["-b", "--body"])]),
    program(&["pulumi"], &["--secret"], &[Operand("set", 1)]),
    program(&["dotnet"], &["user-secrets"], &[Operand("set", 1)]),
    program(&["dotnet", "nuget"], &["push"], &[Option(&["-k"])]),
    program(&["nuget"], &[], &[Operand("setapikey", 0), Operand("setApiKey", 0)]),
    program(&["gem"], &["push"], &[Option(&["--key", "-k"])]),
    program(&["cloudflared"], &["install"], &[Operand("install", 0)]),
    program(&["snyk"], &["auth"], &[Operand("auth", 0)]),
    program(&["coscmd"], &["config"], &[Option(&["-a", "-s", "-t"])]),
    program(&["qshell"], &["account"], &[Operand("account", 0)]),
    program(&["airflow"], &["users"], &[Option(&["-p"])]),
    program(&["setx"], &[], &[Named]),
    program(&["jq", "yq"], &["--arg"], &[Named]),
    program(&["cmdkey"], &[], &[Behind(&["/pass:"])]),
    program(&["ConvertTo-SecureString"], &[], &[Option(&["-String"]), Last]),
    program(
        &[
            "sqlcmd",
            "bcp",
            "isql",
            "tsql",
            "zip",
            "unzip",
            "ssh-keygen",
            "mosquitto_pub",
            "mosquitto_sub",
        ],
        &[],
        &[Option(&["-P"])],
    ),
    program(&["ssh-keygen"], &[], &[Option(&["-N"])]),
    program(&["smbpasswd"], &[], &[Option(&["-w"])]),
    program(&["net"], &["user"], &[Operand("user", 1)]),
    program(&["dotnet", "nuget"], &["source", "sources"], &[Option(&["-p"])]),
    program(&["bundle"], &["config"], &[Pair(':')]),
    program(&["7z", "7za", "7zr", "rar", "unrar"], &[], &[Behind(&["-p"])]),
    program(
        &["ldapsearch", "ldapadd", "ldapmodify", "ldapwhoami", "ldapdelete", "ldappasswd"],
        &[],
        &[Option(&["-w", "-s"])],
    ),
    program(&["slappasswd"], &[], &[Option(&["-s"])]),
    program(&["openssl"], &[], &[Behind(&["pass:"])]),
    program(&["openssl"], &["enc"], &[Option(&["-k", "-K"])]),
    program(&["openssl"], &["passwd"], &[Last]),
    program(&["mkpasswd", "wpa_passphrase"], &[], &[Last]),
    program(
        &["ossutil", "ossutil64", "ossutilmac64", "ossutil32", "obsutil"],
        &[],
        &[Option(&["-k", "-i", "-t", "--access-key-secret"])],
    ),
    program(&["mc", "mcli"], &["set", "add"], &[Operand("set", 2), Operand("add", 2)]),
    program(&["htpasswd"], &["b"], &[Last]),
    program(&["mosquitto_passwd"], &["b"], &[Last]),
    program(
        &["rabbitmqctl"],
        &[],
        &[Operand("add_user", 1), Operand("change_password", 1), Operand("authenticate_user", 1)],
    ),
    program(&["vault", "wandb", "tailscale", "cargo"], &["login"], &[Operand("login", 0)]),
    program(&["ngrok"], &[], &[Operand("authtoken", 0), Operand("add-authtoken", 0)]),
    program(&["rclone"], &[], &[Operand("obscure", 0), Named]),
    program(
        &[
            "npm", "pnpm", "yarn", "aws", "git", "pip", "poetry", "conda", "gcloud", "hcloud",
            "aliyun", "composer", "gem", "bundle", "dotnet", "nuget", "consul", "etcdctl",
            "heroku", "wrangler", "fly", "flyctl", "crudini", "tccli",
        ],
        &["set", "config", "put", "configure", "secrets", "secret", "add", "--set"],
        &[Named],
    ),
    program(&["caddy"], &["hash-password"], &[Option(&["-p", "--plaintext"])]),
    program(&["cypher-shell"], &[], &[Option(&["-p"])]),
    program(&["neo4j-admin"], &[], &[Operand("set-initial-password", 0)]),
    program(&["grafana-cli", "grafana"], &[], &[Operand("reset-admin-password", 0)]),
    program(&["ansible-vault"], &[], &[Operand("encrypt_string", 0)]),
    program(&["etcdctl"], &[], &[Login(&["--user"], ':')]),
    program(&["poetry"], &["config"], &[Operand("config", 2)]),
    program(
        &["composer"],
        &["config"],
        &[
            After(&["http-basic.", "bitbucket-oauth."], 1),
            After(&["github-oauth.", "gitlab-oauth.", "gitlab-token.", "bearer."], 0),
        ],
    ),
];

/// For each first letter of a program's name a bit for each length: most words end here.
const LENGTHS: [u64; 256] = {
    let mut lengths = [0; 256];
    let mut program = 0;
    while program < PROGRAMS.len() {
        let names = PROGRAMS[program].names;
        let mut name = 0;
        while name < names.len() {
            let letters = names[name].as_bytes();
            lengths[letters[0] as usize] |= 1 << letters.len();
            name += 1;
        }
        program += 1;
    }
    lengths
};

/// Whether there is a program of this name.
pub(super) fn is_program(name: &str) -> bool {
    let Some(&first) = name.as_bytes().first() else { return false };
    name.len() < 64
        && LENGTHS[usize::from(first)] & (1 << name.len()) != 0
        && PROGRAMS.iter().any(|program| program.names.contains(&name))
}

/// Programs that read a password from what is piped into them.
pub(super) const READERS: &[&str] =
    &["passwd", "smbpasswd", "vncpasswd", "cryptsetup", "kinit", "su", "ldappasswd", "pwgen"];

/// The same where one of their words says so.
pub(super) const SWITCHED: &[(&str, &[&str])] = &[
    ("htpasswd", &["i"]),
    ("sudo", &["S"]),
    ("docker", &["secret"]),
    ("podman", &["secret"]),
    ("gpg", &["--passphrase-fd"]),
    ("openssl", &["stdin", "-stdin"]),
    ("pass", &["insert"]),
    ("jupyter", &["password"]),
    ("jupyter-server", &["password"]),
    ("jupyter-notebook", &["password"]),
    ("gh", &["--with-token"]),
    ("kubectl", &["secret"]),
];

/// Words that say of any program that it reads one.
pub(super) const SAID: &[&str] = &[
    "--password-stdin",
    "--stdin",
    "--with-token",
    "--token-stdin",
    "--pass-stdin",
    "--passphrase-stdin",
    "--passphrase-fd=0",
    "--key-stdin",
];

/// Programs that log in by lines which they are given.
pub(super) const FTP: &[&str] = &["ftp", "lftp", "ncftp", "tnftp"];

/// Programs that write their words.
pub(super) const WRITERS: &[&str] = &["echo", "printf", "print", "yes"];
