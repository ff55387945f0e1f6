//! Where something is.

use serde::{Deserialize, Serialize};

/// A point on the map, in millionths of a degree (WGS 84), so that two can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionOnMap {
    /// Northwards, in millionths of a degree.
    pub latitude: i32,
    /// Eastwards, in millionths of a degree.
    pub longitude: i32,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PostalAddress {
    /// Number and street; further lines after a line feed.
    pub street: String,
    /// Five digits in France.
    pub postal_code: String,
    /// The commune's name.
    pub city: String,
}
