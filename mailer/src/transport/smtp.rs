//! Sending by SMTP, with connections kept for the next message.

use std::time::Duration;

use domain::correspondence::letter::{DeliveryFault, DeliveryFaultKind};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    address::Envelope,
    transport::smtp::{
        PoolConfig, authentication,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    Accepted,
    fault::{UNREACHABLE, delivery_fault},
};
use crate::message::Outgoing;

/// Which server, and how.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// How we sign in, if it asks for that.
    pub credentials: Option<Credentials>,
    /// How long one message may take, from the connection to the server's last answer.
    pub timeout: Duration,
    /// How many connections are kept at most.
    pub connections: u32,
    /// The name we greet with; the machine's when none.
    pub hello_name: Option<String>,
    /// An authority that is trusted beside the system's, as PEM: a school's own.
    pub extra_root: Option<Vec<u8>>,
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Not at all: for a relay on the same machine.
    None,
    /// In clear first, then by STARTTLS; a server without it gets nothing.
    Starttls,
    /// From the first byte.
    Tls,
}

/// How we sign in. `Debug` never shows the password.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// « Identifiant ».
    pub username: String,
    /// « Mot de passe ».
    pub password: SecretString,
}

/// The settings make no connection possible.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// The extra authority cannot be read.
    #[error("failed to read the extra certificate authority")]
    ExtraRoot(#[source] lettre::transport::smtp::Error),
    /// Encryption cannot be set up.
    #[error("failed to set up the encryption of the SMTP connection")]
    Encryption(#[source] lettre::transport::smtp::Error),
}

/// A server that messages are handed to.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    timeout: Duration,
}

impl Smtp {
    /// The server that `settings` describe; no connection is made yet. Called and dropped
    /// within a tokio runtime, which looks after the connections.
    pub fn new(settings: &SmtpSettings) -> Result<Self, SettingsFault> {
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.as_str())
                .port(settings.port)
                .timeout(Some(settings.timeout))
                .pool_config(PoolConfig::new().max_size(settings.connections))
                .tls(tls(settings)?);
        if let Some(Credentials { username, password }) = &settings.credentials {
            builder = builder.credentials(authentication::Credentials::new(
                username.clone(),
                password.expose_secret().to_owned(),
            ));
        }
        if let Some(name) = &settings.hello_name {
            builder = builder.hello_name(ClientId::Domain(name.clone()));
        }
        Ok(Self { transport: builder.build(), timeout: settings.timeout })
    }

    /// Hands the message over to all its recipients. When the server refuses one of several,
    /// each is tried alone: a dead address must not keep a school's other managers in the dark.
    pub(super) async fn send(&self, message: &Outgoing) -> Result<Accepted, DeliveryFault> {
        let bytes = message.bytes();
        let all = message.envelope();
        match self.hand_over(all, &bytes).await {
            Ok(()) => Ok(Accepted { refused: 0 }),
            Err(fault) if fault.kind == DeliveryFaultKind::Rejected && all.to().len() > 1 => {
                self.hand_over_one_by_one(all, &bytes, fault).await
            }
            Err(fault) => Err(fault),
        }
    }

    async fn hand_over_one_by_one(
        &self,
        all: &Envelope,
        bytes: &[u8],
        rejected: DeliveryFault,
    ) -> Result<Accepted, DeliveryFault> {
        let mut refused = 0;
        for to in all.to() {
            let Ok(one) = Envelope::new(all.from().cloned(), vec![to.clone()]) else {
                refused += 1;
                continue;
            };
            match self.hand_over(&one, bytes).await {
                Ok(()) => {}
                Err(fault) if fault.kind == DeliveryFaultKind::Rejected => refused += 1,
                // Worth another attempt; those who have it already will see the same id.
                Err(fault) => return Err(fault),
            }
        }
        if refused == all.to().len() {
            return Err(rejected);
        }
        Ok(Accepted { refused })
    }

    /// The library limits the time to connect only; a server may also hang later.
    async fn hand_over(&self, envelope: &Envelope, bytes: &[u8]) -> Result<(), DeliveryFault> {
        match tokio::time::timeout(self.timeout, self.transport.send_raw(envelope, bytes)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(delivery_fault(&error)),
            Err(_) => Err(UNREACHABLE),
        }
    }
}

fn tls(settings: &SmtpSettings) -> Result<Tls, SettingsFault> {
    let parameters = || {
        let mut builder = TlsParameters::builder(settings.host.clone());
        if let Some(pem) = &settings.extra_root {
            let root = Certificate::from_pem(pem).map_err(SettingsFault::ExtraRoot)?;
            builder = builder.add_root_certificate(root);
        }
        builder.build().map_err(SettingsFault::Encryption)
    };
    Ok(match settings.security {
        Security::None => Tls::None,
        Security::Starttls => Tls::Required(parameters()?),
        Security::Tls => Tls::Wrapper(parameters()?),
    })
}
