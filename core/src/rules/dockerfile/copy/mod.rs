//! Rules on COPY, ADD and the build context.

use crate::rule::Rule;

mod add;
mod archive;
mod destination;
mod from;
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
];
