//! What `boot.js` starts in the worker.

fn main() {
    plimsoll_web::worker::start();
}
