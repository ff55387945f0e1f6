//! The service from outside, over HTTP, with its mail, on both backends.

#[cfg(test)]
mod amended;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod graphql_over_http;
#[cfg(test)]
mod hostile_stacks;
#[cfg(test)]
mod hostile_uploads;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod links;
#[cfg(test)]
mod listeners;
#[cfg(test)]
mod log_lines;
#[cfg(test)]
mod lost_codes;
#[cfg(test)]
mod object_store;
#[cfg(test)]
mod operator;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod photographs;
#[cfg(test)]
mod portal;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod scans;
#[cfg(test)]
mod signed_files;
#[cfg(test)]
mod signed_paper;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod signing_doors;
#[cfg(test)]
mod specimen;
#[cfg(test)]
mod stacks;
#[cfg(test)]
mod stopped;
#[cfg(test)]
mod support;
#[cfg(test)]
mod time_stamps;
#[cfg(test)]
mod two_gateways;
#[cfg(test)]
mod waiting;
