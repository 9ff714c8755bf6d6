import LDAP
import Testing
import DistinguishedNames
@Suite(.enabled(if: Lab.isUp)) struct Smoke {
    @Test func smoke() async throws {
        let lab = try Lab.running()
        let c = try await lab.connection()
        print(c.isEncrypted, c.operationCount)
        let root = try await c.readEntry(at: .rootDSE, attributes: ["defaultNamingContext"])
        print(root["defaultnamingcontext"].first?.string ?? "-")
        let users = try await c.search(.init(base: .distinguishedName(lab.base), filter: .equal("objectClass", "user"), attributes: ["cn","objectGUID","member"], referrals: .ignore)).collect()
        for u in users { print(u.rawDN, u["cn"].first?.string ?? "-", u["objectGUID"].first?.bytes ?? []) }
        print(c.operationCount)
        await c.unbind()
        do { _ = try await c.readEntry(at: .rootDSE) } catch { print(error) }
    }
}
