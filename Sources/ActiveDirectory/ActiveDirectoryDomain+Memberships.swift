import Directory
import LDAP
import Synchronization

extension ActiveDirectoryDomain {
    /// Sends whole batches; one that is refused is halved until the member at fault stands alone.
    func perform(
        _ memberships: MembershipBatches, outcome: @escaping @Sendable (Int, Result<Void, DirectoryFailure>) -> Void
    ) async {
        var waiting = memberships.batches
        while !waiting.isEmpty {
            let batches = waiting
            let refused = Mutex<[Int: LDAPError]>([:])
            await connection.perform(batches.map(\.request)) { position, result in
                switch result {
                case .success:
                    for member in batches[position].members { outcome(member.index, .success(())) }
                case .failure(let error) where error.delivery == .answered:
                    refused.withLock { $0[position] = error }
                case .failure(let error):
                    for member in batches[position].members { outcome(member.index, .failure(DirectoryFailure(error))) }
                }
            }
            waiting = []
            for (position, error) in refused.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
                let batch = batches[position]
                if error.code == .insufficientAccessRights {
                    // The right is missing for the group, not for one of the members.
                    for member in batch.members { outcome(member.index, .failure(DirectoryFailure(error))) }
                } else if batch.members.count > 1 {
                    waiting += batch.halves
                } else if let member = batch.members.first {
                    outcome(member.index, await verdict(on: member.user, in: batch, refusedWith: error))
                }
            }
        }
    }

    /// Adding who is a member already, or removing who is none, is refused with codes that differ between servers; what
    /// counts is how things stand now.
    private func verdict(
        on user: UserReference, in batch: MembershipBatch, refusedWith error: LDAPError
    ) async -> Result<Void, DirectoryFailure> {
        let failure = DirectoryFailure(error)
        guard let isMember = try? await isMember(user, of: batch.group) else { return .failure(failure) }
        return isMember == batch.isJoin ? .success(()) : .failure(failure)
    }
}
