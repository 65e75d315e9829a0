/// One row of a delimited text: its cells' bytes in one buffer, reused from row to row so that reading allocates nothing.
public struct DelimitedRow: Sendable {
    var bytes: [UInt8] = []
    /// End of each cell in `bytes`.
    var ends: [Int] = []
    /// Line on which the row begins, from 1.
    public internal(set) var line = 0

    public init() {}

    public var count: Int { ends.count }

    /// The text of a cell, quotes resolved.
    public subscript(index: Int) -> String {
        String(decoding: bytes[range(index)], as: UTF8.self)
    }

    public func isEmpty(_ index: Int) -> Bool { range(index).isEmpty }

    /// All cells as texts.
    public var cells: [String] { ends.indices.map { self[$0] } }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}
