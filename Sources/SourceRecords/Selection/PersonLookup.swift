import Directory
import DistinguishedNames

/// Who in the file may be meant by a name.
struct PersonLookup {
    /// In the order of the file.
    let found: [SourceUser]
    /// Names that somebody has, for an operator who mistyped; gathered only where nobody was found.
    let names: [String]

    /// A name that somebody has as it stands wins over names that it is only a part of.
    init(_ text: String, in population: SourcePopulation, prefix: String, renamed: [Int: String]) {
        let key = NameKey(text)
        let anchor = Anchor(stamp: text)
        let guid = GUID(text)
        let exact = population.users.filter { user in
            if let own = user.anchor, own == anchor || own.user == guid { return true }
            return user.identifiers(prefix: prefix, renamed: renamed).contains { NameKey($0) == key }
        }
        let partial = key.isEmpty || !exact.isEmpty ? [] : population.users.filter { $0.isCalledSomethingLike(key) }
        found = exact.isEmpty ? partial : exact
        names =
            found.isEmpty
            ? population.users.flatMap { [$0.accountName, $0.commonName] } : []
    }
}

extension SourceUser {
    /// What is his alone, or nearly so.
    fileprivate func identifiers(prefix: String, renamed: [Int: String]) -> [String] {
        var names = [accountName, commonName]
        if !prefix.isEmpty { names.append(prefix + commonName) }
        if let here = renamed[position] { names.append(here) }
        return names + texts(of: .userPrincipalName) + texts(of: "mail")
    }

    func isCalledSomethingLike(_ part: NameKey) -> Bool {
        let fields: [AttributeName] = [
            .accountName, .commonName, "displayName", "givenName", "sn", .userPrincipalName, "mail",
        ]
        return fields.contains { field in
            texts(of: field).contains { NameKey($0).contains(part) }
        }
    }
}
