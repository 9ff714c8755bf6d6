import Approvals
import JSONShapes
import SyncConfiguration
import UserFile

extension SchemaCommand.Document {
    var schema: JSONSchema {
        switch self {
        case .exportConfiguration: ConfigurationCatalogue.export.schema(title: "ad-user-sync: export configuration")
        case .importConfiguration: ConfigurationCatalogue.import.schema(title: "ad-user-sync: import configuration")
        case .userFile: UserFileDocument.schema
        case .resolutions: ResolutionsFile.schema
        }
    }
}
