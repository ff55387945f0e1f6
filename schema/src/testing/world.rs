//! A small world with one persona for each role, two platforms and four schools.

use domain::{
    accounts::{
        account::{Account, AccountCommand, Holder},
        school_space::{MemberRole, SchoolSpace, SchoolSpaceCommand},
    },
    directory::school::{School, SchoolCommand, SchoolKind, SchoolListing, SchoolStatus, Sector},
    kernel::{
        ids::{AccountId, FormationId, InvitationId, LinkId, PersonId},
        personal::Personal,
        place::PostalAddress,
        slug::Slug,
        uai::Uai,
    },
    platforms::{
        platform::{FormationLevel, Platform, PlatformCommand, PlatformRole},
        rules::Rules,
    },
};
use jiff::SignedDuration;
use strum::VariantArray;

use super::{PASSWORD, TestApi, must};
use crate::ports::Caller;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray, strum::Display)]
pub enum Persona {
    /// Not signed in.
    Visitor,
    /// Manages [`World::origin`].
    OriginManager,
    /// Manages [`World::other_origin`].
    OtherOriginManager,
    /// Manages [`World::host`].
    HostManager,
    /// Manages [`World::other_host`].
    OtherHostManager,
    /// Teaches at [`World::host`].
    HostTeacher,
    /// Administers [`World::platform`].
    PlatformAdmin,
    /// Administers [`World::other_platform`].
    OtherPlatformAdmin,
    /// Audits [`World::platform`].
    Auditor,
    /// Runs the service.
    Operator,
}

impl Persona {
    /// Their account; a visitor has none.
    pub fn account(self) -> AccountId {
        AccountId::from_u128(0xacc0_0000 + self as u128)
    }

    /// Whose key seals what is about them.
    pub fn person(self) -> PersonId {
        PersonId::from_u128(0x9e50_0000 + self as u128)
    }

    /// What they sign in with.
    pub fn login(self) -> String {
        format!("{}@escale.example", self.to_string().to_lowercase())
    }

    fn holder(self) -> Holder {
        Holder {
            civility: None,
            last_name: self.to_string(),
            first_name: "Camille".to_owned(),
            function: None,
            phone: None,
        }
    }
}

/// The API with everybody in it.
#[derive(Clone)]
pub struct World {
    /// The API.
    pub api: TestApi,
}

fn uai(code: &str) -> Uai {
    must("read a UAI", code.parse())
}

fn slug(text: &str) -> Slug {
    must("read a slug", text.parse())
}

impl World {
    /// The school of origin: a collège.
    pub fn origin() -> Uai {
        uai("0491234A")
    }

    /// Another collège.
    pub fn other_origin() -> Uai {
        uai("0750655E")
    }

    /// A lycée, host on [`platform`](Self::platform).
    pub fn host() -> Uai {
        uai("0590121L")
    }

    /// A lycée, host on [`other_platform`](Self::other_platform).
    pub fn other_host() -> Uai {
        uai("0440001M")
    }

    /// A collège that nobody manages.
    pub fn unfounded() -> Uai {
        uai("0333287U")
    }

    /// The platform.
    pub fn platform() -> Slug {
        slug("demo")
    }

    /// Another platform.
    pub fn other_platform() -> Slug {
        slug("ailleurs")
    }

    /// A formation of the host.
    pub fn formation() -> FormationId {
        FormationId::from_u128(0xf0)
    }

    /// Everybody in their place.
    pub async fn new() -> Self {
        let world = Self { api: TestApi::new().await };
        world.list_schools().await;
        for persona in Persona::VARIANTS {
            if *persona != Persona::Visitor {
                world.register(*persona).await;
            }
        }
        world.found_spaces().await;
        world.open_platforms().await;
        world.api.catch_up().await;
        world
    }

    /// `persona`, asking.
    pub async fn caller(&self, persona: Persona) -> Caller {
        match persona {
            Persona::Visitor => self.api.visitor(),
            other => self.api.signed_in(other.account()).await,
        }
    }

    async fn list_schools(&self) {
        use SchoolKind::{College, LyceeProfessionnel};
        let schools = [
            (Self::origin(), "Collège Jean Vilar", College),
            (Self::other_origin(), "Collège Paul Éluard", College),
            (Self::host(), "Lycée des métiers Démo Paul", LyceeProfessionnel),
            (Self::other_host(), "Lycée Ailleurs", LyceeProfessionnel),
            (Self::unfounded(), "Collège Sans Compte", College),
        ];
        for (uai, name, kind) in schools {
            let listing = listing(&uai, name, kind);
            let command = SchoolCommand::ListSchool { uai: uai.clone(), listing };
            self.api.given::<School>(uai.as_str(), command).await;
        }
    }

