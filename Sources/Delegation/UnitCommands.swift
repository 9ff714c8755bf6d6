public import DistinguishedNames

/// The commands by which an administrator creates an organizational unit.
public struct UnitCommands: Hashable, Sendable {
    /// For Samba, in a POSIX shell on a domain controller.
    public let sambaTool: String
    /// For Windows, in PowerShell, which starts `dsadd` as the program it is.
    public let dsadd: String
    /// For Windows, in PowerShell with the module ActiveDirectory.
    public let powerShell: String

    public init(creating unit: DistinguishedName) {
        let name = unit.description
        sambaTool = "samba-tool ou create \(name.shellQuoted)"
        dsadd = "dsadd ou \(name.powerShellQuoted)"
        let leaf = unit.leaf?.value ?? ""
        let parent = unit.parent?.description ?? ""
        powerShell = "New-ADOrganizationalUnit -Name \(leaf.powerShellQuoted) -Path \(parent.powerShellQuoted)"
    }
}

extension String {
    /// One literal for PowerShell, which takes the typographic quotes for quotes too (about_Quoting_Rules).
    fileprivate var powerShellQuoted: String {
        var result = "'"
        for scalar in unicodeScalars {
            let isQuote = "'\u{2018}\u{2019}\u{201A}\u{201B}".unicodeScalars.contains(scalar)
            if isQuote { result.unicodeScalars.append(scalar) }
            result.unicodeScalars.append(scalar)
        }
        return result + "'"
    }
}
