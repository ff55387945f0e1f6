//! A service that pretends: passwords in clear, sessions in a list, tokens that anyone could
//! write.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use domain::{
    conventions::{convention::SignatureCheck, signing::Signatory},
    directory::school::SchoolListing,
    kernel::{
        document::StoredDocument,
        email::Email,
        envelope::Context,
        ids::{AccountId, CodeId, ConventionId, PersonId, ScanBatchId, derived},
        moment::Moment,
        personal::Personal,
        uai::Uai,
    },
    platforms::platform::{Article, StoredFile},
};
use jiff::{
    Timestamp,
    tz::{Offset, TimeZone},
};
use journal::Journal;
use tokio::sync::watch;
use uuid::Uuid;

use super::must;
use crate::ports::{
    AcceptedDeposit, AccountRules, BadPhotograph, Candidates, DirectoryImport, FileRefusal,
    ImportRefusal, ImportStage, LinkPurpose, PasswordRefusal, PhotographRefusal, PortFault, Ports,
    PublicFile, ScanProgress, ServiceHealth, SessionCookie, SessionKey, SignedLink, TooManyTries,
};

/// The password of every persona; it follows the rule.
pub const PASSWORD: &str = "Abcdef1!";

/// The service that pretends.
#[derive(Debug)]
pub struct FakeService {
    journal: Journal,
    drawn: AtomicU64,
    most_tries: AtomicU32,
    tries: Mutex<HashMap<(&'static str, String), u32>>,
    sessions: Mutex<Vec<(AccountId, SessionKey)>>,
    checked: Mutex<Vec<Option<AccountId>>>,
    scans: watch::Sender<Option<ScanProgress>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The token of a link.
pub fn token(purpose: LinkPurpose, subject: &str, id: Uuid) -> String {
    format!("{purpose}~{subject}~{id}")
}

impl FakeService {
    /// One that keeps passwords in the rows of `journal`, and takes its clock.
    pub fn new(journal: Journal) -> Self {
        Self {
            journal,
            drawn: AtomicU64::new(1),
            most_tries: AtomicU32::new(u32::MAX),
            tries: Mutex::default(),
            sessions: Mutex::default(),
            checked: Mutex::default(),
            scans: watch::Sender::new(None),
        }
    }

    /// From now on, so many tries of a kind by a key and no more.
    pub fn allow_at_most(&self, tries: u32) {
        locked(&self.tries).clear();
        self.most_tries.store(tries, Ordering::Relaxed);
    }

    /// The sessions that are open.
    pub fn sessions(&self) -> Vec<AccountId> {
        let sessions = locked(&self.sessions);
        sessions.iter().map(|(account, _)| *account).collect()
    }

    /// Opens a session beside the API.
    pub fn opened(&self, account: AccountId, key: &str) {
        locked(&self.sessions).push((account, SessionKey(key.to_owned())));
    }

    /// Against whose password one was checked, each time; nobody's, when the address was
    /// unknown.
    pub fn passwords_checked(&self) -> Vec<Option<AccountId>> {
        locked(&self.checked).clone()
    }

    fn close(&self, wanted: impl Fn(&(AccountId, SessionKey)) -> bool) {
        locked(&self.sessions).retain(|session| !wanted(session));
    }
}

fn stored(person: PersonId, bytes: &[u8]) -> StoredDocument {
    let digest = derived(&[&String::from_utf8_lossy(bytes)]).simple().to_string();
    StoredDocument {
        blob: digest.repeat(2),
        length: bytes.len() as u64,
        digest: Personal::new(person, digest),
    }
}

#[async_trait]
impl Ports for FakeService {
    fn now(&self) -> Timestamp {
        self.journal.clock().now()
    }

    /// As in Paris, in winter.
    fn moment(&self, _zone: &str) -> Moment {
        let at = self.now();
        let zone = TimeZone::fixed(Offset::constant(1));
        Moment { at, local: at.to_zoned(zone).datetime() }
    }

    fn draw(&self) -> Uuid {
        let number = self.drawn.fetch_add(1, Ordering::Relaxed);
        derived(&["drawn", &number.to_string()])
    }

    fn account_rules(&self) -> AccountRules {
        AccountRules {
            link_minutes: 5,
            invitation_hours: 168,
            lock_after: 3,
            lock_minutes: 15,
            hints_per_hour: 2,
        }
    }

    fn support_email(&self) -> &'static str {
        "support@escale.example"
    }

    fn public_url(&self) -> &'static str {
        "http://localhost:8080"
    }

