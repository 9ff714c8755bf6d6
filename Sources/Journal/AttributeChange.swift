public import Directory
import DistinguishedNames
import FoundationEssentials
import SyncRun

/// One attribute before and after. `accountExpires` is ISO 8601 in UTC, or `never`; a time that ISO 8601 does not hold to
/// the last digit is the number the directory has (FILETIME).
public struct AttributeChange: Codable, Sendable, Equatable {
    public let attribute: String
    public let before: [RecordedValue]
    public let after: [RecordedValue]
}

/// A value as the user file writes it: a string, or `{"base64": "…"}` for octets that are no text.
public struct RecordedValue: Codable, Sendable, Equatable {
    public let value: AttributeValue

    private enum CodingKeys: String, CodingKey { case base64 }

    init(_ value: AttributeValue) { self.value = value }

    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            value = .text(text)
        } else {
            let text = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .base64)
            guard let octets = Data(base64Encoded: text) else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no Base64"))
            }
            value = .binary(Array(octets))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch value {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .binary(let octets):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(Data(octets).base64EncodedString(), forKey: .base64)
        }
    }
}

extension DirectoryChange {
    /// Everything it changes but memberships and passwords.
    var attributeChanges: [AttributeChange] {
        switch self {
        case .create(let new):
            [
                AttributeChange("sAMAccountName", nil, new.accountName),
                AttributeChange("userPrincipalName", nil, new.userPrincipalName),
                AttributeChange("userAccountControl", nil, UserAccountControl.newUser.attributeValue),
                AttributeChange("accountExpires", nil, new.expiry.journalText),
            ] + new.attributes.map(AttributeChange.init)
        case .update(_, let update):
            update.replacements.map(AttributeChange.init)
                + (update.expiry.map { [AttributeChange("accountExpires", $0.old.journalText, $0.new.journalText)] }
                    ?? [])
        case .rename(let user, let leaf):
            [
                AttributeChange(
                    "distinguishedName", user.name.description, user.name.parent?.appending(leaf).description)
            ]
        case .move(let user, let name):
            [AttributeChange("distinguishedName", user.name.description, name.description)]
        case .disable, .enable:
            accountControl.map {
                [AttributeChange("userAccountControl", $0.before.attributeValue, $0.after.attributeValue)]
            } ?? []
        case .join, .leave: []
        }
    }
}

extension AttributeChange {
    fileprivate init(_ attribute: String, _ before: String?, _ after: String?) {
        self.init(
            attribute: attribute, before: before.map { [RecordedValue(.text($0))] } ?? [],
            after: after.map { [RecordedValue(.text($0))] } ?? [])
    }

    fileprivate init(_ replacement: AttributeReplacement) {
        self.init(
            attribute: replacement.name.description, before: replacement.old.all.map(RecordedValue.init),
            after: replacement.new.all.map(RecordedValue.init))
    }
}

extension AccountExpiry {
    /// What reads back as exactly the same.
    var journalText: String {
        guard case .at(let time) = self, Timestamp(iso8601: text) != time else { return text }
        return String(time.fileTime)
    }

    init?(journalText text: String) {
        if text == "never" {
            self = .never
        } else if let time = Timestamp(iso8601: text) ?? Int64(text).map(Timestamp.init(fileTime:)) {
            self = .at(time)
        } else {
            return nil
        }
    }
}
