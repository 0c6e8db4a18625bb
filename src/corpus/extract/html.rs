//! Web pages: the article alone, without the navigation, related headlines and notices around it. Nothing is run or fetched.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::{Extracted, article, headed, linked, said};
use crate::{
    document::{self, Meta},
    text::{self, Problem},
};

/// Bounds of a page. Reading nested elements takes time in the square of their depth; a page of news has some thousand elements, thirty deep.
const LARGEST: usize = 16 << 20;
const DEEPEST: usize = 400;
const MOST: usize = 100_000;

/// Where pages give their date, best first, and in which attribute.
const DATES: [(&str, &str); 9] = [
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("[itemprop='datePublished'][datetime]", "datetime"),
    ("meta[name='parsely-pub-date']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='date']", "content"),
    ("meta[name='dc.date']", "content"),
    ("article time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
];

/// Where pages give their own address.
const ADDRESSES: [(&str, &str); 2] = [("link[rel='canonical']", "href"), ("meta[property='og:url']", "content")];

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, String> {
    let (html, problems) = decode(bytes);
    if html.trim().is_empty() {
        return Err(problems.into_iter().next().map_or_else(|| "the file is empty".into(), |p| p.message));
    }
    let page = page(&html)?;
    Ok(Extracted { problems, ..page })
}

/// Reads a page that is text already, as in an e-mail.
pub(super) fn page(html: &str) -> Result<Extracted, String> {
    if html.len() > LARGEST {
        return Err(format!("the page is larger than {} MB", LARGEST >> 20));
    }
    bounded(html)?;
    let config = Config { max_elements_to_parse: MOST, keep_classes: true, text_mode: TextMode::Raw, ..Config::default() };
    let mut reader = Readability::new(html, None, Some(config)).map_err(|error| error.to_string())?;
    let find = |places: &[(&str, &str)]| {
        places.iter().find_map(|(selector, attribute)| said(reader.doc.try_select(selector)?.attr(attribute)?.as_ref()))
    };
    let blocks = reader.doc.select("script[type='application/ld+json']");
    let stated = blocks.iter().find_map(|block| linked::read(&block.text())).unwrap_or_default();
    let date = DATES.iter().find_map(|place| document::date(&find(std::slice::from_ref(place))?));
    let address = find(&ADDRESSES).filter(|url| url.starts_with("http"));
    let found = reader.parse().map_err(|_| "the page holds no article".to_owned())?;
    let meta = Meta {
        title: stated.title.or_else(|| said(&found.title)),
        byline: stated.byline.or_else(|| found.byline.as_deref().and_then(said).map(|b| bare_byline(&b))),
        outlet: stated.outlet.or_else(|| found.site_name.as_deref().and_then(said)),
        published: stated.published.or(date),
        url: address.or(stated.url),
        ..Meta::default()
    };
    let pruned = article::text(&found.content);
    let text = if pruned.trim().is_empty() { found.text_content.trim() } else { pruned.trim() };
    if text.is_empty() {
        return Err("the page holds no article".into());
    }
    Ok(Extracted { text: headed(meta.title.as_deref(), text), meta, ..Extracted::default() })
}

fn bare_byline(line: &str) -> String {
    line.strip_prefix("By ").or_else(|| line.strip_prefix("by ")).or_else(|| line.strip_prefix("BY ")).unwrap_or(line).to_owned()
}

/// Takes out what nobody reads.
pub(super) fn strip(document: &Document) {
    document.select("script, style, noscript, template, iframe, object, svg, button, select, textarea").remove();
}

/// Decodes a page: as any text, but for one that names its encoding and is not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<Problem>) {
    if std::str::from_utf8(bytes).is_err()
        && Encoding::for_bom(bytes).is_none()
        && let Some(encoding) = declared(bytes)
    {
        let (text, _, damaged) = encoding.decode(bytes);
        let problem = || {
            let name = encoding.name();
            Problem::new(format!("This page says it is {name} but has bytes that are not. They were replaced by “\u{fffd}”."))
        };
        return (text.into_owned(), damaged.then(problem).into_iter().collect());
    }
    text::decode(bytes)
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let name: String =
        rest.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect();
    Encoding::for_label(name.as_bytes())
}

/// Refuses what would take the reader too long: it counts elements and how deep they lie without reading them.
pub(super) fn bounded(html: &str) -> Result<(), String> {
    // These have no end, or are ended by the next of their like.
    const ENDLESS: [&str; 30] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li",
        "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup", "html", "head", "body",
    ];
    // Left open, these are opened again in every paragraph that follows.
    const FORMATTING: [&str; 14] =
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
    const DRAWN: [&str; 10] = ["path", "circle", "rect", "use", "line", "polygon", "polyline", "ellipse", "stop", "image"];
    let bytes = html.as_bytes();
    let mut open: Vec<&[u8]> = Vec::new();
    let (mut elements, mut formatting) = (0, 0_usize);
    let mut at = 0;
    while let Some(i) = bytes[at..].iter().position(|b| *b == b'<') {
        at += i + 1;
        let end = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(end);
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let name = &bytes[start..start + length];
        at = start + length;
        let is = |list: &[&str]| list.iter().any(|n| n.as_bytes().eq_ignore_ascii_case(name));
        if name.is_empty() {
            continue;
        }
        if end {
            formatting = formatting.saturating_sub(usize::from(is(&FORMATTING)));
            if let Some(i) = open.iter().rposition(|o| o.eq_ignore_ascii_case(name)) {
                open.truncate(i);
            }
            continue;
        }
        elements += 1;
        if is(&["script", "style"]) {
            // What follows is no markup up to the end tag.
            let close: &[u8] = if name.len() == 6 { b"</script" } else { b"</style" };
            at = bytes[at..].windows(close.len()).position(|w| w.eq_ignore_ascii_case(close)).map_or(bytes.len(), |i| at + i + 2);
            continue;
        }
        // Only drawings know the short form.
        let drawn = is(&DRAWN) && open.iter().any(|o| o.eq_ignore_ascii_case(b"svg"));
        let closed = || bytes[at..].iter().position(|b| *b == b'>').is_some_and(|i| i > 0 && bytes[at + i - 1] == b'/');
        if !(is(&ENDLESS) || drawn && closed()) {
            open.push(name);
        }
        formatting += usize::from(is(&FORMATTING));
        if elements > MOST || formatting > DEEPEST || open.len() > DEEPEST {
            return Err("the page is too deep or has too many elements to be an article".into());
        }
    }
    Ok(())
}
