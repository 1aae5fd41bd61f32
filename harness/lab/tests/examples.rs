//! The examples run: each is compiled in, so that this is one program and not five.

#[path = "../examples/core.rs"]
mod core;
#[path = "../examples/file.rs"]
mod file;
#[path = "../examples/scores.rs"]
mod scores;
#[path = "../examples/session.rs"]
mod session;
#[path = "../examples/world.rs"]
mod world;

#[test]
fn a_core() {
    core::main();
}

#[test]
fn a_file() {
    file::main().unwrap();
}

#[test]
fn scores_by_area() {
    scores::main();
}

#[test]
fn a_session() {
    session::main().unwrap();
}

#[test]
fn a_world() {
    world::main().unwrap();
}
