import Directory

extension Timestamp {
    /// Generalized Time as AD writes it, in UTC: `20261120081500.0Z` (RFC 4517 section 3.3.13, [MS-ADTS] 3.1.1.3.2.3).
    init?(generalizedTime text: String) {
        let digits = text.prefix(14)
        guard digits.count == 14, digits.allSatisfy({ $0.isASCII && $0.isNumber }), text.hasSuffix("Z") else {
            return nil
        }
        let pairs = stride(from: 4, to: 14, by: 2).map { start in
            String(digits.dropFirst(start).prefix(2))
        }
        self.init(
            iso8601: "\(digits.prefix(4))-\(pairs[0])-\(pairs[1])T\(pairs[2]):\(pairs[3]):\(pairs[4])Z")
    }
}
