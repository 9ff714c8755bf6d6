public import Directory
import JSONShapes
import StrictJSON

/// How the first passwords of new users are made.
public struct PasswordSettings: Hashable, Sendable {
    /// A file of words, one in each line; nil for the built-in pronounceable scheme.
    public let wordlist: String?
    /// Words in one password.
    public let wordCount: Int
    /// What is put behind every password; nil for nothing.
    public let suffix: Secret?
}

extension PasswordSettings: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        wordlist = reader.read(Self.wordlistKey)
        wordCount = reader.read(Self.wordCountKey)
        suffix = reader.read(Self.suffixKey)
    }

    private static let wordlistKey = Key<String?>(
        "password_wordlist", .nullable(.path), default: nil, shownAs: "a built-in scheme",
        "File of words, one in each line, that passwords are made of. Without it they are pronounceable syllables.",
        example: #""wordlist_de.txt""#
    )
    private static let wordCountKey = Key(
        "password_word_count", .integer(1...32, unit: "words"), default: 5, shownAs: "5",
        "How many words make a password.",
        example: "4"
    )
    private static let suffixKey = Key<Secret?>(
        "password_suffix", .passwordSuffix, default: nil, shownAs: "none",
        "What is put behind every password that is made, for rules that want digits or punctuation.",
        example: ##""$#39""##
    )
}

extension ValueFormat<Secret?> {
    /// A secret; an empty string is none.
    fileprivate static let passwordSuffix = ValueFormat(
        ValueFormat<Secret>.secret.name, JSONShape.text(minimumLength: 0).orNull
    ) { node, location, findings in
        if case .string("") = node.value { return .some(nil) }
        return ValueFormat.nullable(.secret).read(node, location, &findings)
    }
}
