/// What is to come, in the order of time; what falls on one instant stays in the order in which it was planned.
struct Timetable<Element> {
    private struct Entry {
        let at: Micros
        let number: UInt64
        let element: Element

        func isBefore(_ other: Entry) -> Bool { at != other.at ? at < other.at : number < other.number }
    }

    private var heap: [Entry] = []
    private var planned: UInt64 = 0

    mutating func plan(_ element: Element, at: Micros) {
        planned += 1
        heap.append(Entry(at: at, number: planned, element: element))
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (at: Micros, element: Element)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return (first.at, first.element) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].isBefore(heap[least])
            {
                least = child
            }
            guard least != parent else { return (first.at, first.element) }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
