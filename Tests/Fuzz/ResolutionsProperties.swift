import FoundationEssentials
import SyncPlan

@testable import Approvals

enum ResolutionsProperties {
    private static let file = ResolutionsFile(path: "resolutions.json")

    static func check(_ bytes: [UInt8]) {
        do throws(ResolutionsFileError) {
            let entries = try file.decode(Data(bytes))
            guard let written = try? ResolutionsFile.encode(entries) else { violated("cannot be written") }
            let again = try file.decode(Data(written))
            guard again == entries else { violated("the answers read back as others") }
        } catch {
            Messages.check("\(error)", continuedBy: "resolutions.json: ")
        }
    }
}
