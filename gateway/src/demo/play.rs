//! The main job, one line a step: a collège signs up, books, returns the convention; the lycée
//! decides. Then the other schools and their bookings, one convention for each tab.

use std::path::Path;

use domain::kernel::ids::{BookingId, ConventionId, SlotId};
use fixtures::{
    demo::{APPRECIATION, Account, Booking, PLATFORM, Tab, When},
    schools::{COLLEGE_COLLINE, LYCEE_VILAR, School},
};
use journal::Clock;
use projections::ministages::lists::{Order, Wanted, all};
use serde_json::json;

use super::{
    DemoFault, Person,
    setup::{Slots, give_offices, list_schools, open_platform, publish_slots},
};
use crate::{app::App, clock, history, router::router};

/// Where each line goes.
pub(crate) type Tell<'a> = &'a mut (dyn FnMut(String) + Send);

/// Plays the demonstration in a service that is new, telling each step. Files that are worth a
/// look are saved in `dir`. What comes before the past slot is done by the service’s clock held
/// where [`opening_clock`](super::opening_clock) put it, so that each event bears the instant it was decided at.
pub async fn play(app: &App, dir: &Path, tell: Tell<'_>) -> Result<(), DemoFault> {
    let today = clock::moment(Clock::system().now(), PLATFORM.time_zone).local.date();
    let schools = list_schools(app).await?;
    tell(format!("Annuaire : {schools} établissements importés"));
    open_platform(app).await?;
    let slots = publish_slots(app, today).await?;
    tell(format!("Plateforme « {} » : {} formations", PLATFORM.name, PLATFORM.formations.len()));
    app.drain().await.map_err(DemoFault::service)?;

    let lycee = sign_up(app, account_of(&LYCEE_VILAR)?, tell).await?;
    let college = sign_up(app, account_of(&COLLEGE_COLLINE)?, tell).await?;
    let mut stage = Stage { app, dir, slots, lycee, college };
    stage.other_schools().await?;
    stage.past().await?;
    app.journal.clock().release();
    stage.lycee = stage.signed_in(account_of(&LYCEE_VILAR)?).await?;
    stage.college = stage.signed_in(account_of(&COLLEGE_COLLINE)?).await?;
    stage.appreciate().await?;
    tell(
        "Un mini-stage est passé : une appréciation est donnée, deux présences restent à noter"
            .to_owned(),
    );
    stage.main_job(tell).await?;
    stage.others(tell).await?;
    give_offices(app).await?;
    tell("Le lycée Jean Vilar administre la plateforme ; le lycée Sonia Delaunay l’audite et exploite le service".to_owned());
    stage.verify(tell).await
}

fn account_of(school: &School) -> Result<&'static Account, DemoFault> {
    let account = PLATFORM.accounts.iter().find(|account| account.school == *school);
    account.ok_or_else(|| DemoFault::unexpected("inscription", school.name))
}

/// Signs up by the UAI, opens the link of the mail, verifies, signs in.
async fn sign_up(app: &App, account: &Account, tell: Tell<'_>) -> Result<Person, DemoFault> {
    let mut person = Person::new(router(app.clone()));
    let (school, password) = (account.school, account.password);
    person
        .command(
            "mutation($input: RegisterAccountInput!) { done: registerAccount(input: $input) \
             { __typename ... on Refused { message } } }",
            json!({
                "rne": school.code, "civility": account.civility, "lastName": account.last_name,
                "firstName": account.first_name, "password": password,
                "passwordConfirmation": password,
            }),
        )
        .await?;
    app.drain().await.map_err(DemoFault::service)?;
    tell(format!("{} s’inscrit par son code {}", school.name, school.code));
    let link = last_link(app, school.mail, "/lien/verification/").await?;
    person.get(&link).await?;
    person.post_form(&link, &[("choice", "verify"), ("password", password)]).await?;
    app.drain().await.map_err(DemoFault::service)?;
    tell(format!("{} vérifie son adresse {}", school.name, school.mail));
    person
        .command(
            "mutation($input: SignInInput!) { done: signIn(input: $input) \
             { __typename ... on Refused { message } } }",
            json!({ "email": school.mail, "password": password, "keep": false }),
        )
        .await?;
    Ok(person)
}

/// The address below `path` in the last letter to `address`, without the host.
async fn last_link(app: &App, address: &str, path: &str) -> Result<String, DemoFault> {
    let Some(mailbox) = &app.post.mailbox else {
        return Err(DemoFault::unexpected("lire le courriel", "pas de boîte aux lettres"));
    };
    let letters = mailbox.list().await.map_err(DemoFault::service)?;
    letters
        .into_iter()
        .filter_map(|letter| letter.message)
        .filter(|letter| letter.to.iter().any(|to| to.eq_ignore_ascii_case(address)))
        .find_map(|letter| {
            let start = letter.text.find(path)?;
            letter.text[start..].split_whitespace().next().map(ToOwned::to_owned)
        })
        .ok_or_else(|| DemoFault::unexpected("lire le courriel", format!("rien pour {address}")))
}

