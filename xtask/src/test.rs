//! Everything that must hold.

use crate::Failure;

pub(crate) fn test() -> Result<(), Failure> {
    Err("not yet".into())
}

pub(crate) fn screenshot() -> Result<(), Failure> {
    Err("not yet".into())
}
