//! Compresses readings. They are short and alike, so a dictionary of what the first ones had in common makes them much smaller.

use std::{io, sync::Arc};

use zstd::bulk;

use super::pack;
use crate::corpus::{Source, title_of};

/// How hard a reading is compressed. Higher levels gain little on texts so short.
const LEVEL: i32 = 3;

/// The size of the dictionary.
const DICTIONARY: usize = 112 << 10;

/// How many readings a dictionary is made of at least.
const SAMPLES: usize = 100;

/// The first byte of what is stored: whether the dictionary was used. Then comes the length of the packed reading in four bytes.
const PLAIN: u8 = 0;
const WITH_DICTIONARY: u8 = 1;

/// Makes the stored bytes of readings, and readings of stored bytes.
pub(super) struct Codec {
    dictionary: Option<Arc<[u8]>>,
}

/// Makes bytes to store of packed readings.
pub(super) struct Compressor {
    inner: bulk::Compressor<'static>,
    mark: u8,
}

/// Makes sources of stored bytes.
pub(super) struct Expander {
    plain: bulk::Decompressor<'static>,
    with_dictionary: Option<bulk::Decompressor<'static>>,
}

impl Codec {
    pub(super) fn new(dictionary: Option<Vec<u8>>) -> Self {
        Self { dictionary: dictionary.map(Into::into) }
    }

    /// Whether it has a dictionary.
    pub(super) fn is_trained(&self) -> bool {
        self.dictionary.is_some()
    }

    /// A dictionary of what packed readings have in common; `None` if they are too few to tell.
    pub(super) fn train(packed: &[&[u8]]) -> Option<Vec<u8>> {
        (packed.len() >= SAMPLES).then(|| zstd::dict::from_samples(packed, DICTIONARY).ok()).flatten()
    }

    /// A compressor, for many readings.
    pub(super) fn compressor(&self) -> io::Result<Compressor> {
        let (mut inner, mark) = match &self.dictionary {
            Some(dictionary) => (bulk::Compressor::with_dictionary(LEVEL, dictionary)?, WITH_DICTIONARY),
            None => (bulk::Compressor::new(LEVEL)?, PLAIN),
        };
        // What a failing disk has changed is not taken for a reading.
        inner.include_checksum(true)?;
        Ok(Compressor { inner, mark })
    }

    /// An expander, for many readings.
    pub(super) fn expander(&self) -> io::Result<Expander> {
        let with_dictionary = self.dictionary.as_ref().map(|d| bulk::Decompressor::with_dictionary(d)).transpose()?;
        Ok(Expander { plain: bulk::Decompressor::new()?, with_dictionary })
    }
}

impl Compressor {
    /// The bytes to store.
    pub(super) fn compress(&mut self, packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = vec![self.mark];
        out.extend(u32::try_from(packed.len()).map_err(|_| io::ErrorKind::InvalidData)?.to_le_bytes());
        out.append(&mut self.inner.compress(packed)?);
        Ok(out)
    }
}

impl Expander {
    /// The source that stored bytes are, shown as `path`.
    pub(super) fn source(&mut self, body: &[u8], path: String, location: String) -> io::Result<Source> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a stored text is damaged");
        let (mark, body) = body.split_first().ok_or_else(damaged)?;
        let (length, body) = body.split_first_chunk().ok_or_else(damaged)?;
        let length = u32::from_le_bytes(*length) as usize;
        let inner = match *mark {
            WITH_DICTIONARY => self.with_dictionary.as_mut().ok_or_else(damaged)?,
            _ => &mut self.plain,
        };
        let reading = pack::unpack(&inner.decompress(body, length)?, || title_of(&path))?;
        Ok(Source::new(path, location, reading))
    }
}
