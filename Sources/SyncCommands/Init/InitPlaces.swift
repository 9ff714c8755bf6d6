import ActiveDirectory
import Directory
import DistinguishedNames

/// Containers to choose from, by number or by name.
struct InitPlaces: Sendable {
    struct Choice: Sendable {
        let name: DistinguishedName
        let remark: String
    }

    let domain: DistinguishedName
    let choices: [Choice]
    let suggestion: DistinguishedName?

    /// The others can still be typed.
    private static let shown = 40

    var text: String {
        var table = TextTable()
        for (index, choice) in choices.prefix(Self.shown).enumerated() {
            table.add("\(index + 1)", "\(choice.name)".printable, choice.remark)
        }
        let rest = choices.count - Self.shown
        return (table.lines() + (rest > 0 ? ["  and \(rest) more"] : [])).joined(separator: "\n")
    }

    /// A number of the list, or a name, which need not repeat the domain.
    ///
    /// - Throws: ``InitRefusal``.
    func name(_ text: String) throws -> DistinguishedName {
        if let number = Int(text) {
            guard number >= 1, number <= min(choices.count, Self.shown) else {
                throw InitRefusal(.usage, "\(number) is not in the list")
            }
            return choices[number - 1].name
        }
        do {
            let name = try DistinguishedName(parsing: text)
            let whole = name.dnsDomain == nil ? name.under(domain) : name
            guard whole == domain || whole.isDescendant(of: domain) else {
                throw InitRefusal(.badConfiguration, "\(name) is not in the domain \(domain)")
            }
            return whole
        } catch let error as DistinguishedNameError {
            throw InitRefusal(.usage, "\(error)")
        }
    }
}
