//! Where a test stops the writer between its decision and its commit, or makes it die there.
//! Outside the tests it holds nothing.

#[cfg(not(test))]
pub(crate) use released::Hold;

#[cfg(test)]
pub(crate) use held::{Hold, Next};

#[cfg(not(test))]
mod released {
    #[derive(Debug, Clone)]
    pub(crate) struct Hold;

    impl Hold {
        pub(crate) fn new() -> Self {
            Self
        }

        #[expect(clippy::unused_self, reason = "the tests' hold uses it")]
        pub(crate) fn before_commit_blocking(&self) {}

        #[expect(clippy::unused_async, reason = "the tests' hold waits")]
        pub(crate) async fn before_commit(&self) {}
    }
}

#[cfg(test)]
mod held {
    use std::sync::{Arc, Mutex};

    use tokio::sync::{mpsc, oneshot};

    /// What the writer does next.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Next {
        Commit,
        Die,
    }

    type Stopped = oneshot::Sender<Next>;

    /// Stops the writer before each commit while someone watches.
    #[derive(Debug, Clone, Default)]
    pub(crate) struct Hold(Arc<Mutex<Option<mpsc::UnboundedSender<Stopped>>>>);

    impl Hold {
        pub(crate) fn new() -> Self {
            Self::default()
        }

        /// From now on each commit waits for what is sent through the sender received here;
        /// until the receiver is dropped.
        pub(crate) fn watch(&self) -> mpsc::UnboundedReceiver<Stopped> {
            let (sender, receiver) = mpsc::unbounded_channel();
            *self.0.lock().unwrap() = Some(sender);
            receiver
        }

        fn stop(&self) -> Option<oneshot::Receiver<Next>> {
            let (sender, receiver) = oneshot::channel();
            let watcher = self.0.lock().unwrap().clone()?;
            watcher.send(sender).ok()?;
            Some(receiver)
        }

        pub(crate) fn before_commit_blocking(&self) {
            if let Some(next) = self.stop() {
                assert_eq!(
                    next.blocking_recv().unwrap_or(Next::Commit),
                    Next::Commit,
                    "the test lets the writer die here"
                );
            }
        }

        pub(crate) async fn before_commit(&self) {
            if let Some(next) = self.stop() {
                assert_eq!(
                    next.await.unwrap_or(Next::Commit),
                    Next::Commit,
                    "the test lets the writer die here"
                );
            }
        }
    }
}
