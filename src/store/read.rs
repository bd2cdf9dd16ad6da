//! Reading a small file that was named: settings, lexicons, reports.

use std::io;
use std::path::Path;

use crate::corpus::is_device;

/// The bytes of a file or a pipe.
///
/// # Errors
/// Whatever the file system says; a device, which has no end.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if is_device(&std::fs::metadata(path)?) {
        return Err(io::Error::other("a device has no end; name a file or a pipe"));
    }
    std::fs::read(path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_refused() {
        let refused = read_file(Path::new("/dev/zero")).expect_err("no end").to_string();
        assert!(refused.contains("device"), "{refused}");
        assert!(read_file(Path::new("/nowhere/at/all")).is_err());
    }
}
