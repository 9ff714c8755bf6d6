import DistinguishedNames
import Glibc
import LDAP
import Logging

/// The Active Directory domain that `scripts/lab` runs, as its environment variables describe it.
struct Lab: Sendable {
    let uri: LDAPURI
    /// The same server without TLS.
    let plainURI: LDAPURI
    let caFile: String
    let base: DistinguishedName
    let administrator: String
    private let passwordFile: String

    /// Nil where no lab is running; its tests are skipped then.
    static let source = Lab(prefix: "AD_USER_SYNC_LAB_SOURCE_")

    static var isUp: Bool { source != nil }

    /// The lab, for a test that runs only when it is up.
    static func running() throws -> Lab {
        guard let source else { throw NotRunning() }
        return source
    }

    struct NotRunning: Error {}

    private init?(prefix: String) {
        func variable(_ name: String) -> String? { getenv(prefix + name).map { String(cString: $0) } }
        guard let uri = variable("URI").flatMap({ try? LDAPURI($0) }),
            let plainURI = variable("URI_PLAIN").flatMap({ try? LDAPURI($0) }),
            let caFile = variable("CA"),
            let base = variable("BASE").flatMap({ try? DistinguishedName(parsing: $0) }),
            let administrator = variable("ADMIN"),
            let passwordFile = variable("ADMIN_PASSWORD_FILE")
        else { return nil }
        self.uri = uri
        self.plainURI = plainURI
        self.caFile = caFile
        self.base = base
        self.administrator = administrator
        self.passwordFile = passwordFile
    }

    /// What a connection to the lab needs; tests change what they are about.
    var configuration: LDAPConfiguration {
        LDAPConfiguration(endpoints: [uri], tls: TLSSettings(caFile: caFile))
    }

    func credentials() throws -> LDAPCredentials {
        let password = try File.contents(of: passwordFile).prefix { $0 != UInt8(ascii: "\n") }
        return .simple(user: administrator, password: LDAPPassword(String(decoding: password, as: UTF8.self)))
    }

    /// A connection bound as the administrator.
    func connection(_ configuration: LDAPConfiguration? = nil) async throws -> LDAPConnection {
        let connection = try await LDAPConnection.connect(configuration ?? self.configuration)
        try await connection.bind(credentials())
        return connection
    }
}

enum File {
    struct Unreadable: Error {
        let path: String
    }

    static func contents(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var contents: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { contents.append(UInt8(byte)) }
        return contents
    }
}
