//! What people type: read here, once, into the domain's types; refused beside its field, with
//! what was expected.

use std::{io::Read as _, str::FromStr};

use async_graphql::{Context, Upload};
use domain::kernel::{
    email::Email,
    ids::NotAnId,
    slug::Slug,
    text::{self, BadText},
    uai::{NotAUai, Uai},
};
use jiff::civil::Date;

use crate::{
    french::number,
    ports::{FileRefusal, PasswordRefusal},
    refused::{RefusalCode, Refused},
};

/// One line of 1 to `most` characters.
pub(crate) fn line(field: &str, typed: &str, most: usize) -> Result<String, Refused> {
    text::line(typed, most).map_err(|bad| bad_text(bad).at(field))
}

/// The same, or nothing.
pub(crate) fn maybe_line(
    field: &str,
    typed: Option<&str>,
    most: usize,
) -> Result<Option<String>, Refused> {
    match typed.map(str::trim) {
        None | Some("") => Ok(None),
        Some(typed) => line(field, typed, most).map(Some),
    }
}

/// A text of some lines, of `most` characters at most; it may be empty.
pub(crate) fn paragraph(field: &str, typed: &str, most: usize) -> Result<String, Refused> {
    match text::paragraph(typed, most) {
        Ok(text) => Ok(text),
        Err(BadText::Empty) => Ok(String::new()),
        Err(bad) => Err(bad_text(bad).at(field)),
    }
}

/// The same, but it may not be empty.
pub(crate) fn text(field: &str, typed: &str, most: usize) -> Result<String, Refused> {
    text::paragraph(typed, most).map_err(|bad| bad_text(bad).at(field))
}

pub(crate) fn bad_text(bad: BadText) -> Refused {
    match bad {
        BadText::Empty => Refused::new(RefusalCode::Empty, "Ce champ est obligatoire."),
        BadText::TooLong { most } => Refused::new(
            RefusalCode::TooLong,
            format!("Ce texte est trop long : {} caractères au plus.", number(most as u64)),
        ),
    }
}

/// A UAI (RNE).
pub(crate) fn uai(field: &str, typed: &str) -> Result<Uai, Refused> {
    typed.parse().map_err(|bad| bad_uai(&bad).at(field))
}

pub(crate) fn bad_uai(bad: &NotAUai) -> Refused {
    match bad {
        NotAUai::Shape => Refused::new(
            RefusalCode::NotAUai,
            "Le code RNE (UAI) compte sept chiffres et une lettre, comme 0491234A.",
        ),
        NotAUai::CheckLetter { expected } => Refused::new(
            RefusalCode::WrongCheckLetter,
            format!("La lettre de contrôle devrait être {expected}."),
        ),
    }
}

/// A mail address.
pub(crate) fn email(field: &str, typed: &str) -> Result<Email, Refused> {
    typed.parse().map_err(|_| {
        Refused::new(
            RefusalCode::NotAnEmail,
            "Saisissez une adresse complète, comme prenom.nom@ac-nantes.fr.",
        )
        .at(field)
    })
}

/// The short name of a platform.
pub(crate) fn slug(field: &str, typed: &str) -> Result<Slug, Refused> {
    typed.parse().map_err(|_| {
        Refused::new(
            RefusalCode::NotASlug,
            "Le nom court compte de 3 à 40 minuscules sans accent, chiffres et tirets, et commence \
             par une lettre, comme lycee-demo-paul.",
        )
        .at(field)
    })
}

/// An id.
pub(crate) fn id<T: FromStr<Err = NotAnId>>(field: &str, typed: &str) -> Result<T, Refused> {
    typed.parse().map_err(|_| {
        Refused::new(
            RefusalCode::NotAnId,
            "Cet élément n’existe pas : rechargez la page et recommencez.",
        )
        .at(field)
    })
}

/// A day, as browsers send it or as people type it: `2027-01-13` or `13/01/2027`.
pub(crate) fn day(field: &str, typed: &str) -> Result<Date, Refused> {
    let typed = typed.trim();
    typed.parse().or_else(|_| Date::strptime("%d/%m/%Y", typed)).map_err(|_| {
        Refused::new(
            RefusalCode::NotADate,
            "Saisissez une date qui existe, sous la forme JJ/MM/AAAA.",
        )
        .at(field)
    })
}

