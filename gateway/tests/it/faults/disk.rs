//! The disk of the log in a file is full.

use super::{all_is_well, book, book_in_the_end, is_plain, small_disk::SmallDisk};
use crate::support::{Backend, binary::Installation};

#[tokio::test]
async fn a_full_disk_takes_nothing_until_there_is_room() {
    let disk = SmallDisk::mount(24, false);
    let mut installation = Installation::new(Backend::Sqlite).await;
    installation.settings.push(("ESCALE_DATA_DIR", disk.path().display().to_string()));
    let installation = installation.opened();
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(9).await;
    book(&college, &slot, "Avant").await.unwrap();
    installation.letter(fixtures::schools::COLLEGE_COLLINE.mail, "AVANT Ana").await;

    disk.fill();
    let refused = book(&college, &slot, "Pendant").await.unwrap_err();
    let page = reqwest::get(installation.url()).await.unwrap();
    disk.make_room();

    is_plain(&refused);
    assert_eq!(page.status().as_u16(), 200);
    book_in_the_end(&college, &slot, "Pendant").await;
    all_is_well(&installation, service, &college, &["Avant", "Pendant"]).await;
}
