import DistinguishedNames
import SyncConfiguration

/// What several import configurations may not share, or one would undo what the other did.
///
/// They may share a `state_folder`, which keeps a folder for each container, a log file, an `input_file`, and groups: of a
/// group's members, an import knows those of its own container.
struct SeparateSources {
    private let sources: [(file: String, container: DistinguishedName, resolutions: String, place: FilePlace)]

    init(_ configurations: [(file: String, ImportConfiguration)]) {
        sources = configurations.map {
            ($0, $1.managedUserPath, $1.resolutionsFile, FilePlace($1.resolutionsFile))
        }
    }

    /// A sentence for each two that are not separate; with the names of both files.
    var problems: [String] {
        sources.indices.flatMap { later in
            sources[..<later].flatMap { earlier in
                [containers(earlier, sources[later]), resolutions(earlier, sources[later])].compactMap(\.self)
            }
        }
    }

    private typealias Source = (
        file: String, container: DistinguishedName, resolutions: String, place: FilePlace
    )

    /// An import takes everybody in its container for its own, and deactivates whom its file does not name.
    private func containers(_ one: Source, _ other: Source) -> String? {
        let relation: String
        if one.container == other.container {
            relation = "is the container of both"
        } else if other.container.isDescendant(of: one.container) {
            relation = "of \(other.file) lies in \(one.container) of \(one.file)"
        } else if one.container.isDescendant(of: other.container) {
            return containers(other, one)
        } else {
            return nil
        }
        return "\(one.file) and \(other.file): managed_user_path: \(other.container) \(relation): give each source a "
            + "container of its own, beside the other's"
    }

    /// An import drops the entries whose reason is gone, and of the other's people it knows no reason.
    private func resolutions(_ one: Source, _ other: Source) -> String? {
        guard one.place == other.place else { return nil }
        return "\(one.file) and \(other.file): resolutions_file: both are \(other.resolutions): name one for each"
    }
}
