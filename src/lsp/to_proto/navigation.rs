//! Places in sources, outlines and lists of names.

use tower_lsp::ls_types::*;

use super::{super::capabilities::Abilities, Places, Sources};
use crate::ide::{self, Symbol, one_line};

/// Places that speak of the mention at `origin`, as this client can take them.
pub(in super::super) fn definition(
    sources: &mut Sources,
    origin: Range,
    places: &[ide::Place],
    client: &Abilities,
) -> GotoDefinitionResponse {
    if !client.links {
        let location = |place: &ide::Place| sources.location(&place.source, place.counterpart);
        return places.iter().filter_map(location).collect::<Vec<Location>>().into();
    }
    let mut link = |place: &ide::Place| {
        let Location { uri, range } = sources.location(&place.source, place.quote)?;
        let counterpart = sources.location(&place.source, place.counterpart)?.range;
        Some(LocationLink {
            origin_selection_range: Some(origin),
            target_uri: uri,
            target_range: range,
            target_selection_range: counterpart,
        })
    };
    places.iter().filter_map(&mut link).collect::<Vec<LocationLink>>().into()
}

/// The outline of a draft, as this client can take it.
pub(in super::super) fn outline(places: &Places, uri: &Uri, outline: &[Symbol], client: &Abilities) -> DocumentSymbolResponse {
    if client.nested_symbols {
        return outline.iter().map(|symbol| nested(places, symbol)).collect::<Vec<DocumentSymbol>>().into();
    }
    let mut flat = Vec::new();
    outline.iter().for_each(|symbol| flatten(places, uri, symbol, None, &mut flat));
    flat.into()
}

#[allow(deprecated, reason = "the field has to be filled")]
fn nested(places: &Places, symbol: &Symbol) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = symbol.children.iter().map(|child| nested(places, child)).collect();
    DocumentSymbol {
        name: name(symbol),
        detail: (!symbol.detail.is_empty()).then(|| symbol.detail.clone()),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: places.range(symbol.span),
        selection_range: places.range(symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

/// Sections and mentions without the sentences between them. There is no other place for what the sources say than the name.
#[allow(deprecated, reason = "the field has to be filled")]
fn flatten(places: &Places, uri: &Uri, symbol: &Symbol, section: Option<&str>, out: &mut Vec<SymbolInformation>) {
    let is_section = symbol.kind == ide::SymbolKind::Section;
    if symbol.kind != ide::SymbolKind::Claim {
        let name =
            if is_section || symbol.detail.is_empty() { name(symbol) } else { format!("{}: {}", name(symbol), symbol.detail) };
        out.push(SymbolInformation {
            name,
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(uri.clone(), places.range(symbol.span)),
            container_name: section.map(str::to_owned),
        });
    }
    let section = if is_section { Some(symbol.name.as_str()) } else { section };
    symbol.children.iter().for_each(|child| flatten(places, uri, child, section, out));
}

/// The protocol wants no empty names.
fn name(symbol: &Symbol) -> String {
    if symbol.name.trim().is_empty() { "…".to_owned() } else { symbol.name.clone() }
}

/// Names in sources.
#[allow(deprecated, reason = "the field has to be filled")]
pub(in super::super) fn names(sources: &mut Sources, names: &[ide::FoundName]) -> Vec<SymbolInformation> {
    let symbol = |found: &ide::FoundName| {
        Some(SymbolInformation {
            name: found.name.clone(),
            kind: kind(found.kind),
            tags: None,
            deprecated: None,
            location: sources.location(&found.source, found.span)?,
            container_name: Some(one_line(&found.source.path)),
        })
    };
    names.iter().filter_map(symbol).collect()
}

/// Of the kinds that every client knows, those that its signs fit least badly.
fn kind(kind: ide::SymbolKind) -> SymbolKind {
    use ide::SymbolKind as Ours;
    match kind {
        Ours::Section => SymbolKind::MODULE,
        Ours::Claim => SymbolKind::FIELD,
        Ours::Figure => SymbolKind::NUMBER,
        Ours::Date => SymbolKind::CONSTANT,
        Ours::Person => SymbolKind::CLASS,
        Ours::Place => SymbolKind::NAMESPACE,
        Ours::Organization => SymbolKind::INTERFACE,
        Ours::Name => SymbolKind::VARIABLE,
        Ours::Quotation => SymbolKind::STRING,
        Ours::Statement => SymbolKind::BOOLEAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ide::sample,
        text::{LineIndex, PositionEncoding},
    };

    fn at(start: u32, end: u32) -> Range {
        Range::new(Position::new(0, start), Position::new(0, end))
    }

    #[test]
    fn a_link_shows_the_sentence_and_goes_to_the_counterpart() {
        let (_, found) = ide::evidence_at(&sample::checked(), sample::span(sample::DRAFT, "104").start).unwrap();
        let mut sources = Sources::new(PositionEncoding::Utf16);
        let client = Abilities { links: true, ..Abilities::default() };
        let GotoDefinitionResponse::Link(links) = definition(&mut sources, at(15, 18), &found, &client) else { panic!() };
        assert_eq!((links.len(), links[0].origin_selection_range), (1, Some(at(15, 18))));
        assert_eq!(links[0].target_range, Range::new(Position::new(1, 0), Position::new(1, 41)));
        assert_eq!(links[0].target_selection_range, Range::new(Position::new(1, 15), Position::new(1, 24)));
        let GotoDefinitionResponse::Array(plain) = definition(&mut sources, at(15, 18), &found, &Abilities::default()) else {
            panic!()
        };
        assert_eq!(plain, [Location::new(links[0].target_uri.clone(), links[0].target_selection_range)]);
    }

    #[test]
    fn an_outline_is_a_tree_or_a_list() {
        let lines = LineIndex::new(sample::DRAFT);
        let places = Places { text: sample::DRAFT, lines: &lines, encoding: PositionEncoding::Utf16 };
        let uri: Uri = "file:///desk/draft.md".parse().unwrap();
        let symbols = ide::outline(&sample::checked());
        let tree = Abilities { nested_symbols: true, ..Abilities::default() };
        let DocumentSymbolResponse::Nested(tree) = outline(&places, &uri, &symbols, &tree) else { panic!() };
        let mentions = tree[0].children.as_ref().unwrap();
        assert_eq!((tree.len(), mentions.len(), mentions[0].range), (1, 3, at(15, 18)));
        assert_eq!(mentions[0].detail.as_deref(), Some("contradicted by harbour.txt"));
        let DocumentSymbolResponse::Flat(list) = outline(&places, &uri, &symbols, &Abilities::default()) else { panic!() };
        let names: Vec<&str> = list.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["104: contradicted by harbour.txt", "Oro: supported", "Lena Voss: not in the sources"]);
    }
}
