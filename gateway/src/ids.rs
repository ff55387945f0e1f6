//! Where fresh ids come from.

use uuid::Uuid;

/// A fresh id (UUID v7).
#[expect(clippy::disallowed_methods, reason = "this is where ids are drawn")]
pub fn draw() -> Uuid {
    Uuid::now_v7()
}
