/// Strict UTF-8 validation (Unicode 15, table 3-7) over pieces that may cut a character.
struct UTF8Check {
    /// Line of the last byte looked at, from 1.
    private(set) var line = 1
    private(set) var multiByteCharacters = 0
    private var missing = 0
    private var low: UInt8 = 0x80
    private var high: UInt8 = 0xBF

    var isComplete: Bool { missing == 0 }

    /// False at the first byte that is not UTF-8; `line` then is its line.
    mutating func accepts(_ piece: [UInt8]) -> Bool {
        piece.withUnsafeBufferPointer { accepts($0) }
    }

    mutating func accepts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes {
            if missing == 0 {
                if byte < 0x80 {
                    if byte == 0x0A { line += 1 }
                } else if !begins(byte) {
                    return false
                }
            } else {
                guard byte >= low, byte <= high else { return false }
                missing -= 1
                (low, high) = (0x80, 0xBF)
                if missing == 0 { multiByteCharacters += 1 }
            }
        }
        return true
    }

    /// The lead byte says how many follow, and narrows the second where overlong forms or surrogates would be.
    private mutating func begins(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, low) = (2, 0xA0)
        case 0xED: (missing, high) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, low) = (3, 0x90)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, high) = (3, 0x8F)
        default: return false
        }
        return true
    }
}
