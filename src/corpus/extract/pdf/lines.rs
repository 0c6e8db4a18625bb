//! The lines of a page.

use pdf_oxide::{extractors::text::ArtifactType, layout::TextSpan};

/// A line of a page, or of a column or cell of it. Lengths are in points from the lower left corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Where it stands.
    pub(super) base: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// How high it stands on the page, from 0 to 1.
    pub(super) height: f32,
}

/// Gaps in the width of a letter: from which on there is a space, and from which on something else begins.
const SPACE: f32 = 0.16;
const BREAK: f32 = 2.2;

/// The lines of a page whose pieces come in reading order.
pub(super) fn of_page(spans: &[TextSpan], page: usize, bottom: f32, top: f32) -> Vec<Line> {
    // What stands upright beside lying text is a stamp in the margin.
    let upright = spans.iter().filter(|s| s.rotation_degrees == 0.0).count();
    let lying = upright * 2 < spans.len();
    let mut lines: Vec<Line> = Vec::new();
    for span in spans {
        let stamp = !lying && span.rotation_degrees != 0.0;
        if stamp || matches!(span.artifact_type, Some(ArtifactType::Pagination(_))) || span.text.trim().is_empty() {
            continue;
        }
        let (left, right, base) = (span.bbox.x, span.bbox.x + span.bbox.width.max(0.0), span.bbox.y);
        let size = span.font_size.abs().clamp(1.0, 1000.0);
        if ![left, right, base].iter().all(|n| n.is_finite()) {
            continue;
        }
        let text = plain(&span.text);
        let raised = |line: &Line| size < line.size * 0.8 && base >= line.base - line.size * 0.1 && base < line.base + line.size;
        match lines.last_mut() {
            Some(line) if line.right <= left + line.size && raised(line) && is_mark(&text) && left - line.right < line.size => {
                // The figure of a note would be read as one of the number before it.
                let unit = |unit: &str| line.text.ends_with(unit);
                if ["km", "m", "cm", "mm", "ft", "mi"].into_iter().any(unit) {
                    line.text.push_str(match text.trim() {
                        "2" => "²",
                        "3" => "³",
                        _ => "",
                    });
                }
                line.right = line.right.max(right);
            }
            Some(line) if continues(line, left, base, size) => {
                if left - line.right > SPACE * line.size && !line.text.ends_with(' ') && !text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(&text);
                line.right = line.right.max(right);
                if size > line.size {
                    (line.size, line.base) = (size, base);
                }
                line.bold &= span.font_weight.is_bold();
            }
            _ => {
                let height = (base - bottom) / (top - bottom).max(1.0);
                lines.push(Line { text, page, left, right, base, size, bold: span.font_weight.is_bold(), height });
            }
        }
    }
    for line in &mut lines {
        line.text = line.text.trim().to_owned();
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

fn continues(line: &Line, left: f32, base: f32, size: f32) -> bool {
    let larger = size.max(line.size);
    (base - line.base).abs() < larger * 0.4 && left > line.right - larger * 0.6 && left - line.right < larger * BREAK
}

/// Whether this marks a note: figures, stars, daggers.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 9 && text.chars().all(|c| c.is_ascii_digit() || ",*†‡§".contains(c))
}

/// Letters that are drawn as one are two again.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
