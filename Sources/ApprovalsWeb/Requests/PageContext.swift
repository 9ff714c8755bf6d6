import Hummingbird

/// What is known about a request that came past the gate.
struct PageContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The fields of a posted form; empty for a request without one.
    var form = FormFields(urlEncoded: "")

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
