//! Where the parts of the picture stand: side by side in a wide window, one below the other in a narrow one.

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Rect {
    const fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self { x, y, width, height }
    }
}

/// Where the picture goes, from the server to the cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// In a wide window.
    Right,
    /// In a narrow one.
    Down,
}

/// A line from one part to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: (i32, i32),
    pub(super) to: (i32, i32),
    course: Course,
}

/// How a line runs between its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// As an S.
    Across,
    /// Around something that is there; where, across the direction.
    Around(i32),
    /// First straight on, then to the side: lines to what is below each other share a trunk.
    Branch,
}

impl Line {
    /// The line as the data of an SVG path.
    pub(super) fn path(&self, direction: Direction) -> String {
        let ((x, y), (to_x, to_y)) = (self.from, self.to);
        let (half_x, half_y) = ((x + to_x) / 2, (y + to_y) / 2);
        match (direction, self.course) {
            (_, Course::Branch) => {
                let turn = to_y - CORNER;
                format!("M{x} {y}V{turn}Q{x} {to_y} {} {to_y}H{to_x}", x + CORNER)
            }
            (Direction::Right, Course::Across) => {
                format!("M{x} {y}C{half_x} {y} {half_x} {to_y} {to_x} {to_y}")
            }
            (Direction::Down, Course::Across) => {
                format!("M{x} {y}C{x} {half_y} {to_x} {half_y} {to_x} {to_y}")
            }
            (Direction::Right, Course::Around(at)) => format!(
                "M{x} {y}C{} {y} {} {at} {half_x} {at}S{} {to_y} {to_x} {to_y}",
                x + BEND,
                half_x - 2 * BEND,
                to_x - BEND
            ),
            (Direction::Down, Course::Around(at)) => format!(
                "M{x} {y}C{x} {} {at} {} {at} {half_y}S{to_x} {} {to_x} {to_y}",
                y + BEND,
                half_y - 2 * BEND,
                to_y - BEND
            ),
        }
    }
}

/// Where everything stands.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    direction: Direction,
    pub(super) size: (i32, i32),
    pub(super) machine: Rect,
    pub(super) proxies: Vec<Rect>,
    pub(super) firewall: Rect,
    pub(super) cloud: Rect,
    pub(super) places: Vec<Rect>,
}

impl Layout {
    /// The layout with so many proxies, at most two.
    pub(super) fn new(direction: Direction, proxies: usize) -> Self {
        let (size, machine, firewall, cloud) = match direction {
            Direction::Right => (
                (960, 210),
                Rect::new(8, 79, 150, 52),
                Rect::new(520, 8, 124, 194),
                Rect::new(712, 8, 240, 194),
            ),
            Direction::Down => (
                (300, 440),
                Rect::new(4, 8, 128, 52),
                Rect::new(4, 182, 292, 28),
                Rect::new(4, 246, 292, 186),
            ),
        };
        let proxies = match (direction, proxies) {
            (_, 0) => Vec::new(),
            (Direction::Right, 1) => vec![Rect::new(276, 26, 160, 52)],
            (Direction::Right, _) => vec![Rect::new(276, 8, 160, 52), Rect::new(276, 72, 160, 52)],
            (Direction::Down, 1) => vec![Rect::new(152, 96, 144, 52)],
            (Direction::Down, _) => vec![Rect::new(152, 84, 144, 40), Rect::new(152, 130, 144, 40)],
        };
        // The trunk of the lines that lead down to them is beside them.
        let beside = if direction == Direction::Down { TRUNK } else { 0 };
        let (x, width) = (cloud.x + 12 + beside, cloud.width - 24 - beside);
        let places = (0..5).map(|index| Rect::new(x, cloud.y + 28 + 32 * index, width, 26));
        let places = places.collect();
        Self { direction, size, machine, proxies, firewall, cloud, places }
    }

    pub(super) const fn class(&self) -> &'static str {
        match self.direction {
            Direction::Right => "wide",
            Direction::Down => "narrow",
        }
    }

    /// The line from one part to another.
    pub(super) fn between(&self, one: Rect, other: Rect) -> Line {
        let middle = |rect: Rect| (rect.x + rect.width / 2, rect.y + rect.height / 2);
        let ((one_x, one_y), (other_x, other_y)) = (middle(one), middle(other));
        let (from, to) = match self.direction {
            Direction::Right => {
                // Onto a tall part straight across, out of it, too.
                let from_y = if one.height > TALL { other_y } else { one_y };
                let to_y = if other.height > TALL { one_y } else { other_y };
                ((one.x + one.width, from_y), (other.x, to_y))
            }
            Direction::Down => {
                let to_x = if other.width > WIDE { one_x } else { other_x };
                // The parts of the cloud stand below each other: lines come in from the side.
                if one.width > WIDE {
                    let from = (other.x - TRUNK, one.y + one.height);
                    return Line { from, to: (other.x, other_y), course: Course::Branch };
                }
                ((one_x, one.y + one.height), (to_x, other.y))
            }
        };
        Line { from, to, course: Course::Across }
    }

    /// The line from the server to the firewall past all proxies.
    pub(super) fn direct(&self) -> Line {
        let straight = self.between(self.machine, self.firewall);
        match self.direction {
            Direction::Right if !self.proxies.is_empty() => {
                let (x, _) = straight.to;
                Line { to: (x, PAST), course: Course::Around(PAST), ..straight }
            }
            Direction::Right | Direction::Down => straight,
        }
    }
}

/// Only firewall and cloud are taller, or wider.
const TALL: i32 = 100;
const WIDE: i32 = 200;

/// Below the proxies.
const PAST: i32 = 168;

/// How far a line goes straight on before it turns.
const BEND: i32 = 60;

/// From the trunk to what its lines lead to.
const TRUNK: i32 = 20;

/// How round a branch leaves the trunk.
const CORNER: i32 = 8;
