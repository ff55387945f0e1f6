//! What the API asks of the service around it ([`Ports`]), for real.

use async_trait::async_trait;
use documents::convention::{Note, default_articles};
use domain::{
    conventions::signing::Signatory,
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
use journal::Journal;
use projections::ReadDb;
use schema::ports::{
    AcceptedDeposit, AccountRules, BadPhotograph, Candidates, DirectoryImport, FileRefusal,
    ImportRefusal, LinkPurpose, PasswordRefusal, PortFault, Ports, PublicFile, ScanProgress,
    ServiceHealth, SessionCookie, SessionKey, SignedLink, TooManyTries,
};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    clock,
    config::Config,
    deposits,
    directory::{institutional_mail, job},
    health, ids,
    limits::Limits,
    link::Links,
    looker::Looker,
    password::{self, Passwords, WeakPassword},
    sealer::Sealer,
    session::Sessions,
    signing, stacks,
    store::Store,
};

/// The rows that keep password hashes; the key is the account’s bare UUID.
pub const CREDENTIAL: &str = "credential";

/// The service around the API.
#[derive(Debug)]
pub struct Service {
    /// The settings.
    pub config: Config,
    /// The log.
    pub journal: Journal,
    /// The read models.
    pub read: ReadDb,
    /// Documents.
    pub store: Store,
    /// Sessions.
    pub sessions: Sessions,
    /// Links.
    pub links: Links,
    /// Passwords.
    pub passwords: Passwords,
    /// How often one may try.
    pub limits: Limits,
    /// The seal of the platform, and whom it believes.
    pub sealer: Sealer,
    /// Reads stacks of scans where a crash harms nothing else.
    pub reader: scans::Reader,
    /// Looks at all else that people upload there too; no stack keeps it waiting.
    pub looker: Looker,
    /// How far the stack is that is being read.
    pub scans: watch::Sender<Option<ScanProgress>>,
    /// When this process began to serve.
    pub since: Timestamp,
}

