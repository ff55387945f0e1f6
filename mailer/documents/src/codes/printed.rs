//! What a page says in print, for a page whose codes cannot be read: enough to guess where it
//! belongs, never to attach it. Nobody prints a code of ours; anybody can print a reference.

use super::{MOST_PAGES, typed_reference};

/// What a page says of itself in print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedPlace {
    /// The reference of the document, whose check digit is right.
    pub reference: String,
    /// This page, from 1, if it can be read too.
    pub page: Option<u8>,
}

/// What a page says, in the text that was recognised on it: the first reference whose check digit
/// is right, and « Page 1/2 ».
pub fn printed_place(text: &str) -> Option<PrintedPlace> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let reference = words.iter().find_map(|word| reference(word))?;
    // The foot of the page is the last to say it.
    let page = words.windows(2).rev().find_map(|pair| match pair {
        [word, number] if word.ends_with("Page") => page(number),
        _ => None,
    });
    Some(PrintedPlace { reference, page })
}

/// Only with its dashes: any word of thirteen letters might pass without.
fn reference(word: &str) -> Option<String> {
    let word = word.trim_matches(|it: char| !it.is_ascii_alphanumeric());
    if word.matches('-').count() == 3 { typed_reference(word) } else { None }
}

/// The page of « 1/2 ».
fn page(number: &str) -> Option<u8> {
    let (page, pages) = number.split_once('/')?;
    let (page, pages): (u8, u8) = (page.parse().ok()?, pages.parse().ok()?);
    (1 <= page && page <= pages && pages <= MOST_PAGES).then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(reference: &str, page: Option<u8>) -> Option<PrintedPlace> {
        Some(PrintedPlace { reference: reference.to_owned(), page })
    }

    #[test]
    fn a_page_is_known_by_what_is_printed_on_it_in_spite_of_the_letters_that_look_alike() {
        let read =
            "Convention n° C-6X3G-HZZQ-E6EB : établie le\nPage 3 de garde\nà signer Page 1/2";
        assert_eq!(printed_place(read), place("C-6X3G-HZZQ-E6EB", Some(1)));

        let wrong_first = "orfention n° C-6X36-HZZQ-E6EB\nn° C-ORHJ-P26T-QDD8. - à signer";
        assert_eq!(printed_place(wrong_first), place("C-0RHJ-P26T-QDD8", None));
    }

    #[test]
    fn a_wrong_check_digit_and_another_text_are_no_reference() {
        for text in ["", "C-6X3G-HZZQ-E6EC Page 1/2", "C6X3GHZZQE6EB", "Page 1/2", "C-É-é-ï"] {
            assert_eq!(printed_place(text), None, "{text}");
        }
        for page in ["0/2", "3/2", "1/100", "1", "a/b", "300/300"] {
            let read = printed_place(&format!("C-6X3G-HZZQ-E6EB Page {page}"));
            assert_eq!(read, place("C-6X3G-HZZQ-E6EB", None), "{page}");
        }
    }
}
