//! Which archives the writer allows to be asked, and what they are asked with: `archives.toml` in the folder of the writer's own settings.
//!
//! `copydesk.toml` comes with the drafts, and whoever wrote it may be a stranger: it alone must not send words of a draft anywhere, read a
//! secret or run a program. So an address counts only if it stands here, and a secret goes to the address that it stands beside and to no
//! other.

use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use url::Url;

use crate::corpus::engine::{Auth, Engine, Node};

/// Names the folder of the writer's own settings, instead of the usual one.
const FOLDER: &str = "COPYDESK_CONFIG";

/// The name of the file.
pub const ALLOWED: &str = "archives.toml";

/// What may be said of an address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    auth: Option<Secret>,
    /// The file with the certificates of those who may vouch for it.
    certificates: Option<PathBuf>,
}

/// Where a secret comes from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    env: Option<String>,
    command: Option<Vec<String>>,
}

/// Gives the nodes of an archive what its user has for them, or says why it must not be asked.
pub fn access(engine: &mut Engine) {
    engine.refused = match path() {
        Some(path) => read(&path).and_then(|allowed| apply(engine, &allowed, &path)).err(),
        None => Some("there is no folder for settings of your own, so no archive can be allowed".into()),
    };
}

/// Gives the nodes of an archive that the writer has named in person what there is for them. That they are not listed does not matter.
///
/// # Errors
/// If the file cannot be read or is wrong; the message names it.
pub fn sign(engine: &mut Engine) -> Result<(), String> {
    let Some(path) = path() else { return Ok(()) };
    let allowed = read(&path)?;
    let is_listed = |node: &Node| allowed.keys().any(|key| origin(key) == origin(&node.url));
    if engine.nodes.iter().all(is_listed) { apply(engine, &allowed, &path) } else { Ok(()) }
}

fn path() -> Option<PathBuf> {
    let own = env::var_os(FOLDER).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    own.or_else(|| dirs::config_dir().map(|folder| folder.join("copydesk"))).map(|folder| folder.join(ALLOWED))
}

fn read(path: &Path) -> Result<BTreeMap<String, Allowed>, String> {
    let told = |why: String| format!("{}: {}", path.display(), why.trim_end());
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| told(error.to_string())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(told(error.to_string())),
    }
}

fn apply(engine: &mut Engine, allowed: &BTreeMap<String, Allowed>, path: &Path) -> Result<(), String> {
    for node in &mut engine.nodes {
        let origin = origin(&node.url);
        let Some((key, found)) = allowed.iter().find(|(key, _)| self::origin(key) == origin) else {
            return Err(format!(
                "{origin} is not asked, for only the settings of this folder name it. If you trust it with words of your drafts, write the line \
                 [\"{origin}\"] into {}",
                path.display()
            ));
        };
        let wrong = |what: &str| format!("{}: [\"{key}\"]: {what}", path.display());
        node.auth = match &found.auth {
            None => None,
            Some(Secret { env: Some(name), command: None }) if !name.is_empty() => Some(Auth::Variable(name.clone())),
            Some(Secret { env: None, command: Some(command) }) if !command.is_empty() => Some(Auth::Command(command.clone())),
            Some(_) => return Err(wrong("auth: either env, the name of a variable, or command, a program with its arguments")),
        };
        let folder = path.parent().unwrap_or(path);
        node.certificates = found.certificates.as_ref().map(|file| folder.join(file));
    }
    Ok(())
}

/// Scheme, host and port of an address: what a secret is bound to.
fn origin(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_owned(), |url| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[track_caller]
    fn check(allowed: &str, url: &str) -> Result<Engine, String> {
        let options = format!("[archive]\nurl = '{url}'\nindex = 'wire'");
        let mut engine = Settings::new(&toml::from_str(&options).unwrap()).unwrap().archive().unwrap().clone();
        let allowed = toml::from_str(allowed).map_err(|error: toml::de::Error| error.message().to_owned())?;
        apply(&mut engine, &allowed, Path::new("/me/archives.toml"))?;
        Ok(engine)
    }

    #[test]
    fn only_what_is_named_is_asked() {
        let asked = |url| check("['https://wire.example:9200']\nauth = {env = 'WIRE'}", url);
        let engine = asked("https://wire.example:9200/prefix").unwrap();
        assert_eq!(engine.nodes[0].auth, Some(Auth::Variable("WIRE".into())));
        for other in ["https://wire.example", "http://wire.example:9200", "https://wire.example.evil:9200", "https://evil:9200"] {
            let why = asked(other).unwrap_err();
            assert!(why.contains(&format!("[\"{other}\"]")) && why.contains("archives.toml"), "{why}");
        }
        assert!(check("['http://a']", "http://a:80").is_ok());
        assert!(check("", "http://127.0.0.1:9200").is_err());
    }

    #[test]
    fn secrets_come_from_elsewhere() {
        let auth =
            |auth: &str| check(&format!("['http://a']\nauth = {auth}"), "http://a").map(|engine| engine.nodes[0].auth.clone());
        assert_eq!(auth("{command = ['pass', 'wire']}"), Ok(Some(Auth::Command(vec!["pass".into(), "wire".into()]))));
        assert!(auth("{command = []}").is_err() && auth("{}").is_err() && auth("{env = 'A', command = ['b']}").is_err());
        assert!(auth("'secret'").is_err() && auth("{key = 'secret'}").unwrap_err().contains("`key`"));
        let engine = check("['http://a']\ncertificates = 'ca.pem'", "http://a").unwrap();
        assert_eq!(engine.nodes[0].certificates, Some(PathBuf::from("/me/ca.pem")));
    }
}
