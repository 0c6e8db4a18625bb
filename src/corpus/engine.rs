//! A shared archive on a search engine: where it is and how it is asked. Plain data; [`remote`](super::remote) does the asking.

use std::path::PathBuf;

use super::extract::Fields;

/// An index on a cluster of Elasticsearch, OpenSearch or Quickwit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    /// The machines it may be asked on, the first first.
    pub nodes: Vec<Node>,
    /// The name of the index, of an alias, or a pattern.
    pub index: String,
    /// Which fields hold what; what is empty is guessed from the mapping.
    pub fields: Fields,
    /// The fields that may hold what tells one article from another; guessed if there are none.
    pub id: Vec<String>,
    /// How long an answer may take with all attempts, in seconds.
    pub timeout: u32,
    /// What of a draft is sent.
    pub sends: Sends,
    /// Why it must not be asked: the writer has not allowed it.
    pub refused: Option<String>,
}

/// A machine of a cluster, with what its user has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its address, with a prefix if there is one, without a slash at the end.
    pub url: String,
    /// Where the value of the header `Authorization` comes from.
    pub auth: Option<Auth>,
    /// A file with the certificates of those who may vouch for it, instead of those whom browsers trust.
    pub certificates: Option<PathBuf>,
}

/// Where a secret comes from. It is never in a file of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// From this variable of the environment.
    Variable(String),
    /// From what this program prints, given with its arguments.
    Command(Vec<String>),
}

/// What of a draft is sent to an archive; never a sentence as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sends {
    /// The content words of each sentence, in the order of the alphabet.
    #[default]
    Words,
    /// Of these only names and the nouns that are counted.
    Names,
}
