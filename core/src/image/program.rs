//! What kind of program an executable file is, told by its first bytes.

/// The first bytes of a file that are enough to tell (headers, and the loader's name behind them).
pub(super) const ENOUGH: usize = 4096;

/// A kind of program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramKind {
    /// An ELF executable or library, with its machine's number (`e_machine`).
    Elf(u16),
    /// A text with a `#!` line.
    Script,
    /// A text with a byte order mark before `#!`, which the kernel does not run.
    ScriptWithMark,
}

/// A program and what loads it.
pub(super) struct Program<'a> {
    pub(super) kind: ProgramKind,
    /// The interpreter of a script, the dynamic loader of an ELF file; may be empty.
    pub(super) loader: &'a [u8],
}

/// What `start`, the first bytes of a file, tells; `None` where it is neither.
pub(super) fn read(start: &[u8]) -> Option<Program<'_>> {
    if start.starts_with(b"\x7fELF") {
        return elf(start);
    }
    let (kind, text) = match start.strip_prefix(b"\xef\xbb\xbf") {
        Some(text) => (ProgramKind::ScriptWithMark, text),
        None => (ProgramKind::Script, start),
    };
    let line = text.strip_prefix(b"#!")?;
    let line = line.split(|&byte| byte == b'\n').next().unwrap_or_default();
    // A carriage return is part of the name to the kernel.
    let word = line.trim_ascii_start();
    let end = word.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(word.len());
    Some(Program { kind, loader: &word[..end] })
}

/// The names of machines in image configurations, by their numbers (`elf.h`, `e_machine`).
const MACHINES: &[(u16, &str)] = &[
    (3, "386"),
    (8, "mips"),
    (21, "ppc64le"),
    (22, "s390x"),
    (40, "arm"),
    (62, "amd64"),
    (183, "arm64"),
    (243, "riscv64"),
    (258, "loong64"),
];

/// The architecture of an ELF machine, as image configurations name it.
pub fn architecture(machine: u16) -> Option<&'static str> {
    MACHINES.iter().find(|(number, _)| *number == machine).map(|(_, name)| *name)
}

/// The number of the machine that image configurations call `name`.
pub(crate) fn machine(name: &str) -> Option<u16> {
    MACHINES.iter().find(|(_, known)| *known == name).map(|(number, _)| *number)
}

/// The kind of the program that begins with `start`, and what loads it.
pub(crate) fn of(start: &[u8]) -> Option<(ProgramKind, &[u8])> {
    read(start).map(|program| (program.kind, program.loader))
}

fn elf(start: &[u8]) -> Option<Program<'_>> {
    let is_wide = *start.get(4)? == 2;
    let is_little = *start.get(5)? == 1;
    let number = |at: usize, length: usize| -> Option<u64> {
        let bytes = start.get(at..at.checked_add(length)?)?;
        let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        Some(match is_little {
            true => bytes.iter().rev().fold(0, fold),
            false => bytes.iter().fold(0, fold),
        })
    };
    let kind = ProgramKind::Elf(u16::try_from(number(18, 2)?).ok()?);
    // Program headers: the one of type 3 names the loader.
    let find = || -> Option<&[u8]> {
        let (table, size, count) = match is_wide {
            true => (number(32, 8)?, number(54, 2)?, number(56, 2)?),
            false => (number(28, 4)?, number(42, 2)?, number(44, 2)?),
        };
        for index in 0..count.min(64) {
            let at = usize::try_from(table.checked_add(index * size)?).ok()?;
            if number(at, 4)? != 3 {
                continue;
            }
            let (offset, length) = match is_wide {
                true => (number(at + 8, 8)?, number(at + 32, 8)?),
                false => (number(at + 4, 4)?, number(at + 16, 4)?),
            };
            let offset = usize::try_from(offset).ok()?;
            let length = usize::try_from(length).ok()?;
            let name = start.get(offset..offset.checked_add(length)?)?;
            return Some(name.split(|&byte| byte == 0).next().unwrap_or_default());
        }
        None
    };
    Some(Program { kind, loader: find().unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_name_their_interpreter() {
        let cases: [(&[u8], ProgramKind, &[u8]); 3] = [
            (b"#!/bin/sh -e\nx", ProgramKind::Script, b"/bin/sh"),
            (b"#! /bin/bash\r\nx", ProgramKind::Script, b"/bin/bash\r"),
            (b"\xef\xbb\xbf#!/bin/sh\n", ProgramKind::ScriptWithMark, b"/bin/sh"),
        ];
        for (start, kind, loader) in cases {
            let program = read(start).unwrap();
            assert_eq!((program.kind, program.loader), (kind, loader));
        }
        assert!(read(b"echo").is_none() && read(b"").is_none());
    }

    #[test]
    fn elf_files_name_their_machine_and_loader() {
        let mut file = vec![0; 200];
        file[..6].copy_from_slice(b"\x7fELF\x02\x01");
        file[18] = 183;
        file[32] = 64;
        file[54] = 56;
        file[56] = 1;
        file[64] = 3;
        file[72] = 120;
        file[96] = 8;
        file[120..128].copy_from_slice(b"/lib/ld\0");
        let program = read(&file).unwrap();
        assert_eq!((program.kind, program.loader), (ProgramKind::Elf(183), &b"/lib/ld"[..]));
        assert_eq!(architecture(183), Some("arm64"));
        for length in 0..file.len() {
            let _ = read(&file[..length]);
        }
    }
}
