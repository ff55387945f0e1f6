//! How soon a gateway is ready on a log that it has read before, and how much memory it holds.

use std::time::Instant;

use crate::{Fault, gateways::Gateway, house::House};

pub(super) async fn measure(house: &House) -> Result<(), Fault> {
    let begun = Instant::now();
    let gateway = Gateway::start(house, 0).await?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("  prêt en {seconds:.2} s, {} Mo de mémoire", gateway.memory()? / 1000);
    gateway.stop().await
}
