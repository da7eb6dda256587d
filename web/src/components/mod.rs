//! Parts of pages. Each draws what it is given and calls back; none knows the worker.

pub mod editor;
pub mod findings;
pub mod layers;
pub mod platforms;
pub mod reading;
