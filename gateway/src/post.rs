//! How letters leave: by the SMTP server of the settings or, without one, into the mailbox
//! that the demonstration shows.

use std::{path::PathBuf, time::Duration};

use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::kernel::{
    email::Email,
    ids::{LetterId, PersonId},
};
use journal::{Journal, Opened};
use mailer::{
    render::{Renderer, TemplateFault},
    stored::{self, ReadMessage},
    transport::{
        Credentials, MailboxStore, Security, SettingsFault, Smtp, SmtpSettings, StoreFault,
        Transport,
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    config::{MailConfig, MailSecurity, Secrets},
    ports::Service,
};

/// What letters are bound to when they are sealed.
const SEALED_AS: &[u8] = b"escale mailbox";

/// The post office.
#[derive(Debug)]
pub struct Post {
    /// Draws letters.
    pub renderer: Renderer,
    /// The way out.
    pub transport: Transport,
    /// The name shown as the sender when a letter belongs to no platform.
    pub from_name: String,
    /// The address letters come from.
    pub from: Email,
    /// The mailbox, when letters go there.
    pub mailbox: Option<Mailbox>,
}

/// Mail cannot be prepared.
#[derive(Debug, thiserror::Error)]
pub enum PostFault {
    /// A template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// The SMTP settings make no connection possible.
    #[error(transparent)]
    Settings(#[from] SettingsFault),
    /// The extra authority’s file, or the mailbox’s folder, cannot be used.
    #[error("a file of the mail settings cannot be used")]
    File(#[from] std::io::Error),
}

impl Post {
    /// The post office that the settings of `service` describe.
    pub fn new(service: &Service, secrets: &Secrets) -> Result<Self, PostFault> {
        let mail = &service.config.mail;
        let (transport, mailbox) = if let Some(host) = &mail.smtp_host {
            (Transport::Smtp(Smtp::new(&smtp_settings(mail, host, secrets)?)?), None)
        } else {
            let folder = service.config.data_dir.join("mailbox");
            std::fs::create_dir_all(&folder)?;
            let mailbox = Mailbox { folder, journal: service.journal.clone() };
            (Transport::Mailbox(Box::new(mailbox.clone())), Some(mailbox))
        };
        let (from_name, from) = (mail.from_name.clone(), mail.from.clone());
        Ok(Self { renderer: Renderer::new()?, transport, from_name, from, mailbox })
    }
}

fn smtp_settings(
    mail: &MailConfig,
    host: &str,
    secrets: &Secrets,
) -> Result<SmtpSettings, std::io::Error> {
    let password = secrets.smtp_password.clone();
    let credentials = mail.username.clone().zip(password);
    Ok(SmtpSettings {
        host: host.to_owned(),
        port: mail.smtp_port,
        security: match mail.security {
            MailSecurity::None => Security::None,
            MailSecurity::Starttls => Security::Starttls,
            MailSecurity::Tls => Security::Tls,
        },
        credentials: credentials.map(|(username, password)| Credentials { username, password }),
        timeout: Duration::from_mins(1),
        connections: 4,
        hello_name: None,
        extra_root: mail.extra_root.as_ref().map(std::fs::read).transpose()?,
    })
}

/// Letters kept instead of sent, one file each, sealed with the keys of the persons they are
/// about: an erasure reaches them.
#[derive(Debug, Clone)]
pub struct Mailbox {
    folder: PathBuf,
    journal: Journal,
}

/// What a file of the mailbox holds.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Sealed with the first one’s key, the result with the second one’s, and so on.
    persons: Vec<PersonId>,
    sealed: String,
}

/// A letter of the mailbox.
#[derive(Debug, Clone)]
pub struct KeptLetter {
    /// Which.
    pub letter: LetterId,
    /// What it says; none once someone it is about was erased.
    pub message: Option<ReadMessage>,
}

/// The mailbox failed.
#[derive(Debug, thiserror::Error)]
pub enum MailboxFault {
    /// The folder failed.
    #[error("the mailbox's folder failed")]
    File(#[from] std::io::Error),
    /// The keys failed.
    #[error(transparent)]
    Seal(#[from] journal::SealError),
    /// The keys failed.
    #[error(transparent)]
    Journal(#[from] journal::Fault),
    /// A file is not one of ours.
    #[error("a file of the mailbox cannot be read")]
    Format(#[from] serde_json::Error),
}

impl Mailbox {
    /// Every letter, the most recent first.
    pub async fn list(&self) -> Result<Vec<KeptLetter>, MailboxFault> {
        let mut files = Vec::new();
        let mut entries = tokio::fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Ok(letter) = name.parse::<LetterId>() {
                files.push((entry.metadata().await?.modified()?, letter));
            }
        }
        files.sort_by(|a, b| b.cmp(a));
        let mut letters = Vec::new();
        for (_, letter) in files {
            letters.extend(self.get(letter).await?);
        }
        Ok(letters)
    }

    /// One letter.
    pub async fn get(&self, letter: LetterId) -> Result<Option<KeptLetter>, MailboxFault> {
        let file = match tokio::fs::read(self.folder.join(letter.to_string())).await {
            Ok(file) => file,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(err) => return Err(err.into()),
        };
        let kept: Kept = serde_json::from_slice(&file)?;
        let mut bytes = STANDARD.decode(kept.sealed).map_err(std::io::Error::other)?;
        for person in kept.persons.iter().rev() {
            match self.journal.keyring().open(*person, &bytes, SEALED_AS).await? {
                Opened::Clear(clear) => bytes = clear,
                Opened::Erased => {
                    return Ok(Some(KeptLetter { letter, message: None }));
                }
            }
        }
        Ok(Some(KeptLetter { letter, message: stored::read(&bytes).ok() }))
    }

    async fn keep(
        &self,
        letter: LetterId,
        about: &[PersonId],
        mut message: Vec<u8>,
    ) -> Result<(), MailboxFault> {
        let keyring = self.journal.keyring();
        let mut persons = about.to_vec();
        if persons.is_empty() {
            persons.push(keyring.identify("mailbox", "letters about nobody").await?);
        }
        for person in &persons {
            message = keyring.seal(*person, &message, SEALED_AS).await?;
        }
        let kept = serde_json::to_vec(&Kept { persons, sealed: STANDARD.encode(message) })?;
        let path = self.folder.join(letter.to_string());
        let new = self.folder.join(format!("{letter}.new"));
        tokio::fs::write(&new, kept).await?;
        Ok(tokio::fs::rename(new, path).await?)
    }
}

#[async_trait]
impl MailboxStore for Mailbox {
    async fn put(
        &self,
        letter: LetterId,
        about: &[PersonId],
        message: Vec<u8>,
    ) -> Result<(), StoreFault> {
        self.keep(letter, about, message).await.map_err(|fault| StoreFault(Box::new(fault)))
    }
}
