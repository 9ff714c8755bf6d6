import CZip
import Directory
import Glibc
import Synchronization

/// Memory that libzip writes an archive to, freed with this value.
struct ZipBuffer: ~Copyable {
    private let source: OpaquePointer

    /// libzip 1.7.3 fills two static variables when an archive is opened for the first time, one after the other and without
    /// a lock: whoever comes in between is told that the archive is read-only.
    private static let opening = Mutex(())

    init() throws(PasswordArchiveError) {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(nil, 0, 0, &error) else { throw .library(Self.words(&error)) }
        self.source = source
    }

    deinit { zip_source_free(source) }

    /// Writes an archive with one encrypted file, stored without compression.
    ///
    /// - Parameter unixSeconds: the file's time of change.
    func write(
        _ contents: [UInt8], as name: String, key: Secret, at unixSeconds: Int64
    ) throws(PasswordArchiveError) {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        let opened = Self.opening.withLock { _ in
            // Of Swift's region checks: the pointer stays with this value, which is not shared.
            zip_open_from_source(source, ZIP_TRUNCATE, &error).map { UInt(bitPattern: $0) }
        }
        guard let archive = opened.flatMap({ OpaquePointer(bitPattern: $0) }) else {
            throw .library(Self.words(&error))
        }
        // The archive frees one reference to its source when it is closed; this value keeps its own.
        zip_source_keep(source)
        let failure = contents.withUnsafeBytes { bytes -> PasswordArchiveError? in
            let isDone =
                Self.add(bytes, to: archive, as: name, key: key, at: unixSeconds)
                // Here the file is read and encrypted; its bytes must still be there.
                && zip_close(archive) == 0
            if isDone { return nil }
            let words = Self.words(zip_get_error(archive))
            zip_discard(archive)
            return .library(words)
        }
        if let failure { throw failure }
    }

    private static func add(
        _ bytes: UnsafeRawBufferPointer, to archive: OpaquePointer, as name: String, key: Secret, at unixSeconds: Int64
    ) -> Bool {
        // The 0 says that the bytes are not libzip's to free.
        guard let file = zip_source_buffer(archive, bytes.baseAddress, zip_uint64_t(bytes.count), 0) else {
            return false
        }
        let added = zip_file_add(archive, name, file, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard added >= 0 else {
            // Only a file that was added belongs to the archive.
            zip_source_free(file)
            return false
        }
        let index = zip_uint64_t(added)
        return zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) == 0
            && zip_file_set_mtime(archive, index, time_t(unixSeconds), 0) == 0
            && zip_file_set_encryption(archive, index, zip_uint16_t(ZIP_EM_AES_256), key.reveal()) == 0
    }

    /// The archive that ``write(_:as:key:at:)`` made, without the checksum of its text.
    ///
    /// AE-2 wants the CRC-32 of the plain text to be 0, since it confirms guesses at the passwords to who has no key; what
    /// readers check is an HMAC. libzip 1.7.3 writes it nevertheless, into both headers of the file.
    func archive() throws(PasswordArchiveError) -> [UInt8] {
        var bytes = try contents()
        try bytes.clear(ZipHeader.checksumInFile, at: 0, of: ZipHeader.file)
        let end = bytes.count - ZipHeader.endLength
        guard let start = bytes.integer(at: end + ZipHeader.directoryOffsetInEnd) else {
            throw .library("the archive has no end")
        }
        try bytes.clear(ZipHeader.checksumInDirectory, at: start, of: ZipHeader.directory)
        return bytes
    }

    private func contents() throws(PasswordArchiveError) -> [UInt8] {
        var status = zip_stat_t()
        guard zip_source_stat(source, &status) == 0, status.valid & zip_uint64_t(ZIP_STAT_SIZE) != 0,
            let size = Int(exactly: status.size), zip_source_open(source) == 0
        else {
            throw .library(Self.words(zip_source_error(source)))
        }
        defer { zip_source_close(source) }
        var count: zip_int64_t = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialised in
            count = zip_source_read(source, buffer.baseAddress.map { UnsafeMutableRawPointer($0) }, zip_uint64_t(size))
            initialised = max(0, Int(count))
        }
        guard bytes.count == size else { throw .library(Self.words(zip_source_error(source))) }
        return bytes
    }

    private static func words(_ error: UnsafeMutablePointer<zip_error_t>?) -> String {
        guard let error else { return "libzip gives no reason" }
        return String(cString: zip_error_strerror(error))
    }
}

/// Parts of an archive as APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16 lay them out: signatures, and offsets in bytes.
private enum ZipHeader {
    static let file = 0x0403_4B50
    static let checksumInFile = 14
    static let directory = 0x0201_4B50
    static let checksumInDirectory = 16
    /// Without a comment, of which ours have none.
    static let endLength = 22
    static let directoryOffsetInEnd = 16
}

extension [UInt8] {
    /// Four bytes, the lowest first; nil where there are none.
    fileprivate func integer(at offset: Int) -> Int? {
        guard offset >= 0, offset + 4 <= count else { return nil }
        return self[offset..<(offset + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    fileprivate mutating func clear(
        _ field: Int, at offset: Int, of signature: Int
    ) throws(PasswordArchiveError) {
        guard integer(at: offset) == signature, integer(at: offset + field) != nil else {
            throw .library("the archive is not laid out as expected")
        }
        replaceSubrange((offset + field)..<(offset + field + 4), with: repeatElement(0, count: 4))
    }
}
