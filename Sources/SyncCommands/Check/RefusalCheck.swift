import ActiveDirectory
import Directory
import Journal
import SyncConfiguration
import SyncPlan
import SyncRun

/// Why an import of the file that is there would refuse to begin, by what is remembered of those before it and by who is in
/// the container: the way of the import itself, as far as its plan, which is then thrown away.
struct RefusalCheck {
    /// That of a dry run.
    let run: ImportRun
    let files: CheckedFiles

    func perform(
        in container: Container, _ domain: ActiveDirectoryDomain, _ sheet: inout CheckSheet
    ) async throws {
        guard let memory = memory(of: container, &sheet) else { return }
        ContainerCheck.isTheOneFilled(container, run.configuration, &sheet)
        lookAtWhatIsRemembered(memory, &sheet)
        do {
            _ = try run.createdElsewhere(in: memory, on: try await domain.domain().server, at: run.now())
        } catch let failure as CommandFailure {
            sheet.fault("state_folder", failure)
        }
        // Without the container's groups and units, or with one refusal, an import would not get further either.
        guard !sheet.sectionHasFault, let input = files.input else { return }
        try await plan(input, in: container, memory, domain, &sheet)
    }

    private func memory(of container: Container, _ sheet: inout CheckSheet) -> ImportMemory? {
        do {
            let memory = try ImportMemory(
                container: container, folder: run.configuration.stateFolder, isDryRun: true)
            FileCheck.inner(
                [memory.folder.path, JournalFolder(in: memory.folder.path).path], key: "state_folder", &sheet)
            return memory
        } catch {
            sheet.fault("state_folder", error)
            return nil
        }
    }

    private func lookAtWhatIsRemembered(_ memory: ImportMemory, _ sheet: inout CheckSheet) {
        do {
            if let file = files.userFile { try memory.refuse(file, run.configuration, allowsOlder: false) }
        } catch {
            sheet.fault("input_file", error)
        }
        guard let lost = memory.lostResolutions(of: run.configuration, isThere: files.hasResolutionsFile) else {
            return
        }
        do {
            try lost.refuse()
            sheet.note("resolutions_file", lost.warning)
        } catch {
            sheet.fault("resolutions_file", error)
        }
    }

    private func plan(
        _ input: ImportInput, in container: Container, _ memory: ImportMemory, _ domain: ActiveDirectoryDomain,
        _ sheet: inout CheckSheet
    ) async throws {
        let progress = ProgressLine(run.environment.terminal)
        defer { progress.clear() }
        do {
            // A server that is lost is a fault of this check, and not gone on without.
            let directory = try await FailoverDirectory(patience: .ofASession, logger: run.loggers.main) { _ in domain }
            let prepared = try await run.prepare(input, in: container, memory, at: run.now(), directory, progress)
            if let warning = memory.warning(over: prepared.snapshot) { sheet.note("state_folder", warning) }
            note(prepared.plan.brakes, &sheet)
        } catch let error as CancellationError {
            throw error
        } catch {
            sheet.fault(Self.subject(of: error), error)
        }
    }

    /// An import does the rest, and ends with 3.
    private func note(_ brakes: [Brake], _ sheet: inout CheckSheet) {
        for brake in brakes {
            // Told already, with the file.
            if case .incompleteFile = brake { continue }
            sheet.note("input_file", "an import would hold something back and end with 3: \(brake.sentence)")
        }
    }

    /// The key that is to be looked at.
    private static func subject(of error: any Error) -> String {
        switch error {
        case PlanRefusal.prefixMissing: "prefix_common_names"
        case is PlanRefusal: "input_file"
        default: "managed_user_path"
        }
    }
}
