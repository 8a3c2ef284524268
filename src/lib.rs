//! Almanac: what the publisher of an annual guide runs.
//!
//! # The way of an entry through the house
//!
//! 1. [`command`] reads flags and variables into a [`config::Config`], which says whether its folders are [`writable`];
//!    [`app`] opens the house with them: the database ([`db`]), the editions with their questionnaires
//!    (`guides/{year}`), what is published ([`guide`]).
//! 2. A request comes in. [`routes`] has every URL on one screen; [`web`] reads what was sent and asks
//!    [`domain::permission`] whether this person may.
//! 3. What is to happen is an act of [`workflow`], one file each: a vendor starts an entry, saves a page, submits; an
//!    editor writes a note, requests changes, publishes. An act is one transaction: the change, its event, its mails.
//! 4. What may be answered, what is missing, wrong or unusual, and how it is printed, [`questionnaire`] says; it
//!    knows neither database nor web. What an entry may become, [`domain::status`] says.
//! 5. Mails wait in the outbox until [`mail::worker`] has sent them.
//! 6. A published profile is frozen and read into the catalogue of [`guide`], from which readers are served without
//!    waiting for the database: found by words and filters, compared, counted. A finished page is handed out at
//!    [`web::front_door`]; [`command::export`] writes all of them to files.
//!
//! Dependencies point one way: `routes → web → workflow → {questionnaire, domain, db}`; `guide` reads `db`; `mail`
//! drains the outbox.

pub mod app;
pub mod command;
pub mod config;
pub mod db;
pub mod domain;
pub mod error;
pub mod guide;
pub mod mail;
pub mod questionnaire;
pub mod routes;
pub mod web;
pub mod workflow;
pub mod writable;
