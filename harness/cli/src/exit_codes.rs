//! What `--help` says of exit codes.

/// The exit codes, for `--help`. A macro, because `concat!` takes only literals.
macro_rules! exit_codes {
    () => {
        "\
Exit codes:
   0  success: every play was confirmed
   1  mismatch: a beat was not as expected, or repeated runs differ;
      for `operate`: the operation failed;
      for `ask`: the program gave no diagnosis;
      for `train`: it is not cured
   2  invalid command line, scenario file or output file: nothing was run,
      or with `--keep-going` only what is valid;
      or a fault that does not apply to the scenario's world
   3  inconclusive: a play proves nothing, and none was a mismatch
   4  nothing selected: no such play, or no open session
  70  internal error, which says nothing about the subject
 130  interrupted: reports hold what was played until then"
    };
}

pub(crate) use exit_codes;
