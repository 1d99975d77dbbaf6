//! A disk that fails when it is told to: SQLite's own file system, with a fault put before its n-th step that writes.
//!
//! What it is: a layer over SQLite's Unix file system, made the default of the process, so that the stores of the product open on
//! it unchanged. A step is a write, a flush (`fsync`), a cut of a file or the growth of the shared memory of a write-ahead log.
//! A write that fails leaves half of its bytes, as a full disk does. What it is not: the files themselves, which stay real.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::ffi::{
    self, SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK,
    sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
};

/// How the disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No space is left: this step fails and all that follow, until there is space again.
    Full,
    /// The device fails once.
    Device,
}

/// What is to fail, and what was seen.
struct Plan {
    folder: Option<PathBuf>,
    fault: Fault,
    /// Steps that still succeed.
    good: u64,
    armed: bool,
    failed: u64,
}

static PLAN: Mutex<Plan> = Mutex::new(Plan { folder: None, fault: Fault::Full, good: 0, armed: false, failed: 0 });

/// Held by who uses the disk: one at a time in a process.
static IN_USE: Mutex<()> = Mutex::new(());

static BELOW: OnceLock<Below> = OnceLock::new();

/// SQLite's own file system, and the methods of its files with faults: one table for each of SQLite's own.
struct Below {
    vfs: &'static sqlite3_vfs,
    tables: Mutex<Vec<&'static Faulty>>,
}

/// Methods with faults. What a file points to is the first field, so that from there the others are found.
#[repr(C)]
struct Faulty {
    methods: sqlite3_io_methods,
    own: &'static sqlite3_io_methods,
}

// SAFETY: the table of a registered file system is constant; SQLite itself reads it from every thread.
unsafe impl Send for Below {}
// SAFETY: as above.
unsafe impl Sync for Below {}

impl Below {
    /// The methods with faults over these.
    fn over(&self, own: &'static sqlite3_io_methods) -> &'static Faulty {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = tables.iter().find(|known| std::ptr::eq(known.own, own)) {
            return known;
        }
        let methods = sqlite3_io_methods {
            xWrite: Some(write),
            xSync: Some(sync),
            xTruncate: Some(truncate),
            xShmMap: Some(shm_map),
            ..*own
        };
        let made: &'static Faulty = Box::leak(Box::new(Faulty { methods, own }));
        tables.push(made);
        made
    }
}

fn plan() -> MutexGuard<'static, Plan> {
    PLAN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The disk of a folder. Databases below it that are opened from now on obey it; whole again when dropped.
pub struct Disk {
    _in_use: MutexGuard<'static, ()>,
}

impl Disk {
    /// Takes the disk for a folder; waits for whoever has it.
    ///
    /// # Errors
    /// When SQLite has no file system to stand on, or does not take this one.
    pub fn of(folder: &Path) -> Result<Self, std::io::Error> {
        let in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        install()?;
        *plan() = Plan { folder: Some(folder.canonicalize()?), fault: Fault::Full, good: 0, armed: false, failed: 0 };
        Ok(Self { _in_use: in_use })
    }

    /// Lets so many steps succeed, and fails the next.
    pub fn fail_after(&self, good: u64, fault: Fault) {
        let mut plan = plan();
        (plan.good, plan.fault, plan.armed, plan.failed) = (good, fault, true, 0);
    }

