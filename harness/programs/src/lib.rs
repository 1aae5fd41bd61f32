//! Windows' own programs on the simulated machine, and the lines of `cmd.exe` that start them.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `command_line` | what only `cmd.exe` reads: `&&`, `>`, `^`, `%NAME%` |
//! | `program` | what a program is, and what it is called with |
//! | `programs` | the programs, one file each |
//! | `page`, `numbers` | how they print |
//! | `files`, `texts_of` | what several of them ask of files, of a file's bytes |
//!
//! Absent: PowerShell, which they know as a port; Worlds, faults, causes; files and programs of the real machine.

mod command_line;
mod files;
mod numbers;
mod page;
mod program;
mod programs;
mod texts_of;

pub use command_line::without_prompt;
pub use program::PowerShell;
pub use programs::{ProgramInfo, command, names, programs, run};
