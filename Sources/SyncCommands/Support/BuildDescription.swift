import Approvals
import CBuild
import COpenSSL
import Glibc
import LDAP
import NoticeDelivery

/// What `--version` tells: for whoever reports a fault, or has to know whether one concerns him.
enum BuildDescription {
    /// The version alone in the first line, which scripts read; then a line each.
    static var text: String {
        let lines = (commit.isEmpty ? [] : [("commit", commit)]) + [("Swift", swift)] + libraries
        let width = lines.map(\.0.count).max() ?? 0
        return
            ([AdUserSyncCommand.version]
            + lines.map { name, value in name + String(repeating: " ", count: width - name.count + 2) + value })
            .joined(separator: "\n")
    }

    /// Empty where the build was not told.
    private static var commit: String { String(cString: cbuild_commit()) }

    /// Those that are loaded, which updates of the system replace.
    private static var libraries: [(String, String)] {
        // "OpenSSL 3.0.16 11 Feb 2025 (Library: …)"
        let openSSL = String(cString: OpenSSL_version(OPENSSL_VERSION)).split(separator: " ")
        return LDAPLibraries.versions.map { ($0.name, $0.version) } + [
            ("libkrb5", kerberos),
            ("OpenSSL", openSSL.dropFirst().first.map(String.init) ?? "unknown"),
            ("libcurl", HTTPLibrary.version),
            ("libzip", ArchiveLibrary.version),
        ]
    }

    /// MIT Kerberos tells no version of itself; the name of its file is the most there is: `libkrb5.so.3.3`.
    private static var kerberos: String {
        guard let file = cbuild_file_with("krb5_init_context"), let path = realpath(file, nil) else { return "unknown" }
        defer { free(path) }
        return String(cString: path).split(separator: "/").last.map(String.init) ?? "unknown"
    }

    /// The language has conditions for its version, but no name.
    private static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
