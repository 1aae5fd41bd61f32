//! Version numbers as .NET writes them.

/// Up to four numbers; missing ones count as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version([u32; 4]);

impl Version {
    /// Reads `5.1.14393.2848`; `None` if a part is not a number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(4, '.').map(str::parse);
        let mut numbers = [0; 4];
        for number in &mut numbers {
            *number = parts.next().unwrap_or(Ok(0)).ok()?;
        }
        Some(Self(numbers))
    }
}
