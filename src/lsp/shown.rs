//! What the client is shown of a draft, put into the protocol's words once. An edit moves it, in time that does not grow with the text;
//! the next check has the last word.

use std::{fmt::Write as _, sync::Arc};

use tower_lsp::ls_types::{Diagnostic, Position, Range, Uri};

use crate::{
    ide::Span,
    text::{Edited, LineCol},
};

/// A diagnostic in JSON, but for its places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Where it is, in bytes of the draft.
    pub(super) span: Span,
    /// Where it is, where else in the draft something is, and what its fix replaces.
    places: Vec<Range>,
    /// The text around the places: one piece more than these are.
    pieces: Arc<[Box<str>]>,
    /// All of it: an edit moves few diagnostics to other lines or columns.
    json: String,
}

/// A range that no text has: it marks where one belongs.
const NOWHERE: Range = {
    let at = Position { line: u32::MAX, character: u32::MAX };
    Range { start: at, end: at }
};

/// The same in data, which has its keys in another order. What is shown has no control characters.
const MARK: &str = "\u{1}range";

impl Item {
    /// A diagnostic of these words of the draft at `uri`.
    pub(super) fn new(span: Span, uri: &Uri, mut diagnostic: Diagnostic) -> Self {
        // In the order in which they stand in the text.
        let mut places = vec![std::mem::replace(&mut diagnostic.range, NOWHERE)];
        for related in diagnostic.related_information.iter_mut().flatten().filter(|r| r.location.uri == *uri) {
            places.push(std::mem::replace(&mut related.location.range, NOWHERE));
        }
        if let Some(range) = diagnostic.data.as_mut().and_then(|data| data.pointer_mut("/fix/edit/range")) {
            // It was made of a range.
            places.extend(serde_json::from_value::<Range>(range.take()).ok());
            *range = MARK.into();
        }
        let mark = json(NOWHERE);
        let text = serde_json::to_string(&diagnostic).unwrap_or_default().replace("\"\\u0001range\"", &mark);
        let mut item = Self { span, places, pieces: text.split(&mark).map(Into::into).collect(), json: String::new() };
        item.write();
        item
    }

    /// Moves with an edit; `None` if it touches the item.
    fn edited(&mut self, edited: &Edited) -> Option<()> {
        self.span = edited.moved_span(self.span)?;
        let mut is_elsewhere = false;
        for place in &mut self.places {
            let moved = |at: Position| {
                let at = edited.moved(LineCol { line: at.line, col: at.character })?;
                Some(Position::new(at.line, at.col))
            };
            let now = Range::new(moved(place.start)?, moved(place.end)?);
            is_elsewhere |= std::mem::replace(place, now) != now;
        }
        if is_elsewhere {
            self.write();
        }
        Some(())
    }

    fn write(&mut self) {
        self.json.clear();
        let mut places = self.places.iter();
        for (i, piece) in self.pieces.iter().enumerate() {
            if i > 0 {
                self.json.push_str(&places.next().map_or_else(|| json(Range::default()), |place| json(*place)));
            }
            self.json.push_str(piece);
        }
    }
}

fn json(Range { start, end }: Range) -> String {
    format!(
        r#"{{"start":{{"line":{},"character":{}}},"end":{{"line":{},"character":{}}}}}"#,
        start.line, start.character, end.line, end.character
    )
}

/// The diagnostics of a draft, in the order of their places.
#[derive(Debug, Default)]
pub(super) struct Shown {
    items: Vec<Item>,
}

impl Shown {
    /// Takes the place of all there was.
    pub(super) fn replace(&mut self, items: Vec<Item>) {
        self.items = items;
    }

    /// Takes the place of what overlaps `changed`.
    pub(super) fn splice(&mut self, changed: Span, items: Vec<Item>) {
        self.items.retain(|item| !item.span.overlaps(changed));
        self.items.extend(items);
        self.items.sort_by_key(|item| (item.span.start, item.span.end));
    }

    /// Moves with an edit. What the edit touches is gone.
    pub(super) fn edit(&mut self, edited: &Edited) {
        self.items.retain_mut(|item| item.edited(edited).is_some());
    }

    /// Whether something is about these words.
    pub(super) fn touches(&self, at: u32) -> bool {
        self.items.iter().any(|item| touches(item, at))
    }

