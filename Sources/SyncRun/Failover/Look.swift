import Directory

/// What became of a change that was sent and not answered.
struct Look: Sendable {
    let item: LostChange
    let result: Result<Bool, DirectoryFailure>

    init(at item: LostChange, of change: DirectoryChange, _ connection: any DirectoryConnection) async {
        self.item = item
        do {
            result = .success(try await connection.shows(change))
        } catch let failure as DirectoryFailure {
            result = .failure(failure)
        } catch {
            result = .failure(DirectoryFailure(kind: .malformed, message: "\(error)"))
        }
    }
}

/// Looks at many changes, sorted by what they say.
struct Looks: Sendable {
    private(set) var made: [LostChange] = []
    private(set) var notMade: [LostChange] = []
    /// The server went away in the midst of the look.
    private(set) var lost: [(item: LostChange, failure: DirectoryFailure)] = []
    /// It may not be looked at.
    private(set) var refused: [LostChange] = []

    init(_ looks: [Look], of changes: [DirectoryChange]) {
        var lastName: [GUID: Int] = [:]
        for look in looks where look.result == .success(true) {
            guard let account = changes[look.item.index].renamedAccount else { continue }
            lastName[account] = max(lastName[account] ?? look.item.index, look.item.index)
        }
        for look in looks.sorted(by: { $0.item.index < $1.item.index }) {
            switch look.result {
            case .success(true): made.append(look.item)
            case .success(false):
                // A passing name does not show any more once the account has its next one.
                let later = changes[look.item.index].renamedAccount.flatMap { lastName[$0] } ?? -1
                if later > look.item.index { made.append(look.item) } else { notMade.append(look.item) }
            case .failure(let failure) where failure.kind.meansLost: lost.append((look.item, failure))
            case .failure: refused.append(look.item)
            }
        }
    }
}

extension DirectoryChange {
    var isCreation: Bool {
        if case .create = self { true } else { false }
    }

    fileprivate var renamedAccount: GUID? {
        switch self {
        case .rename(let user, _), .move(let user, _): user.guid
        case .create, .update, .disable, .enable, .join, .leave: nil
        }
    }
}
