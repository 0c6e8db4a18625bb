//! The manifest and the readings, in SQLite: which files there are, what their bytes are, which texts were read from these.
//!
//! A text has a number that is never given again, and never changes: what changes is another text. So the search index
//! (`terms.rs`) holds the same as the store when it holds the same numbers.

use std::{
    path::{MAIN_SEPARATOR, Path},
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::files::{FileProblem, Stamp};

pub(super) type Result<T> = rusqlite::Result<T>;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
    -- What was read from these bytes, by their hash: why nothing was, if nothing was, and what stood in the way.
    CREATE TABLE IF NOT EXISTS contents (hash BLOB PRIMARY KEY, problem TEXT, notes TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS texts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL, part TEXT, published TEXT,
        sentences INTEGER NOT NULL, bytes INTEGER NOT NULL, body BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS texts_by_hash ON texts (hash);
    CREATE TABLE IF NOT EXISTS files (
        location TEXT PRIMARY KEY, shown TEXT NOT NULL, modified INTEGER NOT NULL, size INTEGER NOT NULL, young INTEGER NOT NULL,
        hash BLOB, problem TEXT) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS files_by_hash ON files (hash);
    -- What is wrong with the paths of the sources, and with what lies there.
    CREATE TABLE IF NOT EXISTS problems (path TEXT, message TEXT);
    -- Few have problems; they are found without looking at all.
    CREATE INDEX IF NOT EXISTS contents_with_problems ON contents (hash) WHERE problem IS NOT NULL OR notes IS NOT NULL;
    CREATE INDEX IF NOT EXISTS files_with_problems ON files (location) WHERE problem IS NOT NULL;
    -- How much there is, kept up to date by the triggers, for counting takes time.
    CREATE TABLE IF NOT EXISTS totals (sources INTEGER, sentences INTEGER, bytes INTEGER);
    INSERT INTO totals VALUES (0, 0, 0);
    CREATE TRIGGER IF NOT EXISTS file_comes AFTER INSERT ON files WHEN NEW.hash IS NOT NULL BEGIN
        UPDATE totals SET (sources, sentences, bytes) = (SELECT totals.sources + count(*), totals.sentences + total(t.sentences),
            totals.bytes + total(t.bytes) FROM texts t WHERE t.hash = NEW.hash);
    END;
    CREATE TRIGGER IF NOT EXISTS file_goes AFTER DELETE ON files WHEN OLD.hash IS NOT NULL BEGIN
        UPDATE totals SET (sources, sentences, bytes) = (SELECT totals.sources - count(*), totals.sentences - total(t.sentences),
            totals.bytes - total(t.bytes) FROM texts t WHERE t.hash = OLD.hash);
    END;
";

/// The hash of the bytes of a file, and of what they are read as.
pub(super) type Hash = [u8; 32];

/// What the manifest says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) shown: String,
    pub(super) stamp: Stamp,
    /// `None` if it could not be read.
    pub(super) hash: Option<Hash>,
}

/// A text to store.
pub(super) struct Text {
    pub(super) part: Option<String>,
    pub(super) published: Option<String>,
    pub(super) sentences: usize,
    pub(super) bytes: usize,
    /// Packed, and compressed with the dictionary.
    pub(super) body: Vec<u8>,
}

/// Where a text lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The file, as it is shown.
    pub(super) shown: String,
    /// Where it is.
    pub(super) location: String,
    /// Which text of it, if it holds several.
    pub(super) part: Option<String>,
}

impl Place {
    /// The path that the text is shown with.
    pub(super) fn name(&self) -> String {
        match &self.part {
            Some(part) => format!("{}#{part}", self.shown),
            None => self.shown.clone(),
        }
    }
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Texts that can be searched.
    pub sources: usize,
    /// Sentences of these.
    pub sentences: usize,
    /// Bytes of their text.
    pub text_bytes: usize,
}

/// How long one waits for another.
const PATIENCE: Duration = Duration::from_secs(20);

