public import Directory

/// Which attributes a user file may bring: the ordinary ones of persons and contacts, and what the target's
/// administrator adds. Nobody at the source can give himself power at the target through any of them.
public struct AttributeAllowList: Sendable {
    private var allowed: Set<AttributeName>
    private var anchorAttribute: AttributeName?

    /// The ordinary attributes of persons and contacts; see ``ordinaryAttributes``.
    public static let standard = AttributeAllowList(allowed: Set(ordinaryAttributes), anchorAttribute: nil)

    /// This list and `names`.
    ///
    /// - Throws: ``AttributeAllowListError`` with everything among `names` that may never be added.
    public func adding(_ names: [AttributeName]) throws(AttributeAllowListError) -> AttributeAllowList {
        let refused = names.compactMap { name in
            reasonNeverToAllow(name).map { AttributeAllowListError.Refusal(name: name, reason: $0) }
        }
        guard refused.isEmpty else { throw AttributeAllowListError(refused: refused) }
        return AttributeAllowList(allowed: allowed.union(names), anchorAttribute: anchorAttribute)
    }

    /// This list without the attribute that carries the anchors. From then on it cannot be added either.
    public func reserving(anchorAttribute name: AttributeName) -> AttributeAllowList {
        AttributeAllowList(allowed: allowed, anchorAttribute: name)
    }

    public func contains(_ name: AttributeName) -> Bool {
        name != anchorAttribute && allowed.contains(name) && Self.isPlainName(name.description)
    }

    /// Why `name` is not in the list, and what can be done; nil when it is.
    public func refusal(of name: AttributeName) -> String? {
        if contains(name) { return nil }
        if let reason = reasonNeverToAllow(name) { return "the attribute may never come from a file: it \(reason)" }
        return "the attribute is not allowed; leave it out of the export, or add it to allowed_attributes here"
    }

    /// Nil for a name that may be added.
    private func reasonNeverToAllow(_ name: AttributeName) -> String? {
        if name == anchorAttribute { return "carries the anchors here (anchor_attribute)" }
        guard Self.isPlainName(name.description) else {
            return "is no plain attribute name (letters, digits and hyphens; no OID, no option)"
        }
        return ForbiddenAttributes.reason(for: name)
    }

    /// RFC 4512 §1.4, `descr`. A numeric OID would be a second name for a forbidden attribute.
    private static func isPlainName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

/// Names in `allowed_attributes` that may never be there: a configuration error.
public struct AttributeAllowListError: Error, Sendable, Hashable, CustomStringConvertible {
    public struct Refusal: Sendable, Hashable {
        public let name: AttributeName
        /// Completes the sentence "it …".
        public let reason: String
    }

    public let refused: [Refusal]

    public var description: String {
        refused.map { "\(Excerpt($0.name.description)) cannot be allowed: it \($0.reason)" }.joined(separator: "; ")
    }
}
