public import RunNotices

/// Who is told how runs end.
public struct NoticeSettings: Hashable, Sendable {
    public let hooks: [Hook]
    /// The file that the metrics of the last run are written to; nil for none.
    public let metricsFile: String?
}

extension NoticeSettings: ConfigurationObject {
    init(reading reader: inout ObjectReader) {
        hooks = reader.read(SharedKeys.hooks)
        metricsFile = reader.read(SharedKeys.metricsFile)
        if let metricsFile, !metricsFile.hasSuffix(".prom") {
            reader.warn(
                SharedKeys.metricsFile.name,
                message: "the textfile collector of the node exporter reads files that end in .prom only")
        }
    }
}
