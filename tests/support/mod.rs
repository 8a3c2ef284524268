//! What the tests stand on: a database server, a browser, a mail server.

pub mod application;
pub mod browser;
pub mod caretaker;
pub mod client;
pub mod filling;
pub mod house;
pub mod page;
pub mod postgres;
pub mod requirement;
pub mod smtp;
pub mod submission;
