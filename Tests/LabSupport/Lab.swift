import Glibc
public import Testing

/// The two domains that `scripts/lab` runs. Where none is running, tests that need it are skipped; `scripts/test` sees to
/// it that there is one, and that nothing was skipped.
public struct Lab: Sendable {
    public let source: LabDomain
    public let target: LabDomain

    private static let described: Lab? = {
        guard let source = LabDomain(prefix: "LAB_SOURCE_"), let target = LabDomain(prefix: "LAB_TARGET_") else {
            return nil
        }
        return Lab(source: source, target: target)
    }()

    public static var isUp: Bool { described != nil }

    public struct NotRunning: Error {}

    public static func running() throws -> Lab {
        guard let described else { throw NotRunning() }
        return described
    }
}

/// One test at a time: all share the two domains, and some watch that a whole domain stands still.
public struct OneAtATime: SuiteTrait, TestTrait, TestScoping {
    public var isRecursive: Bool { true }

    public func scopeProvider(for test: Test, testCase: Test.Case?) -> OneAtATime? {
        testCase == nil ? nil : self
    }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        // Between the tests of this process, whichever suite they are in; every descriptor is a holder of its own.
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 { try await Task.sleep(for: .milliseconds(20)) }
        try await function()
    }
}

extension Trait where Self == OneAtATime {
    public static var oneAtATime: OneAtATime { OneAtATime() }
}
