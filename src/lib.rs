//! Almanac.

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
