import LabSupport

/// What an administrator does to permissions.
extension LabDomain {
    /// - Parameter entries: in SDDL, where `SID` stands for the service account.
    func grant(_ entries: String, on name: String) async throws {
        let sid = try await serviceIdentifier()
        try await Subprocess(
            "/usr/bin/samba-tool",
            ["dsacl", "set", "--objectdn=\(name)", "-s", smbConf, "--sddl=\(entries.replacing("SID", with: sid))"]
        ).succeed()
    }

    /// Performs a command for `samba-tool` that the program printed.
    func perform(printed command: String) async throws {
        try await Subprocess("/bin/sh", ["-c", "\(command) -s '\(smbConf)'"]).succeed()
    }

    /// Replaces the whole descriptor.
    func describe(_ name: String, as descriptor: String) async throws {
        try await Subprocess(
            "/usr/bin/python3",
            [
                "-c",
                """
                import sys
                from samba import param, sd_utils
                from samba.auth import system_session
                from samba.samdb import SamDB
                lp = param.LoadParm(); lp.load(sys.argv[1])
                sd_utils.SDUtils(SamDB(session_info=system_session(), lp=lp)).modify_sd_on_dn(sys.argv[2], sys.argv[3])
                """, smbConf, name, descriptor,
            ]
        ).succeed()
    }
}
