//! Durable commands a second through the whole path: the session is found, the right is checked,
//! the rules decide, what is personal is sealed, the log takes it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::task::JoinSet;

use super::{SCHOOLS, desk::Desk};
use crate::{
    Fault,
    house::{Backend, House},
    secretary::{self, Answer, Wish},
    stage::{self, Cast, Size},
    tally::Tally,
};

/// How many schools book at once, and how many bookings they make together.
const CLIENTS: [(usize, usize); 5] =
    [(1, 500), (8, 3000), (32, 8000), (128, 16_000), (512, 16_000)];
/// How many bookings a slot takes.
const SEATS: u16 = 20;

pub(super) async fn measure(house: &House, log: Backend) -> Result<(), Fault> {
    let app = house.open(0).await?;
    let Cast { schools, .. } = stage::set(&app, Size { schools: SCHOOLS, hosts: 1 }).await?;
    let all: usize = CLIENTS.iter().map(|(_, bookings)| bookings).sum();
    let slots = u32::try_from(all / usize::from(SEATS) + CLIENTS.len() + usize::from(SEATS))?;
    let slots = stage::offer(&app, slots, SEATS).await?;
    let wishes = slots.iter().enumerate().flat_map(|(number, slot)| {
        (0..SEATS).map(move |seat| Wish {
            slot: slot.to_string(),
            pupil: format!("Eleve-{number}-{seat}"),
            or_wait: false,
        })
    });
    let wishes: Arc<Vec<Wish>> = Arc::new(wishes.collect());
    let (desk, schools) = (Desk::open(&app)?, Arc::new(schools));
    println!("\n{log:?} : réservations par l’API (session, droits, décision, scellés, journal)");
    let mut first = 0;
    for (clients, bookings) in CLIENTS {
        let begun = Instant::now();
        let mut secretaries = JoinSet::new();
        for client in 0..clients {
            let (desk, schools, wishes) = (desk.clone(), schools.clone(), wishes.clone());
            secretaries.spawn(async move {
                let mut took = Tally::default();
                for at in (first + client..first + bookings).step_by(clients) {
                    let school = schools.get(client).ok_or("une école")?;
                    let wish = wishes.get(at).ok_or("un souhait")?;
                    let asked = Instant::now();
                    let variables = json!({ "input": wish.input(&school.code) });
                    let answer = desk.ask(school, "BookSeat", &variables).await?;
                    match secretary::read(&serde_json::from_slice(&answer)?) {
                        Answer::Booked(_) => took.add(asked.elapsed()),
                        other => return Err(format!("{other:?}").into()),
                    }
                }
                Ok::<_, Fault>(took)
            });
        }
        let mut took = Tally::default();
        while let Some(secretary) = secretaries.join_next().await {
            took.absorb(secretary??);
        }
        tell(clients, &took, begun.elapsed());
        first += bookings;
    }
    app.close().await;
    Ok(())
}

fn tell(clients: usize, took: &Tally, all: Duration) {
    let count = u32::try_from(took.count()).unwrap_or(u32::MAX);
    let rate = f64::from(count) / all.as_secs_f64();
    println!("{clients:>5} écoles : {rate:>7.0} commandes/s ; {}", took.told());
}
