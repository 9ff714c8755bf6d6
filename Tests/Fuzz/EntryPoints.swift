import Glibc

/// What is fuzzed: the environment variable `FUZZ` of `scripts/fuzz`.
private let target: FuzzTarget = {
    let name = getenv("FUZZ").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        violated("FUZZ is to be one of \(names)")
    }
    return target
}()

/// libFuzzer's own `main` calls this once: with `FUZZ_SCALING` it measures, and does not return.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>>
) -> CInt {
    if getenv("FUZZ_SCALING") != nil { exit(Scaling.report() ? 0 : 1) }
    _ = target
    return 0
}

/// One execution. What must not happen ends the process: a trap of Swift's, or ``violated(_:)``.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.execute(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Ends the process with the reason, which libFuzzer takes for a crash and keeps the input of.
func violated(_ property: String) -> Never { fatalError(property) }