struct Stage<'a> {
    app: &'a App,
    dir: &'a Path,
    slots: Slots,
    lycee: Person,
    college: Person,
}

impl Stage<'_> {
    /// From the booking to the validated convention, by way of one that was wrong.
    async fn main_job(&mut self, tell: Tell<'_>) -> Result<(), DemoFault> {
        let Some(booking) = PLATFORM.bookings.first() else { return Ok(()) };
        let mut college = self.college.clone();
        let convention = self.book(&mut college, booking).await?;
        let pupil = format!("{} {}", booking.pupil.first_name, booking.pupil.last_name);
        tell(format!("Réservation d’une place pour {pupil}"));
        let (name, original) = self.convention_file(&mut college, convention).await?;
        tell(format!("Convention produite et envoyée : {}", self.dir.join(name).display()));
        self.deposit(&mut college, convention, &original).await?;
        tell("Le collège dépose la convention remplie".to_owned());
        self.decide(
            "invalidateConvention",
            convention,
            Some("Il manque la signature du responsable légal."),
        )
        .await?;
        tell("Le lycée invalide : il manque une signature".to_owned());
        self.deposit(&mut college, convention, &original).await?;
        tell("Le collège dépose à nouveau".to_owned());
        self.decide("validateConvention", convention, None).await?;
        tell("Le lycée valide la conformité".to_owned());
        tell(format!("Histoire de la convention {convention} :"));
        let lines = history::lines(&self.app.journal, convention, None).await;
        for line in lines.map_err(DemoFault::service)? {
            tell(format!("  {line}"));
        }
        Ok(())
    }

    async fn other_schools(&self) -> Result<(), DemoFault> {
        let mut quiet = |_| {};
        for account in PLATFORM.accounts {
            if account.school != LYCEE_VILAR && account.school != COLLEGE_COLLINE {
                sign_up(self.app, account, &mut quiet).await?;
            }
        }
        Ok(())
    }

    /// The bookings of the slot that is over, as they were made before it.
    async fn past(&mut self) -> Result<(), DemoFault> {
        for booking in PLATFORM.bookings.iter().filter(|it| it.when == When::Past) {
            self.bring_to_its_tab(booking).await?;
        }
        Ok(())
    }

    /// What the lycée says of the first who came.
    async fn appreciate(&mut self) -> Result<(), DemoFault> {
        let Some(booking) = PLATFORM.bookings.iter().find(|it| it.when == When::Past) else {
            return Ok(());
        };
        let id = self.booking_of(booking).await?.to_string();
        for (query, input) in [
            (
                "mutation($input: RecordAttendanceInput!) { done: recordAttendance(input: $input) \
                 { __typename ... on Refused { message } } }",
                json!({ "booking": id, "present": true }),
            ),
            (
                "mutation($input: GiveAppreciationInput!) { done: giveAppreciation(input: $input) \
                 { __typename ... on Refused { message } } }",
                json!({ "booking": id, "text": APPRECIATION }),
            ),
        ] {
            self.lycee.command(query, input).await?;
        }
        self.app.drain().await.map_err(DemoFault::service)
    }

    /// A convention for each tab, a slot that is full and those who wait for it.
    async fn others(&mut self, tell: Tell<'_>) -> Result<(), DemoFault> {
        for booking in PLATFORM.bookings.iter().skip(1).filter(|it| it.when != When::Past) {
            self.bring_to_its_tab(booking).await?;
        }
        let count = PLATFORM.bookings.len();
        tell(format!("{count} réservations en tout, des conventions dans chaque onglet"));
        Ok(())
    }

    async fn bring_to_its_tab(&mut self, booking: &Booking) -> Result<(), DemoFault> {
        let mut origin = self.signed_in(account_of(&booking.origin)?).await?;
        let convention = self.book(&mut origin, booking).await?;
        if booking.tab != Tab::NotReturned {
            let (_, original) = self.convention_file(&mut origin, convention).await?;
            self.deposit(&mut origin, convention, &original).await?;
        }
        let Some(formation) = PLATFORM.formations.get(booking.formation) else { return Ok(()) };
        self.lycee = self.signed_in(account_of(&formation.host)?).await?;
        match booking.tab {
            Tab::NotReturned | Tab::Deposited => Ok(()),
            Tab::Refused => {
                let reason = Some("La page 1 est illisible.");
                self.decide("invalidateConvention", convention, reason).await
            }
            Tab::Validated => self.decide("validateConvention", convention, None).await,
        }
    }

    async fn signed_in(&self, account: &Account) -> Result<Person, DemoFault> {
        let mut person = Person::new(router(self.app.clone()));
        person
            .command(
                "mutation($input: SignInInput!) { done: signIn(input: $input) \
                 { __typename ... on Refused { message } } }",
                json!({ "email": account.school.mail, "password": account.password, "keep": false }),
            )
            .await?;
        Ok(person)
    }

    /// Books a seat; answers the convention that follows.
    async fn book(
        &self,
        person: &mut Person,
        booking: &Booking,
    ) -> Result<ConventionId, DemoFault> {
        let slot = self.slot_of(booking)?;
        let pupil = booking.pupil;
        let (guardian, email) = pupil.guardian;
        person
            .command(
                "mutation($input: BookSeatInput!) { done: bookSeat(input: $input) \
                 { __typename ... on Refused { message } } }",
                json!({
                    "slot": slot.to_string(), "origin": booking.origin.code, "kind": "INTERNAL",
                    "orWait": true,
                    "pupil": {
                        "lastName": pupil.last_name, "firstName": pupil.first_name,
                        "birthDate": pupil.birth_date.to_string(), "class": pupil.class,
                        "guardianName": guardian, "guardianEmail": email,
                    },
                }),
            )
            .await?;
        self.app.drain().await.map_err(DemoFault::service)?;
        self.booking_of(booking).await.map(ConventionId::of)
    }

    fn slot_of(&self, booking: &Booking) -> Result<SlotId, DemoFault> {
        let slot = self.slots.get(&(booking.formation, booking.when)).copied();
        slot.ok_or_else(|| DemoFault::unexpected("réserver", "aucun créneau"))
    }

    async fn booking_of(&self, booking: &Booking) -> Result<BookingId, DemoFault> {
        let wanted = Wanted {
            slot: Some(self.slot_of(booking)?),
            origin: Some(booking.origin.uai()),
            search: booking.pupil.last_name.to_owned(),
            ..Wanted::default()
        };
        let found = self.app.read.query(move |db| all(db, &wanted, Order::default())).await;
        let found: Option<BookingId> = found.map_err(DemoFault::service)?.last().map(|it| it.id);
        found.ok_or_else(|| DemoFault::unexpected("réserver", "pas de réservation"))
    }

    /// « Conv. »: saved beside the rest.
    async fn convention_file(
        &self,
        person: &mut Person,
        convention: ConventionId,
    ) -> Result<(String, Vec<u8>), DemoFault> {
        let answer = person.get(&format!("/convention/{convention}/conv.pdf")).await?;
        let name = answer.disposition.as_deref().and_then(|it| it.split('"').nth(1));
        let name = name.unwrap_or("Convention.pdf").to_owned();
        std::fs::write(self.dir.join(&name), &answer.body).map_err(DemoFault::service)?;
        Ok((name, answer.body))
    }

    /// Deposits the original with something after it, as a PDF reader does when one signs.
    async fn deposit(
        &self,
        person: &mut Person,
        convention: ConventionId,
        original: &[u8],
    ) -> Result<(), DemoFault> {
        let signed = completed(original);
        person
            .upload(
                "mutation($input: DepositConventionInput!) { done: depositConvention(input: $input) \
                 { __typename ... on Refused { message } } }",
                json!({ "convention": convention.to_string() }),
                "convention-signee.pdf",
                &signed,
            )
            .await?;
        self.app.drain().await.map_err(DemoFault::service)
    }

    async fn decide(
        &mut self,
        command: &str,
        convention: ConventionId,
        reason: Option<&str>,
    ) -> Result<(), DemoFault> {
        let (first, rest) = command.split_at(1);
        let query = format!(
            "mutation($input: {}{rest}Input!) {{ done: {command}(input: $input) \
             {{ __typename ... on Refused {{ message }} }} }}",
            first.to_uppercase()
        );
        let mut input = json!({ "convention": convention.to_string() });
        if let Some(reason) = reason {
            input["reason"] = json!(reason);
        }
        self.lycee.command(&query, input).await?;
        self.app.drain().await.map_err(DemoFault::service)
    }

    /// The log is intact, and the read models are what it says.
    async fn verify(&self, tell: Tell<'_>) -> Result<(), DemoFault> {
        let report = self.app.journal.verify(|_, _| {}).await.map_err(DemoFault::service)?;
        if let Some((position, flaw)) = &report.wrong {
            return Err(DemoFault::unexpected(
                "vérifier le journal",
                format!("{position} : {flaw}"),
            ));
        }
        tell(format!("Journal intact : {} événements", report.events));
        let (progress, _) = tokio::sync::watch::channel((0, 0));
        let log = std::sync::Arc::new(self.app.journal.clone());
        let found = self.app.read.verify(log, progress).await.map_err(DemoFault::service)?;
        if let Some(wrong) = found.iter().find(|verified| !verified.holds()) {
            let step = "vérifier les modèles de lecture";
            return Err(DemoFault::unexpected(step, wrong.name.clone()));
        }
        tell(format!("{} modèles de lecture conformes au journal", found.len()));
        Ok(())
    }
}

/// The file with one more revision, which changes nothing.
pub fn completed(original: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(original);
    let start = text.rfind("startxref").and_then(|at| text[at..].split_whitespace().nth(1));
    let start = start.unwrap_or("0");
    let mut completed = original.to_vec();
    completed
        .extend_from_slice(format!("\n% lu et approuvé\nstartxref\n{start}\n%%EOF\n").as_bytes());
    completed
}