/// The store of one index.
pub(super) struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the store at `path`, or one in memory.
    pub(super) fn open(path: Option<&Path>) -> Result<Self> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        // A text fills the better part of a small page, and the rest of that would be lost. Before anything is in it.
        connection.execute_batch("PRAGMA page_size = 32768;")?;
        connection.busy_timeout(PATIENCE)?;
        // With a log ahead, readers go on while somebody writes, and what a killed process leaves behind is whole.
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // What takes the place of a file's row deletes it first, and the triggers hear of it.
        connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; PRAGMA recursive_triggers = ON;")?;
        let mut connection = connection;
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? == 0 {
            transaction.execute_batch(TABLES)?;
        }
        transaction.commit()?;
        // A damaged one is found out here, not in the middle of a check.
        connection.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
        Ok(Self { connection })
    }

    /// Puts what was written where it belongs, and gives back the room of the log, unless somebody reads just now.
    pub(super) fn settle(&self) -> Result<()> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }

    pub(super) fn begin(&mut self) -> Result<Transaction<'_>> {
        self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
    }

    /// Changes when another process has written.
    pub(super) fn version(&self) -> Result<i64> {
        self.connection.query_row("PRAGMA data_version", [], |row| row.get(0))
    }

    pub(super) fn meta<T: rusqlite::types::FromSql>(&self, key: &str) -> Result<Option<T>> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM meta WHERE key = ?")?;
        statement.query_row([key], |row| row.get(0)).optional()
    }

    pub(super) fn set_meta(&self, key: &str, value: impl rusqlite::ToSql) -> Result<()> {
        set_meta(&self.connection, key, value)
    }

    /// The whole manifest, by location.
    pub(super) fn files(&self) -> Result<FxHashMap<String, Row>> {
        let mut statement = self.connection.prepare("SELECT location, shown, modified, size, young, hash FROM files")?;
        let rows = statement.query_map([], |row| {
            let stamp = Stamp { modified: row.get(2)?, size: row.get(3)?, young: row.get(4)? };
            Ok((row.get(0)?, Row { shown: row.get(1)?, stamp, hash: row.get(5)? }))
        })?;
        rows.collect()
    }

    /// The manifest of the store at `path`, read beside whoever else uses it.
    pub(super) fn files_at(path: &Path) -> Result<FxHashMap<String, Row>> {
        let connection = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(PATIENCE)?;
        Self { connection }.files()
    }

    /// What the manifest says of the file at `location`.
    pub(super) fn file(&self, location: &str) -> Result<Option<Row>> {
        let mut statement =
            self.connection.prepare_cached("SELECT shown, modified, size, young, hash FROM files WHERE location = ?")?;
        let row = statement.query_row([location], |row| {
            let stamp = Stamp { modified: row.get(1)?, size: row.get(2)?, young: row.get(3)? };
            Ok(Row { shown: row.get(0)?, stamp, hash: row.get(4)? })
        });
        row.optional()
    }

    /// Whether it knows a file below the folder at `location`.
    pub(super) fn holds_below(&self, location: &str) -> Result<bool> {
        let (from, to) = (format!("{location}{MAIN_SEPARATOR}"), format!("{location}{MAIN_SEPARATOR}\u{10ffff}"));
        self.connection.prepare_cached("SELECT 1 FROM files WHERE location BETWEEN ? AND ?")?.exists([from, to])
    }

    /// Enters a file in the manifest.
    pub(super) fn put_file(&self, location: &str, row: &Row) -> Result<()> {
        put_file(&self.connection, location, row, None)
    }

    /// Whether bytes with this hash were read before.
    pub(super) fn is_known(&self, hash: &Hash) -> Result<bool> {
        is_known(&self.connection, hash)
    }

    /// What was wrong with the paths of the sources.
    pub(super) fn path_problems(&self) -> Result<Vec<FileProblem>> {
        let mut statement = self.connection.prepare("SELECT path, message FROM problems ORDER BY path, message")?;
        statement.query_map([], |row| Ok(FileProblem { path: row.get(0)?, message: row.get(1)? }))?.collect()
    }

    /// What could not be read, in the order of paths.
    pub(super) fn problems(&self) -> Result<Vec<FileProblem>> {
        let mut statement = self.connection.prepare(
            "SELECT shown, problem FROM files WHERE problem IS NOT NULL
             UNION SELECT f.shown, coalesce(c.problem || char(10), '') || coalesce(c.notes, '')
                   FROM contents c CROSS JOIN files f ON f.hash = c.hash WHERE c.problem IS NOT NULL OR c.notes IS NOT NULL
             UNION SELECT path, message FROM problems",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut out = Vec::new();
        for row in rows {
            let (path, messages) = row?;
            out.extend(messages.lines().map(|m| FileProblem { path: path.clone(), message: m.to_owned() }));
        }
        out.sort();
        out.dedup();
        Ok(out)
    }

    pub(super) fn totals(&self) -> Result<Totals> {
        self.connection.query_row("SELECT sources, sentences, bytes FROM totals", [], |row| {
            let number = |i: usize| row.get::<_, f64>(i).map(|n| n as usize);
            Ok(Totals { sources: number(0)?, sentences: number(1)?, text_bytes: number(2)? })
        })
    }

    /// The numbers of all texts, if there are no more than `most`.
    pub(super) fn all(&self, most: usize) -> Result<Option<Vec<i64>>> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM texts ORDER BY id LIMIT ?")?;
        let ids: Vec<i64> = statement.query_map([most as i64 + 1], |row| row.get(0))?.collect::<Result<_>>()?;
        Ok((ids.len() <= most).then_some(ids))
    }

    /// The numbers of all texts.
    pub(super) fn ids(&self) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare("SELECT id FROM texts ORDER BY id")?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// The files that hold a text, in the order of their shown paths.
    pub(super) fn places(&self, id: i64) -> Result<Vec<Place>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT shown, location, part FROM texts JOIN files USING (hash) WHERE id = ? ORDER BY shown, location",
        )?;
        statement.query_map([id], |row| Ok(Place { shown: row.get(0)?, location: row.get(1)?, part: row.get(2)? }))?.collect()
    }

    /// The day a text was published, as it is written in ISO 8601.
    pub(super) fn published(&self, id: i64) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached("SELECT published FROM texts WHERE id = ?")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?.flatten())
    }

    /// The numbers of the texts that the file at `location` holds.
    pub(super) fn texts_at(&self, location: &str) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM texts JOIN files USING (hash) WHERE location = ?")?;
        statement.query_map([location], |row| row.get(0))?.collect()
    }

    /// The stored bytes of a text.
    pub(super) fn body(&self, id: i64) -> Result<Option<Vec<u8>>> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM texts WHERE id = ?")?;
        statement.query_row([id], |row| row.get(0)).optional()
    }
}

