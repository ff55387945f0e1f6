//! What is in a stack: conventions, what they miss, and the pages that belong to none.

use std::collections::{BTreeMap, HashMap};

use async_graphql::{Context, Enum, Result, SimpleObject};
use domain::{
    access::Action,
    conventions::scan_batch::{self, InkedBoxes, PagePlace},
    kernel::ids::{ConventionId, ScanBatchId},
};
use projections::conventions::{
    register,
    scans::{self, PageStanding, PagesOutcome, ScanPage},
};

use super::words;
use crate::{conventions::types::Convention, guard::Call, ministages::facts::placement};

/// Ce qu’il advient des pages d’une convention dans la pile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ScannedState {
    /// Toutes ses pages sont là : elles vont être déposées.
    Depositing,
    /// Déposée.
    Deposited,
    /// Des pages manquent.
    Incomplete,
    /// Elle n’a pas été déposée.
    Refused,
}

/// Convention dont des pages sont dans la pile.
#[derive(SimpleObject)]
pub(crate) struct ScannedConvention {
    /// Convention ; rien si elle n’est plus visible.
    convention: Option<Convention>,
    /// Ce qu’il en advient.
    state: ScannedState,
    /// Pages de la pile, dans l’ordre de la convention.
    pages: Vec<u16>,
    /// Nombre de pages de la convention.
    of: u16,
    /// Pages de la convention qui manquent.
    missing: Vec<u16>,
    /// Pourquoi elle n’a pas été déposée.
    refusal: Option<&'static str>,
    /// Cases de signature où de l’encre a été vue : une indication, pas une décision.
    inked: Vec<&'static str>,
}

/// Raison pour laquelle une page n’a été rattachée à rien.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "PageReason", remote = "scan_batch::Unclassified")]
pub(crate) enum Reason {
    /// Aucun code n’a pu y être lu.
    NoCode,
    /// Elle est blanche.
    Blank,
    /// Son code n’a pas été produit par ce service.
    Forged,
    /// Elle porte deux codes qui se contredisent.
    SeveralCodes,
    /// Sa convention n’est pas connue.
    Unknown,
    /// Son code compte d’autres pages que la convention.
    Inconsistent,
    /// Sa convention est d’une autre plateforme.
    OtherPlatform,
    /// Sa convention n’est pas de l’établissement.
    NotTheirs,
    /// La même page est déjà dans la pile.
    Double,
    /// Sa convention est déjà validée.
    AlreadyValidated,
    /// Sa convention n’a plus d’objet.
    AlreadyLapsed,
    /// Elle est d’une version précédente de sa convention.
    Superseded,
}

/// Place qu’une page pourrait avoir.
#[derive(SimpleObject)]
pub(crate) struct PageGuess {
    /// Convention.
    convention: Convention,
    /// Quelle page.
    number: u16,
    /// Sur combien.
    of: u16,
}

/// Page de la pile qui n’est rattachée à rien.
#[derive(SimpleObject)]
pub(crate) struct LoosePage {
    /// Quelle page du fichier.
    page: u16,
    /// Pourquoi.
    reason: Reason,
    /// La même raison, en toutes lettres.
    message: &'static str,
    /// Vrai si une personne l’a écartée.
    discarded: bool,
    /// Vrai si une personne peut dire où elle va.
    assignable: bool,
    /// Vrai si l’image de la page peut être vue.
    has_picture: bool,
    /// Convention que son code nomme.
    convention: Option<Convention>,
    /// Où elle pourrait aller : le plus vraisemblable d’abord.
    guesses: Vec<PageGuess>,
}

/// Ce qu’il y a dans une pile.
#[derive(SimpleObject)]
pub(crate) struct ScanContents {
    /// Conventions, dans l’ordre de la pile.
    conventions: Vec<ScannedConvention>,
    /// « À classer » : pages dont une personne doit dire où elles vont.
    to_classify: Vec<LoosePage>,
    /// Pages nommées et mises de côté : doubles, étrangères, blanches, écartées.
    aside: Vec<LoosePage>,
}

/// The conventions that the viewer may read, by their ids.
struct Known<'a, 'c> {
    ctx: &'a Context<'c>,
    rows: HashMap<ConventionId, register::Convention>,
}

impl Known<'_, '_> {
    async fn convention(&self, id: ConventionId) -> Result<Option<Convention>> {
        let Some(row) = self.rows.get(&id) else { return Ok(None) };
        let parties = &row.parties;
        let facts = placement(self.ctx, &parties.platform, &parties.origin, &parties.host).await?;
        let may = Call::of(self.ctx)?.may(Action::ReadConvention, &facts);
        Ok(may.then(|| Convention::new(row.clone(), facts)))
    }

