//! The form of the configuration: its fields are there, and of their types.

use super::IMAGE;
use super::sources::CONFIG_FIELDS;
use crate::image::paths::shown;
use crate::rule::{Rule, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "image/config-not-strict",
    summary: text(
        "a field of the configuration is missing or of the wrong type",
        "配置字段缺失或类型错误",
    ),
    message: text("`{field}` is not of the type that it must be", "`{field}` 的类型不正确"),
    why: text(
        "Docker may read past it; strict readers refuse the whole configuration, and with it the image.",
        "Docker 可能会忽略；严格的读取者会拒绝整个配置，从而拒绝镜像。",
    ),
    help: text(
        "build the image with a current tool; do not edit configurations by hand",
        "请用当前版本的工具构建镜像，不要手动修改配置",
    ),
    rests_on: &[&CONFIG_FIELDS],
    examples: &[
        bad(r#"{"images": [{"config_digest": "«sha256:aa»", "env": "A=b"}]}"#),
        bad(r#"{"images": [{"created": "«yesterday»"}]}"#),
        bad(r#"{"images": [{"config_digest": "«sha256:aa»", "os": null}]}"#),
        good(r#"{"images": [{"env": ["A=b"], "created": "2026-03-01T10:00:00.123+08:00"}]}"#),
    ],
    check: |cx, found| {
        for view in cx.images() {
            if view.config.created.as_deref().is_some_and(|told| !is_time(told)) {
                let finding = found.add(&RULE, view.at("created"));
                finding.arg("field", "created").says(text(
                    "`{field}` is no time as RFC 3339 has it",
                    "`{field}` 不是 RFC 3339 格式的时间",
                ));
            }
            let named = [("architecture", &view.config.architecture), ("os", &view.config.os)];
            for (field, value) in named {
                let is_odd = view.config.odd_fields.iter().any(|odd| odd == field);
                if value.is_none() && !is_odd {
                    let finding = found.add(&RULE, view.at("config_digest"));
                    finding.arg("field", field).says(text(
                        "the configuration does not tell its `{field}`, as every image must",
                        "配置缺少 `{field}`，而每个镜像都必须注明",
                    ));
                }
            }
            for field in &view.config.odd_fields {
                found.add(&RULE, view.at("config_digest")).arg("field", shown(field.as_bytes()));
            }
        }
    },
    ..IMAGE
};

/// Whether `text` has the form of a time of RFC 3339.
fn is_time(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let (Some(start), Some(rest)) = (text.get(..FORM.len()), text.get(FORM.len()..)) else {
        return false;
    };
    let fits = |(byte, form): (u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        form => byte.eq_ignore_ascii_case(form),
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let is_zone = matches!(rest, "Z" | "z")
        || matches!(rest.as_bytes(), [b'+' | b'-', a, b, b':', c, d]
            if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()));
    start.bytes().zip(FORM).all(fits) && is_zone
}

#[cfg(test)]
mod tests {
    use super::is_time;

    #[test]
    fn times_are_those_of_rfc_3339() {
        for time in ["2026-03-01T10:00:00Z", "0001-01-01T00:00:00.5z", "2026-03-01T10:00:00+08:00"]
        {
            assert!(is_time(time), "{time}");
        }
        for time in ["", "yesterday", "2026-03-01", "2026-03-01T10:00:00", "2026-03-01T10:00:00+8"]
        {
            assert!(!is_time(time), "{time}");
        }
    }
}
