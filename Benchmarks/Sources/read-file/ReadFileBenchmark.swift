import BenchmarkSupport
import Directory
import DistinguishedNames
import SyncTestSupport
import UserFile

/// How long it takes to verify and to read a user file that is in memory already.
///
///     swift run -c release --package-path Benchmarks read-file
@main
enum ReadFileBenchmark {
    static let users = 100_000
    static let limit = 2.0

    struct Report: Encodable {
        enum CodingKeys: String, CodingKey {
            case users, bytes, seconds
            case processorSeconds = "cpu_seconds"
            case peakMemory = "peak_memory_bytes"
        }

        let users: Int
        let bytes: Int
        let seconds: Double
        let processorSeconds: Double
        let peakMemory: Int
    }

    static func main() {
        Measurement.run {
            let key = try HMACKey(hex: Secret(String(repeating: "0f", count: 32)))
            let bytes = try UserFileWriter(key: key).bytes(of: document())
            let reader = UserFileReader(key: key, allowedAttributes: .standard)
            var times: [Measurement.Time] = []
            for _ in 0..<5 {
                let (time, file) = try Measurement.time { try reader.read(bytes, named: "users.json") }
                try check(file)
                times.append(time)
            }
            let time = Measurement.median(times)
            let report = Report(
                users: users, bytes: bytes.count, seconds: time.seconds, processorSeconds: time.processor,
                peakMemory: try Measurement.peakMemory())
            return (report, time.seconds > limit ? "reading \(users) users took longer than \(limit) s" : nil)
        }
    }

    private static func document() -> UserFileDocument {
        var records = UserFileRecords(attributeNames: People.attributeNames)
        var members: [DistinguishedName: Int] = [:]
        for number in 0..<users {
            let user = People.user(number)
            for group in user.groups { members[group, default: 0] += 1 }
            records.append(user)
        }
        return UserFileDocument(
            header: UserFileHeader(
                timestamp: Fixture.now, exportID: "benchmark", sequence: 1,
                source: SourceDescription(
                    domain: "source.test", domainGUID: Fixture.source, server: "dc.source.test"),
                completeness: Completeness(
                    users: users, members: members.map { Completeness.GroupCount(group: $0, count: $1) },
                    highestCommittedUSN: 1)),
            records: records)
    }

    /// The people are those that were written, and the file was believed.
    private static func check(_ file: VerifiedUserFile) throws(Wrong) {
        try Wrong.unless(file.authenticity == .authenticated, "the file was not authenticated")
        try Wrong.unless(file.completeness == .consistent, "the file is called incomplete: \(file.completeness)")
        let people = file.population.users
        try Wrong.unless(people.count == users, "\(people.count) users, where \(users) were written")
        for number in 0..<users {
            try Wrong.unless(people[number] == People.user(number), "record \(number + 1) is not what was written")
        }
    }
}
