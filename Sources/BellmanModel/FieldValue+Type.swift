extension FieldValue {
    /// The value in the form in which a store keeps its type, so that an equal value is seen as equal.
    public func normalized(for type: FieldType?) -> FieldValue {
        switch (type, self) {
        case (_, .double(let number)) where !number.isFinite: .null
        case (.double, .int(let number)), (.share, .int(let number)): .double(Double(number))
        case (.int, .double(let number)): Int64(exactly: number).map(FieldValue.int) ?? self
        case (.money, .int(let number)): Amount(Double(number)).map(FieldValue.money) ?? self
        case (.money, .double(let number)): Amount(number).map(FieldValue.money) ?? self
        case (.reference, .string(let text)): .reference(text)
        case (.list(let element), .list(let values)): .list(values.map { $0.normalized(for: element) })
        default: self
        }
    }
}