/// Sets a value of the index itself.
pub(super) fn set_meta(store: &Connection, key: &str, value: impl rusqlite::ToSql) -> Result<()> {
    store.prepare_cached("INSERT OR REPLACE INTO meta VALUES (?, ?)")?.execute(params![key, value]).map(drop)
}

/// Whether the contents with this hash were read before.
pub(super) fn is_known(store: &Connection, hash: &Hash) -> Result<bool> {
    store.prepare_cached("SELECT 1 FROM contents WHERE hash = ?")?.exists([hash])
}

/// Enters what was read from bytes; gives the numbers of the texts.
pub(super) fn put_contents(
    store: &Connection,
    hash: &Hash,
    texts: &std::result::Result<Vec<Text>, String>,
    notes: &[String],
) -> Result<Vec<i64>> {
    let notes = (!notes.is_empty()).then(|| notes.join("\n"));
    let problem = texts.as_ref().err();
    store.prepare_cached("INSERT OR REPLACE INTO contents VALUES (?, ?, ?)")?.execute(params![hash, problem, notes])?;
    let mut insert =
        store.prepare_cached("INSERT INTO texts (hash, part, published, sentences, bytes, body) VALUES (?, ?, ?, ?, ?, ?)")?;
    texts
        .iter()
        .flatten()
        .map(|t| insert.insert(params![hash, t.part, t.published, t.sentences as i64, t.bytes as i64, t.body]))
        .collect()
}

/// Enters a file in the manifest.
pub(super) fn put_file(store: &Connection, location: &str, row: &Row, problem: Option<&str>) -> Result<()> {
    let Row { shown, stamp, hash } = row;
    store
        .prepare_cached("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![location, shown, stamp.modified, stamp.size, stamp.young, hash, problem])
        .map(drop)
}

/// Takes a file out of the manifest.
pub(super) fn remove_file(store: &Connection, location: &str) -> Result<()> {
    store.prepare_cached("DELETE FROM files WHERE location = ?")?.execute([location]).map(drop)
}

/// Says anew what is wrong with the paths of the sources.
pub(super) fn put_path_problems(store: &Connection, problems: &[FileProblem]) -> Result<()> {
    store.execute("DELETE FROM problems", [])?;
    let mut insert = store.prepare("INSERT INTO problems VALUES (?, ?)")?;
    problems.iter().try_for_each(|p| insert.execute([&p.path, &p.message]).map(drop))
}

/// Removes what was read from bytes with these hashes, if no file has them any more; gives the numbers of the texts.
pub(super) fn remove_orphans(store: &Connection, doubtful: &FxHashSet<Hash>) -> Result<Vec<i64>> {
    let mut hashes: Vec<&Hash> = doubtful.iter().collect();
    hashes.sort_unstable();
    let mut used = store.prepare_cached("SELECT 1 FROM files WHERE hash = ?")?;
    let mut texts = store.prepare_cached("SELECT id FROM texts WHERE hash = ?")?;
    let mut gone = Vec::new();
    for hash in hashes {
        if used.exists([hash])? {
            continue;
        }
        gone.extend(texts.query_map([hash], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>>>()?);
        store.prepare_cached("DELETE FROM texts WHERE hash = ?")?.execute([hash])?;
        store.prepare_cached("DELETE FROM contents WHERE hash = ?")?.execute([hash])?;
    }
    Ok(gone)
}