    fn is_demo(&self) -> bool {
        true
    }

    fn standard_articles(&self) -> Vec<Article> {
        vec![Article { title: "Objet".to_owned(), text: "Ce que les parties signent.".to_owned() }]
    }

    fn institutional_mail(&self, school: &Uai, listing: &SchoolListing) -> Option<Email> {
        let pattern = || format!("ce.{school}@ac-{}.fr", listing.academie.to_lowercase());
        listing.mail.clone().or_else(|| pattern().parse().ok())
    }

    async fn allow(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Result<(), TooManyTries>, PortFault> {
        let mut tries = locked(&self.tries);
        let count = tries.entry((kind, key.to_owned())).or_default();
        *count += 1;
        let most = self.most_tries.load(Ordering::Relaxed);
        Ok(if *count > most { Err(TooManyTries { after: self.now() }) } else { Ok(()) })
    }

    async fn hash_password(
        &self,
        password: String,
    ) -> Result<Result<String, PasswordRefusal>, PortFault> {
        Ok(match password.chars().count() {
            0..8 => Err(PasswordRefusal::TooShort),
            129.. => Err(PasswordRefusal::TooLong),
            8..129 if password.chars().all(char::is_alphanumeric) => Err(PasswordRefusal::TooPlain),
            8..129 => Ok(format!("hash of {password}")),
        })
    }

    async fn password_matches(
        &self,
        account: Option<AccountId>,
        password: String,
    ) -> Result<bool, PortFault> {
        locked(&self.checked).push(account);
        let Some(account) = account else {
            return Ok(false);
        };
        let rows = self.journal.rows();
        let key = account.uuid().to_string();
        let kept = rows.get::<String>("credential", &key);
        let kept = must("read a credential", kept.await);
        Ok(kept == Some(format!("hash of {password}")))
    }

    async fn open_session(
        &self,
        account: AccountId,
        keep: bool,
    ) -> Result<SessionCookie, PortFault> {
        let key = self.draw().to_string();
        self.opened(account, &key);
        let kept = if keep { "; Max-Age=1209600" } else { "" };
        Ok(SessionCookie(format!("escale_session={key}{kept}")))
    }

    async fn close_session(&self, session: &SessionKey) -> Result<SessionCookie, PortFault> {
        self.close(|(_, key)| key == session);
        Ok(SessionCookie("escale_session=; Max-Age=0".to_owned()))
    }

    async fn close_sessions(
        &self,
        account: AccountId,
        except: Option<&SessionKey>,
    ) -> Result<(), PortFault> {
        self.close(|(whose, key)| *whose == account && Some(key) != except);
        Ok(())
    }

    fn read_link(&self, purpose: LinkPurpose, token: &str) -> Option<SignedLink> {
        let mut parts = token.split('~');
        let (kind, subject, id) = (parts.next()?, parts.next()?, parts.next()?);
        (kind == purpose.to_string())
            .then_some(SignedLink { subject: subject.to_owned(), id: id.parse().ok()? })
    }

    fn link_url(&self, purpose: LinkPurpose, link: &SignedLink) -> String {
        let token = token(purpose, &link.subject, link.id);
        format!("{}/lien/{token}", self.public_url())
    }

    /// Anything is a stack.
    async fn accept_scan(
        &self,
        batch: ScanBatchId,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
        Ok(Ok(stored(batch.key(), &bytes)))
    }

    /// Nothing is being read.
    fn scan_progress(&self) -> watch::Receiver<Option<ScanProgress>> {
        self.scans.subscribe()
    }

    /// A PDF is what begins with `%PDF`; one that goes on with the id of a convention is
    /// recognised.
    async fn accept_deposit(
        &self,
        bytes: Vec<u8>,
        convention: Option<ConventionId>,
        _candidates: Candidates,
        most_bytes: u64,
    ) -> Result<Result<AcceptedDeposit, FileRefusal>, PortFault> {
        if !bytes.starts_with(b"%PDF") {
            return Ok(Err(FileRefusal::NotAPdf));
        }
        if bytes.len() as u64 > most_bytes {
            return Ok(Err(FileRefusal::TooLarge { most: most_bytes }));
        }
        let text = String::from_utf8_lossy(&bytes);
        let recognised = text.trim_start_matches("%PDF").trim().parse().ok();
        Ok(convention
            .or(recognised)
            .map(|it| AcceptedDeposit {
                convention: it,
                document: stored(PersonId::from_u128(0xd0c), &bytes),
                pages: 1,
                original_bytes: convention.is_none(),
                print: None,
                signatures: SignatureCheck::NotLooked,
            })
            .ok_or(FileRefusal::NotRecognised))
    }

    /// A photograph is what begins with `JPEG`.
    async fn bind_photographs(
        &self,
        photographs: Vec<Vec<u8>>,
    ) -> Result<Result<Vec<u8>, BadPhotograph>, PortFault> {
        let bad = photographs.iter().position(|one| !one.starts_with(b"JPEG"));
        Ok(match bad {
            Some(at) => Err(BadPhotograph { at, refusal: PhotographRefusal::NotAPhotograph }),
            None => Ok([b"%PDF".as_slice(), &photographs.concat()].concat()),
        })
    }

    /// A picture is what begins with `PNG`.
    async fn accept_picture(
        &self,
        school: &Uai,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
        let key = PersonId::new(derived(&["pictures", school.as_str()]));
        Ok(if bytes.starts_with(b"PNG") {
            Ok(stored(key, &bytes))
        } else {
            Err(FileRefusal::NotAPicture)
        })
    }

    async fn accept_signature(
        &self,
        pupil: PersonId,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
        let kept = bytes.starts_with(b"PNG").then(|| stored(pupil, &bytes));
        Ok(kept.ok_or(FileRefusal::NotAPicture))
    }

    /// The end of the code’s id.
    fn signing_code(&self, _: ConventionId, _: Signatory, code: CodeId) -> String {
        format!("{:06}", code.uuid().as_u128() % 1_000_000)
    }

    fn verification_code(&self, convention: ConventionId) -> String {
        format!("{:08}", convention.uuid().as_u128() % 100_000_000)
    }

    async fn health(&self) -> Result<ServiceHealth, PortFault> {
        Ok(ServiceHealth {
            version: "0.0.0",
            since: self.now(),
            database: "SQLite",
            log: true,
            documents: true,
            mail_server: None,
        })
    }

    /// A directory is what begins with `identifiant`; its import has stopped as soon as it began.
    async fn start_directory_import(
        &self,
        file: Vec<u8>,
        _is_complete: bool,
        _context: Context,
    ) -> Result<Result<(), ImportRefusal>, PortFault> {
        Ok(if file.starts_with(b"identifiant") {
            Ok(())
        } else {
            Err(ImportRefusal::NotADirectory("Le fichier est vide.".to_owned()))
        })
    }

    async fn directory_import(&self) -> Result<Option<DirectoryImport>, PortFault> {
        Ok(Some(DirectoryImport {
            started_at: self.now(),
            told_at: self.now(),
            stage: ImportStage::Stopped,
            rows: 1,
            bytes: 11,
            length: 11,
            report: None,
        }))
    }

    async fn accept_public_file(
        &self,
        bytes: Vec<u8>,
        kind: PublicFile,
    ) -> Result<Result<StoredFile, FileRefusal>, PortFault> {
        let (start, refusal) = match kind {
            PublicFile::Logo => (b"PNG".as_slice(), FileRefusal::NotAPicture),
            PublicFile::Guide => (b"%PDF".as_slice(), FileRefusal::NotAPdf),
        };
        if !bytes.starts_with(start) {
            return Ok(Err(refusal));
        }
        let document = stored(PersonId::from_u128(1), &bytes);
        Ok(Ok(StoredFile { blob: document.blob, length: document.length }))
    }
}
