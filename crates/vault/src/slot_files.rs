//! Files that are there whole or not at all, and survive a pulled battery.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Largest file of this crate, with room for a newer form: more is not read.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// Length of a checksum, in bytes.
pub(crate) const CHECK_BYTES: usize = 8;

/// Finds damage, not forgery: the slots' own boxes do that.
pub(crate) fn checksum(label: &[u8], body: &[u8]) -> [u8; CHECK_BYTES] {
    let digest = Sha256::new().chain_update(b"palier/v1/check/").chain_update(label).chain_update(body).finalize();
    let mut check = [0; CHECK_BYTES];
    check.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    check
}

/// The content of a file, or nothing when there is none.
pub(crate) fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Replaces a file: whole old content or whole new content at every moment.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = private(OpenOptions::new().write(true).create(true).truncate(true)).open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&fresh, path)?;
    sync_folder(path)
}

/// Overwrites a small file in place, so that a full storage cannot refuse it, and makes it durable.
pub(crate) fn overwrite(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match OpenOptions::new().write(true).open(path) {
        Ok(mut file) => {
            file.rewind()?;
            file.write_all(bytes)?;
            file.sync_all()
        }
        Err(error) if error.kind() == ErrorKind::NotFound => replace(path, bytes),
        Err(error) => Err(error),
    }
}

/// Makes the folder of one profile, closed to other accounts of the device.
pub(crate) fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    sync_folder(folder)
}

/// A file that only this account reads.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Makes a rename durable. Windows has no such call and needs none.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        assert_eq!(read(&path).unwrap(), None, "no file is no error");
        replace(&path, b"one and more").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap().unwrap(), b"two", "the last write");
        overwrite(&path, b"six").unwrap();
        assert_eq!(read(&path).unwrap().unwrap(), b"six", "in place");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[cfg(unix)]
    #[test]
    fn other_accounts_read_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("p");
        make_folder(&profile).unwrap();
        replace(&profile.join("a.bin"), b"x").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
        assert_eq!((mode(&profile), mode(&profile.join("a.bin"))), (0, 0), "for this account alone");
    }

    #[test]
    fn a_huge_file_is_not_swallowed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        File::create(&path).unwrap().set_len(1 << 30).unwrap();
        assert_eq!(read(&path).unwrap().unwrap().len() as u64, FILE_BYTES_MAX, "the limit holds");
    }
}
