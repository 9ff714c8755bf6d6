import Foundation
import LabSupport
import Testing

/// A stage whose two sides sign in with Kerberos, on a machine that asks the DNS of the two domains.
///
/// The machine's own `/etc/resolv.conf` and `/etc/krb5.conf` stay out of it: the library cwrap stands between the program
/// and its resolver, and `KRB5_CONFIG` names another file.
struct KerberosStage {
    var stage: Stage
    /// For every run; tests change what they are about.
    var environment: [String: String]
    let krb5Configuration: String

    init(_ crew: [Crew] = Crew.four) async throws {
        stage = try await Stage(crew)
        krb5Configuration = try String(
            contentsOfFile: try #require(ProcessInfo.processInfo.environment["LAB_KRB5_CONFIG"]), encoding: .utf8)
        try stage.folder.write(krb5Configuration, to: "krb5.conf")
        let hosts = [stage.source, stage.target].map { "\($0.address) \($0.hostName)\n" }.joined()
        try stage.folder.write(hosts, to: "hosts")
        environment = [
            "KRB5_CONFIG": stage.folder.path("krb5.conf"), "NSS_WRAPPER_HOSTS": stage.folder.path("hosts"),
            "LD_PRELOAD": try ["libnss_wrapper.so", "libresolv_wrapper.so"].map(Self.library).joined(separator: ":"),
        ]
        for (command, domain) in [(Stage.Command.export, stage.source), (.import, stage.target)] {
            let account = try #require(domain.service.name.split(separator: "@").first)
            let principal = "\(account)@\(domain.dnsName.uppercased())"
            try await domain.exportKeytab(of: principal, to: stage.folder.path("\(command.rawValue).keytab"))
            self[command]["bind"] = [
                "method": "gssapi", "principal": .text(principal), "keytab": .text("\(command.rawValue).keytab"),
            ]
            self[command]["server"] = .text(domain.dnsName)
            // No authority either: nothing here is TLS.
            self[command]["tls"] = [:]
        }
    }

    subscript(command: Stage.Command) -> JSON {
        get { command == .export ? stage.export : stage.import }
        set {
            switch command {
            case .export: stage.export = newValue
            case .import: stage.import = newValue
            }
        }
    }

    /// The keys of `bind` of the source side, with these values; nil takes a key out.
    mutating func bind(_ changes: [String: JSON?]) {
        var bind = self[.export]["bind"]
        for (key, value) in changes { bind[key] = value ?? .null }
        self[.export]["bind"] = bind
    }

    /// - Parameter offset: How far this machine's clock is off, as libfaketime takes it.
    /// - Parameter isCheck: whether `check` is asked about the command instead.
    func run(
        _ command: Stage.Command, _ arguments: String..., clock offset: String? = nil, isCheck: Bool = false
    ) async throws -> Run {
        try stage.folder.write(try self[command].bytes, to: "\(command.rawValue)-config.json")
        var environment = environment
        let nameserver = command == .export ? stage.source.address : stage.target.address
        if environment["RESOLV_WRAPPER_CONF"] == nil {
            try stage.folder.write("nameserver \(nameserver)\noptions timeout:1 attempts:1\n", to: "resolv.conf")
            environment["RESOLV_WRAPPER_CONF"] = stage.folder.path("resolv.conf")
        }
        if let offset {
            environment["LD_PRELOAD"] =
                try "\(Self.library("faketime/libfaketimeMT.so.1")):"
                + (environment["LD_PRELOAD"] ?? "")
            environment["FAKETIME"] = offset
            environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        }
        // In the first process, libfaketime moves the environment, and Swift finds the arguments by it: so the first one
        // is another.
        var process = Subprocess(
            "/usr/bin/env", [Program.path] + (isCheck ? ["check"] : []) + [command.rawValue] + arguments)
        process.folder = stage.folder.path
        process.environment = environment
        return Run(try await process.run())
    }

    /// A ticket of the source's service account in a file, as `kinit` gets one.
    func getTicket(lifetime: String, into cache: String) async throws {
        let principal = try #require(self[.export]["bind"]["principal"].string)
        var kinit = Subprocess(
            "/usr/bin/kinit", ["-l", lifetime, "-c", stage.folder.path(cache), "-k", "-t", "export.keytab", principal])
        kinit.folder = stage.folder.path
        kinit.environment = ["KRB5_CONFIG": stage.folder.path("krb5.conf")]
        try await kinit.succeed()
    }

    /// A keytab as somebody makes it who knows the wrong password.
    func makeKeytab(of principal: String, password: String, at name: String) async throws {
        var ktutil = Subprocess("/usr/bin/ktutil", [])
        ktutil.folder = stage.folder.path
        ktutil.input = Array(
            "addent -password -p \(principal) -k 1 -e aes256-cts-hmac-sha1-96\n\(password)\nwkt \(name)\nquit\n".utf8)
        try await ktutil.succeed()
    }

    static func library(_ name: String) throws -> String {
        let folders = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib")
        return try #require(
            folders.map { "/usr/lib/\($0)/\(name)" }.first { FileManager.default.fileExists(atPath: $0) },
            "Debian's packages libnss-wrapper, libresolv-wrapper, faketime")
    }
}

extension LabDomain {
    /// Where its domain controller listens.
    var address: String { String(uri.dropFirst("ldaps://".count)) }

    /// Of its domain controller.
    var hostName: String { "\(dnsName.prefix { $0 != "." })-dc.\(dnsName)" }

    /// As docs/kerberos.md says, on the domain controller.
    func exportKeytab(of principal: String, to path: String) async throws {
        try await Subprocess(
            "/usr/bin/samba-tool",
            ["domain", "exportkeytab", path, "--principal=\(principal)", "--configfile=\(smbConf)"]
        ).succeed()
    }
}