/// Two passwords typed, which must be the same.
pub(crate) fn same_password(password: &str, confirmation: &str) -> Result<(), Refused> {
    if password == confirmation {
        return Ok(());
    }
    Err(Refused::new(
        RefusalCode::PasswordsDiffer,
        "Les deux mots de passe sont différents : saisissez deux fois le même.",
    )
    .at("passwordConfirmation"))
}

/// A password that cannot be chosen.
pub(crate) fn bad_password(bad: PasswordRefusal) -> Refused {
    let (code, message) = match bad {
        PasswordRefusal::TooShort => {
            (RefusalCode::PasswordTooShort, "Le mot de passe compte au moins 8 caractères.")
        }
        PasswordRefusal::TooLong => {
            (RefusalCode::PasswordTooLong, "Le mot de passe compte 128 caractères au plus.")
        }
        PasswordRefusal::TooPlain => (
            RefusalCode::PasswordTooPlain,
            "Le mot de passe contient au moins une majuscule, une minuscule, un chiffre et un \
             caractère spécial.",
        ),
    };
    Refused::new(code, message).at("password")
}

/// The bytes of a file that was sent, `most` at most.
pub(crate) fn file(
    ctx: &Context<'_>,
    field: &str,
    upload: &Upload,
    most: u64,
) -> Result<Vec<u8>, Refused> {
    let lost = |_| bad_file(field, &FileRefusal::Truncated);
    // A request may name a file that it does not carry; the engine would panic on it.
    if upload.0 >= ctx.query_env.uploads.len() {
        return Err(bad_file(field, &FileRefusal::Truncated));
    }
    let value = upload.value(ctx).map_err(lost)?;
    if value.size().map_err(lost)? > most {
        return Err(bad_file(field, &FileRefusal::TooLarge { most }));
    }
    let mut bytes = Vec::new();
    value.into_read().read_to_end(&mut bytes).map_err(lost)?;
    Ok(bytes)
}

/// A file that was not taken.
pub(crate) fn bad_file(field: &str, bad: &FileRefusal) -> Refused {
    let (code, message) = match bad {
        FileRefusal::NotAPdf => (
            RefusalCode::NotAPdf,
            "Ce fichier n’est pas un PDF : déposez la convention au format PDF.".to_owned(),
        ),
        FileRefusal::TooLarge { most } => (
            RefusalCode::FileTooLarge,
            format!("Ce fichier est trop lourd : {} Mo au plus.", number(most / (1024 * 1024))),
        ),
        FileRefusal::Encrypted => (
            RefusalCode::FileEncrypted,
            "Ce PDF est protégé par un mot de passe : déposez-le sans protection.".to_owned(),
        ),
        FileRefusal::Truncated => (
            RefusalCode::FileTruncated,
            "Ce fichier est incomplet ou abîmé : enregistrez-le de nouveau, puis déposez-le."
                .to_owned(),
        ),
        FileRefusal::Unreadable => (
            RefusalCode::FileUnreadable,
            "Ce fichier n’a pas pu être lu jusqu’au bout\u{202f}: enregistrez-le de nouveau ou \
             numérisez-le, puis déposez-le."
                .to_owned(),
        ),
        FileRefusal::NoPage => (RefusalCode::NoPage, "Ce PDF ne contient aucune page.".to_owned()),
        FileRefusal::TooManyPages { most } => (
            RefusalCode::TooManyPages,
            format!("Ce PDF a trop de pages : {} au plus.", number(u64::from(*most))),
        ),
        FileRefusal::NotAPicture => (
            RefusalCode::NotAPicture,
            "Ce fichier n’est pas une image : choisissez une image PNG ou JPEG.".to_owned(),
        ),
        FileRefusal::Superseded => (
            RefusalCode::Superseded,
            "Ce fichier est une version précédente de la convention, modifiée depuis\u{202f}: \
             faites signer la nouvelle version, puis déposez-la."
                .to_owned(),
        ),
        FileRefusal::NotRecognised => (
            RefusalCode::NotRecognised,
            "Cette convention n’a pas été reconnue : choisissez l’élève concerné.".to_owned(),
        ),
    };
    Refused::new(code, message).at(field)
}
