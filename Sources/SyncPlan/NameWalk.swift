/// The order in which names change hands: depth first, each after all it waits for. With a stack of its own: a chain of
/// names may be as long as the file.
struct NameWalk {
    enum Step {
        case person(Int)
        /// A person whose names others wait for, while he waits for theirs, gets passing ones first.
        case park(Int)
    }

    var steps: [Step]
    let predecessors: [Int: [Int]]
    private var isOpen: [Int: Bool] = [:]

    init(steps: [Step], predecessors: [Int: [Int]]) {
        self.steps = steps
        self.predecessors = predecessors
    }

    mutating func visit(_ start: Int) {
        guard isOpen[start] == nil else { return }
        isOpen[start] = true
        var stack = [(index: start, waitingFor: predecessors[start] ?? [])]
        var parked = Set<Int>()
        while let top = stack.last {
            guard let next = top.waitingFor.first else {
                isOpen[top.index] = false
                steps.append(.person(top.index))
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].waitingFor.removeFirst()
            switch isOpen[next] {
            case true?:
                // It waits for this one, in turn.
                if parked.insert(next).inserted { steps.append(.park(next)) }
            case false?: break
            case nil:
                guard let waitingFor = predecessors[next] else { continue }
                isOpen[next] = true
                stack.append((next, waitingFor))
            }
        }
    }
}
