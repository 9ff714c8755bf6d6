public import StrictJSON

/// One thing that is wrong with a configuration file. Safe to print: it never holds the value of a secret.
public struct ConfigurationProblem: Error, Hashable, Sendable {
    public enum Fault: Hashable, Sendable {
        /// The file is no text or no JSON.
        case unreadable(String)
        /// A required key is absent.
        case missing(expected: String)
        /// The value as it was given, nil where it is not to be shown, and what would have been right.
        case unexpected(given: String?, expected: String)
        /// A key nobody knows, and the known key most like it.
        case unknownKey(nearest: String, isClose: Bool)
        /// The key stands twice in one object.
        case repeatedKey(firstLine: Int)
        /// The value is right by itself, but not beside another one.
        case contradiction(String)
    }

    /// The way to the value, such as `tls.minimum_version` or `group_map."CN=Operators"[1]`; nil for the whole file.
    public let key: String?
    /// Where the value stands; nil for what is absent.
    public let position: SourcePosition?
    public let fault: Fault

    init(key: KeyLocation? = nil, position: SourcePosition? = nil, fault: Fault) {
        self.key = key.flatMap { $0 == .root ? nil : $0.description }
        self.position = position
        self.fault = fault
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    /// One line: the place, the key, the fault.
    public var description: String {
        let place: String? = position.map { position in
            if case .unreadable = fault {
                "line \(position.line), column \(position.column)"
            } else {
                "line \(position.line)"
            }
        }
        return [place, key, fault.description].compactMap(\.self).joined(separator: ": ")
    }
}

extension ConfigurationProblem.Fault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let reason): reason
        case .missing(let expected): "missing; expected: \(expected)"
        case .unexpected(let given?, let expected): "\(given) given; expected \(expected)"
        case .unexpected(nil, let expected): "expected \(expected) (the value given is not shown)"
        case .unknownKey(let nearest, isClose: true): "unknown key; did you mean \"\(nearest)\"?"
        case .unknownKey(let nearest, isClose: false): "unknown key; the nearest known key is \"\(nearest)\""
        case .repeatedKey(let firstLine): "the key stands twice, first in line \(firstLine)"
        case .contradiction(let reason): reason
        }
    }
}