    /// Makes the disk whole; answers how many steps failed.
    pub fn mend(&self) -> u64 {
        let mut plan = plan();
        plan.armed = false;
        plan.failed
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let mut plan = plan();
        (plan.armed, plan.folder) = (false, None);
    }
}

/// Whether this step fails.
fn fails() -> Option<Fault> {
    let mut plan = plan();
    if !plan.armed {
        return None;
    }
    if plan.good > 0 {
        plan.good -= 1;
        return None;
    }
    plan.failed += 1;
    // A device that failed once works again; a full disk stays full.
    plan.armed = plan.fault == Fault::Full;
    Some(plan.fault)
}

fn install() -> Result<(), std::io::Error> {
    if BELOW.get().is_some() {
        return Ok(());
    }
    let none = || std::io::Error::other("SQLite has no file system");
    // SAFETY: a null name asks for the default; SQLite never frees a registered file system.
    let vfs: &'static sqlite3_vfs = unsafe { ffi::sqlite3_vfs_find(std::ptr::null()).as_ref() }.ok_or_else(none)?;
    if BELOW.set(Below { vfs, tables: Mutex::new(Vec::new()) }).is_err() {
        return Ok(());
    }
    let above = Box::new(sqlite3_vfs {
        zName: c"palier-disk".as_ptr(),
        xOpen: Some(open),
        pNext: std::ptr::null_mut(),
        ..*vfs
    });
    // SAFETY: the table is leaked, so it lives as long as the process; 1 makes it the default.
    let taken = unsafe { ffi::sqlite3_vfs_register(Box::into_raw(above), 1) };
    if taken == SQLITE_OK { Ok(()) } else { Err(none()) }
}

/// Opens a file as SQLite does; one below the folder gets the methods with faults.
unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let Some(below) = BELOW.get() else { return ffi::SQLITE_CANTOPEN };
    let Some(open) = below.vfs.xOpen else { return ffi::SQLITE_CANTOPEN };
    // SAFETY: SQLite's arguments, for its own function and its own table, which it does not write.
    let opened = unsafe { open(std::ptr::from_ref(below.vfs).cast_mut(), name.cast(), file, flags, out_flags) };
    if opened != SQLITE_OK || name.is_null() {
        return opened;
    }
    // SAFETY: SQLite gives a name that ends with zero.
    let name = Path::new(std::ffi::OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes()));
    if !plan().folder.as_ref().is_some_and(|folder| name.starts_with(folder)) {
        return opened;
    }
    // SAFETY: the file is open, so its table of methods is one of SQLite's own constants.
    if let Some(own) = unsafe { (*file).pMethods.as_ref() } {
        let faulty = below.over(own);
        // SAFETY: the file begins with the pointer to its methods, which only SQLite's core reads.
        unsafe { (*file).pMethods = &raw const faulty.methods };
    }
    opened
}

/// SQLite's own methods of a file that has ours.
///
/// # Safety
/// The file is open, and its methods were set by [`open`].
unsafe fn own(file: *mut sqlite3_file) -> &'static sqlite3_io_methods {
    // SAFETY: said above; the methods are the first field of a `Faulty`, which is never freed.
    unsafe { (*(*file).pMethods.cast::<Faulty>()).own }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, bytes: *const c_void, length: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls this for a file that has it.
    let Some(write) = unsafe { own(file) }.xWrite else { return SQLITE_IOERR_WRITE };
    let Some(fault) = fails() else {
        // SAFETY: SQLite's own arguments.
        return unsafe { write(file, bytes, length, at) };
    };
    // What came before the fault is on the disk: half a page. What this write says is nothing to whoever asked.
    // SAFETY: fewer of the same bytes.
    let _ = unsafe { write(file, bytes, length / 2, at) };
    if fault == Fault::Full { SQLITE_FULL } else { SQLITE_IOERR_WRITE }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite calls this for a file that has it.
    match unsafe { own(file) }.xSync {
        // SAFETY: SQLite's own arguments.
        Some(sync) if fails().is_none() => unsafe { sync(file, flags) },
        _ => SQLITE_IOERR_FSYNC,
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls this for a file that has it.
    match unsafe { own(file) }.xTruncate {
        // SAFETY: SQLite's own arguments.
        Some(truncate) if fails().is_none() => unsafe { truncate(file, size) },
        _ => SQLITE_IOERR_TRUNCATE,
    }
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite calls this for a file that has it.
    match unsafe { own(file) }.xShmMap {
        // SAFETY: SQLite's own arguments.
        Some(map) if extend == 0 || fails().is_none() => unsafe { map(file, page, size, extend, out) },
        _ => SQLITE_IOERR_SHMSIZE,
    }
}
