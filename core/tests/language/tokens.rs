//! Painting by example: the text, and under each line the classes of its letters.

use plimsoll::Kind;
use plimsoll::language::{Class, by_line, tokens};

/// The letter that is drawn for a class.
fn letter(class: Class) -> char {
    match class {
        Class::Keyword => 'k',
        Class::Flag => 'f',
        Class::Variable => 'v',
        Class::String => 's',
        Class::Comment => '#',
        Class::Number => 'n',
        Class::Constant => 't',
        Class::Key => 'y',
        Class::Punctuation => ',',
        Class::Heredoc => 'h',
        Class::Operator => 'o',
        Class::Command => 'c',
        Class::Image => 'i',
        Class::Stage => 'g',
        Class::Error => '!',
    }
}

/// The lines of `text`, each with its drawing below.
fn drawn(kind: Kind, text: &str) -> String {
    let all = tokens(kind, text, 0..usize::MAX);
    let lines = by_line(text, 0, &all);
    let mut out = String::new();
    for (index, line) in text.lines().enumerate() {
        let mut drawing = vec![' '; line.encode_utf16().count()];
        for token in lines.get(index).into_iter().flatten() {
            drawing[token.start..token.end].fill(letter(token.class));
        }
        let drawing: String = drawing.into_iter().collect();
        out.push_str(line);
        out.push('\n');
        if !line.is_empty() {
            out.push_str(drawing.trim_end());
            out.push('\n');
        }
    }
    out
}

/// Every second line of `example` is a drawing; empty lines have none.
#[track_caller]
fn assert_drawn(kind: Kind, example: &str) {
    let example = example.strip_prefix('\n').unwrap_or(example);
    let mut text = String::new();
    let mut lines = example.lines();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        if !line.is_empty() {
            lines.next();
        }
    }
    let trimmed: Vec<&str> = example.lines().map(str::trim_end).collect();
    let found = drawn(kind, &text);
    let got: Vec<&str> = found.lines().map(str::trim_end).collect();
    assert!(got == trimmed, "\n{found}");
}

#[test]
fn a_dockerfile_is_painted_by_its_tree() {
    assert_drawn(
        Kind::Dockerfile,
        r##"
# syntax=docker/dockerfile:1
##kkkkkk#iiiiiiiiiiiiiiiiiii
ARG VERSION=3.11
kkk vvvvvvvo
FROM --platform=$BUILDPLATFORM python:${VERSION:-3.12} AS base
kkkk ffffffffffovvvvvvvvvvvvvv iiiiiiivvvvvvvvvvvvvvvv kk gggg
# note
######
ENV HOME="/srv/$VERSION" B=1
kkk vvvvossssssvvvvvvvvs vo
LABEL a.b="c d"
kkkkk yyyosssss
COPY --from=base --chown=1:1 /a /b/$HOME
kkkk ffffffogggg fffffffosss       vvvvv
EXPOSE 8080/tcp $PORT
kkkkkk nnnn     vvvvv
USER app
kkkk
HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1
kkkkkkkkkkk ffffffffffoss kkk cccc ff                   oo cccc
HEALTHCHECK NONE
kkkkkkkkkkk kkkk
ONBUILD RUN make
kkkkkkk kkk cccc
CMD ["gunicorn", "-b", "0.0.0.0:80"]
kkk ,ssssssssss, ssss, ssssssssssss,
ENTRYPOINT exec python app.py --port "$PORT"
kkkkkkkkkk cccc               ffffff svvvvvs
STOPSIGNAL SIGTERM
kkkkkkkkkk
SHELL ["/bin/bash", "-c"]
kkkkk ,sssssssssss, ssss,
MAINTAINER Ada
kkkkkkkkkk sss
VOLUME ["/data"]
kkkkkk ,sssssss,
WROKDIR /x
!!!!!!!
ENV A 1 2
kkk v
"##,
    );
}

