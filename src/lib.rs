//! copydesk fact-checks a draft against its sources. Data flows one way:
//!
//! bytes → [`text`] → [`document`] → [`prose`] → [`claim`] → [`evidence`] (with [`corpus`]) → [`verdict`] → [`ide`] → [`report`],
//! [`lsp`], [`cli`]

pub mod text;

pub mod document;

pub mod prose;

pub mod claim;

pub mod corpus;

pub mod evidence;

pub mod verdict;

pub mod ide;

pub mod config;

pub mod report;

pub mod lsp;

pub mod cli;
