import Delegation

extension CheckSheet {
    /// Prints what is left, the commands that grant what is missing, and the verdict; for people.
    func finish(_ command: String, _ grants: CheckGrants, _ terminal: Terminal) throws {
        try show()
        try show(grants.missing, "To grant what is missing", terminal)
        try show(grants.takeOver, "To let these accounts be taken over", terminal)
        try terminal.write(verdict(on: command) + "\n")
    }

    private func show(_ grants: GrantCommands, _ title: String, _ terminal: Terminal) throws {
        guard !grants.isEmpty else { return }
        let lines =
            [terminal.paint("\(title), on Samba", .bold)] + grants.sambaTool
            + ["", terminal.paint("or on Windows", .bold)] + grants.dsacls
        try terminal.write(lines.joined(separator: "\n") + "\n\n")
    }
}
