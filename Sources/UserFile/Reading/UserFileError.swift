/// Why a user file is refused as a whole. Nothing was done with its content.
///
/// The description names the file, the record, the field, what is wrong and what to do; it may stand in any log.
public struct UserFileError: Error, Sendable, CustomStringConvertible {
    /// The first three are "no input" (`EX_NOINPUT`, 66), all others "bad data" (`EX_DATAERR`, 65).
    public enum Kind: Hashable, Sendable {
        case missing
        /// No bytes, or white space only.
        case empty
        /// - Parameter reason: the system's words.
        case unreadable(reason: String)
        case tooLarge(limit: Int)
        /// There is a key but no trailer.
        case unsigned
        /// The trailer does not belong to this content, or to this key.
        case wrongSignature
        /// There is a trailer but no key.
        case keyNeeded
        /// Neither UTF-8 nor Windows-1252. The byte that neither has, and its offset from the start, from 0.
        case undecodable(byte: UInt8, offset: Int)
        case notJSON
        /// It is JSON, but not what a user file is to hold: ``faults`` tells.
        case invalidContent
        /// OpenSSL could not verify anything.
        case cryptography(CryptographyError)
    }

    /// As the operator named it.
    public let file: String
    public let kind: Kind
    /// What is wrong with the content, in the order of the file: the first ones.
    public let faults: [UserFileFault]
    /// How many more faults there are than ``faults`` holds.
    public let omittedFaultCount: Int

    init(file: String, kind: Kind, faults: UserFileFaults = UserFileFaults()) {
        self.file = file
        self.kind = kind
        self.faults = faults.shown
        omittedFaultCount = faults.omittedCount
    }

    public var description: String {
        var text = "\(file): \(headline)"
        if !faults.isEmpty {
            text += faults.map { "\n- \($0)" }.joined()
            if omittedFaultCount > 0 { text += "\n- and \(omittedFaultCount) more" }
        }
        return text
    }

    private var headline: String {
        switch kind {
        case .missing:
            "there is no such file; check input_file, and that the export was carried across"
        case .empty:
            "the file is empty; it was probably cut off while it was carried across: carry it across again"
        case .unreadable(let reason):
            "the file cannot be read: \(reason)"
        case .tooLarge(let limit):
            "the file has more than \(limit) bytes, which no user file needs; check that it is one"
        case .unsigned:
            "a key is configured, but the file does not end in an HMAC trailer (a line of 64 hexadecimal digits): "
                + "it was cut off, or exported without the key. Carry it across again, or export it with hmac"
        case .wrongSignature:
            "the HMAC does not match: the file was changed after the export, or the keys of the two sides differ. "
                + "Carry it across again, and compare the keys"
        case .keyNeeded:
            "the file ends in an HMAC trailer, but no key is configured: "
                + "pass it with --hmac-file, AD_USER_SYNC_HMAC or the configuration key hmac"
        case .undecodable(let byte, let offset):
            "the file is neither UTF-8 nor Windows-1252: byte 0x\(String(byte, radix: 16, uppercase: true)) "
                + "at offset \(offset) is in neither. Carry it across unchanged, or export it again"
        case .notJSON:
            "the file is no JSON as a user file has it; nothing was imported. Carry it across again, or export it again"
        case .invalidContent:
            "the file is refused; nothing was imported. Correct this and export again:"
        case .cryptography(let error):
            "the file cannot be verified: \(error)"
        }
    }
}
