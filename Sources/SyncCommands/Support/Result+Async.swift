extension Result where Failure == any Error {
    /// What the body returns or throws, for who has something to do in either case.
    init(awaiting body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
