extension TemplateLibrary {
    /// The files of Resources/Templates, by name.
    static let sources: [String: [UInt8]] = [
        "attributes": PackageResources.attributes_mustache,
        "bulk": PackageResources.bulk_mustache,
        "bulkcarried": PackageResources.bulkcarried_mustache,
        "carried": PackageResources.carried_mustache,
        "detail": PackageResources.detail_mustache,
        "done": PackageResources.done_mustache,
        "effects": PackageResources.effects_mustache,
        "enable": PackageResources.enable_mustache,
        "finish": PackageResources.finish_mustache,
        "goodbye": PackageResources.goodbye_mustache,
        "layout": PackageResources.layout_mustache,
        "list": PackageResources.list_mustache,
        "name": PackageResources.name_mustache,
        "outcomes": PackageResources.outcomes_mustache,
        "passwords": PackageResources.passwords_mustache,
        "people": PackageResources.people_mustache,
        "row": PackageResources.row_mustache,
        "sheets": PackageResources.sheets_mustache,
        "work": PackageResources.work_mustache,
        "workbench": PackageResources.workbench_mustache,
    ]
}
