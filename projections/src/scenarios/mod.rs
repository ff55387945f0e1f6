//! The machinery as a whole: following, pausing, rebuilding, erasing, verifying. No test
//! waits for time to pass: logs are held open and let go.

mod catalogue;
mod erasing;
mod following;
mod journal;
mod pausing;
mod rebuilding;
mod remote;
mod verifying;
mod world;
