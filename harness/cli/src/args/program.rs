//! How a program under test is started.

/// The same for `marslab run` and `marslab ask`.
#[derive(Debug, clap::Args)]
pub(crate) struct ProgramArgs {
    /// Environment variable for the subject; can be repeated.
    ///
    /// NAME passes on a variable of the current environment, NAME=VALUE sets one. What the variable leads to, such as the
    /// folder in HOME, is the same for all questions.
    #[arg(long, value_name = "NAME[=VALUE]", requires = "subject")]
    pub(crate) subject_env: Vec<String>,

    /// Time limit for each diagnosis of the subject, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, requires = "subject")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) subject_timeout: u64,
}
