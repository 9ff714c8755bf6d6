import DistinguishedNames

extension LDAPAttribute {
    /// `PartialAttribute` (RFC 4511 section 4.1.7).
    var encodedSize: Int {
        let values = values.reduce(0) { $0 + BERSize.element($1.count) }
        return BERSize.element(BERSize.element(name.description.utf8.count) + BERSize.element(values))
    }
}

extension LDAPModification {
    /// One `change` of a modify request (RFC 4511 section 4.6), in octets.
    public var encodedSize: Int { BERSize.element(attribute.encodedSize + 3) }
}

extension LDAPControl {
    var encodedSize: Int {
        BERSize.element(BERSize.element(identifier.utf8.count) + 3 + BERSize.element(value?.count ?? 0))
    }
}

extension LDAPWriteRequest {
    /// About how many octets the request takes on the wire; never less than it really takes.
    public var encodedSize: Int {
        let contents =
            switch operation {
            case .add(let name, let attributes):
                BERSize.element(name.description.utf8.count) + attributes.reduce(0) { $0 + $1.encodedSize }
            case .modify(let name, let changes):
                BERSize.element(name.description.utf8.count) + changes.reduce(0) { $0 + $1.encodedSize }
            case .rename(let name, let newName, let superior):
                BERSize.element(name.description.utf8.count) + BERSize.element(newName.description.utf8.count)
                    + BERSize.element(superior?.description.utf8.count ?? 0)
            case .delete(let name): name.description.utf8.count
            }
        return BERSize.envelope + contents + controls.reduce(0) { $0 + $1.encodedSize }
    }
}
