//! Role × action, every pair.

use strum::VariantArray as _;

use super::{object, persona};
use crate::access::{Action, Role, may};

#[test]
fn every_role_meets_every_action() {
    assert_eq!(matrix(), MATRIX);
}

fn matrix() -> String {
    let columns = "hldr schl orig host tchr admn audt oper vstr";
    let mut text = format!("\n{:22} {columns}", "");
    for action in Action::VARIANTS {
        let cell = |role: &Role| {
            let open = may(&persona(*role), *action, &object());
            if open { "yes " } else { "-   " }
        };
        let cells: Vec<&str> = Role::VARIANTS.iter().map(cell).collect();
        let line = format!("\n{:22} {}", action.to_string(), cells.join(" "));
        text.push_str(line.trim_end());
    }
    text
}

/// In the order of [`Role`]: holder of the account, manager of the school, of the school of
/// origin, of the host, teacher at the host, administrator, auditor, operator, visitor.
const MATRIX: &str = "
                       hldr schl orig host tchr admn audt oper vstr
ReadCatalogue          yes  yes  yes  yes  yes  yes  yes  yes  yes
ReadSchool             yes  yes  yes  yes  yes  yes  yes  yes  yes
ReadPlatform           yes  yes  yes  yes  yes  yes  yes  yes  yes
RegisterAccount        yes  yes  yes  yes  yes  yes  yes  yes  yes
RequestVerification    yes  yes  yes  yes  yes  yes  yes  yes  yes
VerifyEmail            yes  yes  yes  yes  yes  yes  yes  yes  yes
DeclineSignUp          yes  yes  yes  yes  yes  yes  yes  yes  yes
ReadSigningRequest     yes  yes  yes  yes  yes  yes  yes  yes  yes
RequestSigningCode     yes  yes  yes  yes  yes  yes  yes  yes  yes
ApplySignature         yes  yes  yes  yes  yes  yes  yes  yes  yes
DeclineSignature       yes  yes  yes  yes  yes  yes  yes  yes  yes
RecoverSigningLink     yes  yes  yes  yes  yes  yes  yes  yes  yes
ReadSignedConvention   yes  yes  yes  yes  yes  yes  yes  yes  yes
SignIn                 yes  yes  yes  yes  yes  yes  yes  yes  yes
RequestPasswordReset   yes  yes  yes  yes  yes  yes  yes  yes  yes
ResetPassword          yes  yes  yes  yes  yes  yes  yes  yes  yes
ChangeEmail            yes  yes  yes  yes  yes  yes  yes  yes  yes
RequestSignInLink      yes  yes  yes  yes  yes  yes  yes  yes  yes
UseSignInLink          yes  yes  yes  yes  yes  yes  yes  yes  yes
RequestAccess          yes  yes  yes  yes  yes  yes  yes  yes  yes
ShowLoginHint          yes  yes  yes  yes  yes  yes  yes  yes  yes
ReadOwnAccount         yes  -    -    -    -    -    -    -    -
SignOut                yes  -    -    -    -    -    -    -    -
ChangePassword         yes  -    -    -    -    -    -    -    -
ChangeProfile          yes  -    -    -    -    -    -    -    -
RequestEmailChange     yes  -    -    -    -    -    -    -    -
AcceptTerms            yes  -    -    -    -    -    -    -    -
LinkIdentity           yes  -    -    -    -    -    -    -    -
SetSecretQuestion      yes  -    -    -    -    -    -    -    -
JoinSpace              yes  -    -    -    -    -    -    -    -
CloseAccount           yes  -    -    -    -    -    -    yes  -
ReadAccount            yes  -    -    -    -    yes  yes  yes  -
UnlockAccount          -    -    -    -    -    yes  -    yes  -
AppointOperator        -    -    -    -    -    -    -    yes  -
DismissOperator        -    -    -    -    -    -    -    yes  -
ReadSpaceMembers       -    yes  -    -    -    yes  yes  yes  -
ReadAccessRequests     -    yes  -    -    -    yes  yes  -    -
InviteMember           -    yes  -    -    -    yes  -    -    -
RemoveMember           -    yes  -    -    -    yes  -    -    -
GrantAccess            -    yes  -    -    -    yes  -    -    -
DeclineAccess          -    yes  -    -    -    yes  -    -    -
ReadSignature          -    yes  -    -    -    yes  yes  -    -
StoreSignature         -    yes  -    -    -    yes  -    -    -
RemoveSignature        -    yes  -    -    -    yes  -    -    -
StoreStamp             -    yes  -    -    -    yes  -    -    -
RemoveStamp            -    yes  -    -    -    yes  -    -    -
ReadPlatformOptions    -    -    -    yes  -    yes  yes  yes  -
ChangeBranding         -    -    -    -    -    yes  -    -    -
ChangeRules            -    -    -    -    -    yes  -    -    -
ChangeConventionNotes  -    -    -    -    -    yes  -    -    -
ChangeConventionArticles -    -    -    -    -    yes  -    -    -
StoreGuide             -    -    -    -    -    yes  -    -    -
AttachHost             -    -    -    -    -    yes  -    -    -
DetachHost             -    -    -    -    -    yes  -    -    -
GrantRole              -    -    -    -    -    yes  -    yes  -
RevokeRole             -    -    -    -    -    yes  -    yes  -
ImportDirectory        -    -    -    -    -    -    -    yes  -
OpenPlatform           -    -    -    -    -    -    -    yes  -
RenewLicence           -    -    -    -    -    -    -    yes  -
SetNotificationAddress -    -    -    yes  -    yes  -    -    -
AddFormation           -    -    -    yes  -    yes  -    -    -
RetireFormation        -    -    -    yes  -    yes  -    -    -
ReadSlot               -    -    yes  yes  yes  yes  yes  -    -
ReadBookings           -    -    yes  yes  yes  yes  yes  -    -
ReadDayList            -    -    -    yes  yes  yes  yes  -    -
ReadAttendance         -    -    yes  yes  yes  yes  yes  -    -
ReadAppreciation       -    -    yes  yes  yes  yes  yes  -    -
ReadCalendar           -    yes  yes  yes  yes  yes  yes  -    -
PublishSlot            -    -    -    yes  -    yes  -    -    -
ChangeSlot             -    -    -    yes  -    yes  -    -    -
WithdrawSlot           -    -    -    yes  -    yes  -    -    -
BookSeat               -    -    yes  -    -    yes  -    -    -
BookSeats              -    -    yes  -    -    yes  -    -    -
CancelBooking          -    -    yes  yes  -    yes  -    -    -
CorrectPupil           -    -    yes  -    -    yes  -    -    -
AcceptPromotion        -    -    yes  -    -    yes  -    -    -
DeclinePromotion       -    -    yes  -    -    yes  -    -    -
RecordAttendance       -    -    -    yes  yes  yes  -    -    -
GiveAppreciation       -    -    -    yes  yes  yes  -    -    -
ReadConvention         -    -    yes  yes  -    yes  yes  -    -
ReadDocument           -    -    yes  yes  -    yes  yes  -    -
ReadHistory            -    -    yes  yes  -    yes  yes  -    -
DepositConvention      -    -    yes  yes  -    yes  -    -    -
ValidateConvention     -    -    -    yes  -    yes  -    -    -
InvalidateConvention   -    -    -    yes  -    yes  -    -    -
RegenerateConvention   -    -    -    yes  -    yes  -    -    -
OpenSigning            -    -    yes  yes  -    yes  -    -    -
SendSigningLink        -    -    yes  yes  -    yes  -    -    -
CorrectSignatory       -    -    yes  yes  -    yes  -    -    -
RemindConvention       -    -    -    yes  -    yes  -    -    -
ReadScan               -    -    yes  yes  -    yes  yes  -    -
ReceiveScan            -    -    yes  yes  -    yes  -    -    -
AssignPage             -    -    yes  yes  -    yes  -    -    -
DiscardPage            -    -    yes  yes  -    yes  -    -    -
DepositIncomplete      -    -    yes  yes  -    yes  -    -    -
ReadLetters            -    yes  -    -    -    yes  yes  yes  -
ResendLetter           -    yes  -    -    -    yes  -    yes  -
ReadDashboard          -    yes  yes  yes  -    yes  yes  -    -
ReadStatistics         -    yes  yes  yes  -    yes  yes  -    -
Export                 -    -    yes  yes  -    yes  yes  -    -
ReadAuditTrail         -    -    -    -    -    yes  yes  -    -
ReadProjections        -    -    -    -    -    -    -    yes  -
ManageProjections      -    -    -    -    -    -    -    yes  -
VerifyLog              -    -    -    -    -    -    -    yes  -
ReadDirectoryReport    -    -    -    -    -    -    -    yes  -
ListSchool             -    -    -    -    -    -    -    yes  -
CloseSchool            -    -    -    -    -    -    -    yes  -
ErasePerson            -    -    -    -    -    -    -    yes  -
ProveEmail             -    -    -    -    -    -    -    -    -
FoundSpace             -    -    -    -    -    -    -    -    -
ExpireBooking          -    -    -    -    -    -    -    -    -
LapsePromotion         -    -    -    -    -    -    -    -    -
ConfirmBooking         -    -    -    -    -    -    -    -    -
UnconfirmBooking       -    -    -    -    -    -    -    -    -
GenerateConvention     -    -    -    -    -    -    -    -    -
AmendConvention        -    -    -    -    -    -    -    -    -
AskAgain               -    -    -    -    -    -    -    -    -
CloseSigning           -    -    -    -    -    -    -    -    -
LapseConvention        -    -    -    -    -    -    -    -    -
RecordReading          -    -    -    -    -    -    -    -    -
RefuseScan             -    -    -    -    -    -    -    -    -
RecordPages            -    -    -    -    -    -    -    -    -
RequestLetter          -    -    -    -    -    -    -    -    -
RecordSent             -    -    -    -    -    -    -    -    -
RecordFailure          -    -    -    -    -    -    -    -    -";
