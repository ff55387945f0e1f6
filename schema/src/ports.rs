//! What the API needs from the service around it: the clock, fresh ids, passwords, sessions,
//! links, files. The gateway implements it; tests may too.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::{
    access::Viewer,
    conventions::{convention::SignatureCheck, signing::Signatory},
    directory::school::SchoolListing,
    kernel::{
        document::StoredDocument,
        email::Email,
        envelope::Context,
        ids::{AccountId, CodeId, ConventionId, PersonId, ScanBatchId},
        moment::Moment,
        uai::Uai,
    },
    platforms::platform::{Article, StoredFile},
};
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

pub use crate::directory::{
    DirectoryImport, DirectoryReport, DirectoryReportLine, DirectoryReportList, ImportRefusal,
    ImportStage, MOST_LINES,
};

/// Something of the service failed; the request may be tried again. The cause is logged
/// where it happened.
#[derive(Debug, thiserror::Error)]
#[error("{what} failed")]
pub struct PortFault {
    /// What was being done.
    pub what: &'static str,
    /// Why it failed.
    #[source]
    pub err: Box<dyn std::error::Error + Send + Sync>,
}

/// Who asks, from where: put beside each request by whoever received it.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who, and what they may do.
    pub viewer: Viewer,
    /// Their session, to be closed or kept.
    pub session: Option<SessionKey>,
    /// From where, cut to /24 or /48.
    pub from: Option<String>,
    /// One id for all that the request causes.
    pub correlation: Uuid,
}

/// Names a session without opening it (a hash of its cookie).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionKey(pub String);

/// A header that sets or clears the session’s cookie.
#[derive(Clone)]
pub struct SessionCookie(pub String);

impl fmt::Debug for SessionCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionCookie(…)")
    }
}

/// What a mailed link is for; one made for a purpose is refused for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum LinkPurpose {
    /// Verifies an account’s address. Subject: the account.
    VerifyEmail,
    /// Chooses a new password. Subject: the account.
    ResetPassword,
    /// Confirms a new login. Subject: the account.
    ChangeEmail,
    /// Signs in. Subject: the account.
    SignIn,
    /// Joins a school’s space. Subject: the UAI; the link is the invitation.
    JoinSpace,
    /// Answers a request for access. Subject: the UAI; the link is the request.
    AnswerAccess,
    /// Signs a convention. Subject: the convention and the role; see [`signing_subject`].
    Sign,
    /// Reads a school’s calendar. Subject: the UAI; the link is nil.
    Calendar,
}

/// The subject of a link that signs: one convention, in one role.
pub fn signing_subject(convention: ConventionId, role: Signatory) -> String {
    format!("{}-{role}", convention.uuid())
}

/// What [`signing_subject`] wrote.
pub fn read_signing_subject(subject: &str) -> Option<(ConventionId, Signatory)> {
    let (convention, role) = subject.rsplit_once('-')?;
    Some((convention.parse().ok()?, role.parse().ok()?))
}

/// A link whose signature is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLink {
    /// The account or the school.
    pub subject: String,
    /// The link, invitation or request.
    pub id: Uuid,
}

/// Too many tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyTries {
    /// When the next may be made.
    pub after: Timestamp,
}

/// Why a password cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum PasswordRefusal {
    /// Under 8 characters.
    TooShort,
    /// Over 128.
    TooLong,
    /// Without a capital, a small letter, a digit or a special character.
    TooPlain,
}

/// Why a file was refused; nothing of it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum FileRefusal {
    /// Not a PDF.
    NotAPdf,
    /// Larger than `most` bytes.
    TooLarge {
        /// The most allowed.
        most: u64,
    },
    /// Protected by a password.
    Encrypted,
    /// Cut short, or damaged.
    Truncated,
    /// Reading it took more memory or time than is allowed, or broke its reader.
    Unreadable,
    /// Without a page.
    NoPage,
    /// With more pages than `most`.
    TooManyPages {
        /// The most allowed.
        most: u32,
    },
    /// Not a picture that can be read (PNG or JPEG).
    NotAPicture,
    /// No original of ours begins it: the pupil must be chosen.
    NotRecognised,
    /// It is an original of ours that was replaced since: the convention says something else.
    Superseded,
}

