/// One change within a modify request (RFC 4511 section 4.6).
public struct LDAPModification: Hashable, Sendable {
    public enum Operation: Int32, Hashable, Sendable {
        /// Adds the values; the attribute comes into being with its first.
        case add = 0
        /// Deletes the values, or, when none are given, the attribute.
        case delete = 1
        /// Replaces all values; with none given, the attribute goes, and it is no error when it was absent.
        case replace = 2
    }

    public let operation: Operation
    public let attribute: LDAPAttribute

    public init(_ operation: Operation, _ attribute: LDAPAttribute) {
        self.operation = operation
        self.attribute = attribute
    }

    public static func add(_ name: LDAPAttributeName, _ values: [LDAPValue]) -> LDAPModification {
        LDAPModification(.add, LDAPAttribute(name, values))
    }

    public static func delete(_ name: LDAPAttributeName, _ values: [LDAPValue] = []) -> LDAPModification {
        LDAPModification(.delete, LDAPAttribute(name, values))
    }

    public static func replace(_ name: LDAPAttributeName, _ values: [LDAPValue]) -> LDAPModification {
        LDAPModification(.replace, LDAPAttribute(name, values))
    }

    /// The same change in pieces of at most `maximumBytes` octets and `maximumValues` values, in order.
    ///
    /// Only adding or deleting many values can be divided: a replacement, and the deletion of a whole attribute, mean
    /// something else in pieces and come back whole. So does a single value that is too large by itself.
    public func split(maximumBytes: Int, maximumValues: Int = .max) -> [LDAPModification] {
        guard operation != .replace, attribute.values.count > 1 else { return [self] }
        var pieces: [LDAPModification] = []
        var values: [LDAPValue] = []
        let empty = LDAPModification(operation, LDAPAttribute(attribute.name, []))
        let overhead = empty.encodedSize + BERSize.growth
        var size = overhead
        for value in attribute.values {
            let added = BERSize.element(value.count)
            if !values.isEmpty, size + added > maximumBytes || values.count >= maximumValues {
                pieces.append(LDAPModification(operation, LDAPAttribute(attribute.name, values)))
                values = []
                size = overhead
            }
            values.append(value)
            size += added
        }
        pieces.append(LDAPModification(operation, LDAPAttribute(attribute.name, values)))
        return pieces
    }
}
