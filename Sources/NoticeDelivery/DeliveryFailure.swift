/// Why a notice did not arrive. Safe to log: it holds no token and no address beyond the host.
public struct DeliveryFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    /// Whether the same may work a little later.
    let mayPass: Bool

    init(_ description: String, mayPass: Bool = false) {
        self.description = description
        self.mayPass = mayPass
    }
}
