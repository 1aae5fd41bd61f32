//! Lines of traffic, as beats and journals have them: `to: what → answer`.

/// The parts of a line. Hosts and ports have no spaces, so the first `: ` ends `to`.
pub(super) fn parts(line: &str) -> (&str, &str, &str) {
    let (to, rest) = line.split_once(": ").unwrap_or(("", line));
    let (what, answer) = rest.rsplit_once(" → ").unwrap_or((rest, ""));
    (to, what, answer)
}

/// Whether the answer of a line is a success.
pub(super) fn is_good(line: &str) -> bool {
    let (_, _, answer) = parts(line);
    ["connected", "OK"].contains(&answer) || answer.starts_with(['2', '3'])
}
