//! Builds the page and shows it to this machine.

use static_server::Server;

use crate::arguments::Profile;
use crate::{Failure, page};

/// Where the page is found unless somebody else sits there.
const USUAL_PORT: u16 = 8099;

/// Builds, serves and stays until interrupted.
pub(crate) fn serve(profile: Profile, port: Option<u16>) -> Result<(), Failure> {
    page::build(profile)?;
    let server = match port {
        Some(port) => Server::start(&page::dist(), port)
            .map_err(|error| format!("port {port} of 127.0.0.1: {error}"))?,
        None => {
            Server::start(&page::dist(), USUAL_PORT).or_else(|_| Server::start(&page::dist(), 0))?
        }
    };
    println!("\nPlimsoll is at {}   (Ctrl+C ends it)", server.url());
    loop {
        std::thread::park();
    }
}
