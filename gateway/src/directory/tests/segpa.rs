//! Each sign by which a SEGPA is attached to its collège.

use fixtures::directory::SEGPA;

use super::{super::Evidence, *};

#[test]
fn each_sign_attaches_its_segpa_and_no_sign_attaches_none() {
    let attached: BTreeMap<_, _> = rows(SEGPA)
        .into_iter()
        .filter_map(|row| match row.result {
            RowResult::School { uai, listing, attached_by, .. } if listing.nature == "390" => {
                let parent = listing.parent.map(String::from);
                Some((String::from(uai), (parent, attached_by)))
            }
            RowResult::School { .. }
            | RowResult::Site { .. }
            | RowResult::OutOfScope
            | RowResult::Rejected { .. } => None,
        })
        .collect();

    let expected = [
        ("9990201P", Some("9990101F"), Some(Evidence::Declared)),
        ("9990202R", Some("9990102G"), Some(Evidence::Mail)),
        ("9990203S", Some("9990103H"), Some(Evidence::Phone)),
        ("9990204T", Some("9990104J"), Some(Evidence::Place)),
        ("9990205U", Some("9990105K"), Some(Evidence::Name)),
        ("9990206V", Some("9990106L"), Some(Evidence::SimilarName)),
        ("9990207W", Some("9990107M"), Some(Evidence::SimilarName)),
        ("9990208X", Some("9990108N"), Some(Evidence::SimilarName)),
        ("9990300X", Some("9990299W"), Some(Evidence::Near)),
        ("9990210Z", None, None),
        ("9990211A", None, None),
    ];
    let expected: BTreeMap<_, _> = expected
        .into_iter()
        .map(|(uai, parent, by)| (uai.to_owned(), (parent.map(str::to_owned), by)))
        .collect();
    assert_eq!(attached, expected);
}

#[tokio::test]
async fn the_report_says_which_segpa_are_to_be_checked() {
    let report = imported(SEGPA, &Register::default(), Options::default()).await;

    insta::assert_snapshot!(report);
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let mut lines: Vec<_> = SEGPA.lines().collect();
    lines[1..].reverse();

    assert_eq!(schools(lines.join("\n").as_str()), schools(SEGPA));
}
