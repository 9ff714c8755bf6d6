/// A server of a domain, as the DNS has it: an SRV record (RFC 2782).
public struct ServiceRecord: Hashable, Sendable {
    /// Lower ones are tried first.
    public let priority: UInt16
    /// Among those of one priority, the share of clients that are to come here first.
    public let weight: UInt16
    public let port: UInt16
    /// A DNS name without a dot at its end.
    public let host: String

    public init(priority: UInt16, weight: UInt16, port: UInt16, host: String) {
        self.priority = priority
        self.weight = weight
        self.port = port
        self.host = host
    }

    /// The order to try them in: by priority, and within one by lot, in proportion to the weights (RFC 2782, "Usage
    /// rules").
    public static func ordered(
        _ records: [ServiceRecord], using generator: inout some RandomNumberGenerator
    ) -> [ServiceRecord] {
        var result: [ServiceRecord] = []
        for (_, group) in Dictionary(grouping: records, by: \.priority).sorted(by: { $0.key < $1.key }) {
            // Those of weight 0 in front: they are drawn by the number 0 only.
            var left = group.filter { $0.weight == 0 } + group.filter { $0.weight > 0 }
            while !left.isEmpty {
                let drawn = Int.random(in: 0...left.reduce(0) { $0 + Int($1.weight) }, using: &generator)
                var sum = 0
                let index = left.firstIndex { record in
                    sum += Int(record.weight)
                    return sum >= drawn
                }
                result.append(left.remove(at: index ?? 0))
            }
        }
        return result
    }
}
