import Directory

/// An address that notices are posted to. Many receivers tell who may post by a secret in it, so it prints as its host.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with a text, in the words of an expectation. Safe to print.
    public struct Problem: Error, Hashable, Sendable {
        public let expectation: String
    }

    private let text: Secret
    /// As it stands in the address; an IPv6 address in brackets.
    public let host: String
    private let scheme: String

    /// - Throws: ``Problem`` for anything but `https`, or `http` to this machine: reports hold names of people.
    public init(_ text: String) throws(Problem) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let scheme = ["https", "http"].first(where: { text.lowercased().hasPrefix("\($0)://") })
        else { throw Problem(expectation: Self.expectation) }
        let authority = text.dropFirst(scheme.utf8.count + 3).prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            throw Problem(expectation: "an address without a user or password: headers_file is for such")
        }
        guard !text.contains("#"), let host = Self.host(of: authority) else {
            throw Problem(expectation: Self.expectation)
        }
        guard scheme == "https" || Self.isThisMachine(host) else {
            throw Problem(expectation: "https: a report holds names of people, and http is for this machine alone")
        }
        self.text = Secret(text)
        self.host = host
        self.scheme = scheme
    }

    /// The whole address. Only for the request itself.
    public func reveal() -> String { text.reveal() }

    public var description: String { "\(scheme)://\(host)" }

    private static let expectation = "an address such as https://alerts.example.test/hooks/sync"

    /// Nil where there is none, or the port is none.
    private static func host(of authority: Substring) -> String? {
        let end =
            authority.first == "["
            ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        let host = authority[..<(end ?? authority.endIndex)]
        let port = authority[host.endIndex...]
        guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || "-._[:]".contains($0) }) else {
            return nil
        }
        guard port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()).map { $0 > 0 } == true) else { return nil }
        return String(host)
    }

    private static func isThisMachine(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isLoopback = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isLoopback || ["localhost", "[::1]"].contains(host.lowercased())
    }
}
