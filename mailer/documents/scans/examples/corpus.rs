//! How many pages of each kind are read: `cargo run --release -p scans --example corpus`.
//!
//! Prints the table of `docs/recognition.md`. With a number, so many pages of each
//! kind; with `--keep DIR`, pages that were not read are kept there.

#![expect(clippy::expect_used, reason = "a corpus that cannot be made is a fault of ours")]

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use documents::codes::{PageCode, decode, printed_place};
use documents::convention::render;
use documents::seal;
use jiff::Timestamp;
use rustix::time::{ClockId, clock_gettime};
use scans::{Limits, PageReading, Reader, Stack, read_page};

#[path = "../corpus/mod.rs"]
mod corpus;

#[path = "../../tests/printed/authority.rs"]
mod authority;

use corpus::content::{self, KEY};
use corpus::kinds::{KINDS, Kind, LEGIBLE};
use corpus::prints::{Print, convention};

type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [scans::child::COMMAND, task] => {
            Ok(scans::child::run(task, io::stdin().lock(), io::stdout().lock())?)
        }
        ["page", kind, file] => page(kind.parse()?, Path::new(file)),
        ["stack"] => stack(),
        ["seeds", folder] => seeds(Path::new(folder)),
        [] => table(40, None),
        [pages] => table(pages.parse()?, None),
        [pages, "--keep", folder] => table(pages.parse()?, Some(Path::new(folder))),
        _other => Err("corpus [PAGES [--keep DIR]] | stack | page KIND FILE | seeds DIR".into()),
    }
}

/// What is known of the pages of one kind.
#[derive(Default)]
struct Tally {
    wrong: usize,
    /// By the number of the print: pages read, and all of them.
    prints: BTreeMap<u16, [usize; 2]>,
    inked: usize,
    inkless: usize,
    times: Vec<Duration>,
}

fn table(pages: usize, keep: Option<&Path>) -> Result<(), Fault> {
    let prints: Vec<Print> = (0..=u8::MAX).flat_map(convention).take(pages).collect();
    let prints_read = "read of 1st prints | of 2nd | of 12th";
    say(&format!(
        "| kind | pages | {prints_read} | wrong | boxes seen signed | ms median | ms p99 |"
    ))?;
    say("|---|---|---|---|---|---|---|---|---|")?;
    let (mut all, mut lost) = (Tally::default(), Vec::new());
    for (kind, seed) in KINDS.iter().zip(0..) {
        let mut tally = Tally::default();
        for (print, number) in prints.iter().zip(0_u64..) {
            let file = kind.file(print, seed * 10_000 + number);
            let read = tally.page(&file, print)?;
            if !read {
                lost.push((file.clone(), print));
            }
            if let Some(folder) = keep.filter(|_| !read) {
                let name = kind.name.replace(|it: char| !it.is_ascii_alphanumeric(), "-");
                std::fs::write(folder.join(format!("{name}-{number}")), &file)?;
            }
        }
        say(&tally.row(kind.name))?;
        if seed < LEGIBLE as u64 {
            all.add(tally);
        }
    }
    say(&all.row("**all that a person reads well**"))?;
    printed(&lost)
}

/// What print tells of the pages whose codes were not read, by Tesseract as the gateway starts it.
fn printed(lost: &[(Vec<u8>, &Print)]) -> Result<(), Fault> {
    let (mut right, mut wrong, mut pages) = (0, 0, 0);
    for (file, print) in lost {
        let stack = Stack::open(file.clone(), &Limits::default())?;
        let reading = read_page(&stack, 0).ok_or("a page is missing")?;
        let expected = decode(&print.text, KEY)?;
        let place = printed_place(&recognised(&reading.print)?);
        let named = place.as_ref().map(|it| it.reference == expected.reference);
        right += usize::from(named == Some(true));
        wrong += usize::from(named == Some(false));
        pages += usize::from(place.and_then(|it| it.page) == Some(expected.page));
    }
    let count = lost.len();
    say(&format!(
        "of {count} pages without a code, print names {right} rightly, {wrong} wrongly;"
    ))?;
    say(&format!("the page number is read on {pages}"))
}

