import Directory
import DistinguishedNames
public import SyncPlan

extension Operation {
    /// What was done, once the server has confirmed it, in a sentence without a full stop.
    public var confirmation: String {
        switch verb {
        case .create: "Created, disabled, as \(person.commonName) (\(person.accountName))"
        case .update(let adopted): adopted ? "Stamped with the anchor and updated" : "Updated"
        case .rename(let from): "Renamed from \(from) to \(person.commonName)"
        case .move(let from): "Moved from \(from)"
        case .takeOver(let from): "Taken over from \(from)"
        case .giveBack(let place): "Given back to \(place)"
        case .park: "Given a passing name"
        case .disable: "Disabled"
        case .enable: change.setsPassword ? "Enabled, with a new password" : "Enabled, with the password it had"
        case .join(let group): "Added to \(group)"
        case .leave(let group): "Removed from \(group)"
        }
    }
}

extension DirectoryChange {
    fileprivate var setsPassword: Bool {
        if case .enable(_, _, let enabling) = self { enabling.password != nil } else { false }
    }
}
