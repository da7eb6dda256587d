//! What is covered, as one sees it.

use super::{is_bare, net, net_of_plain, payload, redact};

#[test]
fn credentials_are_covered_wherever_they_stand() {
    let cases = [
        (r#"{"dockerAuth": "cm9vdDpodW50ZXIy"}"#, r#"{"dockerAuth": "••••"}"#),
        (r#"{"name":"DB_PASSWORD","value":"hunter2"}"#, r#"{"name":"DB_PASSWORD","value":"••••"}"#),
        ("ENV API_TOKEN=abc OTHER=x", "ENV API_TOKEN=•••• OTHER=x"),
        ("ENV API_TOKEN abc", "ENV API_TOKEN ••••"),
        ("docker login --password hunter2 host", "docker login --password •••• host"),
        ("git clone https://me:hunter2@host/x", "git clone https://me:••••@host/x"),
        ("PASSWORD=$PASSWORD", "PASSWORD=$PASSWORD"),
        ("Password:\n  Type: String\n", "Password:\n  Type: String\n"),
        ("password:\n  hunter2\n", "password:\n  ••••\n"),
        ("\"password\": \"a\\\"b\"", "\"password\": \"••••\""),
        ("curl -u ann:hunter2 https://h", "curl -u ann:•••• https://h"),
        ("docker login -u ann -p hunter2 h", "docker login -u ann -p •••• h"),
        (
            "CMD [\"serve\", \"--password\", \"hunter2\"]",
            "CMD [\"serve\", \"--password\", \"••••\"]",
        ),
        ("ENV A=b API_TOKEN hunter2", "ENV A=b API_TOKEN ••••"),
        ("RUN echo \"root:hunter2\" | chpasswd", "RUN echo \"root:••••\" | chpasswd"),
        (
            "a && echo -n 'hun ter' | docker login --password-stdin",
            "a && echo -n '••••' | docker login --password-stdin",
        ),
        ("cat a | docker login --password-stdin", "cat a | docker login --password-stdin"),
        ("cat /run/secrets/a | chpasswd", "cat /run/secrets/a | chpasswd"),
        ("chpasswd <<< root:hunter2", "chpasswd <<< root:••••"),
        ("mkdir -p a && install -u 10:20", "mkdir -p a && install -u 10:20"),
        (
            "aws configure set aws_secret_access_key abc",
            "aws configure set aws_secret_access_key ••••",
        ),
        ("echo AKIAABCDEFGH23456789 >a", "echo •••• >a"),
        (
            "ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.1.UserName=ann\nImageRegistryCredential.1.Password=hun&ter, 2\n",
            "ImageRegistryCredential.1.Server=a.example.com\nImageRegistryCredential.1.UserName=ann\nImageRegistryCredential.1.Password=••••\n",
        ),
        (
            "--ImageRegistryCredential.1.UserName ann --ImageRegistryCredential.1.Password hunter2",
            "--ImageRegistryCredential.1.UserName ann --ImageRegistryCredential.1.Password ••••",
        ),
        (
            "Action=A&ImageRegistryCredential.1.Password=hunter2&RegionId=b",
            "Action=A&ImageRegistryCredential.1.Password=••••&RegionId=b",
        ),
        (
            r#""ImageRegistryCredential":[{"Server":"a.b","UserName":"ann","Password":"hunter2"}]"#,
            r#""ImageRegistryCredential":[{"Server":"a.b","UserName":"ann","Password":"••••"}]"#,
        ),
        (
            "ImageRegistryCredential:\n- Server: a.b\n  Password: hunter2\n",
            "ImageRegistryCredential:\n- Server: a.b\n  Password: ••••\n",
        ),
        (
            r#""image_registry_credential": {"server": "a.b", "user_name": "ann", "password": "hunter2"}"#,
            r#""image_registry_credential": {"server": "a.b", "user_name": "ann", "password": "••••"}"#,
        ),
        (
            "C.1.EnvironmentVar.1.Key=DB_PASSWORD\nC.1.EnvironmentVar.1.Value=hunter2\n",
            "C.1.EnvironmentVar.1.Key=DB_PASSWORD\nC.1.EnvironmentVar.1.Value=••••\n",
        ),
        (
            "--E.1.Key DB_PASSWORD \\\n  --E.1.Value hunter2",
            "--E.1.Key DB_PASSWORD \\\n  --E.1.Value ••••",
        ),
        (
            r#"{"Key": "DB_PASSWORD", "Value": "hunter2"}"#,
            r#"{"Key": "DB_PASSWORD", "Value": "••••"}"#,
        ),
        ("{Key: DB_PASSWORD, Value: hunter2}", "{Key: DB_PASSWORD, Value: ••••}"),
        ("CREDENTIAL=hunter2", "CREDENTIAL=••••"),
        ("I.1.Password=\nContainer.1.Image=a\n", "I.1.Password=\nContainer.1.Image=a\n"),
        ("data:\n  .dockerconfigjson: aHVudGVyMg==\n", "data:\n  .dockerconfigjson: ••••\n"),
        (
            "  .dockerconfigjson: |-\n    aHVu\n    dGVy\nkind: a\n",
            "  .dockerconfigjson: |-\n    ••••\n    ••••\nkind: a\n",
        ),
        (
            "  .dockercfg:\n    aHVudGVyMmh1bnRlcjI\n    aHVudGVyMmh1bnRlcjI\ntype: kubernetes.io/dockercfg\n",
            "  .dockercfg:\n    ••••\n    ••••\ntype: kubernetes.io/dockercfg\n",
        ),
        // Under another key, and where the text breaks off.
        ("config.json: eyJhdXRocyI6eyJhIjp7ImF1dGgiOiJjMmh2Y0RwV2", "config.json: ••••"),
        ("    auth: c2hvcDpwYXNz\n", "    auth: ••••\n"),
        (r#"{"a": "{\"auth\": \"c2hvcDpwYXNz\"}"}"#, r#"{"a": "{\"auth\": \"••••\"}"}"#),
        ("imagePullSecrets:\n  - name: pull\n", "imagePullSecrets:\n  - name: pull\n"),
        ("secrets:\n  - name: pull\n", "secrets:\n  - name: pull\n"),
        ("type: kubernetes.io/dockerconfigjson\n", "type: kubernetes.io/dockerconfigjson\n"),
        ("nothing: here", "nothing: here"),
        ("the password is not here", "the password is not here"),
    ];
    for (text, covered) in cases {
        assert_eq!(redact(text), covered);
    }
}

#[test]
fn secrets_in_base64_are_covered() {
    for (text, covered) in [
        // `stays:Zq9abcde`, `mysql -u root -pZq9ab -e x`, `password=hunter2`
        ("echo c3RheXM6WnE5YWJjZGU= | base64 -d", "echo •••• | base64 -d"),
        ("echo bXlzcWwgLXUgcm9vdCAtcFpxOWFiIC1lIHgK | sh", "echo •••• | sh"),
        ("a: cGFzc3dvcmQ9aHVudGVyMgo=", "a: ••••"),
        // `stays and stays and stays`, and words that are no Base64.
        ("a: c3RheXMgYW5kIHN0YXlzIGFuZCBzdGF5cw==", "a: c3RheXMgYW5kIHN0YXlzIGFuZCBzdGF5cw=="),
        ("/usr/local/share/ca/certificates", "/usr/local/share/ca/certificates"),
        ("端abcdefghijklmnopqrst端", "端abcdefghijklmnopqrst端"),
    ] {
        assert_eq!(redact(text), covered);
    }
}

#[test]
fn the_default_of_a_secret_is_covered() {
    let cases = [
        (
            "  AdminPassword:\n    Type: String\n    Default: hunter 2\n    NoEcho: true\n",
            "  AdminPassword:\n    Type: String\n    Default: ••••\n    NoEcho: true\n",
        ),
        (
            "  ApiKey:\n    Label:\n      en: Key\n    # why\n    Default: 'hunter2'\n",
            "  ApiKey:\n    Label:\n      en: Key\n    # why\n    Default: '••••'\n",
        ),
        (
            "{\"Password\": {\"Type\": \"String\", \"Default\": \"hunter2\"}}",
            "{\"Password\": {\"Type\": \"String\", \"Default\": \"••••\"}}",
        ),
        (
            "{\n  \"Token\": {\n    \"Default\": \"hunter2\",\n    \"Type\": \"String\"\n  }\n}",
            "{\n  \"Token\": {\n    \"Default\": \"••••\",\n    \"Type\": \"String\"\n  }\n}",
        ),
        ("Secret: {Label: {en: a}, Default: hunter2}", "Secret: {Label: {en: a}, Default: ••••}"),
    ];
    for (text, covered) in cases {
        assert_eq!(redact(text), covered);
    }
}

#[test]
fn other_defaults_are_shown() {
    let mut changed = Vec::new();
    for text in [
        "  Zone:\n    Default: a\n",
        "  Password:\n    Default: null\n",
        "  Password:\n    Default:\n    NoEcho: true\n",
        "  Password:\n    NoEcho: true\n  Zone:\n    Default: a\n",
        "{\"Password\": {}, \"Zone\": {\"Default\": \"a\"}}",
        "Default: a\n",
        "Default",
        "端Default:",
    ] {
        if redact(text) != text {
            changed.push(format!("{text:?}: {:?}", redact(text)));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// `S` stands for the secret: nothing of it is seen, and all else is.
#[test]
fn a_secret_is_covered_whatever_is_in_it() {
    let secrets = ["hunter2", "ab,CD", "ab&CD", "ab|CD", "ab;CD", "ab}CD", "ab]CD", "pa$$w0rd"];
    let places = [
        "ENV DB_PASSWORD=S\n",
        "ENV DB_PASSWORD S\n",
        "ENV A=b DB_PASSWORD=S C=d\n",
        "ENV DB_PASSWORD=\"S\"\n",
        "ENV DB_PASSWORD='S'\n",
        "ARG MYSQL_PWD=S\n",
        "LABEL a.password=S\n",
        "LABEL password S\n",
        "RUN x --password=S y\n",
        "RUN x --password S y\n",
        "RUN x --password 'S' y\n",
        "RUN x --password \"S\" y\n",
        "CMD [\"x\", \"--password\", \"S\"]\n",
        "CMD [\"x\", \"--password=S\"]\n",
        "{\"Password\": \"S\"}",
        "{\"value\": \"S\", \"name\": \"DB_PASSWORD\"}",
        "{\"name\": \"DB_PASSWORD\", \"x\": {}, \"value\": \"S\"}",
        "{\"a.password\":\"S\"}",
        "\"dockerAuht\": \"S\"",
        "\"auth\": [\"S\"]",
        "{\"Labels\": {\"a/password\":\"S\"}}",
        "Password: S\n",
        "- name: DB_PASSWORD\n  value: S\n",
        "password: |-\n  S\nnext: a\n",
        "data:\n  password: S # why\n",
        "curl -u 'u:S' https://h\n",
        "curl -u u:\"S\" https://h\n",
        "curl -sSu \"u:S\" https://h\n",
        "curl --user=\"u:S\" https://h\n",
        "curl -H \"Authorization: Bearer S\" https://h\n",
        "curl -H 'Authorization: Basic S' https://h\n",
        "curl -H 'X-Api-Key: S' https://h\n",
        "mysql -u root -p'S' db\n",
        "mysql -u root -p\"S\" db\n",
        "redis-cli -h h -a 'S' ping\n",
        "redis-server --requirepass 'S'\n",
        "requirepass S\n",
        "htpasswd -bc f u 'S'\n",
        "htpasswd -nbB u 'S' > f\n",
        "echo 'S' | passwd --stdin u\n",
        "echo \"S\" | passwd u\n",
        "printf '%s\\n' 'S' | passwd u\n",
        "echo 'u:S' | chpasswd\n",
        "chpasswd <<EOF\nu:S\nEOF\n",
        "passwd u <<EOF\nS\nS\nEOF\nls\n",
        "echo 'S' | docker login -u u --password-stdin h\n",
        "docker login -u u -p 'S' h\n",
        "sshpass -p 'S' ssh h\n",
        "useradd -m -p 'S' u\n",
        "npm config set //r.test/:_authToken 'S'\n",
        "npm config set //r.test/:_authToken=S\n",
        "openssl rsa -passin pass:'S' -in k\n",
        "openssl rsa -passin 'pass:S' -in k\n",
        "ossutil cp a oss://b -i AKID -k 'S'\n",
        "obsutil config -i=AKID -k='S' -e=h\n",
        "mc alias set m https://h AKID 'S'\n",
        "machine h login u password S\n",
        "printf 'machine h login u password S' > ~/.netrc\n",
        "cat > ~/.netrc <<EOF\nmachine h\nlogin u\npassword S\nEOF\n",
        "mysql -e \"CREATE USER u IDENTIFIED BY 'S'\"\n",
        "sh -c \"mysql -p'S' db\"\n",
        "export API_TOKEN='S'\n",
        "API_TOKEN=\"S\" ./run\n",
        "docker run -e \"DB_PASS=S\" i\n",
        "java -Djavax.net.ssl.keyStorePassword='S' -jar a\n",
        "--from-literal=password='S'\n",
        "keytool -storepass 'S' -list\n",
        "x = \"${API_TOKEN:-S}\"\n",
        "password = S\n",
    ];
    let mut seen = Vec::new();
    for secret in secrets {
        for place in places {
            if place.contains("${") && secret.contains('}') {
                continue;
            }
            let text = replaced(place, secret);
            let shown = redact(&text);
            for part in [secret, &secret[..2], &secret[secret.len() - 2..]] {
                if shown.contains(part) && !replaced(place, "").contains(part) {
                    seen.push(format!("{secret} in {place:?}: {shown:?}"));
                    break;
                }
            }
            assert_eq!(shown.lines().count(), text.lines().count(), "{place}");
        }
    }
    assert!(seen.is_empty(), "{}", seen.join("\n"));
}

/// `place` with `secret` for every `S` that is a word of its own.
fn replaced(place: &str, secret: &str) -> String {
    let mut out = String::new();
    let letters: Vec<char> = place.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        let joins = |at: Option<usize>| {
            at.and_then(|at| letters.get(at))
                .is_some_and(|one| one.is_alphanumeric() || *one == '_')
        };
        // `printf 'S\n'`
        if letter == 'S' && !joins(at.checked_sub(1)) && !joins(Some(at + 1)) {
            out.push_str(secret);
        } else {
            out.push(letter);
        }
    }
    out
}

#[test]
fn addresses_keep_all_but_the_password() {
    let mut wrong = Vec::new();
    for (text, covered) in [
        ("git clone https://ghosthunter2@github.com/a/b", "git clone https://••••@github.com/a/b"),
        ("git clone git@github.com:a/b", "git clone git@github.com:a/b"),
        ("ssh://me@h/x", "ssh://me@h/x"),
        ("redis://:hunter2@h:6379/0", "redis://:••••@h:6379/0"),
        ("DSN=u:hunter2@tcp(h:3306)/db", "DSN=u:••••@tcp(h:3306)/db"),
        ("FROM u:hunter2@reg.test/x:1", "FROM u:••••@reg.test/x:1"),
        ("FROM a/b:1@sha256:0123", "FROM a/b:1@sha256:0123"),
        ("npm:react@18.0.0 npm:lib@next", "npm:react@18.0.0 npm:lib@next"),
        ("https://${U}:${P}@h/", "https://${U}:${P}@h/"),
        ("https://$U:$P@h/", "https://$U:$P@h/"),
        ("https://h/a?sig=hunter2&sv=1", "https://h/a?sig=••••&sv=1"),
        ("https://h/a?b=1&Signature=hunter2", "https://h/a?b=1&Signature=••••"),
        ("AccountName=a;AccountKey=hunter2==;E=c", "AccountName=a;AccountKey=••••"),
        ("https://hooks.slack.com/services/T0/B0/xyz", "https://hooks.slack.com/services/••••"),
    ] {
        if redact(text) != covered {
            wrong.push(format!("{text:?}\n  is     {:?}\n  wanted {covered:?}", redact(text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_private_key_is_covered_line_by_line() {
    let mut wrong = Vec::new();
    for (text, covered) in [
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n+/def==\n-----END RSA PRIVATE KEY-----\nx\n",
            "-----BEGIN RSA PRIVATE KEY-----\n••••\n••••\n-----END RSA PRIVATE KEY-----\nx\n",
        ),
        (
            "k: \"-----BEGIN PRIVATE KEY-----\\nMIIabc\\n-----END PRIVATE KEY-----\\n\"",
            "k: \"-----BEGIN PRIVATE KEY-----\\n••••\\n-----END PRIVATE KEY-----\\n\"",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nMII\n-----END",
            "-----BEGIN CERTIFICATE-----\nMII\n-----END",
        ),
    ] {
        if redact(text) != covered {
            wrong.push(format!("{text:?}\n  is     {:?}\n  wanted {covered:?}", redact(text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_line_is_never_run_over() {
    let mut changed = Vec::new();
    for text in [
        "FROM debian:12\nARG TOKEN\nRUN apt install -y foo\n",
        "ARG PASSWORD\nRUN x\n",
        "ENV X_TOKEN=\nRUN x\n",
        "ENV X_TOKEN= \nRUN x\n",
        "RUN x --token\nRUN y\n",
        "RUN x --token \nRUN y\n",
        "ARG API_KEY\r\nRUN x\r\n",
        "ARG TOKEN OTHER\n",
    ] {
        if redact(text) != text {
            changed.push(format!("{text:?}: {:?}", redact(text)));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn what_is_no_secret_stays() {
    let mut changed = Vec::new();
    for text in [
        "ENV DB_PASSWORD_FILE=/run/secrets/db\n",
        "ENV DB_PASSWORD=/run/secrets/db\n",
        "ENV DB_PASSWORD=\"\"\n",
        "ENV TOKENIZERS_PARALLELISM=false MAX_TOKENS=4096\n",
        "RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci\n",
        "RUN TOKEN=$(cat /run/secrets/t) ./get\n",
        "docker build --secret id=npm,src=.npmrc .\n",
        "docker run -p 8080:80 --name secret-app image\n",
        "mysql -u root -p\n",
        "mysql -h h -P 3306 -p$MYSQL_PASSWORD db\n",
        "curl -u \"$USER:$PASS\" https://h\n",
        "curl -H \"Authorization: Bearer $TOKEN\" https://h\n",
        "curl -H \"Authorization: Bearer ${TOKEN}\" https://h\n",
        "mkdir -p a/b && cp -p c d\n",
        "python -m pytest -p no:cacheprovider\n",
        "psql --no-password db\n",
        "docker login --username u --password-stdin reg.test\n",
        "proxy_pass http://backend;\n",
        "valueFrom:\n  secretKeyRef:\n    name: db\n    key: password\n",
        "volumes:\n- name: v\n  secret:\n    secretName: tls\n",
        "- name: API_TOKEN\n  valueFrom: x\n- name: PORT\n  value: \"80\"\n",
        "Parameters:\n  Password:\n    Type: String\n    Label: {en: Password}\n",
        "{{ .Values.password }}",
        "password: {{ .Values.password }}\n",
        "password: \"{{ .Values.password }}\"\n",
        "password: <your password>\n",
        "token: !Ref Token\n",
        "# mysql's password is in the vault\n",
        "grep -i token file | sort\n",
        "apt-get install -y libpam-pwquality passwd\n",
        "image: acme/token:1.0\n",
        "gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys B42F6819007F00F88E364FD4036A9C25BF357DD4\n",
        "echo \"don't\" | sort\n",
        "if [ -z \"$PASSWORD\" ]; then echo 'no password'; fi\n",
        "export PATH=\"$PATH:/opt/bin\"\n",
    ] {
        if redact(text) != text {
            changed.push(format!("{text:?}: {:?}", redact(text)));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn any_text_is_covered_without_a_panic() {
    for text in [
        "token: 端口",
        "password=\"端",
        "\"secret\"",
        "://:@",
        "auth\u{feff}:",
        "token:\\",
        "token=\\端",
        "端:口|chpasswd<<<端:口",
        "\"--token\",\"端",
        "mysql -p端\\",
        "\\端 token=端",
        "a:端@b",
        "-----BEGIN PRIVATE KEY-----\\n端",
        "password: |\n  端\n",
        "${TOKEN:-端}",
        "token: [端",
    ] {
        assert_eq!(redact(text).lines().count(), text.lines().count());
    }
}

#[test]
fn a_window_may_end_within_a_letter() {
    let heads = [
        "auth('a",
        "auth(\"",
        "crypt(\\'",
        "assword: send \"",
        "assword send {",
        "TOKENS=(",
        "?key=",
    ];
    for head in heads {
        // Windows are some hundred or thousand bytes wide: letters of several bytes on every edge.
        for before in 0..4 {
            for count in [84, 85, 86, 341, 342, 1364, 1365, 1366] {
                let text = format!("{head}{}{}", "b".repeat(before), "端".repeat(count));
                assert!(redact(&text).len() <= text.len() + "••••".len());
            }
        }
    }
}

#[test]
fn a_bare_word_is_read_as_it_is_among_others() {
    let words = [
        "install",
        "--no-cache-dir",
        "requirements.txt",
        "-----BEGIN",
        "password",
        "-p",
        "--password",
        "admin-token",
        "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "x.ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "AKIAABCDEFGH23456789",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27u",
        "chpasswd",
        "BUNDLE_GEMS__EXAMPLE__COM",
        "",
    ];
    for word in words {
        let mut whole = net_of_plain(word);
        payload::read(word, &mut whole);
        assert_eq!(net(word), whole, "{word}");
    }
    assert!(is_bare("--no-cache-dir") && !is_bare("a=b") && !is_bare("a b"));
}