fn recognised(picture: &[u8]) -> Result<String, Fault> {
    let mut engine = Command::new("tesseract");
    engine.args(["stdin", "stdout", "--psm", "1", "--dpi", "200", "-l", "fra"]);
    engine.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = engine.env("OMP_THREAD_LIMIT", "1").spawn()?;
    child.stdin.take().ok_or("no input")?.write_all(picture)?;
    Ok(String::from_utf8_lossy(&child.wait_with_output()?.stdout).into_owned())
}

impl Tally {
    fn page(&mut self, file: &[u8], print: &Print) -> Result<bool, Fault> {
        let begun = clock_gettime(ClockId::ThreadCPUTime);
        let stack = Stack::open(file.to_vec(), &Limits::default())?;
        let reading = read_page(&stack, 0).ok_or("a page is missing")?;
        let spent = clock_gettime(ClockId::ThreadCPUTime) - begun;
        self.times.push(spent.try_into()?);
        let expected = decode(&print.text, KEY)?;
        let codes = codes(&reading);
        let [seen, pages] = self.prints.entry(expected.print).or_default();
        let read = codes == [expected];
        *seen += usize::from(read);
        *pages += 1;
        self.wrong += usize::from(!read && !codes.is_empty());
        if read && print.last {
            let ink = reading.ink.map(|ink| [ink.origin, ink.guardian, ink.pupil, ink.host]);
            self.inked += usize::from(ink == Some([true; 4]));
            self.inkless += 1;
        }
        Ok(read)
    }

    fn add(&mut self, other: Self) {
        for (print, [seen, pages]) in other.prints {
            let ours = self.prints.entry(print).or_default();
            ours[0] += seen;
            ours[1] += pages;
        }
        self.wrong += other.wrong;
        self.inked += other.inked;
        self.inkless += other.inkless;
        self.times.extend(other.times);
    }

    /// « 20 of 20 »
    fn of_print(&self, print: u16) -> String {
        let [seen, pages] = self.prints.get(&print).copied().unwrap_or_default();
        format!("{seen} of {pages}")
    }

    fn row(&self, name: &str) -> String {
        let mut times = self.times.clone();
        times.sort_unstable();
        let at = |percent: usize| {
            times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)))
        };
        let millis = |percent| at(percent).map_or(0, Duration::as_millis);
        let Self { wrong, inked, inkless, .. } = self;
        let pages = times.len();
        let (median, late) = (millis(50), millis(99));
        let prints = [1, 2, 12].map(|print| self.of_print(print)).join(" | ");
        format!(
            "| {name} | {pages} | {prints} | {wrong} | {inked} of {inkless} | {median} | {late} |"
        )
    }
}

/// The pages that the codes of a page name, as whoever has the key knows.
fn codes(reading: &PageReading) -> Vec<PageCode> {
    reading.found.iter().filter_map(|text| decode(text, KEY).ok()).collect()
}

