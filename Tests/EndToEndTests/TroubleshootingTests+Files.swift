import LabSupport
import Testing

extension EndToEnd.Troubleshooting {
    /// Files that do not go with what is there already.
    static let files: [Mistake] = [
        Mistake("the file is from another domain") { stage in
            try await stage.import().ended(with: 0)
            try stage.folder.remove("state/import")
            try stage.folder.write(try UserFile.document([UserFile.record(1)]).bytes, to: "users.json")
            return try await stage.check(.import)
        },
        Mistake("the file has no anchors, and the users have") { stage in
            try await stage.import().ended(with: 0)
            stage.export["anchor"] = false
            try await stage.export().ended(with: 0)
            return try await stage.check(.import)
        },
        Mistake("the file is older than the last one") { stage in
            let old = try stage.folder.read("users.json")
            try await stage.carryAcross()
            try stage.folder.write(old, to: "users.json")
            return try await stage.check(.import)
        },
        Mistake("the resolutions file is gone") { stage in
            try await stage.import().ended(with: 0)
            let anchor = try await stage.managed("e2e-jdoe").first("adminDescription")
            let grant: JSON = [
                "type": "grant", "user": "Jane Doe", "anchor": .text(anchor ?? ""),
                "group": "CN=Plant Engineers", "accept": true,
            ]
            try stage.writeResolutions(try stage.resolutions + [grant])
            try await stage.import().ended(with: 0)
            try stage.folder.remove("resolutions.json")
            return try await stage.check(.import)
        },
    ]
}
