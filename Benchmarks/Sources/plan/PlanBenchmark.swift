import BenchmarkSupport
import Glibc

/// How long planning takes, without reading anything: 1 % of the people have changed since the last run.
///
///     swift run -c release --package-path Benchmarks plan [USERS…]
@main
enum PlanBenchmark {
    static let sizes = [10_000, 100_000, 1_000_000]
    /// What a million users may take.
    static let limit = (users: 1_000_000, seconds: 4.0)

    struct Report: Encodable {
        enum CodingKeys: String, CodingKey {
            case sizes, exponent
            case peakMemory = "peak_memory_bytes"
        }

        let sizes: [Size]
        /// Between the smallest size and the largest: 1 where twice the people take twice the time.
        let exponent: Double?
        let peakMemory: Int
    }

    struct Size: Encodable {
        enum CodingKeys: String, CodingKey { case users, operations }

        let users: Int
        let time: Measurement.Time
        let operations: Int

        /// The time stands beside the rest, not in it.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(users, forKey: .users)
            try container.encode(operations, forKey: .operations)
            try time.encode(to: encoder)
        }
    }

    static func main() {
        Measurement.run {
            let sizes = try measuredSizes().map(measure)
            let slow = sizes.first { $0.users <= limit.users && $0.time.seconds > limit.seconds }
            let report = Report(
                sizes: sizes,
                exponent: exponent(sizes.map { (Double($0.users), $0.time.seconds) }).map(Measurement.rounded),
                peakMemory: try Measurement.peakMemory())
            return (report, slow.map { "planning for \($0.users) users took longer than \(limit.seconds) s" })
        }
    }

    private static func measuredSizes() throws -> [Int] {
        let words = CommandLine.arguments.dropFirst()
        let sizes = words.compactMap { Int($0) }.filter { $0 >= Nightly.period && $0.isMultiple(of: Nightly.period) }
        try Wrong.unless(
            sizes.count == words.count, "plan [USERS…]: numbers that are multiples of \(Nightly.period)")
        return sizes.isEmpty ? Self.sizes : sizes.sorted()
    }

    /// A million are measured once: to make them takes longer than to plan for them.
    private static func measure(_ users: Int) throws -> Size {
        let nightly = Nightly(users)
        var times: [Measurement.Time] = []
        for _ in 0..<(users < 1_000_000 ? 3 : 1) {
            let (time, approved) = try Measurement.time { try nightly.plan() }
            try nightly.check(approved)
            times.append(time)
        }
        return Size(users: users, time: Measurement.median(times), operations: nightly.changes)
    }

    private static func exponent(_ times: [(users: Double, seconds: Double)]) -> Double? {
        guard let first = times.first, let last = times.last, first.users < last.users else { return nil }
        return log(last.seconds / first.seconds) / log(last.users / first.users)
    }
}
