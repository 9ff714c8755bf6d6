/// What a run is told of. One run can be several: what waits for an answer and what a brake held back go together.
public enum RunEvent: String, CaseIterable, Sendable, Hashable, Encodable {
    /// All was done, or queued for an operator.
    case success
    /// The run ended without having done its work, or single records or operations failed.
    case failure
    /// Something waits for an answer that did not wait before.
    case pending
    /// A brake held something back.
    case brake
}
