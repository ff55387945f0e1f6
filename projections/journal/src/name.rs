//! What may name something in the log, whichever database holds it.

use crate::Fault;

/// Beyond it PostgreSQL refuses to index the text, and with it a whole batch.
const LONGEST: usize = 1000;

/// `text` as a key; `what` it names, for the fault.
pub(crate) fn name(what: &'static str, text: &str) -> Result<String, Fault> {
    if text.contains('\0') || text.len() > LONGEST {
        return Err(Fault::Name(what));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_without_nul() {
        assert_eq!(name("a key", "0750680g").unwrap(), "0750680g");
        assert!(matches!(name("a key", "a\0"), Err(Fault::Name("a key"))));
        let long = "x".repeat(1001);
        assert!(matches!(name("a key", &long), Err(Fault::Name("a key"))));
    }
}
