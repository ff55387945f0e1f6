//! `accounts`: who signs in. Read by « Profil », by the administration of accounts, by letters
//! (login and names), and with each request (whether it runs the service).

use domain::{
    accounts::account::{AccountEvent, Civility, Holder},
    facts::Fact,
    kernel::{
        email::Email,
        envelope::Recorded,
        ids::{AccountId, PersonId},
        personal::Personal,
        uai::Uai,
    },
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, named_params};

use crate::{Columns as _, Page, Projection, Table, Value, Window, Writes, key, row};

const ACCOUNTS: Table = Table {
    name: "accounts",
    key: &["account"],
    ddl: "CREATE TABLE accounts (
        account TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        login TEXT,
        wanted_login TEXT,
        civility TEXT,
        last_name TEXT,
        first_name TEXT,
        function TEXT,
        phone TEXT,
        question TEXT,
        searched_name TEXT,
        searched_login TEXT,
        school TEXT,
        status TEXT NOT NULL,
        registered_at INTEGER NOT NULL,
        verified_at INTEGER,
        signed_in_at INTEGER,
        locked_until INTEGER,
        operator INTEGER NOT NULL DEFAULT 0,
        terms TEXT
    ) STRICT;
    CREATE INDEX accounts_by_person ON accounts (person);
    CREATE INDEX accounts_by_name ON accounts (searched_name, account);",
};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
pub enum AccountStatus {
    /// The address is not proved.
    Unverified,
    /// It may sign in.
    Verified,
    /// Closed for good.
    Closed,
}

/// The read model.
pub struct Accounts;

impl Projection for Accounts {
    const NAME: &'static str = "accounts";
    const VERSION: u32 = 2;
    const STREAMS: &'static [&'static str] = &["account", "erasure"];
    const TABLES: &'static [&'static Table] = &[&ACCOUNTS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Account(fact) => apply(event.recorded_at, fact, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => forget(*person, out),
            Fact::School(_)
            | Fact::SchoolSpace(_)
            | Fact::Platform(_)
            | Fact::Slot(_)
            | Fact::Convention(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_) => {}
        }
    }
}

fn apply(at: Timestamp, fact: &AccountEvent, out: &mut Writes) {
    use AccountEvent as E;
    let mut set = |account: &AccountId, column: &'static str, value: Value| {
        out.set(&ACCOUNTS, key![account], [(column, value)]);
    };
    let at = crate::ToValue::to_value(&at);
    match fact {
        E::AccountRegistered { account, school, login, holder } => {
            let cells = registered(school.as_ref(), login, &at);
            out.put(&ACCOUNTS, key![account], cells);
            out.set(&ACCOUNTS, key![account], names(holder));
        }
        E::EmailVerified { account, .. } => {
            let status = Value::name(AccountStatus::Verified);
            let cells = row! { verified_at: at, status: status };
            out.set(&ACCOUNTS, key![account], cells);
        }
        E::SignedIn { account } => {
            let cells = row! { signed_in_at: at, locked_until: Value::Null };
            out.set(&ACCOUNTS, key![account], cells);
        }
        E::AccountLocked { account, until } => {
            set(account, "locked_until", crate::ToValue::to_value(until));
        }
        E::AccountUnlocked { account } | E::PasswordChanged { account, .. } => {
            set(account, "locked_until", Value::Null);
        }
        E::ProfileChanged { account, holder } => {
            out.set(&ACCOUNTS, key![account], names(holder));
        }
        E::EmailChangeRequested { account, login, .. } => {
            set(account, "wanted_login", crate::ToValue::to_value(login));
        }
        E::EmailChanged { account, login, .. } => out.set(&ACCOUNTS, key![account], moved(login)),
        E::TermsAccepted { account, version } => {
            set(account, "terms", crate::ToValue::to_value(version));
        }
        E::SecretQuestionSet { account, question } => {
            set(account, "question", crate::ToValue::to_value(question));
        }
        E::OperatorAppointed { account } => set(account, "operator", Value::Int(1)),
        E::OperatorDismissed { account } => set(account, "operator", Value::Int(0)),
        E::AccountClosed { account, .. } => out.set(&ACCOUNTS, key![account], closed()),
        E::VerificationRequested { .. }
        | E::SignInFailed { .. }
        | E::SignedOut { .. }
        | E::PasswordResetRequested { .. }
        | E::SignInLinkRequested { .. }
        | E::SignInLinkUsed { .. }
        | E::IdentityLinked { .. } => {}
    }
}

