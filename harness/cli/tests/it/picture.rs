//! The picture in the README: the output of a run, in the colours of a terminal.

use std::collections::VecDeque;

use anstyle::{Color, RgbColor};
use anstyle_svg::Term;
use snapbox::{assert_data_eq, file};

use crate::{command, output_of};

/// `SNAPSHOTS=overwrite cargo test -p marslab-cli picture` updates it.
#[test]
fn the_picture_is_up_to_date() {
    let run = ["run", "--explain", "iscsi-service-stopped", "--fidelity", "memory"];
    let coloured = command().env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").args(run);
    let output = output_of(coloured).code(0).stdout;
    let text = format!("\x1b[1m$ marslab {}\x1b[0m\n\n{}", run.join(" "), shortened(&output));
    let terminal =
        Term::new().palette(PALETTE).fg_color(INK).bg_color(PAPER).min_width_px(WIDTH_PX);
    let svg = terminal.render_svg(&text);
    assert_data_eq!(svg, file!["../../pictures/explain.svg": Text].raw());
}

/// The output with only the first lines of each quotation, cut at the width of the terminal.
fn shortened(output: &str) -> String {
    let mut lines: VecDeque<&str> = output.lines().collect();
    let mut text = String::new();
    while let Some(line) = lines.pop_front() {
        let quoted = lines.iter().take_while(|line| is_quoted(line)).count();
        text.extend([cut(line).as_str(), "\n"]);
        if !is_quoted(line) && quoted > QUOTED_MAX + 1 {
            let shown = lines.drain(..QUOTED_MAX).map(cut).collect::<Vec<_>>().join("\n");
            lines.drain(..quoted - QUOTED_MAX);
            let more = format!("    and {} more", quoted - QUOTED_MAX);
            text.extend([shown.as_str(), "\n", more.as_str(), "\n"]);
        }
    }
    text
}

fn is_quoted(line: &str) -> bool {
    line.starts_with("    \x1b[2m|")
}

/// A line cut at the width of the terminal. Only quoted lines, which follow a mark, are that long.
fn cut(line: &str) -> String {
    let Some((mark, quoted)) = line.split_once("\x1b[0m") else { return line.to_owned() };
    let mut shown: String = quoted.chars().take(QUOTED_CHARS).collect();
    if quoted.chars().nth(QUOTED_CHARS).is_some() {
        shown.push('…');
    }
    format!("{mark}\x1b[0m{shown}")
}

/// Bright enough for a dark background.
const PALETTE: anstyle_svg::Palette = anstyle_svg::WIN10_CONSOLE;

const INK: Color = Color::Rgb(RgbColor(0xd6, 0xdd, 0xe6));

const PAPER: Color = Color::Rgb(RgbColor(0x16, 0x1b, 0x22));

/// A line of 100 characters, and a margin.
const WIDTH_PX: usize = 870;

/// Enough to see what is quoted.
const QUOTED_MAX: usize = 2;

/// With its mark, such a line is as wide as the prose.
const QUOTED_CHARS: usize = 94;