#[test]
fn what_a_shell_is_given_is_painted_as_a_script() {
    assert_drawn(
        Kind::Dockerfile,
        r##"
FROM a
kkkk i
RUN --mount=type=cache,target=/root/.cache,from=b apt-get update && \
kkk fffffffoyyyyosssss,yyyyyyossssssssssss,yyyyog ccccccc        oo ,
    # why
    #####
    apt-get install -y "a b" $X ${Y:-z} \
    ccccccc         ff sssss vv vvvvvvv ,
    && rm -rf /var/lib/apt/lists/* > /dev/null 2>&1
    oo cc fff                      o           oooo
RUN set -e; for i in 1 2; do echo $i; done; if [ -f x ]; then FOO=bar make; fi
kkk ccc ffo kkk v kk    o kk cccc vvo kkkko kk c ff    o kkkk vvvo    cccco kk
RUN <<EOT
kkk hhhhh
#!/bin/bash
###########
set -e
ccc ff
echo "a $b" # c
cccc sssvvs ###
EOT
hhh
RUN cat <<EOT > /etc/x
kkk ccc hhhhh o
a $b
hhvv
EOT
hhh
COPY <<EOT /x
kkkk hhhhh
hello $NAME and \$no
hhhhhhvvvvvhhhhhhhhh
EOT
hhh
COPY <<"EOT" /x
kkkk hhhhhhh
hello $NAME
hhhhhhhhhhh
EOT
hhh
RUN <<EOT python3
kkk hhhhh ccccccc
import x
hhhhhhhh
EOT
hhh
RUN x=$(date +%s) && echo "now $(date "+%s") end" `whoami` $((1+x))
kkk vooocccc    o oo cccc sssssoocccc sssssosssss occcccco ooo   oo
"##,
    );
}

#[test]
fn a_script_is_painted_by_its_commands_and_the_rest_by_its_letters() {
    assert_drawn(
        Kind::Shell,
        r##"
#!/bin/bash
###########
# c
###
set -euo pipefail
ccc ffff
export A="b c" D='e'
cccccc vosssss vosss
arr=(a "b" $c)
vvvo   sss vv
function f() { local x=1; }
kkkkkkkk coo k ccccc vo o k
g() {
coo k
  case "$1" in
  kkkk ssss kk
    start|stop) echo go ;;
         o    o cccc    oo
    *) exit 2 ;;
     o cccc   oo
  esac
  kkkk
}
k
while read -r line; do echo "$line"; done < file
kkkkk cccc ff     o kk cccc svvvvvso kkkk o
if [[ $a == b* && -n "${c}" ]]; then (( x++ )); fi
kk cc vv       oo ff svvvvs   o kkkk oo     ooo kk
exec python3 app.py --port=8080 "$@" &
cccc                ffffff      svvs o
cat <<E >out
ccc hhh o
x $y
hhvv
E
h
[ "$a" = b ] || ! true
c svvs       oo k cccc
echo "un
cccc sss
closed
ssssss
"##,
    );
}

#[test]
fn json_is_painted_up_to_what_is_broken_and_behind_it() {
    assert_drawn(
        Kind::EasService,
        r##"
{"a": [1, -2.5e3, true, null], // c
,yyy, ,n, nnnnnn, tttt, tttt,, ####
 "b": "x ${y} {{ z }} \" q", "端😀": "v", /* d
 yyy, sssvvvvsvvvvvvvssssss, yyyyy, sss, ####
 e */ bad 'x', "open
##### !!! !!!, !!!!!
 "f": {"g": false,}}
 yyy, ,yyy, ttttt,,,
"##,
    );
}

#[test]
fn yaml_is_painted_line_by_line() {
    assert_drawn(
        Kind::RosTemplate,
        r##"
%YAML 1.1
kkkkkkkkk
---
,,,
# c
###
ROSTemplateFormatVersion: '2015-09-01'
yyyyyyyyyyyyyyyyyyyyyyyy, ssssssssssss
Parameters: {A: [1, "b"], C: d}
yyyyyyyyyy, ,y, ,n, sss,, y, s,
Resources:
yyyyyyyyy,
  App: &x # note
  yyy, vv ######
    Type: ALIYUN::ECI::ContainerGroup
    yyyy, sssssssssssssssssssssssssss
    "quoted key": *x
    yyyyyyyyyyyy, vv
    Script: |
    yyyyyy, o
      #!/bin/sh
      sssssssss
      echo ${A}
      sssssvvvv
    Next: !Ref A
    yyyy, kkkk s
    Fold: >-
    yyyy, oo
      a: b
      ssss
    - a: 1
    , y, n
    - b
    , s
    -
    ,
      url: http://x:80/#y
      yyy, ssssssssssssss
    long: "two
    yyyy, ssss
      lines" # c
      ssssss ###
    t: {{ x }}
    y, vvvvvvv
    empty:
    yyyyy,
? k
, s
: v
, s
"##,
    );
}

#[test]
fn a_flat_request_is_painted_as_parameters() {
    assert_drawn(
        Kind::EciRequest,
        r##"
# c
###
Container.1.Image=nginx:1
yyyyyyyyyynyyyyyyosssssss
Cpu = 2.0
yyy o nnn
Name: "a"
yyyyo sss
bad line
!!!!!!!!
"##,
    );
}

#[test]
fn a_command_is_painted_as_options() {
    assert_drawn(
        Kind::EciRequest,
        r##"
aliyun eci CreateContainerGroup \
cccccc ccc cccccccccccccccccccc ,
  --RegionId cn-hangzhou --Container.1.Port.1.Port 80 \
  ffffffffff sssssssssss ffffffffffffnffffffnfffff nn ,
  --DryRun true stray
  ffffffff tttt !!!!!
"##,
    );
}

#[test]
fn a_query_is_painted_as_parameters() {
    assert_drawn(
        Kind::EciRequest,
        r##"
https://eci.aliyuncs.com/?Action=CreateContainerGroup&Container.1.Image=a%2Fb
ccccco  ccc cccccccc ccc oyyyyyyossssssssssssssssssssoyyyyyyyyyynyyyyyyosssss
"##,
    );
}

#[test]
fn patterns_are_painted_with_their_signs() {
    assert_drawn(
        Kind::DockerIgnore,
        r##"
# c
###
**/*.py
oososss
!a[0-9]?
ososssoo
!
!
"##,
    );
}
