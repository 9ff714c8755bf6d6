extension Array {
    /// The elements in their order, in pieces of which none is larger than `size`: for requests that take only so many.
    func batches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0...].prefix(size) }
    }
}
