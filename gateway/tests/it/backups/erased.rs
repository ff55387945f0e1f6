//! Who was erased stays erased, whichever copies are restored.

use serde_json::Value;

use super::{Safe, college_at, convention, name_of, pupil_of};
use crate::support::{Backend, Person, binary::Installation, on_both};

/// Three pupils with a convention each, one erased before the first backup, one between the first and
/// the second, one not.
struct Erasures {
    safe: Safe,
    before: String,
    between: String,
    kept: String,
    first: Value,
    second: Value,
}

impl Erasures {
    async fn play(backend: Backend) -> Self {
        let from = Installation::ready(backend).await;
        let service = from.serve().await;
        let (_, college, slot) = from.open_slot(4).await;
        let (booking, before) = convention(&from, &college, &slot, "Avant").await;
        let (other, between) = convention(&from, &college, &slot, "Entre").await;
        let (_, kept) = convention(&from, &college, &slot, "Garde").await;
        let safe = Safe::new();

        from.done(&["erase", &pupil_of(&college, &booking).await]);
        let first = safe.take(&from, &[]);
        assert_eq!(status_of(&college, &between).await, 200);
        from.done(&["erase", &pupil_of(&college, &other).await]);
        let second = safe.take(&from, &[]);

        assert_eq!((&first["erasures"], &second["erasures"]), (&1.into(), &2.into()));
        assert_eq!(second["documents"]["copied"], 0, "documents are copied once");
        service.stop().await;
        Self { safe, before, between, kept, first, second }
    }

    /// Restores with these arguments; who was erased is so there, as the pages tell.
    async fn restored(&self, to: Installation, more: &[&str]) -> String {
        let said = self.safe.put_back_well(&to, more);
        let service = to.serve().await;
        let college = college_at(&to).await;
        assert_eq!(status_of(&college, &self.before).await, 410);
        assert_eq!(status_of(&college, &self.between).await, 410);
        assert_eq!(status_of(&college, &self.kept).await, 200);
        to.done(&["projections", "verify"]);
        to.done(&["log", "verify"]);
        service.stop().await;
        said
    }
}

async fn status_of(college: &Person, convention: &str) -> u16 {
    college.get(&format!("/convention/{convention}/conv.pdf")).await.0
}

async fn an_old_copy_brings_nobody_back(backend: Backend) {
    let erasures = Erasures::play(backend).await;
    let (first, second) = (name_of(&erasures.first), name_of(&erasures.second));
    let old = ["--copy", first, "--keys-copy", first];
    let applied = "Effacements plus récents que la copie, appliqués\u{202f}: 1\n";

    let last = erasures.restored(Installation::new(backend).await, &[]).await;
    assert!(!last.contains("appliqués"), "the log has them: {last}");

    // Old keys with the old log; then with the new log, that knows.
    let said = erasures.restored(Installation::new(Backend::Sqlite).await, &old).await;
    assert!(said.contains(applied), "{said}");
    let keys = ["--keys-copy", first];
    let said = erasures.restored(Installation::new(Backend::Sqlite).await, &keys).await;
    assert!(said.contains("Ces clés sont d’avant le journal"), "{said}");

    // Only the register of the later copy of the keys knows.
    let safe = &erasures.safe;
    let (log, aside) = (safe.log().join(second), safe.dir.path().join("aside"));
    std::fs::rename(&log, &aside).unwrap();
    let said = erasures.restored(Installation::new(backend).await, &old).await;
    assert!(said.contains(applied), "{said}");

    // Only the later copy of the log knows.
    std::fs::rename(&aside, &log).unwrap();
    std::fs::remove_dir_all(safe.keys().join(second)).unwrap();
    let said = erasures.restored(Installation::new(Backend::Sqlite).await, &old).await;
    assert!(said.contains(applied), "{said}");

    // Nobody knows any more: the key is in the old copy, so that the tests above can fail.
    std::fs::remove_dir_all(&log).unwrap();
    let to = Installation::new(Backend::Sqlite).await;
    safe.put_back_well(&to, &old);
    let service = to.serve().await;
    assert_eq!(status_of(&college_at(&to).await, &erasures.between).await, 200);
    service.stop().await;
}

on_both!(an_old_copy_brings_nobody_back);
