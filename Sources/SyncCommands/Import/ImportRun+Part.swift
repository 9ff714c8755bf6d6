import Directory
import SourceRecords
import SyncConfiguration

extension ImportRun {
    /// The records that the run is for; nil for all of them.
    ///
    /// - Throws: ``CommandFailure`` with status 64 when it cannot be told who is meant: nothing was asked of the directory.
    func part(of population: SourcePopulation) throws -> Set<Int>? {
        if options.choosesLater { return [] }
        guard !options.selection.isEmpty else { return nil }
        do {
            return try options.selection.records(of: population, prefix: configuration.commonNamePrefix)
        } catch {
            throw CommandFailure(.usage, error.sentences)
        }
    }
}
