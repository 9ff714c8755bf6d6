public import Directory

/// What a front end of an approval session can ask and tell; ``ApprovalSession`` is the one that works on a directory.
///
/// Every answer is written to the resolutions file before anything else happens, and survives whatever comes after.
public protocol ApprovalDesk: PeopleDesk {
    /// The session as a whole: cheap, asked for again and again.
    func overview() async -> SessionOverview
    /// Everything that waits, was rejected, or was accepted and could not be done yet; in a fixed order.
    func actions() async -> [ApprovalAction]
    /// All that is known about one action; nil when it is not asked any more.
    func detail(of id: String) async -> ActionDetail?
    /// What was done in this session, latest first.
    func history() async -> [DecisionOutcome]

    /// Decides one action: persists the answer, and when it is a yes, does what it allows at once. Nil when it is not
    /// asked any more.
    func decide(_ decision: Decision, about id: String) async -> DecisionOutcome?
    /// The same for many. Returns at once; ``SessionOverview/work`` tells how far it got. One at a time.
    ///
    /// - Throws: ``DeskError`` when other work is still under way, or the request makes no sense.
    func begin(_ work: BulkWork) async throws(DeskError)

    /// A password made by the configured scheme, which the domain's policy for this user accepts.
    func suggestedPassword(for id: String) async throws(DeskError) -> Secret
    /// What is wrong with a password for this user, by the domain's real policy; empty when nothing is.
    func problems(with password: Secret, for id: String) async -> [String]
    /// What is wrong with a new name in answer to a name conflict, asked of the directory; nil when it is free.
    func problem(withNewName name: String, for id: String) async -> String?
    /// Managed users whose group memberships can be copied: those whose names contain `text`, at most `limit`.
    func managedUsers(matching text: String, limit: Int) async -> [ManagedUser]

    /// Passwords set in this session, in the order they were set.
    func passwords() async -> [IssuedPassword]
    /// An AES-256 encrypted zip archive of the passwords with these numbers, made in memory.
    ///
    /// - Throws: ``DeskError`` for a key that is too short.
    func archive(of numbers: Set<Int>, key: Secret) async throws(DeskError) -> [UInt8]
    /// They were handed over: nobody is warned about them any more.
    func markExported(_ numbers: Set<Int>) async

    /// Imports the user file again, as it is on disk now, and begins anew with what is pending then.
    func importAgain() async throws(DeskError)
    /// Looks whether a directory that was lost is back, and does then what was accepted meanwhile.
    func reconnect() async
}

/// Why a desk cannot do what was asked; a sentence for the operator.
public struct DeskError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
