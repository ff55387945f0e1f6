//! What people type of slots and pupils, read into the domain's types.

use async_graphql::InputObject;
use domain::{
    kernel::{ids::PersonId, personal::Personal, text::folded, uai::Uai},
    ministages::slot::{Guardian, PupilIdentity, SlotDetails},
};
use jiff::civil::{Date, Time};

use super::messages::{guardian_unnamed, not_a_birth_date, not_an_hour};
use crate::{
    fault::unavailable,
    guard::Call,
    input,
    refused::{Done, Refused},
};

/// Élève à inscrire.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct PupilInput {
    /// Nom.
    pub(crate) last_name: String,
    /// Prénom.
    pub(crate) first_name: String,
    /// Date de naissance : `2011-04-17` ou `17/04/2011`.
    pub(crate) birth_date: Option<String>,
    /// Classe.
    pub(crate) class: Option<String>,
    /// Nom du responsable légal.
    pub(crate) guardian_name: Option<String>,
    /// Adresse électronique du responsable légal.
    pub(crate) guardian_email: Option<String>,
    /// Téléphone du responsable légal.
    pub(crate) guardian_phone: Option<String>,
}

impl PupilInput {
    /// Who that is; `under` is where the pupil stands in the input (`pupil`, `pupils.3`).
    pub(crate) fn identity(&self, under: &str, today: Date) -> Result<PupilIdentity, Refused> {
        let at = |field: &str| format!("{under}.{field}");
        let typed = self.birth_date.as_deref().map(str::trim);
        let birth_date = match typed {
            None | Some("") => None,
            Some(typed) => Some(born(&at("birthDate"), typed, today)?),
        };
        Ok(PupilIdentity {
            last_name: input::line(&at("lastName"), &self.last_name, 80)?,
            first_name: input::line(&at("firstName"), &self.first_name, 80)?,
            birth_date,
            class: input::maybe_line(&at("class"), self.class.as_deref(), 40)?,
            guardian: self.guardian(&at)?,
        })
    }

    fn guardian(&self, at: &dyn Fn(&str) -> String) -> Result<Option<Guardian>, Refused> {
        let name = input::maybe_line(&at("guardianName"), self.guardian_name.as_deref(), 120)?;
        let email = match self.guardian_email.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(typed) => Some(input::email(&at("guardianEmail"), typed)?),
        };
        let phone = input::maybe_line(&at("guardianPhone"), self.guardian_phone.as_deref(), 30)?;
        match name {
            Some(name) => Ok(Some(Guardian { name, email, phone })),
            None if email.is_none() && phone.is_none() => Ok(None),
            None => Err(guardian_unnamed().at(&at("guardianName"))),
        }
    }
}

fn born(field: &str, typed: &str, today: Date) -> Result<Date, Refused> {
    let date = input::day(field, typed)?;
    let age = today.year() - date.year();
    if date < today && age <= 99 {
        return Ok(date);
    }
    Err(not_a_birth_date().at(field))
}

/// Within what a pupil of `origin` is recognised.
fn pupils_of(origin: &Uai) -> String {
    format!("pupil:{origin}")
}

/// What a pupil is recognised by in their school.
fn known_by(identity: &PupilIdentity) -> String {
    let birth = identity.birth_date.map(|it| it.to_string()).unwrap_or_default();
    [folded(&identity.last_name), folded(&identity.first_name), birth].join("|")
}

impl Call<'_> {
    /// `identity` as what it is about: the same person for the same pupil of the same school.
    pub(crate) async fn pupil(
        self,
        origin: &Uai,
        identity: PupilIdentity,
    ) -> Done<Personal<PupilIdentity>> {
        let person = self.person(&pupils_of(origin), &known_by(&identity)).await?;
        Ok(Personal::new(person, identity))
    }

    /// Whoever is typed as `pupil` from now on is the same person, unless the school has another
    /// pupil of that name and birth date.
    pub(crate) async fn also_known(
        self,
        origin: &Uai,
        pupil: &Personal<PupilIdentity>,
    ) -> Done<()> {
        let Some(identity) = pupil.known() else { return Ok(()) };
        let keyring = self.journal().keyring();
        let (scope, value) = (pupils_of(origin), known_by(identity));
        let known = keyring.also_known(&scope, &value, pupil.person());
        Ok(known.await.map_err(|fault| unavailable(&fault))?)
    }

    /// The name of a teacher of `host` as what it is about.
    async fn teacher(self, host: &Uai, name: Option<String>) -> Done<Option<Personal<String>>> {
        let Some(name) = name else { return Ok(None) };
        let person = self.person(&format!("teacher:{host}"), &folded(&name)).await?;
        Ok(Some(Personal::new(person, name)))
    }

    async fn person(self, scope: &str, value: &str) -> Done<PersonId> {
        let person = self.journal().keyring().identify(scope, value);
        Ok(person.await.map_err(|fault| unavailable(&fault))?)
    }
}

