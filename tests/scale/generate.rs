//! Writes synthetic news articles, and drafts over them with planted errors, for tests of scale: see README.md.

mod article;
mod calendar;
mod draft;
mod event;
mod random;
mod story;
mod words;

use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Instant,
};

use article::{BLOCK, FOLDER};
use draft::Sizes;
use event::World;
use story::Stories;
use words::Words;

const USAGE: &str =
    "usage: generate --to DIR [--articles N] [--from N] [--words N] [--seed N] [--drafts K] [--draft-words N] [--errors N]";

struct Args {
    to: PathBuf,
    from: u64,
    seed: u64,
    drafts: u64,
    sizes: Sizes,
}

fn main() -> ExitCode {
    match args(env::args().skip(1)).and_then(|args| run(&args).map_err(|e| e.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(io::stderr(), "generate: {message}");
            ExitCode::FAILURE
        }
    }
}

fn args(mut given: impl Iterator<Item = String>) -> Result<Args, String> {
    let mut args = Args {
        to: PathBuf::new(),
        from: 0,
        seed: 1,
        drafts: 0,
        sizes: Sizes { articles: 1_000, words: 400, draft_words: 1_000, errors: 8 },
    };
    while let Some(option) = given.next() {
        let value = given.next().ok_or(USAGE)?;
        let number = || value.replace('_', "").parse::<u64>().map_err(|_| format!("{option} takes a number, not {value}"));
        match option.as_str() {
            "--to" => args.to = PathBuf::from(value),
            "--articles" => args.sizes.articles = number()?,
            "--from" => args.from = number()?,
            "--words" => args.sizes.words = number()? as usize,
            "--seed" => args.seed = number()?,
            "--drafts" => args.drafts = number()?,
            "--draft-words" => args.sizes.draft_words = number()? as usize,
            "--errors" => args.sizes.errors = number()? as usize,
            _ => return Err(USAGE.to_owned()),
        }
    }
    if args.to.as_os_str().is_empty() { Err(USAGE.to_owned()) } else { Ok(args) }
}

fn run(args: &Args) -> io::Result<()> {
    let start = Instant::now();
    let world = World { words: Words::load(), stories: Stories::load(), seed: args.seed };
    let bytes = articles(&world, args)?;
    plans(&world, args)?;
    drafts(&world, args)?;
    let seconds = start.elapsed().as_secs_f64();
    let count = args.sizes.articles.saturating_sub(args.from);
    writeln!(io::stdout(), "{count} articles, {:.1} MB, {} drafts in {seconds:.1} s", bytes as f64 / 1e6, args.drafts)
}

/// Writes them, a folder a thread at a time; gives how many bytes they have.
fn articles(world: &World, args: &Args) -> io::Result<u64> {
    let folder = args.to.join("sources");
    let next = AtomicU64::new(args.from / FOLDER);
    let work = || {
        let mut bytes = 0;
        loop {
            let begin = next.fetch_add(1, Ordering::Relaxed) * FOLDER;
            if begin >= args.sizes.articles {
                return Ok(bytes);
            }
            bytes += one_folder(world, args, &folder, begin)?;
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..thread::available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|w| w.join().expect("no panic")).sum::<io::Result<u64>>()
    })
}

fn one_folder(world: &World, args: &Args, folder: &Path, begin: u64) -> io::Result<u64> {
    let mut bytes = 0;
    for number in begin.max(args.from)..(begin + FOLDER).min(args.sizes.articles) {
        let article = world.article(number, args.sizes.words);
        let path = folder.join(article.path);
        if bytes == 0 {
            fs::create_dir_all(path.parent().expect("a folder"))?;
        }
        fs::write(path, &article.text)?;
        bytes += article.text.len() as u64;
    }
    Ok(bytes)
}

/// Lists which event each article is of.
fn plans(world: &World, args: &Args) -> io::Result<()> {
    let mut out = io::BufWriter::new(fs::File::create(args.to.join("events.tsv"))?);
    writeln!(out, "article\tevent\tversion\tcopy")?;
    for block in 0..args.sizes.articles.div_ceil(BLOCK) {
        for (number, plan) in (block * BLOCK..args.sizes.articles).zip(world.block(block)) {
            writeln!(out, "{number:07}\t{block}.{}\t{}\t{}", plan.event, plan.version, plan.copy)?;
        }
    }
    out.flush()
}

fn drafts(world: &World, args: &Args) -> io::Result<()> {
    let folder = args.to.join("drafts");
    if args.drafts > 0 {
        fs::create_dir_all(&folder)?;
    }
    for number in 1..=args.drafts {
        let Some(draft) = draft::draft(world, number, args.sizes) else {
            return Err(io::Error::other("drafts need 12 articles at least"));
        };
        fs::write(folder.join(format!("{number:03}.md")), draft.text)?;
        fs::write(folder.join(format!("{number:03}.json")), draft.errors)?;
    }
    Ok(())
}
