import Directory

@testable import ApprovalsWeb

/// A browser without JavaScript, as far as the server can tell. Every part of it can be wrong on purpose.
struct Visitor: Sendable {
    let port: Int
    var host: String
    var origin: String?
    var cookie: String?
    var formToken: String?
    var tab: String?

    /// Stands at an entrance, without having entered.
    init(at entrance: Entrance) {
        let address = entrance.url.reveal().dropFirst("http://".count).prefix { $0 != "/" }
        host = String(address)
        origin = "http://\(address)"
        port = Int(address.split(separator: ":")[1]) ?? 0
    }

    /// Enters, and reads the form token off the first page.
    static func entered(_ entrance: Entrance) async throws -> Visitor {
        var visitor = Visitor(at: entrance)
        let reply = try await visitor.get(entrance.path)
        visitor.cookie = reply["Set-Cookie"].map { String($0.prefix { $0 != ";" }) }
        visitor.formToken = try await visitor.get("/").text.between("data-csrf=\"", "\"")
        return visitor
    }

    func get(_ path: String, method: String = "GET") async throws -> HTTPExchange.Reply {
        try await HTTPExchange.send(Array((head(method, path) + "\r\n").utf8), to: port)
    }

    func post(_ path: String, _ fields: [(name: String, value: String)] = []) async throws -> HTTPExchange.Reply {
        var fields = fields
        if let formToken { fields.append(("csrf", formToken)) }
        if let tab { fields.append(("tab", tab)) }
        let body = FormFields.encode(fields)
        let lines = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)"]
        let request = head("POST", path, lines + (origin.map { ["Origin: \($0)"] } ?? [])) + "\r\n" + body
        return try await HTTPExchange.send(Array(request.utf8), to: port)
    }

    private func head(_ method: String, _ path: String, _ lines: [String] = []) -> String {
        (["\(method) \(path) HTTP/1.1", "Host: \(host)", "Connection: close"] + (cookie.map { ["Cookie: \($0)"] } ?? [])
            + lines).map { $0 + "\r\n" }.joined()
    }
}

extension Entrance {
    /// From the slash.
    var path: String { String(url.reveal().dropFirst("http://".count).drop { $0 != "/" }) }
}

extension String {
    /// What stands between the first `start` and the next `end`.
    func between(_ start: String, _ end: String) -> String? {
        firstRange(of: start).map { self[$0.upperBound...] }.flatMap { rest in
            rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) }
        }
    }

    func count(of part: String) -> Int { ranges(of: part).count }
}
