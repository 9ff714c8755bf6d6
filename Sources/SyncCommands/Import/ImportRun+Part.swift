import Directory
import DistinguishedNames
import SourceRecords
import SyncConfiguration

extension ImportRun {
    /// The records that the run is for; nil for all of them.
    ///
    /// - Parameters:
    ///   - population: as the file has it: what an operator names or describes.
    ///   - mapped: the same people, with the account names they have here.
    /// - Throws: ``CommandFailure`` with status 64 when it cannot be told who is meant: nothing was asked of the directory.
    func part(of population: SourcePopulation, as mapped: SourcePopulation) throws -> Set<Int>? {
        if options.choosesLater { return [] }
        guard !options.selection.isEmpty else { return nil }
        var renamed: [Int: String] = [:]
        for (before, after) in zip(population.users, mapped.users)
        where !before.accountName.isIdenticalText(to: after.accountName) {
            renamed[after.position] = after.accountName
        }
        do {
            return try options.selection.records(
                of: population, prefix: configuration.commonNamePrefix, renamed: renamed)
        } catch {
            throw CommandFailure(.usage, error.sentences, needsAnotherFile: true)
        }
    }
}
