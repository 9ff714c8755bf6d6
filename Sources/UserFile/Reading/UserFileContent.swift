import Directory
import StrictJSON

/// The content of a user file, sound as a whole.
struct UserFileContent {
    let header: UserFileHeader
    let population: SourcePopulation

    /// Reads everything and reports all faults of content at once; a fault of syntax ends the reading.
    init(
        _ text: UTF8Text, named name: String, allowedAttributes: AttributeAllowList, limits: UserFileLimits
    ) throws(UserFileError) {
        var faults = UserFileFaults()
        var header = HeaderReader()
        var records: RecordsReader?
        var reader = JSONReader(text, limits: limits.json)
        do throws(JSONSyntaxError) {
            try reader.object { reader, key throws(JSONSyntaxError) in
                if key == UserFileKey.users {
                    var users = RecordsReader(
                        allowedAttributes: allowedAttributes, limits: limits, byteCount: text.bytes.count)
                    try users.read(from: &reader, faults: &faults)
                    records = users
                } else if let headerKey = UserFileKey.Header(rawValue: key) {
                    header.read(headerKey, try reader.node(), faults: &faults)
                } else {
                    try reader.skip()
                }
            }
            try reader.end()
        } catch {
            faults.add(UserFileFault(error, in: text))
            throw UserFileError(file: name, kind: .notJSON, faults: faults)
        }
        self.header = header.header
        let domain = self.header.source?.domainGUID
        if records == nil { faults.add(UserFileFault(.header, field: UserFileKey.users, "the key is missing")) }
        if let records, records.hasAnchors, domain == nil, header.sourceIsSound {
            faults.add(
                UserFileFault(
                    .header, field: "\(UserFileKey.Header.source.rawValue).\(UserFileKey.Source.domainGUID.rawValue)",
                    "the key is missing, though records carry \(UserFileKey.Record.anchor.rawValue)"))
        }
        guard let records, faults.isEmpty else {
            throw UserFileError(file: name, kind: .invalidContent, faults: faults)
        }
        population = SourcePopulation(
            timestamp: self.header.timestamp, domain: domain,
            users: records.records.map { $0.user(domain: domain) })
    }
}
