extension ExitStatus {
    /// From the least to the gravest: what was done or waits; what passes by itself, or with the next file; what somebody has
    /// to look at; what this machine has to be mended for; the signals.
    private static let byGravity: [ExitStatus] = [
        .done, .pending, .partlyFailed, .heldBack, .tryAgain, .noInput, .unavailable, .badData, .notAuthorised,
        .badConfiguration, .usage, .cannotCreate, .inputOutput, .internalError, .interrupted, .terminated,
    ]

    private var gravity: Int { Self.byGravity.firstIndex(of: self) ?? Self.byGravity.count }

    /// The gravest; done where there is none.
    static func gravest(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
        statuses.max { $0.gravity < $1.gravity } ?? .done
    }
}
