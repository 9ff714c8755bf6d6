import LDAP
import Synchronization

/// Collects the results of a pipeline by index.
final class Outcomes: Sendable {
    private let results = Mutex<[Int: Result<Void, LDAPError>]>([:])

    func record(_ index: Int, _ result: Result<Void, LDAPError>) {
        results.withLock { results in
            precondition(results[index] == nil, "request \(index) got two results")
            results[index] = result
        }
    }

    var count: Int { results.withLock { $0.count } }

    var succeeded: [Int] {
        results.withLock { results in
            results.filter { if case .success = $0.value { true } else { false } }.keys.sorted()
        }
    }

    func failed(_ delivery: LDAPError.Delivery) -> [Int] {
        results.withLock { results in
            results.filter { if case .failure(let error) = $0.value { error.delivery == delivery } else { false } }
                .keys.sorted()
        }
    }

    func error(_ index: Int) -> LDAPError? {
        results.withLock { results in
            if case .failure(let error)? = results[index] { error } else { nil }
        }
    }
}
