import Directory
import DistinguishedNames
import FoundationEssentials

/// The body of a user file, down to the byte: two exports of the same directory differ in the header only.
///
/// The keys stand in a fixed order: `timestamp`, `format`, `export_id`, `sequence`, `source`, `completeness`, `users`;
/// in a record the five that are always there, then `objectGUID` where the user has an anchor, then the configured
/// attributes in the configured order. Groups and the values of an attribute are sorted, because a directory keeps
/// neither in order.
enum UserFileEncoder {
    /// The levels around a record: the file's object and `users`.
    static let recordDepth = 2

    /// Hands the body over in pieces, in their order.
    static func body(of document: UserFileDocument, into output: ([UInt8]) throws -> Void) rethrows {
        var printer = JSONPrinter()
        try printer.object { printer in
            encode(document.header, to: &printer)
            printer.key(UserFileKey.users)
            try printer.array { printer in
                try document.records.forEachInOrder { record in
                    printer.element()
                    printer.printed(record)
                    if printer.bytes.count >= pieceSize { try printer.drain(into: output) }
                }
            }
        }
        try printer.drain(into: output)
    }

    private static let pieceSize = 1 << 16

    private static func encode(_ header: UserFileHeader, to printer: inout JSONPrinter) {
        if let timestamp = header.timestamp {
            printer.key(UserFileKey.Header.timestamp.rawValue)
            printer.string(timestamp.iso8601(.withoutZone))
        }
        if let format = header.format {
            printer.key(UserFileKey.Header.format.rawValue)
            printer.integer(format)
        }
        if let exportID = header.exportID {
            printer.key(UserFileKey.Header.exportID.rawValue)
            printer.string(exportID)
        }
        if let sequence = header.sequence {
            printer.key(UserFileKey.Header.sequence.rawValue)
            printer.integer(sequence)
        }
        if let source = header.source { encode(source, to: &printer) }
        if let completeness = header.completeness { encode(completeness, to: &printer) }
    }

    private static func encode(_ source: SourceDescription, to printer: inout JSONPrinter) {
        printer.key(UserFileKey.Header.source.rawValue)
        printer.object { printer in
            printer.key(UserFileKey.Source.domain.rawValue)
            printer.string(source.domain)
            printer.key(UserFileKey.Source.domainGUID.rawValue)
            printer.string(source.domainGUID.description)
            printer.key(UserFileKey.Source.server.rawValue)
            printer.string(source.server)
        }
    }

    private static func encode(_ completeness: Completeness, to printer: inout JSONPrinter) {
        printer.key(UserFileKey.Header.completeness.rawValue)
        printer.object { printer in
            printer.key(UserFileKey.Completeness.users.rawValue)
            printer.integer(completeness.users)
            if let units = completeness.units {
                printer.key(UserFileKey.Completeness.units.rawValue)
                printer.object { printer in
                    for unit in units {
                        printer.key(unit.unit)
                        printer.integer(unit.count)
                    }
                }
            }
            printer.key(UserFileKey.Completeness.members.rawValue)
            printer.object { printer in
                for member in completeness.members {
                    printer.key(member.group.description)
                    printer.integer(member.count)
                }
            }
            if let pages = completeness.pages {
                printer.key(UserFileKey.Completeness.pages.rawValue)
                printer.integer(pages)
            }
            if let server = completeness.server {
                printer.key(UserFileKey.Completeness.server.rawValue)
                printer.string(server)
            }
            printer.key(UserFileKey.Completeness.highestCommittedUSN.rawValue)
            printer.integer(completeness.highestCommittedUSN)
            if let previous = completeness.previous { encode(previous, to: &printer) }
        }
    }

    private static func encode(_ previous: Completeness.Previous, to printer: inout JSONPrinter) {
        printer.key(UserFileKey.Completeness.previous.rawValue)
        printer.object { printer in
            printer.key(UserFileKey.Previous.exportID.rawValue)
            printer.string(previous.exportID)
            printer.key(UserFileKey.Previous.sequence.rawValue)
            printer.integer(previous.sequence)
            printer.key(UserFileKey.Previous.timestamp.rawValue)
            printer.string(previous.timestamp.iso8601(.withoutZone))
            printer.key(UserFileKey.Previous.users.rawValue)
            printer.integer(previous.users)
            printer.key(UserFileKey.Previous.disabled.rawValue)
            printer.integer(previous.disabled)
        }
    }

    static func encode(
        _ user: SourceUser, attributeNames: [AttributeName], to printer: inout JSONPrinter
    ) {
        printer.object { printer in
            printer.key(UserFileKey.Record.accountName.rawValue)
            printer.string(user.accountName)
            printer.key(UserFileKey.Record.commonName.rawValue)
            printer.string(user.commonName)
            printer.key(UserFileKey.Record.disabled.rawValue)
            printer.bool(user.isDisabled)
            printer.key(UserFileKey.Record.accountExpires.rawValue)
            switch user.expiry {
            case .never: printer.null()
            case .at(let time): printer.string(time.iso8601(.withoutZone))
            }
            printer.key(UserFileKey.Record.memberOf.rawValue)
            printer.row(user.groups.sorted()) { $0.string($1.description) }
            if let anchor = user.anchor {
                printer.key(UserFileKey.Record.anchor.rawValue)
                printer.string(anchor.user.description)
            }
            for name in attributeNames {
                printer.key(name.description)
                encode(user.attributes[name] ?? .none, to: &printer)
            }
        }
    }

    private static func encode(_ values: AttributeValues, to printer: inout JSONPrinter) {
        switch values {
        case .none: printer.null()
        case .one(let value): encode(value, to: &printer)
        case .many(let values):
            printer.row(values.sorted { $0.octets.lexicographicallyPrecedes($1.octets) }) { encode($1, to: &$0) }
        }
    }

    private static func encode(_ value: AttributeValue, to printer: inout JSONPrinter) {
        switch value {
        case .text(let text): printer.string(text)
        case .binary(let octets): printer.row(key: UserFileKey.base64, string: Data(octets).base64EncodedString())
        }
    }
}
