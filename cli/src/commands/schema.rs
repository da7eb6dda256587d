//! `plimsoll schema`.

use plimsoll::Kind;
use plimsoll::platforms::shape;
use plimsoll::text::text;
use plimsoll::tree::json_schema;

use crate::args::Schema;
use crate::output::{Outcome, Output, Problem};

pub(super) fn run(options: &Schema, output: &Output) -> Outcome {
    let Some(shape) = shape(options.kind) else {
        let with_shape = Kind::ALL.into_iter().filter(|kind| self::shape(*kind).is_some());
        let names: Vec<&str> = with_shape.map(Kind::id).collect();
        let problem = Problem::new(
            options.kind.id(),
            text("there is no schema of this kind", "该类型没有 Schema"),
            text("those with a schema are {names}", "有 Schema 的类型：{names}"),
        );
        output.problem(&problem.arg("names", names.join(", ")));
        return Outcome::Trouble;
    };
    let schema = json_schema(options.kind.id(), shape, output.lang);
    output.raw(&format!("{schema:#}\n"));
    Outcome::Good
}
