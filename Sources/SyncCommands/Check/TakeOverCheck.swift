import AccessControl
import ActiveDirectory
import Delegation
import Directory
import DistinguishedNames
import SyncConfiguration
import SyncPlan

/// Accounts outside the container that an operator lets an import take over, or might: those with a name that somebody of
/// the file is to get, by the entries of the resolutions file.
struct TakeOverCheck {
    let configuration: ImportConfiguration
    let container: Container
    let examination: DelegationExamination
    /// Of ``DelegationExamination/renamedAttributes``, or more.
    let schema: [AttributeSchema]

    /// - Returns: the rights that are missing.
    func perform(
        _ entries: [Resolution], _ domain: ActiveDirectoryDomain, _ info: Domain, _ sheet: inout CheckSheet
    ) async throws -> [DelegationFinding] {
        var missing: [DelegationFinding] = []
        for candidate in try await candidates(entries, domain, info) {
            guard let account = try await domain.access(to: candidate.user.name) else { continue }
            let parent = try await candidate.parent(domain)
            let findings = examination.findings(takingOver: account, from: parent, schema)
            missing += findings.filter { $0.verdict == .missing }
            add(findings, candidate, &sheet)
            if account.isProtected { addProtected(candidate, &sheet) }
        }
        return missing
    }

    private struct Candidate {
        let user: DirectoryUser
        let entry: Resolution

        var subject: String { user.name.leaf.map { "\($0)" } ?? "\(user.name)" }

        var place: String { user.name.parent.map { "\($0)".printable } ?? "its place" }

        func parent(_ domain: ActiveDirectoryDomain) async throws -> ObjectAccess? {
            guard let parent = user.name.parent else { return nil }
            return try await domain.access(to: parent)
        }
    }

    /// Each account once, by the entry that asks the most of it.
    private func candidates(
        _ entries: [Resolution], _ domain: ActiveDirectoryDomain, _ info: Domain
    ) async throws -> [Candidate] {
        let open = entries.filter(\.mayTakeOver)
        guard !open.isEmpty else { return [] }
        let query = UserQuery(
            base: info.name, attributes: [], groups: [], anchorAttribute: configuration.anchorAttribute)
        let questions = open.compactMap(\.name).map { name in
            NameQuestion(
                accountName: name, userPrincipalName: name, name: container.name.appending(.commonName(name)))
        }
        let users = try await domain.holders(of: questions, reading: query).compactMap { holder -> DirectoryUser? in
            guard case .user(let user, _) = holder.kind, !user.name.isDescendant(of: container.name) else { return nil }
            return user
        }
        return users.compactMap { user in
            let own = open.filter { $0.isAbout(user) }
            return (own.first(where: isOrdered) ?? own.first).map { Candidate(user: user, entry: $0) }
        }
    }

    /// Whether the next import is to do it.
    private func isOrdered(_ entry: Resolution) -> Bool { entry.accept == true && configuration.lifeCycle.creates }

    private func add(_ findings: [DelegationFinding], _ candidate: Candidate, _ sheet: inout CheckSheet) {
        let missing = findings.filter { $0.verdict == .missing }
        for finding in missing {
            tell("may not \(finding.right.permission), needed to \(finding.right.purpose)", candidate, &sheet)
        }
        guard missing.isEmpty else { return }
        let unknown = findings.filter { $0.verdict == .unknown }.map { "\($0.right.permission)" }
        if unknown.isEmpty {
            sheet.ok(candidate.subject, "may be taken over from \(candidate.place)")
        } else {
            tell("nothing tells whether it may \(unknown.joined(separator: ", "))", candidate, &sheet, isKnown: false)
        }
    }

    private func addProtected(_ candidate: Candidate, _ sheet: inout CheckSheet) {
        tell(
            "it inherits no permissions, so what the container grants would not reach it. Let it inherit (dsacls "
                + "\"\(candidate.user.name.description.printable)\" /P:N, or Enable inheritance in its advanced security settings)",
            candidate, &sheet)
    }

    private func tell(_ words: String, _ candidate: Candidate, _ sheet: inout CheckSheet, isKnown: Bool = true) {
        let origin = "be taken over from \(candidate.place) for \(candidate.entry.user.printable): \(words)"
        if isKnown, isOrdered(candidate.entry) {
            sheet.fault(candidate.subject, "is to \(origin)", .notAuthorised)
        } else {
            sheet.note(candidate.subject, "could \(origin)")
        }
    }
}

extension Resolution {
    /// A conflict of names that waits for an answer, or was answered so.
    fileprivate var mayTakeOver: Bool { kind == .name && (accept == nil || accept == true && takeOver != nil) }

    /// Whether the account can be meant: the one that was asked about, and nobody's by the rules.
    fileprivate func isAbout(_ user: DirectoryUser) -> Bool {
        guard user.protection == nil, holder.map({ $0 == user.guid }) ?? true, let name else { return false }
        let names = [user.accountName, user.userPrincipalName].compactMap(\.self).map(NameKey.init)
        guard holder != nil || names.contains(NameKey(name)) else { return false }
        // Performed before: an account that was moved out again is asked about again.
        if case .account(let text) = takeOver, text == user.guid.description { return false }
        switch user.stamp {
        case .none: return true
        case .anchor(let stamped): return anchor == stamped
        case .foreign: return false
        }
    }
}
