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
///
/// A rename goes by the name the account had. One that is made after the look, and sent again, would find whoever has got
/// that name by then: that is why it is looked until nothing moves.
struct Looks: Sendable {
    private(set) var made: [LostChange] = []
    private(set) var notMade: [LostChange] = []
    /// The server went away in the midst of the look.
    private(set) var lost: [(item: LostChange, failure: DirectoryFailure)] = []
    /// It may not be looked at.
    private(set) var refused: [LostChange] = []

    init(_ looks: [Look], of changes: [DirectoryChange]) {
        var lastMade: [Aspect: Int] = [:]
        for look in looks where look.result == .success(true) {
            for aspect in changes[look.item.index].aspects {
                lastMade[aspect] = max(lastMade[aspect] ?? look.item.index, look.item.index)
            }
        }
        for look in looks.sorted(by: { $0.item.index < $1.item.index }) {
            switch look.result {
            case .success(true): made.append(look.item)
            case .success(false):
                // A server takes the requests of one connection in their order: what a later one has overwritten, such as
                // a passing name, does not show any more.
                let aspects = changes[look.item.index].aspects
                let isOverwritten = !aspects.isEmpty && aspects.allSatisfy { lastMade[$0] ?? -1 > look.item.index }
                if isOverwritten { made.append(look.item) } else { notMade.append(look.item) }
            case .failure(let failure) where failure.kind.meansLost: lost.append((look.item, failure))
            case .failure: refused.append(look.item)
            }
        }
    }
}

/// Something about an account that one change can overwrite for another.
private struct Aspect: Hashable {
    enum Field: Hashable {
        case name, expiry
        case attribute(AttributeName)
    }

    let account: GUID
    let field: Field
}

extension DirectoryChange {
    var isCreation: Bool {
        if case .create = self { true } else { false }
    }

    fileprivate var aspects: [Aspect] {
        guard let account = user?.guid else { return [] }
        return switch self {
        case .rename, .move: [Aspect(account: account, field: .name)]
        case .update(_, let update):
            update.replacements.map { Aspect(account: account, field: .attribute($0.name)) }
                + (update.expiry == nil ? [] : [Aspect(account: account, field: .expiry)])
        case .create, .disable, .enable, .join, .leave: []
        }
    }
}
