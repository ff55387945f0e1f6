//! A line to a server that a test cuts, holds or slows down, and that hears what passes on it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, tcp},
    sync::watch,
    task::JoinHandle,
};

/// How much is carried at once.
const CHUNK: usize = 64 * 1024;

/// How the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It carries what comes.
    Open,
    /// Nobody comes through, and who was there is dropped.
    Cut,
    /// Everybody waits: what comes is kept, and carried once it is open again.
    Held,
    /// Each piece waits for so long first.
    Slow(Duration),
}

/// Which way something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From clients to the server.
    There,
    /// From the server to its clients.
    Back,
}

/// What is done when certain words have come for the `left`th time, before they are carried on.
struct Trap {
    way: Way,
    words: &'static [u8],
    left: u32,
    then: Box<dyn FnOnce() + Send>,
}

impl std::fmt::Debug for Trap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trap({:?}, {})", self.way, self.left)
    }
}

/// A port of this machine behind which a server is. Gone, with all that is on it, when dropped.
#[derive(Debug)]
pub struct Line {
    port: u16,
    flow: watch::Sender<Flow>,
    trap: Arc<Mutex<Option<Trap>>>,
    carrier: JoinHandle<()>,
}

impl Line {
    /// A line to what listens at `server`, open.
    ///
    /// # Errors
    /// No port is free.
    pub async fn to(server: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (flow, flows) = watch::channel(Flow::Open);
        let trap = Arc::new(Mutex::new(None));
        let carrier = tokio::spawn(accept(listener, server, flows, trap.clone()));
        Ok(Self { port, flow, trap, carrier })
    }

    /// Where it begins, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Makes it so from now on, for those who are on it too.
    pub fn set(&self, flow: Flow) {
        self.flow.send_replace(flow);
    }

    /// Does `then` when `words` have come this `way` for the `count`th time from now on, before they
    /// are carried on; in the place of what was to be done before. Words that two reads of the
    /// socket cut in halves are not heard.
    pub fn trap(
        &self,
        way: Way,
        words: &'static [u8],
        count: u32,
        then: impl FnOnce() + Send + 'static,
    ) {
        let then = Box::new(then);
        *self.trap.lock().unwrap() = Some(Trap { way, words, left: count, then });
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.flow.send_replace(Flow::Cut);
        self.carrier.abort();
    }
}

async fn accept(
    listener: TcpListener,
    server: SocketAddr,
    flow: watch::Receiver<Flow>,
    trap: Arc<Mutex<Option<Trap>>>,
) {
    while let Ok((client, _)) = listener.accept().await {
        if *flow.borrow() != Flow::Cut {
            tokio::spawn(carry(client, server, flow.clone(), trap.clone()));
        }
    }
}

async fn carry(
    client: TcpStream,
    server: SocketAddr,
    flow: watch::Receiver<Flow>,
    trap: Arc<Mutex<Option<Trap>>>,
) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    // A piece waits for nobody but the test.
    let quick = client.set_nodelay(true).and(server.set_nodelay(true));
    debug_assert!(quick.is_ok());
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let mut cut = flow.clone();
    tokio::select! {
        () = one_way(Way::There, from_client, to_server, flow.clone(), &trap) => {}
        () = one_way(Way::Back, from_server, to_client, flow, &trap) => {}
        _ = cut.wait_for(|flow| *flow == Flow::Cut) => {}
    }
}

async fn one_way(
    way: Way,
    mut from: tcp::OwnedReadHalf,
    mut to: tcp::OwnedWriteHalf,
    mut flow: watch::Receiver<Flow>,
    trap: &Mutex<Option<Trap>>,
) {
    let mut piece = vec![0; CHUNK];
    while let Ok(count @ 1..) = from.read(&mut piece).await {
        let heard = piece.get(..count).unwrap_or_default();
        hear(way, heard, trap);
        let now = *flow.borrow_and_update();
        if let Flow::Slow(wait) = now {
            tokio::time::sleep(wait).await;
        }
        let is_open = flow.wait_for(|flow| *flow != Flow::Held).await.is_ok();
        if !is_open || to.write_all(heard).await.is_err() {
            return;
        }
    }
}

fn hear(way: Way, heard: &[u8], trap: &Mutex<Option<Trap>>) {
    let mut set = trap.lock().unwrap();
    let Some(trap) = set.as_mut().filter(|trap| trap.way == way) else { return };
    let times = heard.windows(trap.words.len()).filter(|words| *words == trap.words).count();
    trap.left = trap.left.saturating_sub(u32::try_from(times).unwrap_or(u32::MAX));
    if trap.left == 0
        && let Some(trap) = set.take()
    {
        (trap.then)();
    }
}
