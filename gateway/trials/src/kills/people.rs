//! Schools that book one pupil after the other, and ask again for those whose answer did not come.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use domain::kernel::ids::SlotId;
use tokio::{
    sync::{Mutex, watch},
    task::{JoinHandle, JoinSet},
};

use crate::{
    Fault,
    house::House,
    kills::SEATS,
    listed::Listed,
    secretary::{Answer, Secretary, Wish},
    stage::School,
};

/// Between two requests of one school.
const THINKS: Duration = Duration::from_millis(60);
/// How long a school that gets no answer waits before it asks again.
const AGAIN: Duration = Duration::from_millis(15);
/// How long all may take to get their last answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// One school: who speaks for it, where it books, and for how many pupils it has an answer.
struct One {
    secretary: Secretary,
    slots: Vec<SlotId>,
    answered: AtomicUsize,
}

impl One {
    /// The next pupil, the same until there is an answer.
    fn wish(&self) -> Option<Wish> {
        let next = self.answered.load(Ordering::Relaxed);
        let slot = self.slots.get(next / usize::from(SEATS))?.to_string();
        let pupil = format!("Eleve-{slot}-{}", next % usize::from(SEATS));
        Some(Wish { slot, pupil, or_wait: false })
    }
}

/// All of them.
pub(crate) struct People {
    all: Vec<Arc<One>>,
    /// The booking of each pupil, as it was acknowledged.
    booked: Mutex<BTreeMap<String, String>>,
}

impl People {
    /// Those of `schools`, each with `each` of the slots.
    pub(crate) fn new(
        house: &House,
        schools: Vec<School>,
        slots: &[SlotId],
        each: usize,
    ) -> Result<Self, Fault> {
        let listed = Listed::read()?;
        let all = schools.into_iter().zip(slots.chunks(each)).map(|(school, slots)| {
            // Of its own: what hung on a gateway that died hangs on none that lives.
            let http = reqwest::Client::builder().pool_max_idle_per_host(0).build()?;
            let secretary = Secretary::new(http, listed.clone(), house.url(0), school);
            Ok(Arc::new(One { secretary, slots: slots.to_vec(), answered: AtomicUsize::new(0) }))
        });
        let all = all.collect::<Result<_, reqwest::Error>>()?;
        Ok(Self { all, booked: Mutex::default() })
    }

    /// What was acknowledged so far: the booking, by the pupil's name.
    pub(crate) async fn acknowledged(&self) -> BTreeMap<String, String> {
        self.booked.lock().await.clone()
    }

    /// All book until it is over.
    pub(crate) fn book(
        self: &Arc<Self>,
        over: &watch::Receiver<bool>,
    ) -> JoinHandle<Result<(), Fault>> {
        let mut schools = JoinSet::new();
        for one in &self.all {
            let (people, one, over) = (self.clone(), one.clone(), over.clone());
            schools.spawn(async move {
                while !*over.borrow() {
                    let Some(wish) = one.wish() else { break };
                    let answered = people.ask(&one, wish).await?;
                    tokio::time::sleep(if answered { THINKS } else { AGAIN }).await;
                }
                Ok::<_, Fault>(())
            });
        }
        tokio::spawn(async move {
            while let Some(ended) = schools.join_next().await {
                ended??;
            }
            Ok(())
        })
    }

    /// Asks once; whether there was an answer.
    async fn ask(&self, one: &One, wish: Wish) -> Result<bool, Fault> {
        match one.secretary.book(&wish).await {
            Answer::Booked(booking) => {
                self.booked.lock().await.insert(wish.pupil, booking);
                one.answered.fetch_add(1, Ordering::Relaxed);
                Ok(true)
            }
            Answer::Failed(_) => Ok(false),
            other => Err(format!("{} : {other:?}", wish.pupil).into()),
        }
    }

    /// Every school has an answer for the pupil it asked for last.
    pub(crate) async fn finish(&self) -> Result<(), Fault> {
        let begun = Instant::now();
        for one in &self.all {
            while let Some(wish) = one.wish() {
                if self.ask(one, wish).await? {
                    break;
                }
                if begun.elapsed() > PATIENCE {
                    return Err("une école n’a plus de réponse".into());
                }
                tokio::time::sleep(AGAIN).await;
            }
        }
        Ok(())
    }
}
