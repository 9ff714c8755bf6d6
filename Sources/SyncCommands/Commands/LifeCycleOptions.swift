import ArgumentParser
import SyncConfiguration
import SyncPlan

/// Steps of the life cycle, switched on or off for one run. What is not given is as the configuration has it.
struct LifeCycleOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Create accounts for people who are new.")
    var create: Bool?

    @Flag(inversion: .prefixedNo, help: "Bring accounts up to date: attributes, names, groups.")
    var update: Bool?

    @Flag(inversion: .prefixedNo, help: "Deactivate who is disabled at the source.")
    var delete: Bool?

    @Flag(inversion: .prefixedNo, help: "Deactivate who is missing from the file.")
    var deleteMissing: Bool?

    @Flag(inversion: .prefixedNo, help: "Offer to enable who came back.")
    var restore: Bool?

    func lifeCycle(_ configured: LifeCycleSettings) -> LifeCycle {
        LifeCycle(configured) { step in
            switch step {
            case .create: create
            case .update: update
            case .delete: delete
            case .deleteMissing: deleteMissing
            case .restore: restore
            }
        }
    }
}

extension LifeCycle {
    /// - Parameter given: what the command line says of a step; nil where it says nothing.
    init(_ configured: LifeCycleSettings, _ given: (Step) -> Bool? = { _ in nil }) {
        self.init(
            switchedOff: Set(
                Step.allCases.filter { step in
                    let isConfigured =
                        switch step {
                        case .create: configured.creates
                        case .update: configured.updates
                        case .delete: configured.deletes
                        case .deleteMissing: configured.deletesMissing
                        case .restore: configured.restores
                        }
                    return !(given(step) ?? isConfigured)
                }))
    }
}
