//! ROS templates, what stands inside them, and every rule behind them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::Kind;

fuzz_target!(|text: &str| plimsoll_fuzz::check(Kind::RosTemplate, text));
