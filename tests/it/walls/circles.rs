//! Which files of a crate import each other in a circle, read from the text of their imports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{each_source, root};

/// The most files of a crate that may import each other in a circle: a concept and its parts.
const CIRCLE_MAX: usize = 6;

#[test]
fn no_circle_of_more_than_a_handful_of_files() {
    let of_room = |room: &&str| circles(&Modules::of(&root().join(room).join("src")).graph());
    let rooms = super::MAY_SEE.iter().map(|(room, _)| room);
    let circles = rooms.flat_map(|room| of_room(room).into_iter().map(move |it| (room, it)));
    let wide: Vec<_> = circles.filter(|(_, circle)| circle.len() > CIRCLE_MAX).collect();
    assert!(wide.is_empty(), "these files import each other: {wide:#?}");
}

#[test]
fn a_circle_is_seen_through_groups_parents_and_paths() {
    let mut modules = Modules::default();
    modules.add("a", "use crate::{b::c::{self, D}, e};");
    modules.add("b", "mod c;");
    modules.add("b::c", "fn f() { super::super::e::g() }");
    modules.add("e", "// use crate::b;\nuse crate::a::A; use std::fmt;");
    let names = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
    let circles = circles(&modules.graph());
    assert_eq!(circles, [names(&["a", "b::c", "e"]), names(&["b"])]);
}

/// The modules of a crate, by path, and their text. The root is left out: it is a map that re-exports.
#[derive(Default)]
struct Modules(BTreeMap<String, String>);

type Graph = BTreeMap<String, BTreeSet<String>>;

impl Modules {
    /// The modules below a `src` folder, without tests and what only tests use.
    fn of(src: &Path) -> Self {
        let mut modules = Self::default();
        if !src.is_dir() {
            return modules;
        }
        each_source(src, &mut |path, text| {
            let path = path.strip_prefix(src).unwrap().with_extension("");
            let parts: Vec<_> = path.iter().map(|part| part.to_str().unwrap()).collect();
            let is_left_out = |part: &&str| ["tests", "testing", "lib", "main"].contains(part);
            if !parts.iter().any(is_left_out) {
                modules.add(&parts.join("::"), text);
            }
        });
        modules
    }

    fn add(&mut self, path: &str, text: &str) {
        let code: Vec<_> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
        self.0.insert(path.to_owned(), code.join("\n"));
    }

    fn graph(&self) -> Graph {
        let imports = |(path, text): (&String, &String)| {
            // A single word is a visibility, `pub(super)`, or a name of the module's own.
            let used = paths(text).into_iter().filter(|used| used.len() > 1);
            let found = used.filter_map(|used| self.resolve(path, &used));
            (path.clone(), found.filter(|used| used != path).collect())
        };
        self.0.iter().map(imports).collect()
    }

    /// The module that a path leads to, seen from the module `from`.
    fn resolve(&self, from: &str, used: &[String]) -> Option<String> {
        let mut place: Vec<&str> = from.split("::").collect();
        let mut rest = used.iter().map(String::as_str).peekable();
        match rest.peek().copied()? {
            "crate" => {
                place.clear();
                rest.next();
            }
            "self" => drop(rest.next()),
            "super" => {
                while rest.next_if_eq(&"super").is_some() {
                    place.pop();
                }
            }
            // A child of this module; anything else is of another crate.
            child if self.0.contains_key(&format!("{from}::{child}")) => {}
            _ => return None,
        }
        for part in rest {
            place.push(part);
            if !self.0.contains_key(&place.join("::")) {
                place.pop();
                break;
            }
        }
        self.0.contains_key(&place.join("::")).then(|| place.join("::"))
    }
}

/// Every path in a text, groups taken apart: `crate::{a, b::C}` is `crate::a` and `crate::b::C`.
fn paths(text: &str) -> Vec<Vec<String>> {
    let (mut found, mut prefixes) = (Vec::new(), vec![Vec::<String>::new()]);
    let (mut path, mut word) = (Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            path.push(std::mem::take(&mut word));
        }
        if c == ':' && chars.next_if_eq(&':').is_some() {
            if chars.peek() == Some(&'{') {
                chars.next();
                let outer = prefixes.last().unwrap().clone();
                prefixes.push([outer, std::mem::take(&mut path)].concat());
            }
            continue;
        }
        if !path.is_empty() {
            let outer = prefixes.last().unwrap().clone();
            found.push([outer, std::mem::take(&mut path)].concat());
        }
        match c {
            '{' => prefixes.push(Vec::new()),
            '}' if prefixes.len() > 1 => drop(prefixes.pop()),
            _ => {}
        }
    }
    found
}

/// The groups of modules that reach each other, in order.
fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reach: BTreeMap<&String, BTreeSet<&String>> =
        graph.keys().map(|from| (from, reachable(graph, from))).collect();
    let reaches = |from: &String, to: &String| reach.get(from).is_some_and(|it| it.contains(to));
    let circle = |one: &String| -> BTreeSet<String> {
        let mutual = graph.keys().filter(|other| reaches(one, other) && reaches(other, one));
        mutual.chain([one]).cloned().collect()
    };
    graph.keys().map(circle).collect::<BTreeSet<_>>().into_iter().collect()
}

fn reachable<'g>(graph: &'g Graph, from: &String) -> BTreeSet<&'g String> {
    let mut seen = BTreeSet::new();
    let of = |module: &String| graph.get(module).into_iter().flatten();
    let mut open: Vec<&String> = of(from).collect();
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(of(next));
        }
    }
    seen
}
