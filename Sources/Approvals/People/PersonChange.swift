import Directory
import DistinguishedNames
public import SyncPlan
import SyncRun

/// One thing that an import changes about somebody, from what to what.
public struct PersonChange: Sendable, Equatable {
    /// The attribute, as the directory names it; `account` for enabled and disabled.
    public let field: String
    /// Empty where there is nothing.
    public let before: [String]
    public let after: [String]

    public init(field: String, before: [String], after: [String]) {
        self.field = field
        self.before = before
        self.after = after
    }
}

extension Roster.Entry {
    /// What the operations come down to. A passing name, which nobody keeps, is none of it; memberships are one change each.
    public var changes: [PersonChange] {
        operations.flatMap { operation -> [PersonChange] in
            switch (operation.verb, operation.change) {
            case (.park, _): []
            case (_, .rename(_, let name)):
                [PersonChange(field: "cn", before: here(\.commonName), after: [name.value])]
            case (_, .move(let user, let name)):
                [
                    PersonChange(
                        field: "distinguishedName", before: [user.name.description], after: [name.description])
                ]
            case (_, .create(let user)): user.changes
            case (_, .update(_, let update)): changes(update)
            case (_, .disable): [PersonChange(field: "account", before: ["enabled"], after: ["disabled"])]
            case (_, .enable): [PersonChange(field: "account", before: ["disabled"], after: ["enabled"])]
            case (.join(let group), _): [PersonChange(field: "memberOf", before: [], after: [group])]
            case (.leave(let group), _): [PersonChange(field: "memberOf", before: [group], after: [])]
            case (_, .join(_, let group)):
                [PersonChange(field: "memberOf", before: [], after: [group.name.description])]
            case (_, .leave(_, let group)):
                [PersonChange(field: "memberOf", before: [group.name.description], after: [])]
            }
        }
    }

    private func changes(_ update: UserUpdate) -> [PersonChange] {
        update.replacements.map { replacement in
            // Behind a passing name, the account's own.
            let before =
                replacement.name == .accountName ? here(\.accountName) : replacement.old.all.map(\.shown)
            return PersonChange(
                field: replacement.name.description, before: before, after: replacement.new.all.map(\.shown))
        }
            + [update.expiry].compactMap(\.self).map {
                PersonChange(field: "accountExpires", before: [$0.old.text], after: [$0.new.text])
            }
    }

    private func here(_ name: (DirectoryUser) -> String) -> [String] {
        [dossier.account.map(name)].compactMap(\.self)
    }
}

extension NewUser {
    fileprivate var changes: [PersonChange] {
        let names = [
            ("cn", name.leaf?.value ?? name.description), ("sAMAccountName", accountName),
            ("userPrincipalName", userPrincipalName), ("account", "disabled"), ("accountExpires", expiry.text),
        ]
        return names.map { PersonChange(field: $0.0, before: [], after: [$0.1]) }
            + attributes.filter { !$0.new.isEmpty }.map {
                PersonChange(field: $0.name.description, before: [], after: $0.new.all.map(\.shown))
            }
    }
}
