import LabSupport

/// A person in the source domain.
struct Crew: Sendable {
    var cn: String
    var account: String
    var groups: [String]
    var attributes: [String: String] = [:]
    var isDisabled = false
    /// `accountExpires`, in FILETIME.
    var expires: Int?

    static let jane = Crew(
        cn: "Jane Doe", account: "e2e-jdoe", groups: ["Operators"],
        attributes: ["givenName": "Jane", "sn": "Doe", "mail": "jdoe@source.test", "department": "Operations"])
    static let conan = Crew(
        cn: "Conan O'Brien", account: "e2e-cobrien", groups: ["Operators"],
        attributes: ["displayName": "O'Brien, Conan", "department": "Operations"])
    static let jürgen = Crew(
        cn: "Jürgen Köhler", account: "e2e-jkoehler", groups: ["Engineers"],
        attributes: ["department": "Engineering", "title": "Safety Engineer"])
    static let wei = Crew(
        cn: "魏 伟", account: "e2e-wei", groups: ["Visitors"], attributes: ["telephoneNumber": "+49 40 100"])

    static let four = [jane, conan, jürgen, wei]

    func dn(below parent: String) -> String { "CN=\(cn.escapedForDN),\(parent)" }

    func changes(in domain: LabDomain, below parent: String) -> [LDIFChange] {
        let dn = dn(below: parent)
        var values: [(String, [String])] = [
            ("objectClass", ["user"]), ("sAMAccountName", [account]),
            ("userPrincipalName", ["\(account)@\(domain.dnsName)"]),
            ("userAccountControl", [isDisabled ? "514" : "512"]),
        ]
        values += attributes.sorted { $0.key < $1.key }.map { ($0.key, [$0.value]) }
        if let expires { values.append(("accountExpires", [String(expires)])) }
        return [.add(dn, values)]
            + groups.map { .modify("CN=\($0),\(domain.groupPath)", .add, "member", [dn]) }
    }
}

extension String {
    /// As a value in a distinguished name (RFC 4514 §2.4).
    var escapedForDN: String {
        var result = ""
        for (offset, character) in enumerated() {
            if #"",+;<>\="#.contains(character) || (offset == 0 && "# ".contains(character)) { result += "\\" }
            result.append(character)
        }
        return result
    }
}
