public import Directory
public import DistinguishedNames
import LDAP

extension ActiveDirectoryDomain {
    public func domain() async throws -> Domain { info }

    public var operationCount: Int { connection.operationCount + siblings.operationCount }

    public func container(_ name: DistinguishedName) async throws -> Container {
        do {
            let entry = try await connection.readEntry(
                at: .distinguishedName(name), attributes: [.objectGUID, .allowedChildClassesEffective])
            guard let guid = entry[.objectGUID].first.flatMap({ GUID(directoryBytes: $0.bytes) }) else {
                throw DirectoryFailure(kind: .notAuthorised, message: "the objectGUID of \(name) cannot be read")
            }
            return Container(
                name: try entry.distinguishedName, guid: guid,
                takesUsers: entry[.allowedChildClassesEffective].contains { $0.string?.lowercased() == "user" })
        } catch let error as LDAPError where error.code == .noSuchObject {
            throw DirectoryFailure(
                kind: .missing, resultCode: Int(error.code.rawValue),
                message: "\(name) does not exist on \(connection.endpoint), or may not be read")
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    public func holders(of questions: [NameQuestion], reading query: UserQuery) async throws -> [NameHolder] {
        let batches = questions.batches(of: Self.namesInOneRequest)
        do {
            return try await withThrowingTaskGroup(of: [NameHolder].self) { tasks in
                var waiting = batches[...]
                for batch in waiting.prefix(Self.searchesAtATime) {
                    tasks.addTask { try await holders(ofBatch: batch, query) }
                }
                waiting = waiting.dropFirst(Self.searchesAtATime)
                var found: [GUID: NameHolder] = [:]
                for try await some in tasks {
                    for holder in some { found[holder.guid] = holder }
                    if let batch = waiting.popFirst() {
                        tasks.addTask { try await holders(ofBatch: batch, query) }
                    }
                }
                return found.values.sorted { $0.guid < $1.guid }
            }
        } catch {
            throw DirectoryFailure(reading: error)
        }
    }

    private func holders(ofBatch batch: ArraySlice<NameQuestion>, _ query: UserQuery) async throws -> [NameHolder] {
        var decoder = try UserDecoder(query, ownAccount: ownAccount)
        let request = LDAPSearchRequest(
            base: .distinguishedName(info.name), scope: .subtree,
            filter: .or(batch.flatMap { $0.conditions(in: info) }),
            attributes: decoder.attributes + [.objectClass, .servicePrincipalName],
            // Other naming contexts hold no accounts of this domain.
            referrals: .ignore)
        var found: [NameHolder] = []
        for try await entry in connection.search(request) { found.append(try decoder.holder(from: entry)) }
        return found
    }

    /// Up to six conditions each: some seventy kilobytes, well below the size limit of a request.
    static let namesInOneRequest = 200

    /// A server forgets the oldest of more than ten unfinished searches (ad-facts, section 7).
    private static let searchesAtATime = 4
}

extension NameQuestion {
    fileprivate func conditions(in domain: Domain) -> [LDAPFilter] {
        var conditions: [LDAPFilter] = [
            .equal(.accountName, LDAPValue(accountName)), .equal(.accountName, LDAPValue(accountName + "$")),
        ]
        if let leaf = name.leaf { conditions.append(.equal(.commonName, LDAPValue(leaf.value))) }
        // The account name `x` is also held by whoever has the principal name `x@target.test`: 19, "implied by
        // sAMAccountName" (measured on Samba 4.17).
        let implied = "\(accountName)@\(domain.dnsName)"
        if userPrincipalName.map(NameKey.init) != NameKey(implied) {
            conditions.append(.equal(.principalName, LDAPValue(implied)))
        }
        if let userPrincipalName {
            conditions.append(.equal(.principalName, LDAPValue(userPrincipalName)))
            // `x@target.test` also belongs to whoever has the account name `x`.
            let suffix = "@" + NameKey(domain.dnsName).description
            let folded = NameKey(userPrincipalName).description
            if folded.hasSuffix(suffix) {
                let implied = String(folded.dropLast(suffix.count))
                if NameKey(implied) != NameKey(accountName) {
                    conditions.append(.equal(.accountName, LDAPValue(implied)))
                }
            }
        }
        return conditions
    }
}