    async fn guess(&self, place: PagePlace) -> Result<Option<PageGuess>> {
        let convention = self.convention(place.convention).await?;
        let PagePlace { number, of, .. } = place;
        Ok(convention.map(|convention| PageGuess { convention, number, of }))
    }
}

/// What is in the stack `batch`.
pub(super) async fn of(ctx: &Context<'_>, batch: ScanBatchId) -> Result<ScanContents> {
    let call = Call::of(ctx)?;
    let (pages, outcomes, rows) = call
        .read(move |db| {
            let pages = scans::pages(db, batch)?;
            let mut named: Vec<ConventionId> = pages
                .iter()
                .flat_map(|page| page.place.iter().chain(&page.guesses))
                .map(|place| place.convention)
                .collect();
            named.sort_unstable();
            named.dedup();
            Ok((pages, scans::outcomes(db, batch)?, register::by_ids(db, &named)?))
        })
        .await?;
    let rows = rows.into_iter().map(|row| (row.id, row)).collect();
    let known = Known { ctx, rows };
    let mut contents =
        ScanContents { conventions: Vec::new(), to_classify: Vec::new(), aside: Vec::new() };
    for (convention, attached) in by_convention(&pages) {
        let outcome = outcomes.iter().find(|it| it.convention == convention);
        contents.conventions.push(scanned(&known, convention, &attached, outcome).await?);
    }
    for page in &pages {
        let Some(reason) = page.reason.filter(|_| page.attached().is_none()) else { continue };
        let loose = loose(&known, page, reason).await?;
        let waits = reason.waits() && page.state == PageStanding::Unclassified;
        if waits { contents.to_classify.push(loose) } else { contents.aside.push(loose) }
    }
    Ok(contents)
}

/// The attached pages of each convention, the conventions in the order of the stack.
fn by_convention(pages: &[ScanPage]) -> Vec<(ConventionId, Vec<&ScanPage>)> {
    let mut found: Vec<(ConventionId, Vec<&ScanPage>)> = Vec::new();
    for page in pages {
        let Some(place) = page.attached() else { continue };
        match found.iter_mut().find(|(convention, _)| *convention == place.convention) {
            Some((_, attached)) => attached.push(page),
            None => found.push((place.convention, vec![page])),
        }
    }
    found
}

async fn scanned(
    known: &Known<'_, '_>,
    convention: ConventionId,
    attached: &[&ScanPage],
    outcome: Option<&PagesOutcome>,
) -> Result<ScannedConvention> {
    let places: BTreeMap<u16, u16> =
        attached.iter().filter_map(|page| Some((page.attached()?.number, page.page))).collect();
    let of = attached.iter().find_map(|page| page.attached()).map_or(0, |place| place.of);
    let missing: Vec<u16> = (1..=of).filter(|number| !places.contains_key(number)).collect();
    let pages: Vec<u16> = places.into_values().collect();
    let outcome = outcome.filter(|outcome| outcome.pages == pages);
    let state = match outcome.map(|outcome| outcome.refused) {
        Some(Some(_)) => ScannedState::Refused,
        Some(None) => ScannedState::Deposited,
        None if missing.is_empty() => ScannedState::Depositing,
        None => ScannedState::Incomplete,
    };
    Ok(ScannedConvention {
        convention: known.convention(convention).await?,
        state,
        pages,
        of,
        missing,
        refusal: outcome.and_then(|outcome| outcome.refused).map(words::not_deposited),
        inked: attached.iter().filter_map(|page| page.ink).flat_map(boxes).collect(),
    })
}

fn boxes(ink: InkedBoxes) -> Vec<&'static str> {
    let named = [
        (ink.origin, "établissement d’origine"),
        (ink.guardian, "responsable légal"),
        (ink.pupil, "élève"),
        (ink.host, "établissement d’accueil"),
    ];
    named.into_iter().filter(|(inked, _)| *inked).map(|(_, name)| name).collect()
}

async fn loose(
    known: &Known<'_, '_>,
    page: &ScanPage,
    reason: scan_batch::Unclassified,
) -> Result<LoosePage> {
    let mut guesses = Vec::with_capacity(page.guesses.len());
    for place in &page.guesses {
        guesses.extend(known.guess(*place).await?);
    }
    let convention = match page.place {
        Some(place) => known.convention(place.convention).await?,
        None => None,
    };
    Ok(LoosePage {
        page: page.page,
        reason: reason.into(),
        message: words::reason(reason),
        discarded: page.state == PageStanding::Discarded,
        assignable: reason.is_assignable(),
        has_picture: page.picture.as_ref().is_some_and(|it| it.digest.known().is_some()),
        convention,
        guesses,
    })
}
