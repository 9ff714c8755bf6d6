import Directory
import DistinguishedNames
import StrictJSON

/// Reads `users`, one record after the other, and sees to it that no two are the same person.
struct RecordsReader {
    private(set) var records: [UserRecord] = []
    private let maximumCount: Int
    private var reader: RecordReader
    /// The position of the record that has the account name, or the anchor.
    private var accountNames: [NameKey: Int] = [:]
    private var anchors: [GUID: Int] = [:]

    /// - Parameter byteCount: of the file, which tells about how many records there are.
    init(allowedAttributes: AttributeAllowList, limits: UserFileLimits, byteCount: Int) {
        maximumCount = limits.users
        let expectedCount = min(byteCount / Self.usualRecord, maximumCount)
        accountNames.reserveCapacity(expectedCount)
        anchors.reserveCapacity(expectedCount)
        reader = RecordReader(allowedAttributes: allowedAttributes, maximumGroupCount: limits.groups)
    }

    /// The bytes of a short one.
    private static var usualRecord: Int { 512 }

    var hasAnchors: Bool { !anchors.isEmpty }

    /// Reads the value of `users`, which is next.
    mutating func read(from json: inout JSONReader, faults: inout UserFileFaults) throws(JSONSyntaxError) {
        guard json.peek() == UInt8(ascii: "[") else {
            let problem = Field.wrongType(try json.node(), expected: "a list").problem
            faults.add(UserFileFault(.header, field: UserFileKey.users, problem))
            return
        }
        var position = 0
        try json.array { json throws(JSONSyntaxError) in
            position += 1
            guard position <= maximumCount else {
                throw json.failure(.limit("there are more than \(maximumCount) users"))
            }
            let node = try json.node()
            if let record = reader.read(node, position: position, faults: &faults) { add(record, faults: &faults) }
        }
    }

    private mutating func add(_ record: UserRecord, faults: inout UserFileFaults) {
        let place = UserFileFault.Place.record(position: record.position, accountName: record.accountName)
        if let other = accountNames.updateValue(record.position, forKey: NameKey(record.accountName)) {
            faults.add(
                UserFileFault(
                    place, field: UserFileKey.Record.accountName.rawValue, "record \(other) has the same account name"))
        }
        if let guid = record.guid, let other = anchors.updateValue(record.position, forKey: guid) {
            faults.add(
                UserFileFault(place, field: UserFileKey.Record.anchor.rawValue, "record \(other) has the same anchor"))
        }
        records.append(record)
    }
}
