import Directory
import SourceRecords
import SyncConfiguration

extension SelectionError {
    /// One paragraph for each fault, ready to be printed: names of people come from a file.
    var sentences: String {
        faults.map(\.sentence).joined(separator: "\n") + "; nothing was written"
    }
}

extension SelectionError.Fault {
    private static let shownCount = 20

    fileprivate var sentence: String {
        switch self {
        case .nobody(let name, let names):
            return "--user \(name.printable): nobody in the file is called that" + Self.nearest(to: name, names)
        case .several(let name, let candidates):
            let shown = candidates.prefix(Self.shownCount).map { "\n  \($0.words)" }.joined()
            let rest = candidates.count - Self.shownCount
            return
                "--user \(name.printable): \(candidates.count) people may be meant; name one, by the account name:\(shown)"
                + (rest > 0 ? "\n  … and \(rest) more" : "")
        case .unknownGroup(let name, let known):
            return known.isEmpty
                ? "--group \(name.printable): the file names no groups"
                : "--group \(name.printable): nobody in the file is a member of a group of that name"
                    + Self.nearest(to: name, known)
        case .severalGroups(let name, let names):
            return "--group \(name.printable): several groups are called that, name one: \(Self.list(names))"
        case .unknownAttribute(let name, let position, let known):
            return "--filter, at character \(position): the file does not carry \(name); it has "
                + Self.list(known.map(\.description))
        case .empty(let count):
            return "--group and --filter match nobody of the \(count) people in the file"
        }
    }

    private static func nearest(to name: String, _ names: [String]) -> String {
        let near = NearestName.several(near: name, among: names, limit: 5)
        return near.isEmpty ? "" : "; near: \(list(near))"
    }

    private static func list(_ names: [String]) -> String {
        names.map(\.printable).joined(separator: ", ")
    }
}

extension SelectionError.Candidate {
    /// `Kim Lee (klee): mail klee@source.test, memberOf CN=Operators`.
    fileprivate var words: String {
        let who = "\(commonName) (\(accountName))"
        return (details.isEmpty ? who : "\(who): \(details.joined(separator: "; "))").printable
    }
}
