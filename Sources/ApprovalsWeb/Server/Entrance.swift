public import Directory

/// The way into a session, for one browser, once.
public struct Entrance: Sendable {
    /// `http://….localhost:49152/enter?token=…`. Whoever has it gets in: never an argument of a program.
    public let url: Secret
    let token: Token
}
