import Directory
import DistinguishedNames

/// The names of somebody who steps aside, so that two can exchange theirs: unique, since they are made of the GUID.
struct PassingName: Sendable {
    private let user: DirectoryUser
    /// As much of the GUID as an account name holds.
    private let mark: String

    init(of user: DirectoryUser) {
        self.user = user
        mark = "~" + user.guid.description.replacing("-", with: "").prefix(NameRules.accountNameLimit - 1)
    }

    /// Nil where the name is a passing one already, of a run that was killed: it is in nobody's way.
    var leaf: RelativeDistinguishedName? {
        guard !user.commonName.utf8.suffix(mark.utf8.count).elementsEqual(mark.utf8) else { return nil }
        var length = mark.utf16.count
        // As many of the characters as leave room for the mark, none of them cut in two.
        let beginning = user.commonName.prefix { character in
            length += character.utf16.count
            return length <= NameRules.commonNameLimit
        }
        return .commonName(beginning + mark)
    }

    /// Of the names to sign in with, save those that are passing ones already.
    func replacements(of passing: Set<NameConflict.Aspect>, in domain: Domain) -> [AttributeReplacement] {
        var replacements: [AttributeReplacement] = []
        if passing.contains(.accountName), NameKey(user.accountName) != NameKey(mark) {
            replacements.append(
                AttributeReplacement(name: .accountName, old: .one(.text(user.accountName)), new: .one(.text(mark))))
        }
        let passingName = WantedNames.defaultPrincipalName(mark, in: domain)
        if passing.contains(.principalName), let principalName = user.userPrincipalName,
            NameKey(principalName) != NameKey(passingName)
        {
            replacements.append(
                AttributeReplacement(
                    name: .userPrincipalName, old: .one(.text(principalName)),
                    new: .one(.text(passingName))))
        }
        return replacements
    }
}
