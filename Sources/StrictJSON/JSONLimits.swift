/// What a JSON text may hold at most: a hostile one ends here, and not when the stack or the memory does.
public struct JSONLimits: Sendable, Hashable {
    /// Levels of nested objects and arrays.
    public var depth: Int
    public var keysPerObject: Int
    public var valuesPerArray: Int
    /// In all of one tree (``JSONReader/node()``): in memory, a value takes many times the two bytes it may have in the text.
    public var valuesPerTree: Int
    /// Of one string or number as it stands in the text.
    public var valueBytes: Int

    /// Only the depth always needs a limit, since each level takes a part of the stack.
    public init(
        depth: Int, keysPerObject: Int = .max, valuesPerArray: Int = .max, valuesPerTree: Int = .max,
        valueBytes: Int = .max
    ) {
        self.depth = depth
        self.keysPerObject = keysPerObject
        self.valuesPerArray = valuesPerArray
        self.valuesPerTree = valuesPerTree
        self.valueBytes = valueBytes
    }
}
