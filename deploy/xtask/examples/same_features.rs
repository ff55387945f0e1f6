//! Does nothing. Cargo resolves features with those of the tests as soon as an example is asked for, so
//! that `cargo xtask demo` and `cargo xtask test` share what they build (see `escale.rs` beside them).

fn main() {}
