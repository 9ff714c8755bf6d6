import Approvals
import AtomicFile
import Directory
import Logging
import SourceRecords
import SyncConfiguration
import UserFile

/// What an import reads before anything is asked of the directory: a broken file stops the run while nothing has happened.
extension ImportRun {
    /// Reads the user file and the resolutions.
    func readInput(at time: Timestamp) throws -> ImportInput {
        let file = try readUserFile()
        warn(of: file)
        try ImportState.refuseFuture(file, named: configuration.inputFile, now: time)
        let resolutions = try resolutionsFile.content()
        // A password that was used must be taken out of it afterwards.
        if !options.isDryRun { try AtomicFile.requireWritable(resolutionsFile.path) }
        let population = try mapped(file)
        let input = ImportInput(
            file: file, population: population, resolutions: resolutions ?? [], hasResolutionsFile: resolutions != nil,
            part: try part(of: file.population, as: population))
        findings.note(input)
        return input
    }

    func readUserFile() throws -> VerifiedUserFile {
        let reader = UserFileReader(
            key: key, allowedAttributes: try AttributeAllowList.standard(for: configuration))
        return try reader.read(path: configuration.inputFile)
    }

    /// The people of the file as they are to be here.
    func mapped(_ file: VerifiedUserFile) throws -> SourcePopulation {
        try configuration.mapping.apply(to: file.population).takingManagers()
    }

    private func warn(of file: VerifiedUserFile) {
        if file.authenticity == .notAuthenticated {
            loggers.main.warning(
                "\(configuration.inputFile): THE FILE IS NOT AUTHENTICATED: without a key, nobody can tell who wrote it. Give both sides the same key (hmac)"
            )
        }
        if file.completeness == .absent {
            loggers.main.warning(
                "\(configuration.inputFile): the file is of an older format and does not state that it is complete: deactivation_limit and leave_limit alone protect"
            )
        }
    }
}
