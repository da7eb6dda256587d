//! Rules on COPY, ADD and the build context.

use crate::rule::Rule;

mod add;
mod archive;
mod context;
mod destination;
mod from;
mod ignore_file;
mod ignored;
mod ownership;
mod source;

pub(super) static RULES: &[&Rule] = &[
    &add::RULE,
    &add::CHECKSUM,
    &archive::RULE,
    &destination::SEVERAL,
    &destination::RELATIVE,
    &destination::ROOT,
    &from::UNDEFINED,
    &from::OWN,
    &ownership::RULE,
    &ignored::RULE,
    &context::MISSING,
    &context::SECRET,
    &context::HISTORY,
    &ignore_file::SYNTAX,
    &ignore_file::USELESS,
];
