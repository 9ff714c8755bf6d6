import Glibc
import Synchronization

/// One line on standard error that moves while something long goes on, and is gone afterwards.
final class ProgressLine: Sendable {
    private let isShown: Bool
    private let state = Mutex(State())

    private struct State {
        var percent = -1
        var isDrawn = false
    }

    init(_ terminal: Terminal) { isShown = terminal.showsProgress }

    /// `Applying ██████░░░░ 61 %`. Drawn when the percentage moves, however often it is called.
    func show(_ label: String, _ done: Int, of total: Int) {
        guard isShown, total > 0 else { return }
        let percent = done * 100 / total
        state.withLock { state in
            guard state.percent != percent else { return }
            state.percent = percent
            state.isDrawn = true
            let filled = percent / 4
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 25 - filled)
            draw("\(label) \(bar) \(percent) %  \(done)/\(total)")
        }
    }

    /// `Reading users … 12000`, where the total is not known.
    func show(_ label: String, _ count: Int) {
        guard isShown else { return }
        state.withLock { state in
            state.isDrawn = true
            draw("\(label) … \(count)")
        }
    }

    func clear() {
        guard isShown else { return }
        state.withLock { state in
            if state.isDrawn { Terminal.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
            state = State()
        }
    }

    private func draw(_ text: String) {
        Terminal.write(Array("\r\u{1B}[K\(text)".utf8), to: STDERR_FILENO)
    }
}
