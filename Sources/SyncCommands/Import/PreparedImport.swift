import Directory
import SyncPlan
import UserFile

/// What an import is given: the verified file, and the operator's answers.
struct ImportInput: Sendable {
    let file: VerifiedUserFile
    /// The people of the file as ``SyncConfiguration/ImportConfiguration/mapping`` makes them.
    let population: SourcePopulation
    /// The entries of the resolutions file, as they were read.
    let resolutions: [Resolution]
    let hasResolutionsFile: Bool
    /// Positions of the records that are meant; nil for all.
    let part: Set<Int>?
}

/// An import that has read and planned everything and written nothing.
struct PreparedImport: Sendable {
    let input: ImportInput
    let time: Timestamp
    /// Holds the lock.
    let memory: ImportMemory
    let snapshot: TargetSnapshot
    /// How the accounts of the snapshot were read.
    let query: UserQuery
    /// Who holds the names that are to change hands.
    let holders: [NameHolder]
    let plan: ApprovedPlan
    /// What the operator should know of what the run found before it; in no way of its plan.
    let warnings: [String]

    /// What the next import is to know of this one.
    ///
    /// - Parameter accounts: that stand in the container.
    func state(accounts: Int, answers: RememberedAnswers?) -> ImportState {
        ImportState(of: input.file, in: snapshot.container, accounts: accounts, answers: answers, at: time)
    }
}
