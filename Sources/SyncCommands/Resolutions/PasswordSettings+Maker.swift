import Approvals
import SyncConfiguration

extension PasswordSettings {
    /// The configured way of making passwords.
    ///
    /// - Throws: ``CommandFailure`` for a word list that cannot be read, `PasswordWordListError` for one that is none.
    func maker() throws -> PasswordMaker {
        guard let wordlist else { return PasswordMaker(.pronounceable, suffix: suffix) }
        let contents: [UInt8]
        do {
            contents = try FileReading.bytes(wordlist)
        } catch {
            throw CommandFailure(.badConfiguration, "password_wordlist: \(wordlist) cannot be read: \(error)")
        }
        return PasswordMaker(
            .words(try PasswordWordList(contents: contents, path: wordlist), count: wordCount), suffix: suffix)
    }
}
