import SourceDiagnostics

/// Comprehensions: loops over a list or a map's keys.
extension Planner {
    struct Loop: Sendable {
        let form: Expr.Comprehension.Form
        let range: PlanNode
        let path: OperandPath
        let rangePlace: SourceRange
        let filter: PlanNode?
        let body: PlanNode
        let bodyPlace: SourceRange
        let bodyPath: OperandPath
        let slot: Int
        let hasSecond: Bool
    }

    mutating func comprehension(_ expr: Expr, _ node: Expr.Comprehension) -> PlanNode {
        let range = plan(node.range)
        let slot = depth
        depth += node.second == nil ? 1 : 2
        let filter = node.filter.map { plan($0) }
        let body = plan(node.body)
        depth = slot
        let loop = Loop(
            form: node.form, range: range, path: path(node.range), rangePlace: node.range.range, filter: filter,
            body: body,
            bodyPlace: node.body.range, bodyPath: path(node.body), slot: slot, hasSecond: node.second != nil)
        switch node.form {
        case .all: return ClosureNode { frame throws(CELFailure) in try loop.fold(&frame, stopsAt: false) }
        case .exists: return ClosureNode { frame throws(CELFailure) in try loop.fold(&frame, stopsAt: true) }
        case .existsOne: return ClosureNode { frame throws(CELFailure) in try loop.countOne(&frame) }
        case .map, .filter: return ClosureNode { frame throws(CELFailure) in try loop.collect(&frame) }
        case .transformMap, .transformMapEntry:
            return ClosureNode { frame throws(CELFailure) in try loop.collectMap(&frame) }
        case .optMap, .optFlatMap: return ClosureNode { frame throws(CELFailure) in try loop.optional(&frame) }
        }
    }
}

extension Planner.Loop {
    /// What is walked: the first variable's values, and the second's when there are two.
    private func items(_ frame: inout Frame) throws(CELFailure) -> (first: [CELValue]?, second: [CELValue]) {
        let value = try range.read(&frame)
        switch value {
        case .list(let list): return hasSecond ? (nil, list.elements) : (list.elements, [])
        case .map(let map): return (map.keys, hasSecond ? map.values : [])
        default:
            if value.isNull, let text = path.text { throw CELFailure(.empty(path: text), range: rangePlace) }
            throw CELFailure(.noSuchOverload(function: "macro", arguments: [value.typeName]), range: rangePlace)
        }
    }

    @inline(__always)
    private func set(_ index: Int, _ items: (first: [CELValue]?, second: [CELValue]), _ frame: inout Frame)
        throws(CELFailure)
    {
        try frame.charge(1)
        frame.locals[slot] = items.first.map { $0[index] } ?? .int(Int64(index))
        if hasSecond { frame.locals[slot + 1] = items.second[index] }
    }

    private func test(_ node: PlanNode, _ frame: inout Frame) throws(CELFailure) -> Bool {
        let value = try node.read(&frame)
        guard case .bool(let flag) = value else { throw Planner.notBool(value, bodyPath, "predicate").at(bodyPlace) }
        return flag
    }

    fileprivate func fold(_ frame: inout Frame, stopsAt stop: Bool) throws(CELFailure) -> CELValue {
        let items = try items(&frame)
        var failure: CELFailure?
        for index in 0..<(items.first?.count ?? items.second.count) {
            try set(index, items, &frame)
            do throws(CELFailure) {
                if try test(body, &frame) == stop { return .bool(stop) }
            } catch {
                if error.endsEvaluation { throw error }
                if failure == nil { failure = error }
            }
        }
        if let failure { throw failure }
        return .bool(!stop)
    }

    fileprivate func countOne(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let items = try items(&frame)
        var count = 0
        for index in 0..<(items.first?.count ?? items.second.count) {
            try set(index, items, &frame)
            if try test(body, &frame) { count += 1 }
        }
        return .bool(count == 1)
    }

    fileprivate func collect(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let items = try items(&frame)
        let count = items.first?.count ?? items.second.count
        var values: [CELValue] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            try set(index, items, &frame)
            if form == .filter {
                if try test(body, &frame) { values.append(frame.locals[slot]) }
            } else {
                if let filter, try !test(filter, &frame) { continue }
                values.append(try body.read(&frame))
            }
        }
        try frame.checkSize(values.count)
        return try frame.built(.list(values))
    }

    fileprivate func collectMap(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let items = try items(&frame)
        var builder = CELMap.Builder()
        for index in 0..<(items.first?.count ?? items.second.count) {
            try set(index, items, &frame)
            if let filter, try !test(filter, &frame) { continue }
            let value = try body.read(&frame)
            guard form == .transformMapEntry else {
                try Planner.insert(items.first.map { $0[index] } ?? .int(Int64(index)), value, &builder, bodyPlace)
                continue
            }
            guard case .map(let entries) = value else {
                throw Operators.noOverload("transformMapEntry", [value]).at(bodyPlace)
            }
            for (key, entry) in zip(entries.keys, entries.values) {
                try Planner.insert(key, entry, &builder, bodyPlace)
            }
        }
        return try frame.built(.map(builder.finish()))
    }

    fileprivate func optional(_ frame: inout Frame) throws(CELFailure) -> CELValue {
        let target = try range.read(&frame)
        guard case .optional(let inner) = target else { throw Operators.noOverload("optMap", [target]).at(rangePlace) }
        guard let value = inner.value else { return target }
        frame.locals[slot] = value
        let result = try body.read(&frame)
        // Unchecked, `optFlatMap` gives whatever its body does: the macro is a conditional.
        return form == .optMap ? .optional(CELOptional(result)) : result
    }
}
