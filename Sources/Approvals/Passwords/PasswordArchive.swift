import CZip
public import Directory

/// Passwords to hand over, as a zip archive encrypted with AES-256 (WinZip AE-2).
///
/// It is made wholly in memory. Names of files in an archive are readable without the key, so the one file in it is called
/// `passwords.txt` whoever it is about. Size and number of its lines cannot be hidden: the text is stored as it is.
public enum PasswordArchive {
    static let fileName = "passwords.txt"
    /// AES-256 with PBKDF2 of 1,000 rounds, all that AE-2 has, is as strong as the key; 7-Zip refuses over 99 characters.
    static let keyLengths = 12...99

    /// - Parameters:
    ///   - key: what the operator types, and the one who opens the archive types again: 12 to 99 printable characters of
    ///     ASCII.
    ///   - time: stands in the text and as the time of the file in it.
    /// - Returns: the archive, for a file with the extension `zip`.
    public static func bytes(
        of passwords: [IssuedPassword], key: Secret, at time: Timestamp
    ) throws(PasswordArchiveError) -> [UInt8] {
        guard !passwords.isEmpty else { throw .nothingToExport }
        try check(key)
        let buffer = try ZipBuffer()
        try buffer.write(
            Array(PasswordSheet.text(of: passwords, at: time).utf8), as: fileName, key: key, at: time.unixSeconds)
        return try buffer.archive()
    }

    private static func check(_ key: Secret) throws(PasswordArchiveError) {
        let characters = key.reveal().unicodeScalars
        guard characters.count >= keyLengths.lowerBound else { throw .keyTooShort(characters.count) }
        guard characters.count <= keyLengths.upperBound else { throw .keyTooLong(characters.count) }
        let plain: ClosedRange<Unicode.Scalar> = " "..."~"
        guard characters.allSatisfy({ plain.contains($0) }) else { throw .keyNotPlain }
    }
}
