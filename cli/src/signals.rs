//! SIGINT and SIGTERM wait while files are being written, so that none is left half done.

/// While this lives, a signal to stop waits; it ends the program when this is gone.
pub(crate) struct Deferred {
    _private: (),
}

impl Deferred {
    /// From now on signals wait.
    pub(crate) fn begin() -> Deferred {
        system::set_waiting(true);
        Deferred { _private: () }
    }

    /// Whether the program is to stop as soon as it may.
    pub(crate) fn is_stop_wanted(&self) -> bool {
        system::pending().is_some()
    }
}

impl Drop for Deferred {
    fn drop(&mut self) {
        system::set_waiting(false);
        if let Some(signal) = system::pending() {
            system::end_by(signal);
        }
    }
}

#[cfg(unix)]
mod system {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, OnceLock};

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::{flag, low_level};

    /// What the signals change.
    struct State {
        /// A signal ends the program at once.
        is_idle: Arc<AtomicBool>,
        /// The last signal; 0 for none.
        signal: Arc<AtomicUsize>,
    }

    fn state() -> &'static State {
        static STATE: OnceLock<State> = OnceLock::new();
        STATE.get_or_init(|| {
            let state = State { is_idle: Arc::default(), signal: Arc::default() };
            for signal in [SIGINT, SIGTERM] {
                // A system that refuses leaves a signal to do what it always does.
                let number = usize::try_from(signal).unwrap_or_default();
                let _ = flag::register_usize(signal, Arc::clone(&state.signal), number);
                let _ = flag::register_conditional_default(signal, Arc::clone(&state.is_idle));
            }
            state
        })
    }

    pub(super) fn set_waiting(is_waiting: bool) {
        state().is_idle.store(!is_waiting, Ordering::SeqCst);
    }

    pub(super) fn pending() -> Option<i32> {
        let signal = state().signal.load(Ordering::SeqCst);
        i32::try_from(signal).ok().filter(|&signal| signal != 0)
    }

    pub(super) fn end_by(signal: i32) {
        let _ = low_level::emulate_default_handler(signal);
    }
}

#[cfg(not(unix))]
mod system {
    pub(super) fn set_waiting(_: bool) {}

    pub(super) fn pending() -> Option<i32> {
        None
    }

    pub(super) fn end_by(_: i32) {}
}
