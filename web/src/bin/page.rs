//! What `boot.js` starts in the window.

fn main() {
    plimsoll_web::app::start();
}