/// Two hundred pages in one file, through a child.
fn stack() -> Result<(), Fault> {
    let prints: Vec<Print> = (0..=u8::MAX).flat_map(convention).take(200).collect();
    // What photocopiers send: neither PNG nor photographs.
    let usual: Vec<&Kind> = [0, 1, 3, 4, 6, 8, 9, 10, 11].map(|at| &KINDS[at]).to_vec();
    let kind = |at: usize| usual.get(at % usual.len());
    let mut file = lopdf::Document::with_version("1.4");
    let tree = file.new_object_id();
    let mut kids: Vec<lopdf::Object> = Vec::new();
    for (at, print) in prints.iter().enumerate() {
        let page = kind(at).map(|kind| kind.file(print, at as u64));
        let page = Stack::open(page.ok_or("no kind")?, &Limits::default())?;
        let mut page = lopdf::Document::load_mem(page.pdf())?;
        page.renumber_objects_with(file.max_id + 1);
        file.max_id = page.max_id;
        for id in page.page_iter().collect::<Vec<_>>() {
            page.get_dictionary_mut(id)?.set("Parent", tree);
            kids.push(id.into());
        }
        file.objects.extend(page.objects);
    }
    let count = i64::try_from(kids.len())?;
    let pages = lopdf::dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    file.objects.insert(tree, pages.into());
    let root = file.add_object(lopdf::dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", root);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes)?;
    let begun = Instant::now();
    let mut most = None;
    let reader = Reader::of_this_program()?;
    let reading = reader.read(&bytes, &Limits::default(), |_| most = peak().or(most.take()))??;
    let taken = begun.elapsed();
    let read = reading.pages.iter().zip(&prints).filter(|(page, print)| {
        decode(&print.text, KEY).is_ok_and(|expected| codes(page) == [expected])
    });
    let peak = most.ok_or("the kernel does not say")?;
    let (count, size) = (read.count(), bytes.len() / 1_000_000);
    say(&format!("{count} of {} pages of a file of {size} MB read", prints.len()))?;
    say(&format!("in {:.1} s by the clock; peak memory of the child: {peak}", taken.as_secs_f32()))
}

/// The most memory that a child of this thread ever took: the kernel's own count.
fn peak() -> Option<String> {
    let children = std::fs::read_to_string("/proc/thread-self/children").ok()?;
    let child = children.split_whitespace().next()?;
    let status = std::fs::read_to_string(format!("/proc/{child}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|it| it.trim().to_owned())
}

/// One page of a kind, to look at.
fn page(kind: usize, file: &Path) -> Result<(), Fault> {
    let kind = KINDS.get(kind).ok_or("no such kind")?;
    let print = convention(0).into_iter().last().ok_or("no page")?;
    Ok(std::fs::write(file, kind.file(&print, 1))?)
}

/// One file of each kind, our own, and signed ones with their containers, as seeds for the fuzzer; beside the folder,
/// `roots.pem` of who signed them.
fn seeds(folder: &Path) -> Result<(), Fault> {
    let own = render(&content::signed(0), KEY)?;
    std::fs::write(folder.join("own"), &own)?;
    signed_seeds(folder, &own)?;
    let print = convention(0).into_iter().next().ok_or("no page")?;
    let small = corpus::sheet::Sheet { ..print.sheet.scanned(75.0, 0.0) };
    for (kind, number) in KINDS.iter().zip(0..) {
        let print = Print { sheet: small.clone(), text: print.text.clone(), last: print.last };
        std::fs::write(folder.join(format!("kind-{number}")), kind.file(&print, number))?;
    }
    Ok(())
}

fn signed_seeds(folder: &Path, own: &[u8]) -> Result<(), Fault> {
    let at = Timestamp::from_second(1_800_000_000)?;
    let (platform, person) = (authority::platform(), authority::person());
    let prepared = seal::prepare(own, &platform.sealing(), at)?;
    let stamped = prepared.time_stamped(&authority::time_stamp(&prepared.time_stamp_request()?))?;
    let twice = seal::seal(&stamped, &person.sealing(), at)?;
    for (name, pdf) in [("stamped", &stamped), ("twice", &twice)] {
        std::fs::write(folder.join(name), pdf)?;
        let digits = last_container(pdf).ok_or("no container")?;
        std::fs::write(folder.join(format!("{name}.cms")), [b"CMS:".to_vec(), digits].concat())?;
    }
    let roots = [platform, person, authority::clock()].map(|one| one.certificate.as_str());
    Ok(std::fs::write(folder.with_file_name("roots.pem"), roots.concat())?)
}

/// The last signature in a file, without the zeros after it.
fn last_container(pdf: &[u8]) -> Option<Vec<u8>> {
    let mark = b"/Contents<";
    let start = pdf.windows(mark.len()).rposition(|it| it == mark)? + mark.len();
    let digits: Vec<u8> = pdf.iter().copied().skip(start).take_while(|it| *it != b'>').collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let mut bytes = digits.chunks(2).map(pair).collect::<Option<Vec<u8>>>()?;
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    Some(bytes)
}

fn say(line: &str) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
