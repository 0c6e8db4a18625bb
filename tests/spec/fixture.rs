//! The grammar of the fixtures: sections, fenced blocks, texts, marks.

use jiff::civil::Date;

use copydesk::ide::Format;

/// What a block asks of its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    Quantities,
    Dates,
    Names,
    Quotations,
    Check,
}

/// A phenomenon: what stands below a numbered heading.
pub(crate) struct Section {
    pub(crate) number: u32,
    pub(crate) title: String,
    pub(crate) line: usize,
    pub(crate) texts: Vec<Text>,
}

/// A text, or a draft with its sources, and what is expected of it.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) question: Question,
    pub(crate) format: Format,
    pub(crate) gap: bool,
    pub(crate) date: Option<Date>,
    pub(crate) lines: Vec<Line>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) sources: Vec<SourceText>,
}

#[derive(Clone)]
pub(crate) struct Line {
    /// In the file, from 1.
    pub(crate) number: usize,
    /// How many characters stand before the text.
    pub(crate) indent: usize,
    pub(crate) text: String,
}

/// Carets under a line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The index of the line.
    pub(crate) line: usize,
    /// The first character, from the line's beginning.
    pub(crate) start: usize,
    pub(crate) length: usize,
    pub(crate) note: String,
}

#[derive(Clone, Default)]
pub(crate) struct SourceText {
    pub(crate) date: Option<Date>,
    pub(crate) text: String,
}

impl Text {
    pub(crate) fn line(&self) -> usize {
        self.lines[0].number
    }

    /// The text itself.
    pub(crate) fn source(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|l| l.text.as_str()).collect();
        lines.join("\n")
    }

    /// Whether something is found, where reading is asked for, or found fault with, where judging is.
    pub(crate) fn fires(&self) -> bool {
        self.marks.iter().any(|m| m.note != "supported")
    }
}

/// The sections of a file, or the line and what is wrong there.
pub(crate) fn parse(markdown: &str) -> Result<Vec<Section>, (usize, String)> {
    let mut sections: Vec<Section> = Vec::new();
    let mut block: Option<Block> = None;
    for (i, line) in markdown.lines().enumerate() {
        let number = i + 1;
        let wrong = |what: &str| (number, what.to_owned());
        match (&mut block, line.strip_prefix("```")) {
            (Some(_), Some(_)) => {
                let section = sections.last_mut().ok_or_else(|| wrong("a block before the first numbered heading"))?;
                section.texts.extend(block.take().into_iter().flat_map(Block::close));
            }
            (Some(block), None) => block.line(number, line).map_err(|e| (number, e))?,
            (None, Some(info)) => block = Some(Block::open(info).map_err(|e| (number, e))?),
            (None, None) => {
                if let Some(heading) = line.strip_prefix("## ") {
                    let (n, title) = heading.split_once(". ").ok_or_else(|| wrong("a heading without a number"))?;
                    let n = n.parse().map_err(|_| wrong("a heading without a number"))?;
                    sections.push(Section { number: n, title: title.to_owned(), line: number, texts: Vec::new() });
                }
            }
        }
    }
    Ok(sections)
}

/// A fenced block while it is read.
struct Block {
    question: Question,
    format: Format,
    gap: bool,
    date: Option<Date>,
    sources: Vec<SourceText>,
    texts: Vec<Text>,
    /// To what a line without a keyword belongs.
    open: Open,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Source,
    Text,
}

impl Block {
    fn open(info: &str) -> Result<Self, String> {
        let mut words = info.split_whitespace();
        let question = match words.next() {
            Some("quantities") => Question::Quantities,
            Some("dates") => Question::Dates,
            Some("names") => Question::Names,
            Some("quotations") => Question::Quotations,
            Some("check") => Question::Check,
            _ => return Err(format!("“{info}” is no kind of block")),
        };
        let (mut gap, mut format) = (false, Format::Plain);
        for word in words {
            match word {
                "gap" => gap = true,
                "markdown" => format = Format::Markdown,
                _ => return Err(format!("“{word}” says nothing of a block")),
            }
        }
        Ok(Self { question, format, gap, date: None, sources: Vec::new(), texts: Vec::new(), open: Open::Nothing })
    }

    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        if line.trim_start().starts_with('^') {
            return self.mark(line);
        }
        let keyword = ["date:", "source:", "draft:", "text:"].into_iter().find_map(|k| Some((k, line.strip_prefix(k)?)));
        let (indent, text) = match keyword {
            Some((word, rest)) => (line.chars().count() - rest.trim_start().chars().count(), (word, rest.trim())),
            None => (0, ("", line.trim_end())),
        };
        match text {
            ("date:", date) => {
                self.date = Some(date.parse().map_err(|_| format!("“{date}” is no date"))?);
                self.open = Open::Nothing;
            }
            ("source:", text) => {
                self.sources.push(SourceText { date: self.date, text: text.to_owned() });
                self.open = Open::Source;
            }
            ("draft:" | "text:", text) => self.text(number, indent, text, Open::Text),
            (_, text) => match self.open {
                Open::Source => self.sources.last_mut().into_iter().for_each(|s| s.text = format!("{}\n{text}", s.text)),
                Open::Text => {
                    let line = Line { number, indent, text: text.to_owned() };
                    self.texts.last_mut().into_iter().for_each(|t| t.lines.push(line.clone()));
                }
                Open::Nothing if text.is_empty() => {}
                Open::Nothing if self.question == Question::Check => return Err("neither source: nor draft:".into()),
                Open::Nothing => self.text(number, indent, text, Open::Nothing),
            },
        }
        Ok(())
    }

    fn text(&mut self, number: usize, indent: usize, text: &str, open: Open) {
        let line = Line { number, indent, text: text.to_owned() };
        self.texts.push(Text {
            question: self.question,
            format: self.format,
            gap: self.gap,
            date: self.date,
            lines: vec![line],
            marks: Vec::new(),
            sources: Vec::new(),
        });
        self.open = open;
    }

    fn mark(&mut self, line: &str) -> Result<(), String> {
        let text = self.texts.last_mut().filter(|_| self.open != Open::Source).ok_or("carets under nothing")?;
        let above = text.lines.last().ok_or("carets under nothing")?;
        let column = line.chars().take_while(|c| *c == ' ').count();
        let start = column.checked_sub(above.indent).ok_or("carets before the text")?;
        let length = line.chars().skip(column).take_while(|c| *c == '^').count();
        if start + length > above.text.chars().count() {
            return Err("carets behind the text".into());
        }
        let note = line.trim_start().trim_start_matches('^').trim().to_owned();
        text.marks.push(Mark { line: text.lines.len() - 1, start, length, note });
        Ok(())
    }

    /// The texts; each draft is held against all sources of its block.
    fn close(self) -> Vec<Text> {
        let mut texts = self.texts;
        for text in &mut texts {
            while text.lines.len() > 1 && text.lines.last().is_some_and(|l| l.text.is_empty()) {
                text.lines.pop();
            }
            text.sources.clone_from(&self.sources);
        }
        texts
    }
}
