/// Full-width letters, digits and punctuation of an input method as their ASCII forms, one scalar for one scalar, so
/// that offsets into the result are offsets into the original.
func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3000, 0x00A0, 0x2002...0x200A, 0x202F, 0x205F, 0x09: " "
    case 0x3001: ","
    case 0x2010...0x2015, 0x2212: "-"
    default: scalar
    }
}

func narrowed(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(narrowed(scalar)) }
    return String(result)
}

/// The traditional characters of schedules and durations as the simplified ones, one scalar for one scalar.
func simplified(_ scalar: Unicode.Scalar) -> Unicode.Scalar { simplifiedForms[scalar] ?? scalar }

func simplified(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(simplified(scalar)) }
    return String(result)
}

private let simplifiedForms: [Unicode.Scalar: Unicode.Scalar] = [
    "週": "周", "個": "个", "點": "点", "時": "时", "號": "号", "禮": "礼", "鐘": "钟", "鍾": "钟", "頭": "头", "兩": "两", "雙": "双",
    "後": "后", "數": "数", "於": "于", "從": "从", "單": "单", "間": "间", "過": "过", "萬": "万", "節": "节", "歲": "岁",
]

func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(scalar.value) || (0x3400...0x4DBF).contains(scalar.value) || scalar.value == 0x3007
}

func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }

func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    (65...90).contains(scalar.value) || (97...122).contains(scalar.value)
}

func trimmed(_ text: String) -> String {
    var scalars = Substring(text).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
}
