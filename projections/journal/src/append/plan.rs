//! The decision on a batch, as a pure function: who wins, at which positions, and what is to
//! be written. Every backend gathers the facts under its lock and executes the plan.

use std::collections::{HashMap, HashSet};

use domain::kernel::ids::PersonId;
use uuid::Uuid;

use super::{Append, AppendRefusal, ClaimChange, Written};
use crate::event::{Head, StoredEvent, chain};

/// Who holds a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) stream: String,
    pub(crate) stream_id: String,
    pub(crate) person: Option<PersonId>,
}

/// What the database says, under the lock, of all that a batch touches.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) head: Head,
    /// Microseconds since 1970.
    pub(crate) now: i64,
    /// The last sequence of each stream; one that is not there has no event.
    pub(crate) sequences: HashMap<(String, String), u64>,
    pub(crate) commands: HashMap<Uuid, Written>,
    pub(crate) claims: HashMap<(String, String), Holder>,
    pub(crate) erased: HashSet<PersonId>,
}

/// What is to be written, and the answer to each append of the batch, in its order.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) events: Vec<StoredEvent>,
    /// The commands that won, each as whoever repeats it is answered.
    pub(crate) commands: Vec<(Uuid, Written)>,
    /// The claims that change, as they end: held, or free.
    pub(crate) claims: HashMap<(String, String), Option<Holder>>,
    pub(crate) erased: Vec<PersonId>,
    pub(crate) head: Head,
    pub(crate) verdicts: Vec<Result<Written, AppendRefusal>>,
}

impl Plan {
    /// Whether an append of the batch brings its rows: it won, and for the first time.
    pub(crate) fn takes_rows(&self, append: usize) -> bool {
        self.verdicts
            .get(append)
            .is_some_and(|verdict| verdict.as_ref().is_ok_and(|written| !written.repeated))
    }
}

/// Decides `appends` one after the other, each seeing what those before it changed; one that
/// is refused changes nothing for the others.
pub(crate) fn plan(mut facts: Facts, appends: &[Append]) -> Plan {
    let mut plan = Plan {
        events: Vec::new(),
        commands: Vec::new(),
        claims: HashMap::new(),
        erased: Vec::new(),
        head: facts.head.clone(),
        verdicts: Vec::with_capacity(appends.len()),
    };
    for append in appends {
        let verdict = judge(&facts, append).map(|judgment| match judgment {
            Judgment::Repeated(written) => written,
            Judgment::Wins(claims) => win(&mut facts, &mut plan, append, claims),
        });
        plan.verdicts.push(verdict);
    }
    plan
}

enum Judgment {
    Repeated(Written),
    Wins(ClaimsAfter),
}

type ClaimsAfter = HashMap<(String, String), Option<Holder>>;

fn judge(facts: &Facts, append: &Append) -> Result<Judgment, AppendRefusal> {
    if let Some(first) = facts.commands.get(&append.command) {
        return Ok(Judgment::Repeated(first.clone()));
    }
    if let Some(person) = append.about.iter().find(|p| facts.erased.contains(p)) {
        return Err(AppendRefusal::Erased(*person));
    }
    let stream = (append.stream.to_owned(), append.stream_id.clone());
    if facts.sequences.get(&stream).copied().unwrap_or(0) != append.expected {
        return Err(AppendRefusal::Conflict);
    }
    let mut after = ClaimsAfter::new();
    for change in &append.claims {
        claim(facts, &mut after, append, change)?;
    }
    Ok(Judgment::Wins(after))
}

fn claim(
    facts: &Facts,
    after: &mut ClaimsAfter,
    append: &Append,
    change: &ClaimChange,
) -> Result<(), AppendRefusal> {
    let key = (change.scope.to_owned(), change.key.clone());
    let holder = match after.get(&key) {
        Some(holder) => holder.as_ref(),
        None => facts.claims.get(&key),
    };
    let ours = holder.is_none_or(|holder| {
        holder.stream == append.stream && holder.stream_id == append.stream_id
    });
    match (change.takes, ours) {
        (true, true) => {
            let holder = Holder {
                stream: append.stream.to_owned(),
                stream_id: append.stream_id.clone(),
                person: change.person,
            };
            after.insert(key, Some(holder));
            Ok(())
        }
        (true, false) => Err(AppendRefusal::Claimed { scope: change.scope }),
        (false, true) => {
            after.insert(key, None);
            Ok(())
        }
        // What another stream holds is not ours to give back.
        (false, false) => Ok(()),
    }
}

fn win(facts: &mut Facts, plan: &mut Plan, append: &Append, claims: ClaimsAfter) -> Written {
    let recorded_at = facts.now.max(plan.head.recorded_at);
    let first = plan.head.position + 1;
    for (event, sequence) in append.events.iter().zip(append.expected + 1..) {
        let mut stored = StoredEvent {
            position: plan.head.position + 1,
            id: event.id,
            tenant: append.tenant.clone(),
            stream: append.stream.to_owned(),
            stream_id: append.stream_id.clone(),
            sequence,
            name: event.name.clone(),
            version: event.version.clone(),
            payload: event.payload.clone(),
            metadata: event.metadata.clone(),
            recorded_at,
            leaf: Vec::new(),
            chain: Vec::new(),
        };
        stored.leaf = stored.compute_leaf();
        stored.chain = chain(&plan.head.chain, &stored.leaf);
        plan.head = Head { position: stored.position, chain: stored.chain.clone(), recorded_at };
        plan.events.push(stored);
    }
    let written = Written {
        stream: append.stream.to_owned(),
        stream_id: append.stream_id.clone(),
        // Without events, both are the head of that moment.
        first: first.min(plan.head.position),
        last: plan.head.position,
        repeated: false,
    };
    remember(facts, plan, append, &written);
    take_claims(facts, plan, claims);
    if let Some(person) = append.erases {
        forget(facts, plan, person);
    }
    written
}

/// A command without events leaves nothing to repeat, and is decided again.
fn remember(facts: &mut Facts, plan: &mut Plan, append: &Append, written: &Written) {
    if append.events.is_empty() {
        return;
    }
    let sequence = append.expected + append.events.len() as u64;
    let stream = (append.stream.to_owned(), append.stream_id.clone());
    facts.sequences.insert(stream, sequence);
    let repeated = Written { repeated: true, ..written.clone() };
    facts.commands.insert(append.command, repeated.clone());
    plan.commands.push((append.command, repeated));
}

fn take_claims(facts: &mut Facts, plan: &mut Plan, claims: ClaimsAfter) {
    for (key, holder) in claims {
        match &holder {
            Some(holder) => facts.claims.insert(key.clone(), holder.clone()),
            None => facts.claims.remove(&key),
        };
        plan.claims.insert(key, holder);
    }
}

fn forget(facts: &mut Facts, plan: &mut Plan, person: PersonId) {
    facts.erased.insert(person);
    plan.erased.push(person);
    facts.claims.retain(|_, holder| holder.person != Some(person));
    for holder in plan.claims.values_mut() {
        if holder.as_ref().is_some_and(|h| h.person == Some(person)) {
            *holder = None;
        }
    }
}