fn registered(
    school: Option<&Uai>,
    login: &Personal<Email>,
    at: &Value,
) -> [(&'static str, Value); 6] {
    row! {
        person: login.person(),
        login: login,
        searched_login: folded_login(login),
        school: school,
        status: Value::name(AccountStatus::Unverified),
        registered_at: at,
    }
}

fn names(holder: &Personal<Holder>) -> [(&'static str, Value); 6] {
    let known = holder.known();
    let searched = known.map(|it| Value::folded(&format!("{} {}", it.last_name, it.first_name)));
    row! {
        civility: known.and_then(|it| it.civility).map(Value::name),
        last_name: known.map(|it| &it.last_name),
        first_name: known.map(|it| &it.first_name),
        function: known.and_then(|it| it.function.as_ref()),
        phone: known.and_then(|it| it.phone.as_ref()),
        searched_name: searched,
    }
}

fn moved(login: &Personal<Email>) -> [(&'static str, Value); 3] {
    row! { login: login, searched_login: folded_login(login), wanted_login: Value::Null }
}

fn closed() -> [(&'static str, Value); 2] {
    row! { status: Value::name(AccountStatus::Closed), operator: false }
}

fn folded_login(login: &Personal<Email>) -> Option<Value> {
    login.known().map(|email| Value::folded(email.as_str()))
}

fn forget(person: PersonId, out: &mut Writes) {
    let nothing = row! {
        login: Value::Null, wanted_login: Value::Null, civility: Value::Null,
        last_name: Value::Null, first_name: Value::Null, function: Value::Null,
        phone: Value::Null, question: Value::Null, searched_name: Value::Null,
        searched_login: Value::Null,
        // Whoever is nobody any more signs in no more.
        status: Value::name(AccountStatus::Closed), operator: false,
    };
    out.set_where(&ACCOUNTS, row! { person: person }, nothing);
}

/// An account. What is about a person is nothing once they were erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub account: AccountId,
    /// Whose key seals what is about its holder.
    pub person: PersonId,
    /// What it signs in with.
    pub login: Option<Email>,
    /// The login that was asked for and is not confirmed yet.
    pub wanted_login: Option<Email>,
    /// Who holds it.
    pub holder: Option<Holder>,
    /// The secret question.
    pub question: Option<String>,
    /// The school whose space it founds once verified.
    pub school: Option<Uai>,
    /// Where it stands.
    pub status: AccountStatus,
    /// When it signed up last.
    pub registered_at: Timestamp,
    /// When its address was proved.
    pub verified_at: Option<Timestamp>,
    /// When it signed in last.
    pub signed_in_at: Option<Timestamp>,
    /// Until when it is locked, or was.
    pub locked_until: Option<Timestamp>,
    /// Whether it runs the service.
    pub operator: bool,
    /// The version of the terms it accepted last.
    pub terms: Option<String>,
}

impl Account {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let last_name: Option<String> = row.get("last_name")?;
        let first_name: Option<String> = row.get("first_name")?;
        let civility: Option<Civility> = row.maybe_parsed("civility")?;
        let (function, phone) = (row.get("function")?, row.get("phone")?);
        Ok(Self {
            account: row.parsed("account")?,
            person: row.parsed("person")?,
            login: row.maybe_parsed("login")?,
            wanted_login: row.maybe_parsed("wanted_login")?,
            holder: last_name.zip(first_name).map(|(last_name, first_name)| Holder {
                civility,
                last_name,
                first_name,
                function,
                phone,
            }),
            question: row.get("question")?,
            school: row.maybe_parsed("school")?,
            status: row.parsed("status")?,
            registered_at: row.instant("registered_at")?,
            verified_at: row.maybe_instant("verified_at")?,
            signed_in_at: row.maybe_instant("signed_in_at")?,
            locked_until: row.maybe_instant("locked_until")?,
            operator: row.get("operator")?,
            terms: row.get("terms")?,
        })
    }
}

/// The account `account`.
pub fn by_id(db: &Connection, account: AccountId) -> rusqlite::Result<Option<Account>> {
    db.prepare_cached("SELECT * FROM accounts WHERE account = ?1")?
        .query_row([account.uuid().to_string()], Account::read)
        .optional()
}

/// The accounts that `person` holds, or held before they were erased.
pub fn held_by(db: &Connection, person: PersonId) -> rusqlite::Result<Vec<AccountId>> {
    db.prepare_cached("SELECT account FROM accounts WHERE person = ?1 ORDER BY account")?
        .query_map([person.uuid().to_string()], |row| row.parsed("account"))?
        .collect()
}

/// Those of `accounts` that are there, in no order.
pub fn by_ids(db: &Connection, accounts: &[AccountId]) -> rusqlite::Result<Vec<Account>> {
    let ids = serde_json::json!(accounts).to_string();
    db.prepare_cached("SELECT * FROM accounts WHERE account IN (SELECT value FROM json_each(?1))")?
        .query_map([ids], Account::read)?
        .collect()
}

/// What to look for. The default finds all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Words, each of which the names or the login must contain.
    pub text: String,
    /// Those who belong to a host attached to this platform, or have an office on it.
    pub platform: Option<String>,
    /// Those that are locked at this instant.
    pub locked_at: Option<Timestamp>,
}

const MATCHING: &str = "FROM accounts
    WHERE (:locked_at IS NULL OR locked_until > :locked_at)
      AND (:platform IS NULL
        OR EXISTS (SELECT 1 FROM memberships AS m
            JOIN platform_hosts AS h ON h.host = m.uai AND h.attached
            WHERE m.account = accounts.account AND h.platform = :platform)
        OR EXISTS (SELECT 1 FROM platform_roles AS r
            WHERE r.account = accounts.account AND r.platform = :platform))
      AND NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(
        coalesce(searched_name, '') || ' ' || coalesce(searched_login, ''), value) = 0)";