    /// Registers and verifies the account of `persona`, with [`PASSWORD`].
    async fn register(&self, persona: Persona) {
        let account = persona.account();
        let stream = account.uuid().to_string();
        let link = LinkId::from_u128(1);
        let login = must("read an address", persona.login().parse());
        let register = AccountCommand::RegisterAccount {
            account,
            school: None,
            login: Personal::new(persona.person(), login),
            holder: Personal::new(persona.person(), persona.holder()),
        };
        self.api.given::<Account>(&stream, register).await;
        let at = self.api.clock.now();
        let expires_at = at + SignedDuration::from_mins(5);
        let request = AccountCommand::RequestVerification { link, expires_at };
        self.api.given::<Account>(&stream, request).await;
        let verify = AccountCommand::VerifyEmail { link, at };
        self.api.given::<Account>(&stream, verify).await;
        if persona == Persona::Operator {
            let appoint = AccountCommand::AppointOperator;
            self.api.given::<Account>(&stream, appoint).await;
        }
        let kept = format!("hash of {PASSWORD}");
        let rows = self.api.journal.rows();
        let put = rows.put("credential", &stream, &kept, None).await;
        must("keep a password", put);
    }

    async fn found_spaces(&self) {
        for (uai, persona) in [
            (Self::origin(), Persona::OriginManager),
            (Self::other_origin(), Persona::OtherOriginManager),
            (Self::host(), Persona::HostManager),
            (Self::other_host(), Persona::OtherHostManager),
        ] {
            let found =
                SchoolSpaceCommand::FoundSpace { uai: uai.clone(), account: persona.account() };
            self.api.given::<SchoolSpace>(uai.as_str(), found).await;
        }
        self.join(&Self::host(), Persona::HostTeacher, MemberRole::Teacher).await;
    }

    async fn join(&self, uai: &Uai, persona: Persona, role: MemberRole) {
        let at = self.api.clock.now();
        let invitation = InvitationId::from_u128(0x1e + persona as u128);
        let email = must("read an address", persona.login().parse());
        let invite = SchoolSpaceCommand::InviteMember {
            uai: uai.clone(),
            invitation,
            email: Personal::new(persona.person(), email),
            role,
            expires_at: at + SignedDuration::from_hours(1),
        };
        self.api.given::<SchoolSpace>(uai.as_str(), invite).await;
        let join = SchoolSpaceCommand::JoinSpace { invitation, account: persona.account(), at };
        self.api.given::<SchoolSpace>(uai.as_str(), join).await;
    }

    async fn open_platforms(&self) {
        let demo = "Lycée des métiers Démo Paul";
        let (admin, other) = (Persona::PlatformAdmin, Persona::OtherPlatformAdmin);
        self.open(&Self::platform(), demo, &Self::host(), admin).await;
        self.open(&Self::other_platform(), "Ailleurs", &Self::other_host(), other).await;
        let audits = PlatformCommand::GrantRole {
            account: Persona::Auditor.account(),
            role: PlatformRole::Auditor,
        };
        self.on(&Self::platform(), audits).await;
        let formation = PlatformCommand::AddFormation {
            formation: Self::formation(),
            host: Self::host(),
            level: FormationLevel::BacPro,
            label: "Composites, plastiques chaudronnés".to_owned(),
        };
        self.on(&Self::platform(), formation).await;
    }

    async fn open(&self, platform: &Slug, name: &str, host: &Uai, admin: Persona) {
        let open = PlatformCommand::OpenPlatform {
            platform: platform.clone(),
            name: name.to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            rules: Rules::default(),
        };
        self.on(platform, open).await;
        let host = host.clone();
        self.on(platform, PlatformCommand::AttachHost { host }).await;
        let (account, role) = (admin.account(), PlatformRole::Admin);
        self.on(platform, PlatformCommand::GrantRole { account, role }).await;
    }

    /// Gives a command to a platform.
    pub async fn on(&self, platform: &Slug, command: PlatformCommand) {
        self.api.given::<Platform>(platform.as_str(), command).await;
    }
}

fn listing(uai: &Uai, name: &str, kind: SchoolKind) -> SchoolListing {
    let mail = format!("ce.{uai}@ac-nantes.fr");
    SchoolListing {
        name: name.to_owned(),
        kind,
        sector: Sector::Public,
        nature: "340".to_owned(),
        address: PostalAddress {
            street: "1 rue Haute".to_owned(),
            postal_code: "44000".to_owned(),
            city: "Nantes".to_owned(),
        },
        departement: "Loire-Atlantique".to_owned(),
        academie: "Nantes".to_owned(),
        region: "Pays de la Loire".to_owned(),
        position: None,
        phone: None,
        mail: mail.parse().ok(),
        web: None,
        parent: None,
        sites: 1,
        status: SchoolStatus::Open,
    }
}
