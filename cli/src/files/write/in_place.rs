//! Writing into a file itself, where no other could take its place.

use std::io::{self, Seek, Write};

use super::temporary::{Ending, Temporary};
use super::{Target, WriteError};

impl Target {
    /// Writes `new` over `old` into the file itself. What it held lies beside it meanwhile, and
    /// stays there if it cannot be written back.
    pub(super) fn write_in_place(&mut self, old: &[u8], new: &[u8]) -> Result<(), WriteError> {
        let mut copy = Temporary::beside(self.folder(), Ending::Old)?;
        copy.file.write_all(old)?;
        copy.file.sync_all()?;
        if !self.is_still(old)? {
            return Err(WriteError::Changed);
        }
        let Err(error) = self.overwrite(new) else { return Ok(()) };
        match self.overwrite(old) {
            Ok(()) => Err(error.into()),
            Err(_) => Err(WriteError::Torn { copy: copy.keep(), error }),
        }
    }

    fn overwrite(&mut self, text: &[u8]) -> io::Result<()> {
        self.file.rewind()?;
        self.file.write_all(text)?;
        self.file.set_len(text.len() as u64)?;
        self.file.sync_all()
    }
}