/// Jour, heures, places et accueil d’un créneau.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct SlotDetailsInput {
    /// Jour : `2027-01-13` ou `13/01/2027`.
    pub(crate) date: String,
    /// Heure de début : `8:15` ou `8h15`.
    pub(crate) start: String,
    /// Heure de fin.
    pub(crate) end: String,
    /// Nombre de places, de 1 à 500.
    pub(crate) seats: i32,
    /// Salle.
    pub(crate) room: Option<String>,
    /// Qui accueille les élèves.
    pub(crate) teacher: Option<String>,
    /// Ce que les élèves doivent savoir ou apporter.
    pub(crate) note: Option<String>,
}

impl SlotDetailsInput {
    /// What was typed, for a slot of `host`.
    pub(crate) async fn read(&self, call: Call<'_>, host: &Uai) -> Done<SlotDetails> {
        let note = input::paragraph("note", self.note.as_deref().unwrap_or_default(), 1000)?;
        let teacher = input::maybe_line("teacher", self.teacher.as_deref(), 120)?;
        Ok(SlotDetails {
            date: input::day("date", &self.date)?,
            start: hour("start", &self.start)?,
            end: hour("end", &self.end)?,
            // None is what the slot itself refuses.
            seats: u16::try_from(self.seats).unwrap_or(0),
            room: input::maybe_line("room", self.room.as_deref(), 80)?,
            teacher: call.teacher(host, teacher).await?,
            note: Some(note).filter(|note| !note.is_empty()),
        })
    }
}

/// An hour, as browsers send it or as people type it: `08:15`, `8:15:00`, `8h15`, `8 h`.
pub(crate) fn hour(field: &str, typed: &str) -> Result<Time, Refused> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_lowercase().replace('h', ":");
    let mut parts = plain.trim_end_matches(':').split(':');
    let hour = parts.next().and_then(|part| part.parse().ok());
    let minute = parts.next().map_or(Some(0), |part| part.parse().ok());
    let seconds = parts.next().is_none_or(|part| part.parse() == Ok(0));
    let time = hour.zip(minute).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    match time {
        Some(time) if seconds && parts.next().is_none() => Ok(time),
        Some(_) | None => Err(not_an_hour().at(field)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::refused::RefusalCode;

    fn pupil() -> PupilInput {
        PupilInput {
            last_name: " Martin ".to_owned(),
            first_name: "Zoé".to_owned(),
            birth_date: Some("17/04/2011".to_owned()),
            class: None,
            guardian_name: None,
            guardian_email: Some(String::new()),
            guardian_phone: None,
        }
    }

    fn read(pupil: &PupilInput) -> Result<PupilIdentity, Refused> {
        pupil.identity("pupils.2", date(2027, 1, 12))
    }

    #[test]
    fn an_hour_is_read_as_browsers_and_people_write_it() {
        for typed in ["08:15", "8:15", "08:15:00", "8h15", " 8 h 15 ", "8H15"] {
            assert_eq!(hour("start", typed), Ok(time(8, 15, 0, 0)), "{typed}");
        }
        assert_eq!(hour("start", "14h"), Ok(time(14, 0, 0, 0)));
        for typed in ["", "h", "25:00", "8:75", "8:15:30", "8:15:00:00", "midi"] {
            let refused = hour("start", typed).unwrap_err();
            assert_eq!(refused.code, RefusalCode::NotAnHour, "{typed}");
            assert_eq!(refused.field.as_deref(), Some("start"));
        }
    }

    #[test]
    fn a_pupil_is_read_with_what_is_missing_left_out() {
        let identity = read(&pupil()).unwrap();

        assert_eq!(identity.last_name, "Martin");
        assert_eq!(identity.birth_date, Some(date(2011, 4, 17)));
        assert_eq!((identity.class, identity.guardian), (None, None));
    }

    #[test]
    fn what_is_wrong_is_refused_beside_its_field() {
        let refused = |change: fn(&mut PupilInput)| {
            let mut pupil = pupil();
            change(&mut pupil);
            let refused = read(&pupil).unwrap_err();
            (refused.code, refused.field.unwrap_or_default())
        };
        let at = |field: &str| format!("pupils.2.{field}");

        let empty = refused(|it| it.first_name = "  ".to_owned());
        assert_eq!(empty, (RefusalCode::Empty, at("firstName")));
        let long = refused(|it| it.last_name = "a".repeat(81));
        assert_eq!(long, (RefusalCode::TooLong, at("lastName")));
        let unborn = refused(|it| it.birth_date = Some("2027-01-12".to_owned()));
        assert_eq!(unborn, (RefusalCode::NotADate, at("birthDate")));
        let old = refused(|it| it.birth_date = Some("1911-04-17".to_owned()));
        assert_eq!(old, (RefusalCode::NotADate, at("birthDate")));
        let nobody = refused(|it| it.guardian_phone = Some("06".to_owned()));
        assert_eq!(nobody, (RefusalCode::Empty, at("guardianName")));
        let email = refused(|it| it.guardian_email = Some("personne".to_owned()));
        assert_eq!(email, (RefusalCode::NotAnEmail, at("guardianEmail")));
    }
}
