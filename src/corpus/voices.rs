//! One wire story in five papers is one voice with five names. Of articles that are one text, each sentence is heard once: in the newest of
//! them; the others only where they say something else. What is heard names the rest.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    Copy, Source,
    likeness::{self, Signature},
};
use crate::text::single_spaced;

/// Tells copies of one text among sources. Gives the sources in their order, those of which there are copies with what is known of them.
pub(super) fn tell(sources: Vec<Arc<Source>>) -> Vec<Arc<Source>> {
    if sources.len() < 2 {
        return sources;
    }
    let signatures: Vec<Signature> = sources.iter().map(|source| Signature::of(&source.reading)).collect();
    let groups = likeness::groups(&signatures.iter().collect::<Vec<_>>());
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (i, group) in groups.iter().enumerate() {
        members.entry(*group).or_default().push(i);
    }
    let mut out = sources.clone();
    let mut several: Vec<Vec<usize>> = members.into_values().filter(|of| of.len() > 1).collect();
    several.sort_unstable();
    for mut of in several {
        of.sort_by_key(|i| (Reverse(sources[*i].reading.prose.document.meta.published), *i));
        one_voice(&of, &sources, &mut out);
    }
    out
}

/// Lets the copies `of` one text, the newest first, be heard as one.
fn one_voice(of: &[usize], sources: &[Arc<Source>], out: &mut [Arc<Source>]) {
    // Where each sentence is heard first, by its words.
    let mut heard: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    let mut copies: FxHashMap<usize, Vec<Copy>> = FxHashMap::default();
    let mut echoes: FxHashMap<usize, Vec<bool>> = FxHashMap::default();
    for &i in of {
        let source = &sources[i];
        let mut repeats: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        let mut is_echo = vec![false; source.reading.prose.sentences.len()];
        for (sentence, is_echo) in is_echo.iter_mut().enumerate() {
            match heard.get(&words(source, sentence)) {
                Some((first, at)) if *first != i => {
                    *is_echo = true;
                    repeats.entry(*first).or_default().push(*at as u32);
                }
                Some(_) => {}
                None => drop(heard.insert(words(source, sentence), (i, sentence))),
            }
        }
        for (first, sentences) in repeats {
            let meta = &source.reading.prose.document.meta;
            let copy = Copy {
                path: source.path.clone(),
                title: meta.title.clone(),
                outlet: meta.outlet.clone(),
                published: meta.published,
                sentences,
            };
            copies.entry(first).or_default().push(copy);
        }
        if is_echo.contains(&true) {
            echoes.insert(i, is_echo);
        }
    }
    for &i in of {
        let (copies, echoes) = (copies.remove(&i).unwrap_or_default(), echoes.remove(&i).unwrap_or_default());
        if !copies.is_empty() || !echoes.is_empty() {
            out[i] = Arc::new(Source { copies, echoes, ..Source::clone(&sources[i]) });
        }
    }
}

/// The words of a sentence, with single spaces.
fn words(source: &Source, sentence: usize) -> String {
    let prose = &source.reading.prose;
    single_spaced(prose.str(prose.words(sentence)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{corpus::load, document::Format};

    const STORY: &str = "A cargo ship ran aground off the coast of Marland on Tuesday, spilling about 300 tonnes of oil into the sea. \
         The coast guard flew the crew of 21 to safety before nightfall. Fishing was banned in the whole of the sound until the end of the \
         month. “It will take us weeks to clean this up,” said harbour master Ines Karlo. The owner of the ship, a company in Port Hale, \
         did not answer questions.";

    fn source(path: &str, text: &str) -> Arc<Source> {
        Arc::new(load::source(path.into(), format!("/{path}"), text.into(), Format::Plain, None, None))
    }

    #[test]
    fn copies_are_one_voice() {
        let other = "The council of Port Hale approved a budget of 40 million on Monday. Schools get a tenth more than last year, roads a \
                     little less. The mayor called it a budget for the young. The vote was 14 to 9, with two members absent.";
        let told = tell(vec![source("a.txt", STORY), source("b.txt", &STORY.replace("21", "22")), source("c.txt", other)]);
        assert_eq!(told[1].echoes, [true, false, true, true, true]);
        assert_eq!(told[0].copies[0].path, "b.txt");
        assert_eq!(told[0].copies[0].sentences, [0, 2, 3, 4]);
        assert!(told[0].echoes.is_empty() && told[2].echoes.is_empty() && told[2].copies.is_empty());
        let span = |i: usize| told[0].reading.prose.words(i);
        assert_eq!(told[0].copies_of(span(0)).count(), 1);
        assert_eq!(told[0].copies_of(span(1)).count(), 0);
    }

    #[test]
    fn the_newest_is_heard() {
        let dated = |day: u32| format!("---\ndate: 2026-03-0{day}\n---\n{STORY}");
        let told = tell(vec![source("a.txt", &dated(1)), source("b.txt", &dated(3)), source("c.txt", &dated(2))]);
        assert!(told[1].echoes.is_empty());
        assert_eq!(told[1].copies.iter().map(|c| c.path.as_str()).collect::<Vec<_>>(), ["c.txt", "a.txt"]);
        assert!(!told[0].echoes.contains(&false) && !told[2].echoes.contains(&false));
    }
}
