/// Where a text stops being JSON.
///
/// The description says what was expected and never quotes the text: a secret may stand at just that place.
struct JSONSyntaxError: Error, Hashable, Sendable {
    let position: SourcePosition
    let reason: String
}