pub(crate) fn fault<E>(what: &'static str) -> impl FnOnce(E) -> PortFault
where
    E: std::error::Error + Send + Sync + 'static,
{
    move |err| {
        tracing::error!(err = &err as &dyn std::error::Error, what, "the service failed");
        PortFault { what, err: err.into() }
    }
}

#[async_trait]
impl Ports for Service {
    fn now(&self) -> Timestamp {
        self.journal.clock().now()
    }

    fn moment(&self, zone: &str) -> Moment {
        clock::moment(self.now(), zone)
    }

    fn draw(&self) -> Uuid {
        ids::draw()
    }

    fn account_rules(&self) -> AccountRules {
        let accounts = &self.config.accounts;
        AccountRules {
            link_minutes: accounts.link_minutes,
            invitation_hours: accounts.invitation_hours,
            lock_after: accounts.lock_after,
            lock_minutes: accounts.lock_minutes,
            hints_per_hour: accounts.hints_per_hour,
        }
    }

    fn support_email(&self) -> &str {
        &self.config.support_email
    }

    fn public_url(&self) -> &str {
        &self.config.public_url
    }

    fn institutional_mail(&self, uai: &Uai, listing: &SchoolListing) -> Option<Email> {
        institutional_mail(listing, uai)
    }

    fn is_demo(&self) -> bool {
        self.config.demo
    }

    fn standard_articles(&self) -> Vec<Article> {
        let article = |it: Note| Article { title: it.title, text: it.text };
        default_articles().into_iter().map(article).collect()
    }

    async fn allow(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Result<(), TooManyTries>, PortFault> {
        Ok(self.limits.allow(kind, key, self.now()))
    }

    async fn hash_password(
        &self,
        password: String,
    ) -> Result<Result<String, PasswordRefusal>, PortFault> {
        if let Err(weak) = password::check_strength(&password) {
            return Ok(Err(match weak {
                WeakPassword::TooShort => PasswordRefusal::TooShort,
                WeakPassword::TooLong => PasswordRefusal::TooLong,
                WeakPassword::TooPlain => PasswordRefusal::TooPlain,
            }));
        }
        self.passwords.hash(password).await.map(Ok).map_err(fault("hashing a password"))
    }

    async fn password_matches(
        &self,
        account: Option<AccountId>,
        password: String,
    ) -> Result<bool, PortFault> {
        // The row is looked for without an account too, so that the time is the same.
        let key = account.map_or_else(Uuid::nil, AccountId::uuid).to_string();
        let kept = self.journal.rows().get::<String>(CREDENTIAL, &key).await;
        let kept = kept.map_err(fault("reading a credential"))?;
        self.passwords.matches(password, kept).await.map_err(fault("checking a password"))
    }

    async fn open_session(
        &self,
        account: AccountId,
        keep: bool,
    ) -> Result<SessionCookie, PortFault> {
        self.sessions.open(account, keep, self.now()).await.map_err(fault("opening a session"))
    }

    async fn close_session(&self, session: &SessionKey) -> Result<SessionCookie, PortFault> {
        self.sessions.close(session).await.map_err(fault("closing a session"))
    }

    async fn close_sessions(
        &self,
        account: AccountId,
        except: Option<&SessionKey>,
    ) -> Result<(), PortFault> {
        self.sessions.close_all(account, except).await.map_err(fault("closing sessions"))
    }

    fn read_link(&self, purpose: LinkPurpose, token: &str) -> Option<SignedLink> {
        self.links.read(purpose, token)
    }

    fn link_url(&self, purpose: LinkPurpose, link: &SignedLink) -> String {
        self.links.url(purpose, link)
    }

    async fn accept_deposit(
        &self,
        bytes: Vec<u8>,
        convention: Option<ConventionId>,
        candidates: Candidates,
        most_bytes: u64,
    ) -> Result<Result<AcceptedDeposit, FileRefusal>, PortFault> {
        deposits::accept(self, bytes, convention, candidates, most_bytes).await
    }

    async fn accept_scan(
        &self,
        batch: ScanBatchId,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
        stacks::accept(self, batch, bytes).await
    }

    fn scan_progress(&self) -> watch::Receiver<Option<ScanProgress>> {
        self.scans.subscribe()
    }

    async fn bind_photographs(
        &self,
        photographs: Vec<Vec<u8>>,
    ) -> Result<Result<Vec<u8>, BadPhotograph>, PortFault> {
        deposits::bind(self, photographs, self.moment("Europe/Paris").local.date()).await
    }

    async fn accept_picture(
        &self,
        school: &Uai,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
        deposits::accept_picture(self, school, bytes).await
    }

    async fn accept_signature(
        &self,
        pupil: PersonId,
        bytes: Vec<u8>,
    ) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
        deposits::accept_signature(self, pupil, bytes).await
    }

    fn signing_code(&self, convention: ConventionId, role: Signatory, code: CodeId) -> String {
        signing::code(self.journal.keyring(), convention, role, code)
    }

    fn verification_code(&self, convention: ConventionId) -> String {
        signing::verification_code(self.journal.keyring(), convention)
    }

    async fn health(&self) -> Result<ServiceHealth, PortFault> {
        Ok(health::of(self).await)
    }

    async fn start_directory_import(
        &self,
        file: Vec<u8>,
        is_complete: bool,
        context: Context,
    ) -> Result<Result<(), ImportRefusal>, PortFault> {
        job::start(&self.journal, file, is_complete, context).await
    }

    async fn directory_import(&self) -> Result<Option<DirectoryImport>, PortFault> {
        job::last(&self.journal).await
    }

    async fn accept_public_file(
        &self,
        bytes: Vec<u8>,
        kind: PublicFile,
    ) -> Result<Result<StoredFile, FileRefusal>, PortFault> {
        deposits::accept_public_file(self, bytes, kind).await
    }
}
