//! The contract that the three logs keep, each test run on each of them. Inside the crate,
//! because the races are made deterministic where the writer stands before its commit.

mod appends;
mod claims;
mod club;
mod copies;
mod duties;
mod erasure;
mod independent;
mod order;
mod proof;
mod races;
mod rows;
mod sealing;
mod shared_keys;
mod tamper;
mod tampering;
mod world;

/// Runs each test on the three logs, and where PostgreSQL has the keys too.
macro_rules! on_every_log {
    ($($test:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::contract::world::World::memory()).await;
            })+
        }
        mod shared {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::contract::world::World::shared().await).await;
            })+
        }
        $crate::contract::on_durable_logs!($($test),+);
    };
}

/// Runs each test on the logs that outlive the process.
macro_rules! on_durable_logs {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::contract::world::World::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::contract::world::World::postgres().await).await;
            })+
        }
    };
}

use {on_durable_logs, on_every_log};
