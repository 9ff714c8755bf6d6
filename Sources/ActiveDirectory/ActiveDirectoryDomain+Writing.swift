import AccessControl
public import Directory
import LDAP

extension ActiveDirectoryDomain {
    public func apply(
        _ changes: [DirectoryChange], outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        var requests: [PreparedRequest] = []
        var memberships = MembershipBatches()
        for (index, change) in changes.enumerated() {
            switch change {
            case .join(let user, let group): memberships.add(user, to: group, for: index)
            case .leave(let user, let group): memberships.remove(user, from: group, for: index)
            default:
                do throws(DirectoryFailure) {
                    try await prepare(change)
                    requests.append(PreparedRequest(change: index, request: change.request))
                } catch {
                    outcome(index, .failure(error))
                }
            }
        }
        await connection.perform(requests.map(\.request)) { [requests] position, result in
            let index = requests[position].change
            outcome(index, result.mapError { DirectoryFailure($0, hint: changes[index].hint(for: $0)) })
        }
        await perform(memberships, outcome: outcome)
    }

    /// What must be done before the request of a change can be sent.
    private func prepare(_ change: DirectoryChange) async throws(DirectoryFailure) {
        guard case .enable(let user, _, let enabling) = change, enabling.cannotChangePassword else { return }
        do {
            // Before the account is opened, so that there is no moment in which the password could be changed.
            try await forbidPasswordChange(of: user)
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    private func forbidPasswordChange(of user: UserReference) async throws {
        let entry = try await connection.readEntry(
            at: user.objectName, attributes: [.securityDescriptor], controls: [.accessListOnly])
        guard var descriptor = entry[.securityDescriptor].first.flatMap({ SecurityDescriptor($0.bytes) }) else {
            throw DirectoryFailure(
                kind: .notAuthorised,
                message: "the access list cannot be read, so \"user cannot change password\" cannot be set")
        }
        guard !descriptor.forbidsPasswordChange else { return }
        guard descriptor.forbidPasswordChange() else {
            throw DirectoryFailure(
                kind: .refused,
                message: "the access list is full, so \"user cannot change password\" cannot be set")
        }
        try await connection.perform(
            LDAPWriteRequest(
                .modify(user.objectName, [.replace(.securityDescriptor, [LDAPValue(descriptor.octets)])]),
                controls: [.accessListOnly]))
    }
}

/// The request of one change, by the change's index.
private struct PreparedRequest: Sendable {
    let change: Int
    let request: LDAPWriteRequest
}

extension UserReference {
    /// By GUID where there is one: it holds whatever the user is called by then.
    var objectName: LDAPObjectName {
        guid.map { .guid($0.directoryBytes) } ?? .distinguishedName(name)
    }
}
