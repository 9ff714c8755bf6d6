/// Why there is no archive of passwords; safe to show and to log.
public enum PasswordArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
    case nothingToExport
    /// The number of its characters.
    case keyTooShort(Int)
    case keyTooLong(Int)
    /// The archive format does not say how a key is encoded, and programs differ beyond ASCII.
    case keyNotPlain
    /// libzip's own words.
    case library(String)

    public var description: String {
        switch self {
        case .nothingToExport: "there are no passwords to export"
        case .keyTooShort(let length):
            "the key has \(counted(length)): it takes at least \(PasswordArchive.keyLengths.lowerBound)"
        case .keyTooLong(let length):
            "the key has \(counted(length)): archive programs take at most \(PasswordArchive.keyLengths.upperBound)"
        case .keyNotPlain:
            "the key has characters that archive programs disagree about: use letters without accents, digits, "
                + "punctuation and spaces"
        case .library(let words): "the archive could not be made: \(words)"
        }
    }
}
