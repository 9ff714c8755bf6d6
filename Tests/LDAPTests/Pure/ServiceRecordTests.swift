import Testing

@testable import LDAP

/// The order of RFC 2782, "Usage rules".
@Suite struct ServiceRecordTests {
    private func record(_ priority: UInt16, _ weight: UInt16, _ host: String) -> ServiceRecord {
        ServiceRecord(priority: priority, weight: weight, port: 389, host: host)
    }

    /// Always the same sequence (Knuth's MMIX generator).
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(arguments: 0..<50)
    func `lower priorities come first, whatever the weights`(seed: UInt64) {
        var generator = Seeded(state: seed)
        let records = [record(10, 60_000, "c"), record(0, 1, "a"), record(5, 0, "b"), record(65_535, 9, "d")]
        #expect(ServiceRecord.ordered(records, using: &generator).map(\.host) == ["a", "b", "c", "d"])
    }

    @Test(arguments: 0..<50)
    func `every record comes up once`(seed: UInt64) {
        var generator = Seeded(state: seed)
        let records = (0..<20).map { record(UInt16($0 % 3), UInt16($0 % 4) * 100, "dc\($0)") }
        let ordered = ServiceRecord.ordered(records, using: &generator)
        #expect(ordered.count == records.count)
        #expect(Set(ordered) == Set(records))
    }

    @Test func `the first of a priority is drawn in proportion to the weights`() {
        var generator = Seeded(state: 1)
        let records = [record(0, 0, "never"), record(0, 100, "one"), record(0, 300, "three")]
        var firsts: [String: Int] = [:]
        for _ in 0..<4000 {
            firsts[ServiceRecord.ordered(records, using: &generator)[0].host, default: 0] += 1
        }
        // 1 : 3, and weight 0 for one number in 401.
        #expect((850...1150).contains(firsts["one", default: 0]), "\(firsts)")
        #expect((2850...3150).contains(firsts["three", default: 0]), "\(firsts)")
        #expect((0...40).contains(firsts["never", default: 0]), "\(firsts)")
    }

    @Test func `weights of 0 alone leave the order open, and none out`() {
        var generator = Seeded(state: 7)
        let records = ["a", "b", "c"].map { record(0, 0, $0) }
        #expect(Set(ServiceRecord.ordered(records, using: &generator)) == Set(records))
    }
}
