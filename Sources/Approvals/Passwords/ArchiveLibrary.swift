import CZip

/// The library that makes the encrypted archives.
public enum ArchiveLibrary {
    /// Of the libzip that is loaded: `1.7.3`.
    public static var version: String { String(cString: zip_libzip_version()) }
}