    /// The body of the message that publishes them, but for what is about the words at `typed`.
    pub(super) fn message(&self, uri: &Uri, version: Option<i32>, typed: Option<u32>) -> String {
        let size: usize = self.items.iter().map(|item| item.json.len() + 1).sum();
        let mut out = String::with_capacity(size + 256);
        out.push_str(r#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#);
        out.push_str(&serde_json::to_string(uri).unwrap_or_default());
        out.push_str(r#","diagnostics":["#);
        let shown = self.items.iter().filter(|item| typed.is_none_or(|at| !touches(item, at)));
        for (i, item) in shown.enumerate() {
            if i > 0 {
                out.push(',');
            }
            out.push_str(&item.json);
        }
        out.push(']');
        if let Some(version) = version {
            // Writing into a string cannot fail.
            let _ = write!(out, r#","version":{version}"#);
        }
        out.push_str("}}");
        out
    }
}

fn touches(item: &Item, at: u32) -> bool {
    item.span.start < at && at <= item.span.end
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::text::{Buffer, PositionEncoding};

    fn item(text: &str, words: &str, fix: Option<&str>) -> Item {
        let place = |words: &str| {
            let at = text.find(words).unwrap();
            let lines = crate::text::LineIndex::new(text);
            let position = |at: usize| {
                let at = lines.line_col(text, at as u32, PositionEncoding::Utf16);
                json!({"line": at.line, "character": at.col})
            };
            (Span::new(at, at + words.len()), json!({"start": position(at), "end": position(at + words.len())}))
        };
        let (span, range) = place(words);
        let data = fix.map(|fix| json!({"fix": {"title": "t", "edit": {"range": place(fix).1, "newText": "n"}}}));
        let diagnostic = json!({"range": range, "message": "The \"range\":{\"start\":1}", "data": data});
        Item::new(span, &"file:///draft.md".parse().unwrap(), serde_json::from_value(diagnostic).unwrap())
    }

    fn diagnostics(shown: &Shown, typed: Option<u32>) -> Vec<Value> {
        let uri: Uri = "file:///a%20b.md".parse().unwrap();
        let message: Value = serde_json::from_str(&shown.message(&uri, Some(7), typed)).unwrap();
        assert_eq!(message["params"]["version"], 7);
        assert_eq!(message["params"]["uri"], "file:///a%20b.md");
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    #[test]
    fn moves_with_edits() {
        let text = "One é\ntwo 👩 three, four\nfive";
        let mut shown = Shown::default();
        shown.replace(vec![item(text, "three", Some("three")), item(text, "four", None), item(text, "five", Some("iv"))]);
        let mut buffer = Buffer::new(text);
        let mut edit = |shown: &mut Shown, from, to, new: &str| {
            shown.edit(&buffer.edit(Some((from, to)), PositionEncoding::Utf16, new));
        };
        let places = |shown: &Shown| -> Vec<String> {
            let place = |v: &Value| format!("{}:{}", v["start"]["line"], v["start"]["character"]);
            let all = diagnostics(shown, None);
            all.iter().map(|d| format!("{} {}", place(&d["range"]), place(&d["data"]["fix"]["edit"]["range"]))).collect()
        };
        edit(&mut shown, LineCol::new(1, 1), LineCol::new(1, 1), "\n👩👩");
        assert_eq!(places(&shown), ["2:10 2:10", "2:17 null:null", "3:0 3:1"]);
        edit(&mut shown, LineCol::new(0, 3), LineCol::new(1, 0), "");
        assert_eq!(places(&shown), ["1:10 1:10", "1:17 null:null", "2:0 2:1"]);
        // Touched.
        edit(&mut shown, LineCol::new(1, 15), LineCol::new(1, 15), "n");
        assert_eq!(places(&shown), ["1:18 null:null", "2:0 2:1"]);
    }

    #[test]
    fn what_is_being_typed_is_left_out() {
        let text = "three, four";
        let mut shown = Shown::default();
        shown.replace(vec![item(text, "three", None), item(text, "four", None)]);
        for (typed, count) in [(None, 2), (Some(0), 2), (Some(2), 1), (Some(5), 1), (Some(6), 2), (Some(7), 2), (Some(11), 1)] {
            assert_eq!(diagnostics(&shown, typed).len(), count, "{typed:?}");
        }
        assert!(shown.touches(9) && !shown.touches(6));
        shown.splice(Span::new(7, 9), vec![item(text, "e, f", None)]);
        assert_eq!(diagnostics(&shown, None).len(), 2);
    }
}
