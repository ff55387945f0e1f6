//! What people upload: read first, stored only when it may be. A deposit is sealed with the
//! pupil’s key, a signature with one of its school’s; a logo is nobody’s secret.

use documents::{
    deposit::{BadDeposit, Limits, begins_with_original},
    photographs,
    picture::BadPicture,
};
use domain::{
    kernel::{
        document::StoredDocument,
        ids::{ConventionId, PersonId},
        uai::Uai,
    },
    platforms::platform::StoredFile,
};
use jiff::civil::Date;
use projections::{
    conventions::register::{self, Candidate, Scope},
    platforms::platform_list,
};
use scans::BadFile;
use schema::ports::{
    AcceptedDeposit, BadPhotograph, Candidates, FileRefusal, MOST_PHOTOGRAPHS, PhotographRefusal,
    PortFault, PublicFile,
};

use crate::{
    ports::{Service, fault},
    signed_files,
};

/// The most pages of a deposit.
const MOST_PAGES: usize = 200;
/// The largest guide, in bytes.
const MOST_GUIDE: usize = 20 * 1024 * 1024;

/// Reads a deposit, finds its convention, and stores it.
pub(crate) async fn accept(
    service: &Service,
    bytes: Vec<u8>,
    convention: Option<ConventionId>,
    candidates: Candidates,
    most_bytes: u64,
) -> Result<Result<AcceptedDeposit, FileRefusal>, PortFault> {
    let most = usize::try_from(most_bytes).unwrap_or(usize::MAX);
    let limits = Limits { bytes: most, pages: MOST_PAGES };
    let (bytes, pages) = match inspected(service, bytes, limits).await? {
        Ok(inspected) => inspected,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let replaced = replaced(service, convention, &candidates).await?;
    if replaced.iter().any(|candidate| is_of(&bytes, candidate)) {
        return Ok(Err(FileRefusal::Superseded));
    }
    let candidates = candidates_of(service, convention, candidates).await?;
    let recognised = candidates.iter().find(|candidate| is_of(&bytes, candidate));
    let original_bytes = recognised.is_some();
    let Some(candidate) = recognised.or(candidates.first().filter(|_| convention.is_some())) else {
        return Ok(Err(FileRefusal::NotRecognised));
    };
    let most = most_for(service, candidate.convention).await?;
    if bytes.len() as u64 > most {
        return Ok(Err(FileRefusal::TooLarge { most }));
    }
    let person = candidate.original.digest.person();
    let document = service.store.put(person, &bytes).await.map_err(fault("storing a deposit"))?;
    let original = original_bytes.then_some(candidate.original.length);
    let signatures = signed_files::look(service, person, bytes, original);
    let signatures = signatures.await.map_err(fault("looking for signatures"))?;
    Ok(Ok(AcceptedDeposit {
        convention: candidate.convention,
        document,
        pages: u16::try_from(pages).unwrap_or(u16::MAX),
        original_bytes,
        print: original_bytes.then_some(candidate.print),
        signatures,
    }))
}

/// A PDF that can be kept, and its number of pages.
pub(crate) async fn inspected(
    service: &Service,
    bytes: Vec<u8>,
    limits: Limits,
) -> Result<Result<(Vec<u8>, usize), FileRefusal>, PortFault> {
    let asking = service.looker.ask(move |reader| {
        let kept = reader.inspect(&bytes, limits)?;
        Ok(kept.map(|pages| (bytes, pages)))
    });
    let kept = asking.await.map_err(fault("reading a PDF"))?;
    Ok(kept.map_err(|bad| refused(bad, unkept)))
}

/// What is said of a file that a child refused, or that broke it.
fn refused<B>(bad: BadFile<B>, unfit: impl FnOnce(B) -> FileRefusal) -> FileRefusal {
    match bad {
        BadFile::Unfit(bad) => unfit(bad),
        BadFile::Unreadable => {
            tracing::warn!("an uploaded file could not be read within the limits");
            FileRefusal::Unreadable
        }
    }
}

/// What is said of a file that cannot be kept.
fn unkept(bad: BadDeposit) -> FileRefusal {
    match bad {
        BadDeposit::NotAPdf => FileRefusal::NotAPdf,
        BadDeposit::TooLarge { most } => FileRefusal::TooLarge { most: most as u64 },
        BadDeposit::Encrypted => FileRefusal::Encrypted,
        BadDeposit::Truncated => FileRefusal::Truncated,
        BadDeposit::NoPage => FileRefusal::NoPage,
        BadDeposit::TooManyPages { most } => {
            FileRefusal::TooManyPages { most: u32::try_from(most).unwrap_or(u32::MAX) }
        }
    }
}

/// The one that was named, or all that the depositor may deposit.
async fn candidates_of(
    service: &Service,
    convention: Option<ConventionId>,
    candidates: Candidates,
) -> Result<Vec<Candidate>, PortFault> {
    let found = service.read.query(move |db| match (convention, &candidates) {
        (Some(convention), _) => {
            let named = register::by_id(db, convention)?;
            let named = named.map(|it| Candidate {
                convention: it.id,
                original: it.original,
                print: it.print,
            });
            Ok(named.into_iter().collect())
        }
        (None, Candidates::OfOrigin(uai)) => register::candidates_of_origin(db, uai),
        (None, Candidates::OfHost(uai)) => register::candidates_of_host(db, uai),
    });
    found.await.map_err(fault("reading conventions"))
}

/// The prints of these that were replaced.
async fn replaced(
    service: &Service,
    convention: Option<ConventionId>,
    candidates: &Candidates,
) -> Result<Vec<Candidate>, PortFault> {
    let (scope, of) = match (convention, candidates) {
        (Some(convention), _) => (Scope::Named, convention.uuid().to_string()),
        (None, Candidates::OfOrigin(uai)) => (Scope::Origin, uai.to_string()),
        (None, Candidates::OfHost(uai)) => (Scope::Host, uai.to_string()),
    };
    let found = service.read.query(move |db| register::superseded(db, scope, &of));
    found.await.map_err(fault("reading conventions"))
}

/// The largest deposit that the platform of `convention` takes.
async fn most_for(service: &Service, convention: ConventionId) -> Result<u64, PortFault> {
    let found = service.read.query(move |db| {
        let Some(row) = register::by_id(db, convention)? else {
            return Ok(None);
        };
        platform_list::by_slug(db, &row.parties.platform)
    });
    let platform = found.await.map_err(fault("reading a platform"))?;
    // None while it is not read yet: then nothing is taken.
    Ok(platform.map_or(0, |platform| platform.rules.deposit_most_bytes))
}

/// Whether the file goes on after the candidate’s original; never for one who was erased.
fn is_of(bytes: &[u8], candidate: &Candidate) -> bool {
    let mut sha256 = [0; 32];
    let Some(digest) = candidate.original.digest.known() else {
        return false;
    };
    let Ok(length) = usize::try_from(candidate.original.length) else {
        return false;
    };
    hex::decode_to_slice(digest, &mut sha256).is_ok()
        && begins_with_original(bytes, length, &sha256)
}

const _: () = assert!(MOST_PHOTOGRAPHS == photographs::MOST_PAGES);

/// The PDF of photographs.
pub(crate) async fn bind(
    service: &Service,
    uploads: Vec<Vec<u8>>,
    issued: Date,
) -> Result<Result<Vec<u8>, BadPhotograph>, PortFault> {
    let binding = service.looker.ask(move |reader| reader.bind(&uploads, issued));
    let bound = binding.await.map_err(fault("reading photographs"))?;
    Ok(bound.map_err(|page| BadPhotograph {
        at: page.at,
        refusal: match page.bad {
            BadFile::Unfit(bad) => unfit(bad),
            BadFile::Unreadable => {
                tracing::warn!("photographs could not be read within the limits");
                PhotographRefusal::Unreadable
            }
        },
    }))
}

fn unfit(bad: photographs::BadPhotograph) -> PhotographRefusal {
    use photographs::BadPhotograph as Bad;
    match bad {
        Bad::UnknownFormat => PhotographRefusal::NotAPhotograph,
        Bad::Heic => PhotographRefusal::Heic,
        Bad::TooLarge => PhotographRefusal::TooManyPixels,
        Bad::PrinterColours => PhotographRefusal::PrinterColours,
        Bad::Animated => PhotographRefusal::Animated,
        Bad::RareForm => PhotographRefusal::RareForm,
        Bad::Damaged => PhotographRefusal::Damaged,
    }
}

/// Stores a signature or a stamp.
pub(crate) async fn accept_picture(
    service: &Service,
    school: &Uai,
    bytes: Vec<u8>,
) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
    let picture = match read_picture(service, bytes).await? {
        Ok(picture) => picture,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // Whoever signs for the school is not known by name: the pictures have a key of their own.
    let keyring = service.journal.keyring();
    let person = keyring.identify("school pictures", school.as_str()).await;
    let person = person.map_err(fault("finding a school's key"))?;
    service.store.put(person, &picture).await.map(Ok).map_err(fault("storing a picture"))
}

/// Stores a drawn signature with the key of the pupil whose convention it is on.
pub(crate) async fn accept_signature(
    service: &Service,
    pupil: PersonId,
    bytes: Vec<u8>,
) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
    match read_picture(service, bytes).await? {
        Ok(picture) => {
            let kept = service.store.put(pupil, &picture).await;
            kept.map(Ok).map_err(fault("storing a signature"))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

async fn read_picture(
    service: &Service,
    bytes: Vec<u8>,
) -> Result<Result<Vec<u8>, FileRefusal>, PortFault> {
    let reading = service.looker.ask(move |reader| reader.picture(&bytes));
    let read = reading.await.map_err(fault("reading a picture"))?;
    let unfit = |bad| match bad {
        BadPicture::TooHeavy { most } => FileRefusal::TooLarge { most: most as u64 },
        BadPicture::UnknownFormat
        | BadPicture::TooLarge { .. }
        | BadPicture::Damaged
        | BadPicture::NotAccepted => FileRefusal::NotAPicture,
    };
    Ok(read.map_err(|bad| refused(bad, unfit)))
}

/// Stores a logo or a guide.
pub(crate) async fn accept_public_file(
    service: &Service,
    bytes: Vec<u8>,
    kind: PublicFile,
) -> Result<Result<StoredFile, FileRefusal>, PortFault> {
    let accepted = match kind {
        PublicFile::Logo => read_picture(service, bytes).await?,
        PublicFile::Guide => {
            let limits = Limits { bytes: MOST_GUIDE, pages: MOST_PAGES };
            inspected(service, bytes, limits).await?.map(|(bytes, _)| bytes)
        }
    };
    match accepted {
        Ok(bytes) => service.store.put_public(bytes).await.map(Ok).map_err(fault("storing a file")),
        Err(refusal) => Ok(Err(refusal)),
    }
}