/// Why a photograph was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum PhotographRefusal {
    /// Neither a JPEG nor a PNG.
    NotAPhotograph,
    /// The format of iPhones, which few others read.
    Heic,
    /// More pixels than any phone’s camera has.
    TooManyPixels,
    /// In the four colours of a printer.
    PrinterColours,
    /// It moves.
    Animated,
    /// A form of JPEG or PNG that not all readers show.
    RareForm,
    /// Cut short, or damaged.
    Damaged,
    /// Reading it took more memory or time than is allowed, or broke its reader.
    Unreadable,
}

/// The most photographs that are bound into one deposit.
pub const MOST_PHOTOGRAPHS: usize = 20;

/// The photograph that was refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadPhotograph {
    /// Its place, from zero.
    pub at: usize,
    /// What is wrong with it.
    pub refusal: PhotographRefusal,
}

/// The largest stack of scans that is taken, in bytes.
pub const MOST_SCAN_BYTES: u64 = 100 * 1000 * 1000;

/// How far the reading of a stack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanProgress {
    /// Which stack.
    pub batch: ScanBatchId,
    /// How many pages are read.
    pub read: u16,
    /// How many there are, once the file is open.
    pub pages: Option<u16>,
}

/// A PDF that was read and stored sealed, ready for the command that deposits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedDeposit {
    /// The convention it belongs to.
    pub convention: ConventionId,
    /// Where it is stored.
    pub document: StoredDocument,
    /// Its number of pages.
    pub pages: u16,
    /// Whether it begins with the original’s bytes.
    pub original_bytes: bool,
    /// Of which print of the convention it is, if it begins with its bytes.
    pub print: Option<u16>,
    /// What its electronic signatures say.
    pub signatures: SignatureCheck,
}

/// What accounts obey; see the service’s configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountRules {
    /// How many minutes a verification or reset link may be used.
    pub link_minutes: u32,
    /// How many hours an invitation may be accepted.
    pub invitation_hours: u32,
    /// Wrong passwords in a row before an account is locked.
    pub lock_after: u32,
    /// For how many minutes.
    pub lock_minutes: u32,
    /// How often an hour the beginning of a school’s login is shown.
    pub hints_per_hour: u32,
}

/// What a running service is made of, and whether it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceHealth {
    /// The program's version.
    pub version: &'static str,
    /// When this process began to serve.
    pub since: Timestamp,
    /// Where the log is: `SQLite` or `PostgreSQL`.
    pub database: &'static str,
    /// Whether the log answers.
    pub log: bool,
    /// Whether the documents' store answers.
    pub documents: bool,
    /// The SMTP server and its port, when there is one.
    pub mail_server: Option<String>,
}

