//! Which fields of an index hold what: as the settings say, else as the mapping makes plain.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::corpus::{
    engine::Engine,
    extract::{Fields, usual},
};

/// How many fields are named to somebody who has named a wrong one.
const NAMED: usize = 20;

/// How deep fields lie within fields.
const DEEPEST: usize = 6;

/// The fields of an index, each known to be there if that could be found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    /// What holds what.
    pub(super) names: Fields,
    /// What tells one article from another; the engine's own number if there is none.
    pub(super) id: Vec<String>,
    /// The date by which articles can be left out, if there is one.
    pub(super) since: Option<String>,
}

impl Resolved {
    /// The fields of an index that `copydesk index --to` has made.
    pub(super) fn of_ours() -> Self {
        let one = |name: &str| vec![name.to_owned()];
        let names = Fields {
            title: one("title"),
            text: one("text"),
            date: one("date"),
            author: one("author"),
            outlet: one("outlet"),
            url: one("url"),
        };
        Self { names, id: one("id"), since: Some("date".into()) }
    }

    /// The fields by what an engine says of its index.
    ///
    /// # Errors
    /// If one that is named is not there, or if none is known to hold the text.
    pub(super) fn new(engine: &Engine, mapping: &Value) -> Result<Self, String> {
        let index = &engine.index;
        let mut types = BTreeMap::new();
        for one in mapping.as_object().into_iter().flat_map(|indices| indices.values()) {
            gather(&one["mappings"], "", DEEPEST, &mut types);
        }
        if types.is_empty() {
            return Err(format!("index `{index}` has no fields"));
        }
        let listed = || types.keys().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let find = |named: &[String], usual: &[&str], may_be: &dyn Fn(&str) -> bool| -> Result<Vec<String>, String> {
            let is_there = |name: &&String| types.keys().any(|known| known == *name || known.starts_with(&format!("{name}.")));
            if let Some(missing) = named.iter().find(|name| !is_there(name)) {
                return Err(format!("field `{missing}` is not in index `{index}`; there are: {}", listed()));
            }
            if !named.is_empty() {
                return Ok(named.to_vec());
            }
            let is_usual = |name: &str, usual: &str| {
                let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
                letters.eq(usual.chars())
            };
            let found = usual.iter().find_map(|usual| types.iter().find(|(name, kind)| is_usual(name, usual) && may_be(kind)));
            Ok(found.map(|(name, _)| name.clone()).into_iter().collect())
        };
        let (own, any) = (&engine.fields, |_: &str| true);
        let names = Fields {
            title: find(&own.title, usual("title"), &is_text)?,
            text: find(&own.text, usual("text"), &is_text)?,
            date: find(&own.date, usual("date"), &any)?,
            author: find(&own.author, usual("author"), &any)?,
            outlet: find(&own.outlet, usual("outlet"), &any)?,
            url: find(&own.url, usual("url"), &any)?,
        };
        if names.text.is_empty() {
            return Err(format!(
                "no field of index `{index}` is known to hold the text; there are: {}. Say which in copydesk.toml, under [archive.fields]: \
                 text = \"NAME\"",
                listed()
            ));
        }
        if let Some(name) = names.text.iter().find(|name| types.get(*name).is_some_and(|kind| !is_text(kind))) {
            let kind = &types[name];
            return Err(format!("field `{name}` of index `{index}` is of type {kind}: words cannot be looked for in it"));
        }
        let is_date = |name: &&String| types.get(*name).is_some_and(|kind| kind.starts_with("date"));
        let since = names.date.iter().find(is_date).cloned();
        Ok(Self { names, id: find(&engine.id, usual("id"), &any)?, since })
    }

    /// The fields as they are named, where an engine does not tell what there is.
    pub(super) fn unseen(engine: &Engine) -> Option<Self> {
        let since = engine.fields.date.first().cloned();
        (!engine.fields.text.is_empty()).then(|| Self { names: engine.fields.clone(), id: engine.id.clone(), since })
    }

    /// All of them, for an engine that leaves the others out.
    pub(super) fn wanted(&self) -> Vec<&str> {
        let Fields { title, text, date, author, outlet, url } = &self.names;
        [&self.id, title, text, date, author, outlet, url].into_iter().flatten().map(String::as_str).collect()
    }
}

fn is_text(kind: &str) -> bool {
    matches!(kind, "text" | "match_only_text" | "annotated_text" | "search_as_you_type" | "semantic_text")
}

/// The names of fields with their types, those within fields after a dot.
fn gather(mapping: &Value, before: &str, depth: usize, types: &mut BTreeMap<String, String>) {
    for (name, field) in mapping["properties"].as_object().into_iter().flatten() {
        let path = format!("{before}{name}");
        if field["properties"].is_object() && depth > 0 {
            gather(field, &format!("{path}."), depth - 1, types);
        } else {
            types.insert(path, field["type"].as_str().unwrap_or("object").to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::corpus::engine::Sends;

    fn engine() -> Engine {
        let fields = Fields::default();
        Engine { nodes: Vec::new(), index: "wire".into(), fields, id: Vec::new(), timeout: 1, sends: Sends::Words, refused: None }
    }

    fn mapping() -> Value {
        json!({"wire-1": {"mappings": {"properties": {
            "docID": {"type": "keyword"}, "headline": {"type": "text"}, "slug": {"type": "keyword"},
            "content": {"properties": {"lead": {"type": "text"}, "rest": {"type": "text"}}},
            "published_at": {"type": "date"}, "ts": {"type": "long"},
        }}}})
    }

    #[test]
    fn as_the_settings_say() {
        let named = |text: &str| {
            let fields = Fields { text: vec![text.into()], ..Fields::default() };
            Resolved::new(&Engine { fields, ..engine() }, &mapping())
        };
        let found = named("content.rest").unwrap();
        assert_eq!(found.names.text, ["content.rest"]);
        assert_eq!(
            (found.names.title, found.names.date, found.id),
            (vec!["headline".into()], vec!["published_at".into()], vec!["docID".into()])
        );
        assert_eq!(found.since.as_deref(), Some("published_at"));
        let why = named("body").unwrap_err();
        assert!(why.starts_with("field `body` is not in index `wire`; there are: content.lead, "), "{why}");
        assert!(named("slug").unwrap_err().contains("is of type keyword"));
    }

    #[test]
    fn as_the_mapping_makes_plain() {
        let why = Resolved::new(&engine(), &mapping()).unwrap_err();
        assert!(why.contains("known to hold the text") && why.contains("[archive.fields]"), "{why}");
        assert!(Resolved::new(&engine(), &json!({"wire": {"mappings": {}}})).unwrap_err().contains("has no fields"));
        let ours = json!({"wire": super::super::fill::mapping()});
        assert_eq!(Resolved::new(&engine(), &ours), Ok(Resolved::of_ours()));
    }
}
