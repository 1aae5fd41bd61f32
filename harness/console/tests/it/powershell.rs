//! Lines of PowerShell, typed into a window; one file a subject.

mod agent;
mod clock;
mod defender;
mod drives;
mod events;
mod files;
mod line;
mod network;
mod objects;
mod policy;
mod registry;
mod services;
mod system;
mod tasks;
mod updates;
