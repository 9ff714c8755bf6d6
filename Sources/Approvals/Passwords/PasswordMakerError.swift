import Directory

/// The configured scheme makes no password that one user's rules accept.
public struct PasswordMakerError: Error, Sendable, CustomStringConvertible {
    /// A key of the import configuration.
    public enum Key: String, Sendable {
        case wordlist = "password_wordlist"
        case wordCount = "password_word_count"
        case suffix = "password_suffix"
    }

    /// The keys to change, in the order to think of them.
    public let keys: [Key]
    /// What rules ask, and which keys to change; without any password.
    public let description: String

    /// - Parameter faults: what was wrong with the last password that was tried.
    init(_ faults: [PasswordFault], made maker: PasswordMaker, for rules: PasswordRules) {
        var keys: [Key] = []
        for key in faults.flatMap({ maker.keys(behind: $0, under: rules) }) where !keys.contains(key) {
            keys.append(key)
        }
        self.keys = keys
        let sentences = faults.map { $0.sentence(minimumLength: rules.minimumLength) }
        description = """
            No password could be made for \(rules.accountName): \(PasswordMaker.tries) were tried. The last one: \
            \(sentences.joined(separator: " ")) \
            Change \(keys.map(\.rawValue).joined(separator: " or ")) in the import configuration.
            """
    }
}

extension PasswordMaker {
    /// What made a password break a rule.
    fileprivate func keys(behind fault: PasswordFault, under rules: PasswordRules) -> [PasswordMakerError.Key] {
        switch (fault, scheme) {
        case (.contains(let name), _) where suffix.map({ CaseFold($0.reveal()).contains(CaseFold(name.text)) }) == true:
            [.suffix]
        // The lists hold no control characters.
        case (.controlCharacter, _): [.suffix]
        case (.tooLong, .words): suffix == nil ? [.wordCount] : [.wordCount, .suffix]
        case (.tooShort, .words): [.wordCount]
        case (.tooSimple, .words): [.suffix]
        case (.empty, .words): [.wordCount]
        case (.contains, .words): [.wordlist]
        // These passwords are long and complex by themselves.
        case (.tooShort, .pronounceable), (.tooSimple, .pronounceable), (.empty, .pronounceable),
            (.tooLong, .pronounceable):
            [.suffix]
        // Names that hold all that can be said.
        case (.contains, .pronounceable): [.wordlist]
        }
    }
}
