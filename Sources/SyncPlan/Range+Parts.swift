import Dispatch

extension Range<Int> {
    /// Fewer in one part are done before another thread has begun.
    private static var leastPart: Int { 4096 }
    /// Enough that a processor that is taken away does not keep the others waiting.
    private static var mostParts: Int { 16 }

    /// Divides the range into parts and calls `body` for each, on as many processors as there are.
    ///
    /// - Parameter body: must not depend on which part is done first, nor on where one ends.
    /// - Returns: the results, in the order of the parts.
    func parts<Result: Sendable>(_ body: @Sendable (Range<Int>) -> Result) -> [Result] {
        let parts = division
        guard parts.count > 1 else { return parts.map(body) }
        return [Result](unsafeUninitializedCapacity: parts.count) { results, initialized in
            // Each part has a place of its own, and all are filled when the call returns.
            nonisolated(unsafe) let places = results
            DispatchQueue.concurrentPerform(iterations: parts.count) { number in
                places.initializeElement(at: number, to: body(parts[number]))
            }
            initialized = parts.count
        }
    }

    /// The same for who makes one element for each number: they come as one array, in order.
    ///
    /// - Parameter body: must append exactly as many elements as its part has numbers.
    func fill<Element: Sendable, Result: Sendable>(
        _ body: @Sendable (_ part: Range<Int>, _ append: (consuming Element) -> Void) -> Result
    ) -> (elements: [Element], results: [Result]) {
        var results: [Result] = []
        let elements = [Element](unsafeUninitializedCapacity: count) { elements, initialized in
            // No two parts share a number, and no element is read before all are there.
            nonisolated(unsafe) let places = elements
            results = parts { part in
                var next = part.lowerBound - lowerBound
                let result = body(part) { element in
                    places.initializeElement(at: next, to: element)
                    next += 1
                }
                precondition(next == part.upperBound - lowerBound)
                return result
            }
            initialized = count
        }
        return (elements, results)
    }

    private var division: [Range<Int>] {
        let count = Swift.max(1, Swift.min(Self.mostParts, self.count / Self.leastPart))
        return (0..<count).map { part in
            lowerBound + self.count * part / count..<lowerBound + self.count * (part + 1) / count
        }
    }
}
