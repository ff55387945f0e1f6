//! Attaching each SEGPA to its collège. The national file declares the parent of few and gives
//! the address of none, so the collège is looked for in the same département by what the two
//! rows share, from the surest sign to the weakest. A sign counts only where it points to one
//! collège; what nothing points to stays unattached and is reported.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    directory::school::SchoolKind,
    kernel::{text::folded, uai::Uai},
};

use super::{
    row::Entry,
    segpa_rules::{RULES, Rule, digits, mailbox_uai, near, words},
};

/// Why a SEGPA was attached to a collège, from the surest to the weakest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Evidence {
    /// The row names its parent.
    Declared,
    /// Its mailbox is that of the collège, or bears the collège’s UAI.
    Mail,
    /// The same street of the same commune.
    Place,
    /// The same telephone.
    Phone,
    /// The same name, and the collège says that it has a SEGPA (or is the only one so named).
    Name,
    /// A name that differs by an abbreviation, a first name, a letter or the commune.
    SimilarName,
    /// The only collège with a SEGPA whose number or telephone follows: to be checked.
    Near,
}

/// What is known of a SEGPA, or of a school that may have one.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) uai: Uai,
    pub(super) words: BTreeSet<String>,
    /// The words of the name in their order, run together.
    pub(super) name: String,
    pub(super) city: BTreeSet<String>,
    pub(super) place: Option<(String, String)>,
    pub(super) phone: String,
    pub(super) mail: String,
    /// The UAI that the address bears, if any.
    pub(super) mailbox: Option<Uai>,
    /// Whether the row says that the school has a SEGPA.
    pub(super) has_segpa: bool,
}

impl Candidate {
    fn of(entry: &Entry) -> Self {
        let listing = &entry.listing;
        let names = words(&listing.name);
        let street = folded(&listing.address.street);
        let city = if entry.city_code.is_empty() {
            folded(&listing.address.city)
        } else {
            entry.city_code.clone()
        };
        let mail = listing.mail.as_ref().map(domain::kernel::email::Email::normalised);
        let mail = mail.unwrap_or_default();
        Self {
            uai: entry.uai.clone(),
            name: names.concat(),
            words: names.into_iter().collect(),
            city: words(&listing.address.city).into_iter().collect(),
            place: (!street.is_empty() && !city.is_empty()).then_some((city, street)),
            phone: digits(listing.phone.as_deref().unwrap_or_default()),
            mailbox: mailbox_uai(&mail),
            mail,
            has_segpa: entry.has_segpa,
        }
    }
}

/// The SEGPA and the collèges of one département, and what was found so far.
#[derive(Debug, Default)]
struct Departement {
    segpas: Vec<Candidate>,
    hosts: Vec<Candidate>,
    /// SEGPA, by its place in `segpas`, to the place of its collège in `hosts`.
    found: BTreeMap<usize, (usize, Evidence)>,
    taken: BTreeSet<usize>,
}

/// Gathers the rows of a first reading, then says which collège each SEGPA belongs to.
#[derive(Debug, Default)]
pub(super) struct SegpaIndex {
    departements: BTreeMap<String, Departement>,
    seen: BTreeSet<Uai>,
}

impl SegpaIndex {
    /// Takes a row into account: a SEGPA without a parent, or an open school that may have one.
    pub(super) fn add(&mut self, entry: &Entry) {
        let wanted = entry.listing.kind == SchoolKind::Segpa;
        if entry.closed() || (wanted && entry.listing.parent.is_some()) {
            return;
        }
        let may_host = match entry.listing.kind {
            SchoolKind::College | SchoolKind::Other | SchoolKind::Erea => true,
            SchoolKind::Lycee
            | SchoolKind::LyceeProfessionnel
            | SchoolKind::LyceePolyvalent
            | SchoolKind::Section => entry.has_segpa,
            SchoolKind::Segpa => false,
        };
        if !(wanted || may_host) || !self.seen.insert(entry.uai.clone()) {
            return;
        }
        let prefix = entry.uai.as_str().chars().take(3).collect();
        let departement = self.departements.entry(prefix).or_default();
        let candidate = Candidate::of(entry);
        if wanted {
            departement.segpas.push(candidate);
        } else {
            departement.hosts.push(candidate);
        }
    }

    /// The collège of each SEGPA for which one was found.
    pub(super) fn resolve(mut self) -> BTreeMap<Uai, (Uai, Evidence)> {
        let mut parents = BTreeMap::new();
        for departement in self.departements.values_mut() {
            // The order of the rows in the file must not matter.
            departement.segpas.sort_by(|a, b| a.uai.cmp(&b.uai));
            departement.hosts.sort_by(|a, b| a.uai.cmp(&b.uai));
            for rule in RULES {
                departement.apply(rule);
            }
            for (segpa, (host, evidence)) in &departement.found {
                if let (Some(segpa), Some(host)) =
                    (departement.segpas.get(*segpa), departement.hosts.get(*host))
                {
                    parents.insert(segpa.uai.clone(), (host.uai.clone(), *evidence));
                }
            }
        }
        parents
    }
}

impl Departement {
    /// Attaches every SEGPA for which `rule` points to one collège that no other claims.
    fn apply(&mut self, rule: &Rule) {
        let proposed: Vec<(usize, usize)> = (0..self.segpas.len())
            .filter(|segpa| !self.found.contains_key(segpa))
            .filter_map(|segpa| Some((segpa, self.host_of(segpa, rule)?)))
            .collect();
        let mut claims = BTreeMap::<usize, usize>::new();
        for (_, host) in &proposed {
            *claims.entry(*host).or_default() += 1;
        }
        for (segpa, host) in proposed {
            if rule.shared || claims.get(&host) == Some(&1) {
                self.found.insert(segpa, (host, rule.evidence));
                self.taken.insert(host);
            }
        }
    }

    fn host_of(&self, segpa: usize, rule: &Rule) -> Option<usize> {
        let segpa = self.segpas.get(segpa)?;
        let fitting: Vec<(usize, &Candidate)> = self
            .hosts
            .iter()
            .enumerate()
            .filter(|(place, host)| {
                (host.has_segpa || !rule.declared_only)
                    && (rule.shared || !self.taken.contains(place))
                    && (rule.fits)(segpa, host)
            })
            .collect();
        let only = |hosts: &[(usize, &Candidate)]| match hosts {
            [(place, _)] => Some(*place),
            _ => None,
        };
        only(&fitting).or_else(|| {
            let declared: Vec<_> = fitting.iter().filter(|(_, h)| h.has_segpa).copied().collect();
            let close: Vec<_> = fitting.iter().filter(|(_, h)| near(segpa, h)).copied().collect();
            only(&declared).or_else(|| only(&close))
        })
    }
}