/// The service around the API.
#[async_trait]
pub trait Ports: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Now, and what the wall clock shows in `zone` (an IANA name).
    fn moment(&self, zone: &str) -> Moment;
    /// A fresh id (UUID v7).
    fn draw(&self) -> Uuid;
    /// What accounts obey.
    fn account_rules(&self) -> AccountRules;
    /// Where people who are lost may write.
    fn support_email(&self) -> &str;
    /// The address of the service, without a slash at the end.
    fn public_url(&self) -> &str;
    /// What the service around the read models is made of, and whether it answers.
    async fn health(&self) -> Result<ServiceHealth, PortFault>;
    /// Whether this is the demonstration.
    fn is_demo(&self) -> bool;
    /// The articles of a convention whose platform has none of its own.
    fn standard_articles(&self) -> Vec<Article>;
    /// The address that belongs to a school: its row’s, else the one that its académie’s
    /// pattern gives; none when the académie is unknown too.
    fn institutional_mail(&self, school: &Uai, listing: &SchoolListing) -> Option<Email>;

    /// Whether one more try of `kind` by `key` (an address cut short, an account) is allowed.
    async fn allow(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Result<(), TooManyTries>, PortFault>;

    /// The hash to keep of a password that follows the rule.
    async fn hash_password(
        &self,
        password: String,
    ) -> Result<Result<String, PasswordRefusal>, PortFault>;
    /// Whether `password` is the account’s; takes the same time without an account.
    async fn password_matches(
        &self,
        account: Option<AccountId>,
        password: String,
    ) -> Result<bool, PortFault>;

    /// Opens a session; `keep` is « Maintenir ma connexion ».
    async fn open_session(
        &self,
        account: AccountId,
        keep: bool,
    ) -> Result<SessionCookie, PortFault>;
    /// Closes one, and clears its cookie.
    async fn close_session(&self, session: &SessionKey) -> Result<SessionCookie, PortFault>;
    /// Closes all of an account’s but `except`.
    async fn close_sessions(
        &self,
        account: AccountId,
        except: Option<&SessionKey>,
    ) -> Result<(), PortFault>;

    /// The link that a token stands for, if it was made by us for `purpose`.
    fn read_link(&self, purpose: LinkPurpose, token: &str) -> Option<SignedLink>;
    /// The address of a link’s page.
    fn link_url(&self, purpose: LinkPurpose, link: &SignedLink) -> String;

    /// Reads a deposit and stores it. `convention` is the one a person chose; without it, the
    /// originals of `candidates` are compared. Larger than `most_bytes`, or than what the platform
    /// of its convention takes, it is refused; nothing of what is refused is stored.
    async fn accept_deposit(
        &self,
        bytes: Vec<u8>,
        convention: Option<ConventionId>,
        candidates: Candidates,
        most_bytes: u64,
    ) -> Result<Result<AcceptedDeposit, FileRefusal>, PortFault>;
    /// Stores a stack of scans (PDF, TIFF, JPEG or PNG, by its first bytes), sealed with its own
    /// key; its pages are read later, in the background.
    async fn accept_scan(
        &self,
        batch: ScanBatchId,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault>;
    /// How far the stack is that is being read, if one is.
    fn scan_progress(&self) -> watch::Receiver<Option<ScanProgress>>;
    /// The PDF of photographs (JPEG or PNG), one a page, of which nothing but the pixels is kept;
    /// [`MOST_PHOTOGRAPHS`] at most.
    async fn bind_photographs(
        &self,
        photographs: Vec<Vec<u8>>,
    ) -> Result<Result<Vec<u8>, BadPhotograph>, PortFault>;
    /// Stores a signature or stamp (PNG or JPEG), sealed with a key of the school’s.
    async fn accept_picture(
        &self,
        school: &Uai,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault>;
    /// Stores a drawn signature (PNG or JPEG), redrawn, sealed with the pupil’s key.
    async fn accept_signature(
        &self,
        pupil: PersonId,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault>;
    /// The six digits of a code; derived, stored nowhere.
    fn signing_code(&self, convention: ConventionId, role: Signatory, code: CodeId) -> String;
    /// What is printed on the signed document of a convention, to verify it with.
    fn verification_code(&self, convention: ConventionId) -> String;
    /// Reads a file of the national directory and begins to import it, in the name of `context`;
    /// closes the schools that it lists no more when it `is_complete`. Goes on by itself.
    async fn start_directory_import(
        &self,
        file: Vec<u8>,
        is_complete: bool,
        context: Context,
    ) -> Result<Result<(), ImportRefusal>, PortFault>;
    /// The last import that was begun so.
    async fn directory_import(&self) -> Result<Option<DirectoryImport>, PortFault>;
    /// Stores a logo (PNG or JPEG) or a guide (PDF), in clear.
    async fn accept_public_file(
        &self,
        bytes: Vec<u8>,
        kind: PublicFile,
    ) -> Result<Result<StoredFile, FileRefusal>, PortFault>;
}

/// Among which conventions an unnamed deposit is looked for: those that its depositor may
/// deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates {
    /// Those of a school of origin.
    OfOrigin(Uai),
    /// Those of a host.
    OfHost(Uai),
}

/// What is stored in clear, for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicFile {
    /// PNG or JPEG.
    Logo,
    /// PDF.
    Guide,
}

/// The service, shared.
pub type Service = Arc<dyn Ports>;
