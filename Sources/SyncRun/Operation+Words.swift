import Directory
public import SyncPlan

extension Operation.Verb {
    /// The one word for it in logs, reports and tables.
    public var name: String {
        switch self {
        case .create: "create"
        case .update: "update"
        case .rename: "rename"
        case .move: "move"
        case .takeOver: "take over"
        case .giveBack: "give back"
        case .park: "pass"
        case .disable: "disable"
        case .enable: "enable"
        case .join: "join"
        case .leave: "leave"
        }
    }

    /// What belongs behind the person's name, with a leading space; empty where nothing does.
    public var detail: String {
        switch self {
        case .create, .enable, .park: ""
        case .update(let adopted): adopted ? " (adopted)" : ""
        case .rename(let from), .move(let from): " (was \(from))"
        case .takeOver(let from): " (was \(from))"
        case .giveBack(let place): " (to \(place))"
        case .disable(let reason): " (\(reason.rawValue))"
        case .join(let group): " → \(group)"
        case .leave(let group): " ← \(group)"
        }
    }
}
