//! The page: what the browser shows, and the worker beside it that checks.
//!
//! Two binaries share this library. `page` draws and never checks; `worker` checks and knows no
//! document. They exchange the words of [`messages`], as [`packing`] puts them.

pub mod app;
pub mod archive;
pub mod boot;
pub mod bundle;
pub mod check;
pub mod components;
pub mod connection;
pub mod divided;
pub mod downloads;
pub mod editor;
pub mod examples;
pub mod files;
pub mod line_ends;
pub mod messages;
pub mod packing;
pub mod pages;
pub mod platforms;
pub mod reading;
pub mod size;
pub mod state;
pub mod units;
pub mod wire;
pub mod words;
pub mod worker;
