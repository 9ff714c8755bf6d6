import SyncPlan
import SyncTestSupport
import Testing

/// Compares what an import does and asks, line by line, with what it should.
func expect(
    _ world: ImportCase, tells story: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let told = try world.story
    #expect(
        told.utf8.elementsEqual(story.utf8), "told:\n\(told)\nexpected:\n\(story)", sourceLocation: sourceLocation)
}

/// Runs an import that nothing is refused of, after which there is nothing more to do by itself.
func expectSettled(_ world: ImportCase, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let refused = try world.run()
    #expect(refused.isEmpty, sourceLocation: sourceLocation)
    let operations = try world.plan().operations.map(\.line)
    #expect(operations.isEmpty, sourceLocation: sourceLocation)
}
