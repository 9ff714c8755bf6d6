import Foundation
import Glibc

/// One domain of the lab, as `scripts/lab env` describes it, worked on by OpenLDAP's tools: tests look at what our client
/// did through one that is not ours.
public struct LabDomain: Sendable {
    public let uri: String
    /// Without TLS.
    public let plainURI: String
    public let caFile: String
    public let base: String
    public let dnsName: String
    public let userPath: String
    public let groupPath: String
    public let service: Account
    public let administrator: Account
    /// The service account's own object.
    public let serviceDN: String
    public let smbConf: String

    public struct Account: Sendable {
        public let name: String
        public let passwordFile: String

        public init(_ name: String, passwordFile: String) {
            self.name = name
            self.passwordFile = passwordFile
        }

        public func password() throws -> String { try String(contentsOfFile: passwordFile, encoding: .utf8) }
    }

    init?(prefix: String) {
        func variable(_ name: String) -> String? { getenv(prefix + name).map { String(cString: $0) } }
        func account(_ name: String) -> Account? {
            guard let user = variable("\(name)_USER"), let file = variable("\(name)_PASSWORD_FILE") else { return nil }
            return Account(user, passwordFile: file)
        }
        guard let uri = variable("LDAPS_URI"), let plainURI = variable("LDAP_URI"), let caFile = variable("CA_FILE"),
            let base = variable("BASE_DN"), let dnsName = variable("DOMAIN"), let userPath = variable("USER_PATH"),
            let groupPath = variable("GROUP_PATH"), let service = account("SERVICE"),
            let administrator = account("ADMIN"), let serviceDN = variable("SERVICE_DN"),
            let smbConf = variable("SMB_CONF")
        else { return nil }
        (self.uri, self.plainURI, self.caFile, self.base, self.dnsName) = (uri, plainURI, caFile, base, dnsName)
        (self.userPath, self.groupPath, self.serviceDN, self.smbConf) = (userPath, groupPath, serviceDN, smbConf)
        (self.service, self.administrator) = (service, administrator)
    }
}

extension LabDomain {
    public enum Scope: String, Sendable { case base, one, sub }

    public func search(
        _ base: String, _ filter: String = "(objectClass=*)", _ attributes: [String] = ["*"], scope: Scope = .sub
    ) async throws -> [LDIFEntry] {
        let pages = scope == .base ? [] : ["-E", "pr=1000/noprompt"]
        let result = try await tool(
            "ldapsearch",
            ["-LLL", "-o", "ldif-wrap=no"] + pages + ["-b", base, "-s", scope.rawValue, filter] + attributes
        ).succeed()
        return LDIFEntry.parse(result.outputText)
    }

    /// The object of this name; nil when there is none.
    public func entry(_ dn: String, _ attributes: [String] = ["*", "memberOf"]) async throws -> LDIFEntry? {
        let result = try await tool(
            "ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", dn, "-s", "base", "(objectClass=*)"] + attributes
        ).succeed(orEndWith: [32])
        return LDIFEntry.parse(result.outputText).first
    }

    /// As the administrator.
    public func apply(_ changes: [LDIFChange]) async throws {
        var tool = tool("ldapmodify", [])
        tool.input = Array(changes.map(\.text).joined(separator: "\n").utf8)
        try await tool.succeed()
    }

    public func apply(_ changes: LDIFChange...) async throws { try await apply(changes) }

    /// Deletes organizational units with all that is in them, where they are.
    public func remove(_ units: String...) async throws {
        var delete = tool("ldapmodify", ["-c"])
        delete.input = Array(units.map { LDIFChange.deleteTree($0).text }.joined(separator: "\n").utf8)
        try await delete.succeed(orEndWith: [32])
    }

    /// Begins an organizational unit anew, empty.
    public func renew(_ dn: String, with changes: [LDIFChange] = []) async throws {
        try await remove(dn)
        try await apply([.add(dn, [("objectClass", ["organizationalUnit"])])] + changes)
    }

    /// Rises with every write, whatever it is: as long as it stands still, nothing was written.
    public func highestCommittedUSN() async throws -> Int {
        // As the service account: its first sign-in in days is a write of the server's own (lastLogonTimestamp).
        let result = try await tool(
            "ldapsearch", ["-LLL", "-b", "", "-s", "base", "highestCommittedUSN"], as: service
        ).succeed()
        return LDIFEntry.parse(result.outputText).first?.first("highestCommittedUSN").flatMap { Int($0) } ?? -1
    }

    /// Whether somebody can sign in with this password, over TLS.
    public func accepts(_ user: String, password: String) async throws -> Bool {
        let folder = try TemporaryFolder()
        try folder.write(password, to: "password")
        let account = Account(user, passwordFile: folder.path("password"))
        return try await tool("ldapsearch", ["-s", "base", "-b", "", "1.1"], as: account).succeed(orEndWith: [49])
            .status == 0
    }

    /// One of OpenLDAP's tools, signed in over TLS; nil signs in as the administrator.
    public func tool(_ name: String, _ arguments: [String], as account: Account? = nil) -> Subprocess {
        let account = account ?? administrator
        var process = Subprocess(
            "/usr/bin/\(name)", ["-x", "-H", uri, "-D", account.name, "-y", account.passwordFile] + arguments)
        process.environment = ["LDAPCONF": "/dev/null", "LDAPTLS_CACERT": caFile, "LDAPTLS_REQCERT": "demand"]
        return process
    }
}
