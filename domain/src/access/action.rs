//! What can be done, and by whom: the table of the whole API.

use super::Role::{
    self, Auditor, Holder, HostManager, HostTeacher, Operator, OriginManager, PlatformAdmin,
    SchoolManager, Visitor,
};

macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $action:ident: $roles:expr;)+) => {
        /// One thing that the API can do: each command, under its name, and each reading.
        #[derive(
            Debug,
            Clone,
            Copy,
            PartialEq,
            Eq,
            Hash,
            strum::Display,
            strum::EnumString,
            strum::IntoStaticStr,
            strum::VariantArray,
        )]
        pub enum Action {$(
            $(#[doc = $doc])+
            $action,
        )+}

        impl Action {
            /// The roles towards its object that may do it; none: only policies do.
            pub const fn roles(self) -> &'static [Role] {
                match self {$( Self::$action => &$roles, )+}
            }
        }
    };
}

actions! {
    // Anyone.
    /// The slots on offer, the formations and the seats left.
    ReadCatalogue: [Visitor];
    /// A school of the national directory.
    ReadSchool: [Visitor];
    /// A platform’s look and guide.
    ReadPlatform: [Visitor];
    /// Signs up.
    RegisterAccount: [Visitor];
    /// Asks for the link that verifies the address.
    RequestVerification: [Visitor];
    /// Uses it.
    VerifyEmail: [Visitor];
    /// Says, by the same link, that somebody else asked.
    DeclineSignUp: [Visitor];
    /// Reads what is to be signed, by a personal link.
    ReadSigningRequest: [Visitor];
    /// Asks for the code that proves who signs.
    RequestSigningCode: [Visitor];
    /// Signs a convention, by the link and the code.
    ApplySignature: [Visitor];
    /// Declines to.
    DeclineSignature: [Visitor];
    /// Asks for a lost link again.
    RecoverSigningLink: [Visitor];
    /// Asks whether a document is one that was signed here.
    ReadSignedConvention: [Visitor];
    /// Signs in.
    SignIn: [Visitor];
    /// Asks for the link that changes the password.
    RequestPasswordReset: [Visitor];
    /// Uses it.
    ResetPassword: [Visitor];
    /// Uses the link that changes the login.
    ChangeEmail: [Visitor];
    /// Asks for a link that signs in.
    RequestSignInLink: [Visitor];
    /// Uses it.
    UseSignInLink: [Visitor];
    /// Asks a school’s managers for access.
    RequestAccess: [Visitor];
    /// Sees the first letters of the address that manages a school.
    ShowLoginHint: [Visitor];

    // The holder of an account.
    /// The account, its schools and its offices.
    ReadOwnAccount: [Holder];
    /// Signs out.
    SignOut: [Holder];
    /// Changes the password.
    ChangePassword: [Holder];
    /// Changes names, function or telephone.
    ChangeProfile: [Holder];
    /// Asks for another login.
    RequestEmailChange: [Holder];
    /// Accepts the terms of use.
    AcceptTerms: [Holder];
    /// Ties another way in.
    LinkIdentity: [Holder];
    /// Sets the secret question.
    SetSecretQuestion: [Holder];
    /// Accepts an invitation.
    JoinSpace: [Holder];
    /// Closes an account.
    CloseAccount: [Holder, Operator];
    /// Another’s account.
    ReadAccount: [Holder, PlatformAdmin, Auditor, Operator];
    /// Opens a locked account before its time.
    UnlockAccount: [PlatformAdmin, Operator];
    /// Lets an account run the service.
    AppointOperator: [Operator];
    /// No longer lets it.
    DismissOperator: [Operator];

    // A school’s space.
    /// Who belongs to a school, and who is invited.
    ReadSpaceMembers: [SchoolManager, PlatformAdmin, Auditor, Operator];
    /// Who asked for access.
    ReadAccessRequests: [SchoolManager, PlatformAdmin, Auditor];
    /// Invites someone.
    InviteMember: [SchoolManager, PlatformAdmin];
    /// Removes a member.
    RemoveMember: [SchoolManager, PlatformAdmin];
    /// Grants a request for access.
    GrantAccess: [SchoolManager, PlatformAdmin];
    /// Declines it.
    DeclineAccess: [SchoolManager, PlatformAdmin];
    /// Sees the stored signature and stamp.
    ReadSignature: [SchoolManager, PlatformAdmin, Auditor];
    /// Stores the signature printed on conventions.
    StoreSignature: [SchoolManager, PlatformAdmin];
    /// Prints it no longer.
    RemoveSignature: [SchoolManager, PlatformAdmin];
    /// Stores the stamp printed on conventions.
    StoreStamp: [SchoolManager, PlatformAdmin];
    /// Prints it no longer.
    RemoveStamp: [SchoolManager, PlatformAdmin];

    // A platform.
    /// Rules, notes, notification addresses, licence, hosts and offices.
    ReadPlatformOptions: [HostManager, PlatformAdmin, Auditor, Operator];
    /// Changes its look.
    ChangeBranding: [PlatformAdmin];
    /// Changes its rules.
    ChangeRules: [PlatformAdmin];
    /// Changes the two texts printed on conventions.
    ChangeConventionNotes: [PlatformAdmin];
    /// Changes the articles of its conventions.
    ChangeConventionArticles: [PlatformAdmin];
    /// Stores its guide.
    StoreGuide: [PlatformAdmin];
    /// Attaches a host.
    AttachHost: [PlatformAdmin];
    /// Detaches a host.
    DetachHost: [PlatformAdmin];
    /// Grants an office.
    GrantRole: [PlatformAdmin, Operator];
    /// Revokes an office.
    RevokeRole: [PlatformAdmin, Operator];
    /// Imports a file of the national directory, and follows it.
    ImportDirectory: [Operator];
    /// Opens a platform.
    OpenPlatform: [Operator];
    /// Renews its licence.
    RenewLicence: [Operator];
    /// Says where a host’s notifications go.
    SetNotificationAddress: [HostManager, PlatformAdmin];
    /// Adds a formation.
    AddFormation: [HostManager, PlatformAdmin];
    /// Retires a formation.
    RetireFormation: [HostManager, PlatformAdmin];

    // Slots and bookings.
    /// A slot’s room, teacher and note.
    ReadSlot: [OriginManager, HostManager, HostTeacher, PlatformAdmin, Auditor];
    /// Bookings and waiting pupils, with their names.
    ReadBookings: [OriginManager, HostManager, HostTeacher, PlatformAdmin, Auditor];
    /// The list of the day.
    ReadDayList: [HostManager, HostTeacher, PlatformAdmin, Auditor];
    /// Who came.
    ReadAttendance: [OriginManager, HostManager, HostTeacher, PlatformAdmin, Auditor];
    /// What the host thought of a pupil.
    ReadAppreciation: [OriginManager, HostManager, HostTeacher, PlatformAdmin, Auditor];
    /// A school’s calendar.
    ReadCalendar: [SchoolManager, OriginManager, HostManager, HostTeacher, PlatformAdmin, Auditor];
    /// Publishes a slot.
    PublishSlot: [HostManager, PlatformAdmin];
    /// Changes a slot.
    ChangeSlot: [HostManager, PlatformAdmin];
    /// Withdraws a slot.
    WithdrawSlot: [HostManager, PlatformAdmin];
    /// Books a seat.
    BookSeat: [OriginManager, PlatformAdmin];
    /// Books a list of pupils.
    BookSeats: [OriginManager, PlatformAdmin];
    /// Cancels a booking.
    CancelBooking: [OriginManager, HostManager, PlatformAdmin];
    /// Corrects who a pupil is.
    CorrectPupil: [OriginManager, PlatformAdmin];
    /// Takes the seat kept.
    AcceptPromotion: [OriginManager, PlatformAdmin];
    /// Leaves it.
    DeclinePromotion: [OriginManager, PlatformAdmin];
    /// Says whether the pupil came.
    RecordAttendance: [HostManager, HostTeacher, PlatformAdmin];
    /// Gives the appreciation.
    GiveAppreciation: [HostManager, HostTeacher, PlatformAdmin];

    // Conventions.
    /// A convention and where it stands.
    ReadConvention: [OriginManager, HostManager, PlatformAdmin, Auditor];
    /// Its files.
    ReadDocument: [OriginManager, HostManager, PlatformAdmin, Auditor];
    /// What happened to it, in words.
    ReadHistory: [OriginManager, HostManager, PlatformAdmin, Auditor];
    /// Deposits a completed one.
    DepositConvention: [OriginManager, HostManager, PlatformAdmin];
    /// « Valider la conformité ».
    ValidateConvention: [HostManager, PlatformAdmin];
    /// « Invalider la conformité ».
    InvalidateConvention: [HostManager, PlatformAdmin];
    /// « Régénérer la convention ».
    RegenerateConvention: [HostManager, PlatformAdmin];
    /// « Faire signer en ligne »: asks for the signatures.
    OpenSigning: [OriginManager, HostManager, PlatformAdmin];
    /// Sends a signatory another link.
    SendSigningLink: [OriginManager, HostManager, PlatformAdmin];
    /// Reaches a signatory elsewhere.
    CorrectSignatory: [OriginManager, HostManager, PlatformAdmin];
    /// Reminds the school of origin.
    RemindConvention: [HostManager, PlatformAdmin];
    /// A stack of scans that was sent, its pages and their pictures.
    ReadScan: [OriginManager, HostManager, PlatformAdmin, Auditor];
    /// Sends a stack of scans.
    ReceiveScan: [OriginManager, HostManager, PlatformAdmin];
    /// Says where a page belongs.
    AssignPage: [OriginManager, HostManager, PlatformAdmin];
    /// Sets a page aside.
    DiscardPage: [OriginManager, HostManager, PlatformAdmin];
    /// Has a convention deposited though pages are missing.
    DepositIncomplete: [OriginManager, HostManager, PlatformAdmin];

    // Letters, figures and proofs.
    /// Which letters went where, and which were given up; no text.
    ReadLetters: [SchoolManager, PlatformAdmin, Auditor, Operator];
    /// Sends a letter once more.
    ResendLetter: [SchoolManager, PlatformAdmin, Operator];
    /// The counters of a school or of a platform.
    ReadDashboard: [SchoolManager, OriginManager, HostManager, PlatformAdmin, Auditor];
    /// The figures per formation and per school.
    ReadStatistics: [SchoolManager, OriginManager, HostManager, PlatformAdmin, Auditor];
    /// The bookings as a file.
    Export: [OriginManager, HostManager, PlatformAdmin, Auditor];
    /// Every event of a platform: who, when, from where.
    ReadAuditTrail: [PlatformAdmin, Auditor];

    // The service.
    /// How far the read models are.
    ReadProjections: [Operator];
    /// Rebuilds, cancels, verifies them.
    ManageProjections: [Operator];
    /// Verifies the log’s chain.
    VerifyLog: [Operator];
    /// What an import of the directory did.
    ReadDirectoryReport: [Operator];
    /// Imports a row of the directory.
    ListSchool: [Operator];
    /// Closes a school that the directory lists no more.
    CloseSchool: [Operator];
    /// Erases a person.
    ErasePerson: [Operator];

    // Nobody: only policies and the clock.
    /// Holds an address as proved by the invitation that was mailed to it.
    ProveEmail: [];
    /// Founds a space once its address is verified.
    FoundSpace: [];
    /// Expires a booking.
    ExpireBooking: [];
    /// Ends a promotion without an answer.
    LapsePromotion: [];
    /// Makes a booking firm.
    ConfirmBooking: [];
    /// Takes that back.
    UnconfirmBooking: [];
    /// Records a convention’s original.
    GenerateConvention: [];
    /// Makes a convention anew that says something else.
    AmendConvention: [];
    /// Asks again for signatures of a convention that says something else.
    AskAgain: [];
    /// Ends the signing of one that is void, or came back otherwise.
    CloseSigning: [];
    /// Makes a convention void.
    LapseConvention: [];
    /// Notes what the pages of a stack are.
    RecordReading: [];
    /// Notes that a stack cannot be sorted.
    RefuseScan: [];
    /// Notes what became of a convention’s pages.
    RecordPages: [];
    /// Has a letter sent.
    RequestLetter: [];
    /// Notes that a letter left.
    RecordSent: [];
    /// Notes that it did not.
    RecordFailure: [];
}
