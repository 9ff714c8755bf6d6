import Directory
import DistinguishedNames

/// Everybody whom the user file or the managed container knows, as one plan sees them: by name, one entry a person.
///
/// It promises what the plan would do and nothing else: an entry's mark comes from the operations and questions that an
/// import of the same file, with the same answers, would perform and ask.
public struct Roster: Sendable {
    /// What an import would find, in a word.
    public enum Mark: String, Sendable, CaseIterable {
        /// No account here yet; one is created.
        case new
        /// Known, and something changes.
        case changing
        /// Known, and as the record wants it.
        case unchanged
        /// A name that the person is to get is another's: see ``Entry/questions``.
        case nameTaken = "name-taken"
        /// The record cannot be imported, or not in full: see ``Entry/reasons``.
        case failing
        /// Nothing is done for this person, whatever the record says: see ``Entry/reasons``.
        case leftAlone = "left-alone"
        /// An account of the container that no record speaks of. Nobody can import who is not in the file.
        case missing
    }

    public struct Entry: Sendable, Identifiable {
        /// The same in every plan, and for every file, as long as it is the same person. Digits and letters only.
        public let id: String
        public let dossier: Dossier
        public let mark: Mark
        /// What an import does without asking, in the order it has to happen.
        public let operations: [Operation]
        /// What it asks, or was told no to, beside that; decisions about several among them.
        public let questions: [Question]
        /// Why nothing, or not all, is done: a sentence each.
        public let reasons: [String]

        public init(
            dossier: Dossier, mark: Mark, operations: [Operation] = [], questions: [Question] = [],
            reasons: [String] = []
        ) {
            id = dossier.personID
            self.dossier = dossier
            self.mark = mark
            self.operations = operations
            self.questions = questions
            self.reasons = reasons
        }

        public var person: Person { dossier.person }
        /// In the file; nil for somebody who is missing from it.
        public var position: Int? { dossier.record?.position }
        /// Whether an import can be for this person.
        public var isImportable: Bool { dossier.record != nil }
    }

    public let entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }
}

extension Dossier {
    /// Whom it is about: the anchor of the record, else its account name, which no other record of the file has; or the
    /// account, where there is no record.
    fileprivate var personID: String {
        if let anchor = record?.anchor { return "a" + anchor.user.digits }
        if let record { return "n" + NameKey(record.accountName).description.utf8.map(\.digits).joined() }
        return "d" + (account?.guid.digits ?? "")
    }
}

extension GUID {
    fileprivate var digits: String { description.filter { $0 != "-" } }
}

extension UInt8 {
    fileprivate var digits: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}
