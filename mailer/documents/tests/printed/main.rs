//! Documents as those who receive them see them: their text, their structure,
//! their codes on paper.

mod conventions;
mod day_lists;
mod deposits;
mod sample;
mod tools;
