public import Directory
public import DistinguishedNames
import SyncPlan

/// The names and times that all specifications share: the domain `target.test` with its container `OU=Managed`.
public enum Fixture {
    public static let domainName = name("DC=target,DC=test")
    public static let containerName = name("OU=Managed,DC=target,DC=test")
    public static let groupPath = name("OU=Groups,DC=target,DC=test")
    public static let elsewhere = name("OU=Elsewhere,DC=target,DC=test")
    /// The source domain that the container belongs to.
    public static let source = GUID.numbered(1, series: 0xA)
    public static let anotherSource = GUID.numbered(2, series: 0xA)
    public static let now = time("2026-11-20T08:15:00")
    /// `now` and one month and one day: where the expiry of everybody is who was imported just now.
    public static let usualEnd = AccountExpiry.at(time("2026-12-21T08:15:00"))

    public static let domain = Domain(
        name: domainName, dnsName: "target.test", guid: .numbered(1, series: 0xB), server: "dc.target.test",
        highestCommittedUSN: 1,
        passwordPolicy: PasswordPolicy(minimumLength: 7, requiresComplexity: true, source: .domain))
    public static let container = Container(name: containerName, guid: .numbered(2, series: 0xB), takesUsers: true)

    /// A name in RFC 4514 text. Fixtures are written by us: a wrong one is a mistake in the test.
    public static func name(_ text: String) -> DistinguishedName {
        do {
            return try DistinguishedName(parsing: text)
        } catch {
            preconditionFailure("\(text): \(error)")
        }
    }

    public static func time(_ text: String) -> Timestamp {
        guard let time = Timestamp(iso8601: text) else { preconditionFailure("\(text) is no time") }
        return time
    }

    /// The anchor of person number `number`.
    public static func anchor(_ number: Int) -> Anchor {
        Anchor(domain: source, user: .numbered(number, series: 0xC))
    }

    /// `CN=…` of a group as a configuration names it: relative.
    public static func group(_ commonName: String) -> DistinguishedName {
        DistinguishedName([.commonName(commonName)])
    }
}

extension GUID {
    /// A GUID of our own making: the same for the same numbers.
    public static func numbered(_ number: Int, series: UInt8) -> GUID {
        // The number is mixed into the first bytes, too, so that the order of GUIDs is not that of the numbers.
        let mixed = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: mixed >> (56 - 8 * UInt64($0))) }
        let tail = (0..<7).map {
            UInt8(truncatingIfNeeded: UInt64(truncatingIfNeeded: number) >> (48 - 8 * UInt64($0)))
        }
        guard let guid = GUID(directoryBytes: bytes + [series] + tail) else { preconditionFailure("16 bytes") }
        return guid
    }
}

/// One record of the user file. `id` is the person's number, from which the anchor is made; nil for none.
public func record(
    _ id: Int?, _ commonName: String, _ accountName: String, in groups: [String] = [], disabled: Bool = false,
    expires: AccountExpiry = .never, _ attributes: KeyValuePairs<AttributeName, AttributeValues> = [:]
) -> SourceUser {
    SourceUser(
        position: 0, accountName: accountName, commonName: commonName, isDisabled: disabled, expiry: expires,
        groups: groups.map(Fixture.group), anchor: id.map(Fixture.anchor),
        attributes: AttributeRow(names: attributes.map(\.key), values: attributes.map(\.value)))
}

extension SourceUser {
    /// The same record at another place of the file.
    public func at(_ position: Int) -> SourceUser {
        SourceUser(
            position: position, accountName: accountName, commonName: commonName, isDisabled: isDisabled,
            expiry: expiry, groups: groups, anchor: anchor, attributes: attributes)
    }
}

extension AttributeValues: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral {
    public init(stringLiteral text: String) { self = .one(.text(text)) }
    public init(arrayLiteral texts: String...) { self.init(texts.map(AttributeValue.text)) }
    public init(nilLiteral: ()) { self = .none }
}
