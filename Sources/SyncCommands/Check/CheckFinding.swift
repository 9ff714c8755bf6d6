/// One line of a check.
struct CheckFinding: Encodable, Sendable {
    enum Section: String, Encodable, CaseIterable, Sendable {
        case configuration, servers, domain, files, delegation

        var title: String {
            switch self {
            case .configuration: "Configuration"
            case .servers: "Servers"
            case .domain: "Domain"
            case .files: "Files"
            case .delegation: "Delegation"
            }
        }
    }

    enum Verdict: String, Encodable, Sendable {
        case ok
        /// Nothing that stops a run, and worth knowing.
        case note
        case fault
    }

    let section: Section
    let verdict: Verdict
    /// What was looked at.
    let subject: String
    /// What was found; of a fault, what to do as well.
    let detail: String
    /// What a run would end with for this; only of a fault.
    let status: ExitStatus?

    enum CodingKeys: String, CodingKey { case section, verdict, subject, detail, status }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(section, forKey: .section)
        try container.encode(verdict, forKey: .verdict)
        try container.encode(subject, forKey: .subject)
        try container.encode(detail, forKey: .detail)
        try container.encodeIfPresent(status?.rawValue, forKey: .status)
    }
}
