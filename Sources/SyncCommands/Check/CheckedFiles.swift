import Approvals
import Directory
import SourceRecords
import SyncConfiguration
import SyncPlan
import UserFile

/// The two files that an import is given, as far as they can be used.
struct CheckedFiles {
    private(set) var userFile: VerifiedUserFile?
    /// The people as they are to be here, or else as the file has them.
    private(set) var population: SourcePopulation?
    /// What an import would begin with; nil while it would refuse one of the files for what stands in it.
    private(set) var input: ImportInput?
    private(set) var entries: [Resolution] = []
    /// True also for one that cannot be read.
    private(set) var hasResolutionsFile = true

    /// Reads them, and tells of each what is to be told without a directory.
    init(of run: ImportRun, _ sheet: inout CheckSheet) {
        userFile = Self.userFile(of: run, &sheet)
        let mapped = userFile.flatMap { Self.mapped($0, of: run, &sheet) }
        population = mapped ?? userFile?.population
        let resolutions = run.resolutionsFile
        do {
            let content = try resolutions.content()
            entries = content ?? []
            hasResolutionsFile = content != nil
            sheet.ok(
                "resolutions_file",
                content == nil
                    ? "\(resolutions.path) is not there: nothing waits"
                    : "\(resolutions.path): \(entries.count { $0.accept == nil }) waiting for an answer")
            FileCheck.writable(resolutions.path, key: "resolutions_file", &sheet)
        } catch {
            sheet.fault("resolutions_file", error)
            return
        }
        guard let userFile, let mapped else { return }
        input = ImportInput(
            file: userFile, population: mapped, resolutions: entries, hasResolutionsFile: hasResolutionsFile, part: nil)
    }

    private static func userFile(of run: ImportRun, _ sheet: inout CheckSheet) -> VerifiedUserFile? {
        let path = run.configuration.inputFile
        do {
            let file = try run.readUserFile()
            let written = file.header.timestamp.map { ", written \($0.iso8601(.withZone))" } ?? ""
            let authentic = file.authenticity == .authenticated ? ", HMAC correct" : ""
            sheet.ok("input_file", "\(path): \(file.population.users.count) users\(authentic)\(written)")
            if case .contradicted(let reason) = file.completeness {
                sheet.fault(
                    "input_file",
                    "\(path) contradicts its own counts (\(reason)): an import deactivates nobody by it", .heldBack)
            }
            return file
        } catch let error as UserFileError where error.kind == .missing {
            sheet.note("input_file", "\(path) is not there yet: an import ends with 66 until it is")
        } catch {
            sheet.fault("input_file", error)
        }
        return nil
    }

    /// What is wrong with the mapping of single people is told on the way.
    ///
    /// - Returns: nil when an import would refuse the file for it.
    private static func mapped(
        _ file: VerifiedUserFile, of run: ImportRun, _ sheet: inout CheckSheet
    ) -> SourcePopulation? {
        let path = run.configuration.inputFile
        do {
            try ImportState.refuseFuture(file, named: path, now: run.now())
        } catch {
            sheet.fault("input_file", error)
        }
        do {
            let population = try run.mapped(file)
            for user in population.users {
                guard let fault = population.faults[user.position] else { continue }
                sheet.fault(
                    "input_file",
                    "\(path): record \(user.position), \(user.commonName), \(fault.field): \(fault.reason)",
                    .partlyFailed)
            }
            return population
        } catch {
            sheet.fault("input_file", error)
            return nil
        }
    }
}
