public import Directory

/// An LDAP search filter (RFC 4515) over the records of a user file.
///
/// Compared as Active Directory compares: without case, and a negation is true where the attribute is lacking. What it
/// does not know is the schema: an attribute the file does not carry is for ``unknownAttributes(among:)`` to tell, since
/// its negation would be true for everybody.
public struct RecordFilter: Hashable, Sendable, CustomStringConvertible {
    indirect enum Node: Hashable, Sendable {
        case all([Node])
        case any([Node])
        case not(Node)
        case item(Item)
    }

    struct Item: Hashable, Sendable {
        let attribute: AttributeName
        /// Of the attribute's first character in the text, counted from 1.
        let position: Int
        let test: Test
    }

    enum Test: Hashable, Sendable {
        case isPresent
        case equals(String)
        case isAtLeast(String)
        case isAtMost(String)
        /// The pieces between the asterisks, the outer ones empty where the text begins or ends with one.
        case matches([String])
    }

    let root: Node
    /// As it was written.
    public let description: String

    /// The attributes that the filter speaks of and that are not among `known`, with their positions in the text.
    public func unknownAttributes(among known: Set<AttributeName>) -> [(name: AttributeName, position: Int)] {
        root.items.filter { !known.contains($0.attribute) }.map { ($0.attribute, $0.position) }
    }
}

extension RecordFilter.Node {
    fileprivate var items: [RecordFilter.Item] {
        switch self {
        case .all(let nodes), .any(let nodes): nodes.flatMap(\.items)
        case .not(let node): node.items
        case .item(let item): [item]
        }
    }
}
