/// 256 random bits from the system's generator. Whatever prints it, prints dots.
struct Token: Sendable, CustomStringConvertible, CustomReflectable {
    /// 64 lowercase hexadecimal digits.
    let digits: String

    init() { digits = Self.randomDigits(words: 4) }

    var description: String { "••••••••" }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// Takes the same time for every candidate of the same length.
    func matches(_ candidate: some StringProtocol) -> Bool {
        let expected = Array(digits.utf8)
        let given = Array(candidate.utf8)
        guard given.count == expected.count else { return false }
        return zip(expected, given).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func randomDigits(words: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<words).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
