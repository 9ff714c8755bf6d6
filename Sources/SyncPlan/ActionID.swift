import Directory
import DistinguishedNames

/// A short name for one question, the same in every run as long as it is the same question.
public struct ActionID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Derived from what the question is about: the kind, whom, and the group or name.
    init(kind: ActionKind, person: Person, detail: String) {
        let subject = person.anchor?.description ?? NameKey(person.commonName).description
        self.init(parts: [kind.rawValue, subject, NameKey(detail).description])
    }

    /// For a question about one of a person's names.
    init(person: Person, aspect: NameConflict.Aspect, name: String) {
        self.init(kind: .name, person: person, detail: "\(aspect.rawValue)=\(name)")
    }

    /// For a decision about a set of people.
    init(kind: ActionKind, members: [Question.Member]) {
        self.init(
            parts: [kind.rawValue]
                + members.flatMap { member in
                    [member.person.anchor?.description ?? NameKey(member.person.commonName).description]
                        + [member.group.map { NameKey($0.description).description }].compactMap(\.self)
                })
    }

    private init(parts: [String]) {
        // FNV-1a over 64 bits: stable across runs and machines, as Swift's own hashing is not. Fifty of the bits, as ten
        // letters, leave no chance of two equal ones among the few thousand questions a file may hold.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in parts.joined(separator: "\u{0}").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        description = String(
            (0..<10).map { Self.alphabet[Int(hash >> (64 - 5 * (UInt64($0) + 1)) & 31)] })
    }

    /// Crockford's base 32 in lower case: no letter that is mistaken for another.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
}
