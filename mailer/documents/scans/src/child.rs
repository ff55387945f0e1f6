//! Parsing in a child process, where a file that breaks the reader breaks
//! nothing else.
//!
//! The same program is started again with a hidden command, without any of its
//! environment. The child limits its own memory and processor time before it
//! reads a byte, takes the file on its standard input and answers in lines of
//! JSON on its standard output; files follow the line that announces them.

mod answer;
mod limit;
mod reader;
mod signed;
mod upload;
mod work;

pub use reader::{AT_ONCE, BadFile, BadPage, Progress, Reader, ReaderFault, Reading};
pub use signed::{SignatureQuestion, SignaturesFound};
pub use work::{ChildFault, run};

/// The command by which the program becomes the child.
pub const COMMAND: &str = "read-scan";

/// Bytes in a line of JSON.
pub(crate) mod base64_bytes {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(from)?).map_err(de::Error::custom)
    }
}
