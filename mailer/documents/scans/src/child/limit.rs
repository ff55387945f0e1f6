//! The limits that the child sets to itself.

use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The most address space, bytes.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Processor time to open a file, seconds.
pub(super) const TO_OPEN: u64 = 10;
/// Processor time to look at a file by itself (for signatures, or whether it can be kept), seconds:
/// a file of ours takes hundredths of one.
pub(super) const TO_LOOK: u64 = 5;
/// Processor time to bind photographs, seconds: twenty of the largest that are taken need several.
pub(super) const TO_BIND: u64 = 15;
/// Processor time for each page, seconds: a page on which no code is found takes
/// one of them, on a slow machine two.
pub(super) const A_PAGE: u64 = 3;

/// Limits memory, forbids to leave a picture of it behind, and gives the time
/// to open a file.
pub(super) fn begin() -> Result<(), Errno> {
    lower(Resource::As, MEMORY)?;
    lower(Resource::Core, 0)?;
    soft(Resource::Cpu, TO_OPEN)
}

/// Gives the time to read so many pages.
pub(super) fn read(pages: usize) -> Result<(), Errno> {
    soft(Resource::Cpu, TO_OPEN + A_PAGE * pages as u64)
}

/// Gives the time to look at a file by itself.
pub(super) fn look() -> Result<(), Errno> {
    soft(Resource::Cpu, TO_LOOK)
}

/// Gives the time to bind photographs.
pub(super) fn bind() -> Result<(), Errno> {
    soft(Resource::Cpu, TO_BIND)
}

fn lower(resource: Resource, most: u64) -> Result<(), Errno> {
    let most = getrlimit(resource).maximum.map_or(most, |now| now.min(most));
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
}

fn soft(resource: Resource, most: u64) -> Result<(), Errno> {
    let maximum = getrlimit(resource).maximum;
    let current = Some(maximum.map_or(most, |maximum| maximum.min(most)));
    setrlimit(resource, Rlimit { current, maximum })
}
