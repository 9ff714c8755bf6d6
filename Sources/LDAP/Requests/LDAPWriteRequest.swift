public import DistinguishedNames

/// A request that changes the directory.
public struct LDAPWriteRequest: Hashable, Sendable {
    public enum Operation: Hashable, Sendable {
        /// Creates an object (RFC 4511 section 4.7).
        case add(DistinguishedName, [LDAPAttribute])
        /// Changes attributes, all or none of them (RFC 4511 section 4.6).
        case modify(LDAPObjectName, [LDAPModification])
        /// Renames and, given a new superior, moves an object; the old name is no longer a value of it
        /// (RFC 4511 section 4.9).
        case rename(DistinguishedName, to: RelativeDistinguishedName, newSuperior: DistinguishedName?)
        /// Deletes an object without children (RFC 4511 section 4.8).
        case delete(DistinguishedName)
    }

    public let operation: Operation
    public let controls: [LDAPControl]

    public init(_ operation: Operation, controls: [LDAPControl] = []) {
        self.operation = operation
        self.controls = controls
    }

    public static func add(_ name: DistinguishedName, _ attributes: [LDAPAttribute]) -> LDAPWriteRequest {
        LDAPWriteRequest(.add(name, attributes))
    }

    public static func modify(_ name: LDAPObjectName, _ modifications: [LDAPModification]) -> LDAPWriteRequest {
        LDAPWriteRequest(.modify(name, modifications))
    }

    public static func rename(
        _ name: DistinguishedName,
        to newName: RelativeDistinguishedName,
        newSuperior: DistinguishedName? = nil
    ) -> LDAPWriteRequest {
        LDAPWriteRequest(.rename(name, to: newName, newSuperior: newSuperior))
    }

    public static func delete(_ name: DistinguishedName) -> LDAPWriteRequest {
        LDAPWriteRequest(.delete(name))
    }
}

/// What is to be done, to which object; no values.
extension LDAPWriteRequest: CustomStringConvertible {
    public var description: String {
        switch operation {
        case .add(let name, _): "add \(name)"
        case .modify(let name, let changes):
            "modify \(name) (\(changes.map(\.attribute.name.description).joined(separator: ", ")))"
        case .rename(let name, let newName, nil): "rename \(name) to \(newName)"
        case .rename(let name, let newName, let superior?): "move \(name) to \(newName.description),\(superior)"
        case .delete(let name): "delete \(name)"
        }
    }
}
