import BellmanModel
import CEL

/// What a notice about gathered records says when the rule does not.
extension DefaultTexts {
    var gatheredTitle: String {
        let count = facts.records.count
        let kind = KindNames.name(of: rule.gathering?.kind ?? "", isChinese)
        let number =
            isChinese
            ? "\(count) \(KindNames.measure(of: rule.gathering?.kind ?? ""))\(kind)"
            : "\(count) \(count == 1 ? kind.lowercased() : pluralOfKind(kind.lowercased()))"
        let group = groupName.map { isChinese ? "「\($0)」" : " “\($0)”," } ?? ""
        return isChinese
            ? "\(ruleTitle)：\(group)\(number)" : "\(ruleTitle):\(group) \(number)"
    }

    /// One line a record: its name, its date, whose it is.
    var gatheredText: [TextPart] {
        var parts: [TextPart] = []
        for record in facts.records.prefix(DefaultTexts.listed) {
            parts.append(.authored(parts.isEmpty ? "- " : "\n- "))
            parts.append(.value(([title(of: record)] + details(of: record)).joined(separator: isChinese ? "，" : ", ")))
        }
        let more = facts.records.count - DefaultTexts.listed
        if more > 0 { parts.append(.authored(isChinese ? "\n- 还有 \(more) 条" : "\n- and \(more) more")) }
        var lines = Lines(isChinese: isChinese)
        lines.add(isChinese ? "请处理" : "To act", actingNames)
        addLate(to: &lines)
        return lines.parts.isEmpty ? parts : parts + [.authored("\n\n")] + lines.parts
    }

    private func details(of record: Record) -> [String] {
        var found: [String] = []
        if let (field, value) = mainDate(of: record) {
            found.append("\(DateLabels.label(field, isChinese)) \(momentText(value))")
        }
        if let owner = ownerName(record), owner != groupName { found.append(owner) }
        return found
    }

    private var groupName: String? {
        switch facts.group {
        case .none: nil
        case .record(let ref): world.source.record(ref).map(title(of:)) ?? ref.id
        case .value(_, let text): text
        }
    }
}
