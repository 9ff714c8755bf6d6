@testable import SyncCommands

/// Swift Testing has one of its own.
typealias ExitStatus = SyncCommands.ExitStatus
