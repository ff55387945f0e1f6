//! What every read model of the catalogue must be, so that folding, rebuilding and verifying
//! are right for it.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::{Table, catalogue::ALL};

fn made(table: &Table) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(table.ddl).unwrap();
    db
}

#[test]
fn names_are_unique() {
    let names: BTreeSet<_> = ALL.iter().map(|it| it.name).collect();
    let tables: Vec<_> = ALL.iter().flat_map(|it| it.tables).map(|it| it.name).collect();

    assert_eq!(names.len(), ALL.len());
    assert_eq!(tables.iter().collect::<BTreeSet<_>>().len(), tables.len());
}

#[test]
fn streams_are_those_of_the_domain() {
    for definition in ALL {
        for stream in definition.streams {
            let error = domain::facts::Fact::decode(stream, serde_json::Value::Null).unwrap_err();
            assert!(!error.to_string().contains("no stream is"), "{stream}");
        }
    }
}

#[test]
fn the_declared_key_is_the_primary_key_and_nothing_else_is_unique() {
    for table in ALL.iter().flat_map(|it| it.tables) {
        let db = made(table);
        let mut key =
            db.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk").unwrap();
        let key: Vec<String> =
            key.query_map([table.name], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let unique: u32 = db
            .query_row(
                "SELECT count(*) FROM pragma_index_list(?1) WHERE \"unique\" AND origin <> 'pk'",
                [table.name],
                |row| row.get(0),
            )
            .unwrap();

        assert_eq!(key, table.key, "{}", table.name);
        assert_eq!(unique, 0, "{}", table.name);
    }
}

#[test]
fn a_table_is_strict_and_its_statements_make_nothing_but_it_and_its_indices() {
    for table in ALL.iter().flat_map(|it| it.tables) {
        let db = made(table);
        let strict: bool = db
            .query_row(
                "SELECT strict FROM pragma_table_list WHERE name = ?1",
                [table.name],
                |row| row.get(0),
            )
            .unwrap();
        let others: u32 = db
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> ?1 OR type NOT IN ('table', 'index')",
                [table.name],
                |row| row.get(0),
            )
            .unwrap();

        assert!(strict, "{} is not STRICT", table.name);
        assert_eq!(others, 0, "{} makes something else", table.name);
        assert!(!table.ddl.contains("AUTOINCREMENT"), "{}", table.name);
    }
}