/// The accounts that `search` finds, by name.
pub fn search(db: &Connection, search: &Search, window: Window) -> rusqlite::Result<Page<Account>> {
    let folded = domain::kernel::text::folded(&search.text);
    let words: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
    let words = serde_json::json!(words).to_string();
    let locked_at = search.locked_at.map(Timestamp::as_microsecond);
    let matching: &[(&str, &dyn ToSql)] = named_params! {
        ":platform": search.platform, ":locked_at": locked_at, ":words": words,
    };
    let total = db
        .prepare_cached(&format!("SELECT count(*) {MATCHING}"))?
        .query_row(matching, |row| row.get(0))?;
    let window: &[(&str, &dyn ToSql)] =
        named_params! { ":limit": window.limit, ":offset": window.offset };
    let items = db
        .prepare_cached(&format!(
            "SELECT * {MATCHING} ORDER BY searched_name, account LIMIT :limit OFFSET :offset"
        ))?
        .query_map(&*[matching, window].concat(), Account::read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Page { items, total })
}

/// The platforms to which the schools that an account belongs to are attached, and those on
/// which it has an office.
pub fn platforms_of(db: &Connection, account: AccountId) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT h.platform FROM memberships AS m
            JOIN platform_hosts AS h ON h.host = m.uai AND h.attached
            WHERE m.account = ?1
        UNION SELECT platform FROM platform_roles WHERE account = ?1
        ORDER BY 1",
    )?
    .query_map([account.uuid().to_string()], |row| row.get(0))?
    .collect()
}

#[cfg(test)]
mod tests;
