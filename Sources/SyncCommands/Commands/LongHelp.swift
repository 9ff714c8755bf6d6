/// Help that takes longer to make than the rest of a start: every key of a configuration.
///
/// argument-parser asks all commands for their configuration at each start, whatever was asked for, and shows the
/// `discussion` of one only where somebody asks for help.
enum LongHelp {
    /// The text, where this process was asked for help, in any of the ways that argument-parser knows; nothing otherwise.
    static func ifAsked(_ text: () -> String) -> String { isAsked ? text() : "" }

    private static let isAsked = CommandLine.arguments.dropFirst().contains { argument in
        switch argument {
        case "help", "--experimental-dump-help": true
        case _ where argument.hasPrefix("--"): argument.hasPrefix("--help")
        // `-h`, also among other letters.
        default: argument.hasPrefix("-") && argument.contains("h")
        }
    }
}
