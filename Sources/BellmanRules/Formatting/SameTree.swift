/// Whether formatting changed anything but blanks, line breaks and the order of keys.
enum SameTree {
    static func check(_ a: YAMLNode, _ b: YAMLNode) -> Bool {
        if let x = a.scalar, let y = b.scalar { return x.text.utf8.elementsEqual(y.text.utf8) && x.style == y.style }
        guard a.isFlow == b.isFlow else { return false }
        if let x = a.items, let y = b.items { return x.count == y.count && zip(x, y).allSatisfy(check) }
        guard let x = a.pairs, let y = b.pairs, x.count == y.count else { return false }
        return x.allSatisfy { pair in
            guard let key = pair.key.scalar?.text else { return false }
            let other = y.first { $0.key.scalar?.text.utf8.elementsEqual(key.utf8) == true }
            return other.map { check(pair.value, $0.value) && pair.key.scalar?.style == $0.key.scalar?.style } ?? false
        }
    }

    /// Every character is still there, comments too. Blanks may come and go, and the comma that ends a flow collection.
    static func sameCharacters(_ a: [UInt8], _ b: [UInt8]) -> Bool { counts(a) == counts(b) }

    private static func counts(_ bytes: [UInt8]) -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        for byte in [0x09, 0x0A, 0x0D, 0x20, 0x2C] { counts[byte] = 0 }
        return counts
    }
}
