import Delegation

extension CheckSheet {
    /// Prints what is left, the commands that grant what is missing, and the verdict; for people.
    func finish(_ command: String, _ grants: GrantCommands?, _ terminal: Terminal) throws {
        try show()
        if let grants {
            let lines =
                [terminal.paint("To grant what is missing, on Samba", .bold)] + grants.sambaTool
                + ["", terminal.paint("or on Windows", .bold)] + grants.dsacls
            try terminal.write(lines.joined(separator: "\n") + "\n\n")
        }
        try terminal.write(verdict(on: command) + "\n")
    }
}
