/// A resolutions file that is not there, although the last import left answers in it.
struct LostResolutions: Sendable, Equatable {
    /// As the configuration names it.
    let path: String
    let answers: RememberedAnswers
    /// When the run began that left them; ISO 8601, UTC.
    let importedAt: String
    /// Whether the file is still where that run wrote it: then another one is named now, or another working folder counts.
    let isElsewhere: Bool

    /// Refuses to go on without answers that alone keep accounts open or memberships in force: nobody has decided that these
    /// are to end.
    ///
    /// - Throws: ``CommandFailure`` with status 65, as for a resolutions file that cannot be understood.
    func refuse() throws(CommandFailure) {
        guard answers.grants + answers.keeping > 0 else { return }
        throw CommandFailure(
            .badData,
            "\(finding). Without them, memberships that a grant gave would end, and what was not to be disabled or left could "
                + "be. \(remedy); to do without it, put {\"resolutions\": []} there; nothing was written")
    }

    /// Of answers whose loss costs work: what they were given for is asked again.
    var warning: String {
        "\(finding): what it held is asked again, and answers given since are lost. \(remedy) before anything is answered anew"
    }

    private var finding: String {
        "\(path): there is no such file, but the import of \(importedAt) left \(answers.words) in \(answers.file)"
    }

    private var remedy: String {
        isElsewhere
            ? "That file is still there: name it in resolutions_file, or move it here"
            : "Restore it from a backup, or correct resolutions_file"
    }
}
