import Directory
import DistinguishedNames
public import SyncPlan

/// A question as the summary tells it: the entry of the resolutions file, and why it is asked.
public struct PendingAction: Sendable, Encodable, Equatable {
    public struct Member: Sendable, Encodable, Equatable {
        public let user: String
        public let anchor: String?
        public let group: String?
    }

    public let type: String
    public let id: String
    public let user: String
    public let accountName: String?
    public let anchor: String?
    public let group: String?
    public let name: String?
    public let members: [Member]?
    public let reason: String
    /// What makes the person's names look like what they are not; nil where nothing does.
    public let warnings: [String]?
    public let answer: String

    public init(_ question: Question) {
        type = question.kind.rawValue
        id = question.id.description
        user = question.person.commonName
        accountName = question.isAboutSeveral ? nil : question.person.accountName
        anchor = question.person.anchor?.description
        group = question.group?.description
        name = question.name
        members =
            !question.isAboutSeveral
            ? nil
            : question.members.map { member in
                Member(
                    user: member.person.commonName, anchor: member.person.anchor?.description,
                    group: member.group?.description)
            }
        reason = question.explanation
        warnings = question.warnings.isEmpty ? nil : question.warnings
        answer = question.howToAnswer
    }

    enum CodingKeys: String, CodingKey {
        case type, id, user, anchor, group, name, members, reason, warnings, answer
        case accountName = "sAMAccountName"
    }
}
