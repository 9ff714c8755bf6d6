import SyncRun

/// The beginning and the end of a run, for a list of many.
public struct RunOutline: Sendable {
    public enum State: Sendable, Equatable {
        case ended(RunEnd)
        /// The process that writes it is there.
        case atWork
        /// Nothing says that it ended: it was killed, or the machine was; or that line is one of the unreadable ones.
        case didNotEnd
    }

    /// How much of a journal is read.
    public enum Look: Sendable {
        /// The first and the last line, where they say all that is asked.
        case atItsEnds
        /// All of it where it is short, or where its ends do not count users; of a long one that does, the ends.
        case thorough
    }

    public let id: String
    /// The path of the journal.
    public let journal: String
    public let header: RunHeader?
    public let state: State
    /// Of users (``RecordedRun/counts``); of a run before those were counted, operations, unless the look was thorough.
    public let counts: RunCounts
    /// The domain controllers that answered.
    public let servers: [String]
    /// Lines that say nothing, as far as the look went.
    public let unreadable: [RecordedRun.UnreadableLine]
}

extension RunOutline {
    /// Of a journal that was read as a whole.
    init(_ run: RecordedRun, journal: String, isHeld: Bool) {
        // A damaged line, wherever it stands, takes nothing back of what its last one says.
        let state: State = run.end.map(State.ended) ?? (isHeld ? .atWork : .didNotEnd)
        // Of a run at work, a last line without its end is one that is being written.
        let isBeingWritten = state == .atWork && run.isTorn
        self.init(
            id: run.id, journal: journal, header: run.header, state: state, counts: run.counts, servers: run.servers,
            unreadable: isBeingWritten ? run.unreadable.dropLast() : run.unreadable)
    }
}
