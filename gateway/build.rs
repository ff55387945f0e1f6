//! The pages are in the binary: a release build is made again when they have changed. A debug build
//! reads them from their folder.

fn main() {
    let is_release = std::env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    println!("cargo::rerun-if-changed={}", if is_release { "portal/dist" } else { "build.rs" });
}
