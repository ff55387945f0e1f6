//! The committed schema is the one that the program serves.

#[test]
fn the_committed_sdl_is_current() {
    let committed = include_str!("../schema.graphql");

    assert!(
        committed == schema::sdl(),
        "schema/schema.graphql is not current: cargo xtask sdl writes it anew"
    );
}
