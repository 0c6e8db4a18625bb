//! XML as a run of tags and characters, for the formats that are made of it.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_html5_entity,
    events::{BytesStart, Event},
};

/// A piece of a document.
pub(super) enum Piece<'p> {
    /// An element begins.
    Start(&'p BytesStart<'p>),
    /// The element of this name ends.
    End(&'p str),
    /// Characters, with the references in them resolved.
    Text(Cow<'p, str>),
}

/// What to do with an element.
pub(super) enum Way {
    /// Go on.
    In,
    /// Go on after its end.
    Past,
}

/// Gives the pieces of a document to `take` in their order. Elements may lie as deep as they like: nothing here goes down with them.
///
/// # Errors
/// If it is no XML: what is wrong. What came before it has been given.
pub(super) fn walk(xml: &str, mut take: impl FnMut(Piece<'_>) -> Way) -> Result<(), String> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let config = reader.config_mut();
    // Books are often made by hand.
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let damaged = |error: quick_xml::Error| format!("damaged: {error}");
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) => {
                if matches!(take(Piece::Start(&start)), Way::Past) {
                    reader.read_to_end(start.name()).map_err(damaged)?;
                }
            }
            Event::End(end) => {
                take(Piece::End(end.name().as_ref()));
            }
            Event::Text(text) => {
                take(Piece::Text(text.xml10_content()));
            }
            Event::CData(text) => {
                take(Piece::Text(text.xml10_content()));
            }
            Event::GeneralRef(name) => {
                if let Ok(Some(c)) = name.resolve_char_ref() {
                    take(Piece::Text(c.to_string().into()));
                } else if let Some(text) = resolve_html5_entity(&name.xml10_content()) {
                    take(Piece::Text(text.into()));
                }
            }
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The value of an attribute.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok()??;
    Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), Cow::into_owned))
}

/// Adds characters of running text, in which white space of any kind is one space.
pub(super) fn run(out: &mut String, text: &str) {
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r') {
            if !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}
