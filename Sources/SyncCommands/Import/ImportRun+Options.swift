import SourceRecords
import SyncConfiguration
import SyncPlan

extension ImportRun {
    struct Options: Sendable {
        let isDryRun: Bool
        let allowsOlderFile: Bool
        let acceptsUnanchoredFile: Bool
        var acceptsNewContainer = false
        let failsOnPending: Bool
        /// For whom; for everybody where it is empty.
        var selection = PeopleSelection()
        /// For nobody yet: somebody chooses on the page.
        var choosesLater = false
        var lifeCycle = LifeCycle.whole

        /// As an import without flags has them.
        static func plain(_ configuration: ImportConfiguration, isDryRun: Bool = false) -> Options {
            Options(
                isDryRun: isDryRun, allowsOlderFile: false, acceptsUnanchoredFile: false, failsOnPending: false,
                lifeCycle: LifeCycle(configuration.lifeCycle))
        }
    }
}
