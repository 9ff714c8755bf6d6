public import Directory
import DistinguishedNames

/// The records of a user file that is to be written, each as the text it will be there.
///
/// Text is the smallest form a user has: a hundred thousand of them, with a dozen attributes, take 75 MB, and two or three
/// times that as values. So who reads a directory appends each user as he comes and keeps no other trace of him. Several
/// readers fill one each, and ``merge(_:)`` puts them together.
public struct UserFileRecords: Sendable {
    /// The configured attributes, in the configured order. Every record has all of them, `null` where the user has
    /// none.
    public let attributeNames: [AttributeName]
    public var count: Int { places.count }
    /// The domains of the anchors; one, in a sound export.
    private(set) var domains: Set<GUID> = []
    private var places: [Place] = []
    /// Pieces, because one array that grows is there twice while it does.
    private var pieces: [[UInt8]] = []

    /// - Parameter attributeNames: as configured; repeated ones count once, and those that every record has anyway, not
    ///   at all.
    public init(attributeNames: [AttributeName]) {
        var known = Set(UserFileKey.Record.allCases.map { AttributeName($0.rawValue) })
        self.attributeNames = attributeNames.filter { known.insert($0).inserted }
    }

    public mutating func append(_ user: SourceUser) {
        if let domain = user.anchor?.domain { domains.insert(domain) }
        var printer = JSONPrinter(depth: UserFileEncoder.recordDepth)
        UserFileEncoder.encode(user, attributeNames: attributeNames, to: &printer)
        let record = printer.bytes
        if pieces.isEmpty || pieces[pieces.count - 1].count + record.count > Self.pieceSize {
            pieces.append([])
            pieces[pieces.count - 1].reserveCapacity(max(Self.pieceSize, record.count))
        }
        let piece = pieces.count - 1
        let start = pieces[piece].count
        pieces[piece].append(contentsOf: record)
        places.append(
            Place(
                key: NameKey(user.accountName), accountName: user.accountName, guid: user.anchor?.user, piece: piece,
                range: start..<start + record.count))
    }

    /// Adds the records of another reader.
    ///
    /// - Precondition: both have the same attributes.
    public mutating func merge(_ other: UserFileRecords) {
        precondition(other.attributeNames == attributeNames)
        domains.formUnion(other.domains)
        let offset = pieces.count
        pieces += other.pieces
        places += other.places.map { $0.moved(by: offset) }
    }

    /// In the order of the file: by account name as the directory compares it, then by anchor, then by the bytes of the
    /// names. A total order, so that two exports of the same directory are the same text.
    func forEachInOrder(_ body: (ArraySlice<UInt8>) throws -> Void) rethrows {
        for index in places.indices.sorted(by: { places[$0] < places[$1] }) {
            try body(pieces[places[index].piece][places[index].range])
        }
    }

    private static let pieceSize = 1 << 20

    /// Where the text of one record is, and what it is sorted by.
    private struct Place: Comparable {
        let key: NameKey
        let accountName: String
        let guid: GUID?
        let piece: Int
        let range: Range<Int>

        func moved(by offset: Int) -> Place {
            Place(key: key, accountName: accountName, guid: guid, piece: piece + offset, range: range)
        }

        static func < (left: Place, right: Place) -> Bool {
            if left.key != right.key { return left.key < right.key }
            if let leftGUID = left.guid, let rightGUID = right.guid, leftGUID != rightGUID {
                return leftGUID < rightGUID
            }
            return left.accountName.precedesBytewise(right.accountName)
        }
    }
}
