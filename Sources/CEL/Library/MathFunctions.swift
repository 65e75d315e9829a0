extension CELLibrary {
    /// Rounding, signs, bits, `math.greatest` and `math.least`.
    public static let math = CELLibrary(name: "math", functions: MathFunctions.all, macros: [.math])
}

enum MathFunctions {
    static var all: [CELFunction] { extremes + rounding + signs + bits }

    // MARK: math.greatest and math.least, which the parser writes as these

    private static var extremes: [CELFunction] {
        let numbers: [CELType] = [.int, .uint, .double]
        var out: [CELFunction] = []
        for (name, wanted) in [("math.@max", 1), ("math.@min", -1)] {
            for type in numbers {
                out.append(global(name, [type], type) { v in v[0] })
                out.append(
                    global(name, [.list(type)], type) { v throws(CELFailure) in try extreme(v[0].asList, wanted, name) }
                )
                for other in numbers {
                    out.append(
                        global(name, [type, other], type == other ? type : .dyn) { v throws(CELFailure) in
                            try extreme(v, wanted, name)
                        })
                }
            }
        }
        return out
    }

    private static func extreme(_ values: [CELValue], _ wanted: Int, _ name: String) throws(CELFailure) -> CELValue {
        guard var best = values.first else { throw CELFailure(.invalidArgument(function: name, value: "[]")) }
        for value in values {
            switch value {
            case .int, .uint, .double: break
            default: throw Operators.noOverload(name, [value])
            }
            if let order = value.compareNumber(best), order * wanted > 0 { best = value }
        }
        return best
    }

    // MARK: Rounding

    private static func onDouble(_ name: String, _ body: @escaping @Sendable (Double) -> CELValue) -> CELFunction {
        global(name, [.double], .double) { v in body(v[0].asDouble) }
    }

    private static func test(_ name: String, _ body: @escaping @Sendable (Double) -> Bool) -> CELFunction {
        global(name, [.double], .bool) { v in .bool(body(v[0].asDouble)) }
    }

    private static var rounding: [CELFunction] {
        [
            onDouble("math.ceil") { .double($0.rounded(.up)) }, onDouble("math.floor") { .double($0.rounded(.down)) },
            onDouble("math.round") { .double($0.rounded(.toNearestOrAwayFromZero)) },
            onDouble("math.trunc") { .double($0.rounded(.towardZero)) },
            test("math.isNaN") { $0.isNaN }, test("math.isInf") { $0.isInfinite },
            test("math.isFinite") { $0.isFinite },
            onDouble("math.sqrt") { .double($0.squareRoot()) },
            global("math.sqrt", [.int], .double) { v in .double(Double(v[0].asInt).squareRoot()) },
            global("math.sqrt", [.uint], .double) { v in .double(Double(v[0].asUInt).squareRoot()) },
        ]
    }

    // MARK: Signs

    private static var signs: [CELFunction] {
        [
            global("math.abs", [.int], .int) { v throws(CELFailure) in
                guard let value = Int64(exactly: v[0].asInt.magnitude) else { throw CELFailure(.overflow(type: "int")) }
                return .int(value)
            },
            global("math.abs", [.uint], .uint) { v in v[0] },
            onDouble("math.abs") { .double($0.magnitude) },
            global("math.sign", [.int], .int) { v in .int(v[0].asInt.signum()) },
            global("math.sign", [.uint], .uint) { v in .uint(v[0].asUInt == 0 ? 0 : 1) },
            onDouble("math.sign") { .double($0.isNaN || $0 == 0 ? $0 : ($0 < 0 ? -1 : 1)) },
        ]
    }

    // MARK: Bits

    private static var bits: [CELFunction] {
        let pairs: [(String, @Sendable (UInt64, UInt64) -> UInt64)] = [
            ("math.bitAnd", { $0 & $1 }), ("math.bitOr", { $0 | $1 }), ("math.bitXor", { $0 ^ $1 }),
        ]
        var out: [CELFunction] = []
        for (name, body) in pairs {
            out.append(
                global(name, [.int, .int], .int) { v in
                    .int(Int64(bitPattern: body(UInt64(bitPattern: v[0].asInt), UInt64(bitPattern: v[1].asInt))))
                })
            out.append(global(name, [.uint, .uint], .uint) { v in .uint(body(v[0].asUInt, v[1].asUInt)) })
        }
        out.append(global("math.bitNot", [.int], .int) { v in .int(~v[0].asInt) })
        out.append(global("math.bitNot", [.uint], .uint) { v in .uint(~v[0].asUInt) })
        let shifts: [(String, @Sendable (UInt64, Int64) -> UInt64)] = [
            ("math.bitShiftLeft", { $0 << UInt64($1) }), ("math.bitShiftRight", { $0 >> UInt64($1) }),
        ]
        for (name, body) in shifts {
            out.append(
                global(name, [.int, .int], .int) { v throws(CELFailure) in
                    .int(Int64(bitPattern: body(UInt64(bitPattern: v[0].asInt), try count(v[1], name))))
                })
            out.append(
                global(name, [.uint, .int], .uint) { v throws(CELFailure) in
                    .uint(body(v[0].asUInt, try count(v[1], name)))
                })
        }
        return out
    }

    /// Swift's `<<` and `>>` give 0 beyond the width, as the library asks; only negative counts are refused.
    private static func count(_ value: CELValue, _ name: String) throws(CELFailure) -> Int64 {
        guard value.asInt >= 0 else { throw CELFailure(.invalidArgument(function: name, value: value.text)) }
        return value.asInt
    }
}
