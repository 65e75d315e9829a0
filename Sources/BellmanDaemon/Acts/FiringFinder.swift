import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import SourceDiagnostics

/// Finds the firing that somebody means: by its id, by one of its notices, or by rule and record.
public struct FiringFinder {
    public enum Problem: Error, Sendable, Hashable {
        /// No firing, notice or rule is called so.
        case unknown(String, nearest: String?)
        /// The rule has not rung, or not for that record.
        case neverRang(rule: String, record: String?)
        /// It rang for several records, of which nobody has acknowledged any.
        case several(rule: String, records: [String])
        /// It was decided otherwise than by ringing.
        case didNotRing(LedgerEntry)
    }

    let store: any PeopleDesk.Store
    let rules: [Rule]

    public init(store: any PeopleDesk.Store, rules: [Rule]) {
        self.store = store
        self.rules = rules
    }

    /// How far back firings of a rule are looked at.
    private static let looked = 200
    /// Records that a problem names.
    private static let named = 10

    /// Throws `Problem`, or what the storage throws.
    public func find(_ text: String, record: String?) throws -> LedgerEntry {
        if let entry = try store.read({ try $0.decision(firing: text) }) { return try rung(entry) }
        if let item = try store.item(id: text),
            let entry = try store.read({ try $0.decision(firing: item.notice.firing) })
        {
            return try rung(entry)
        }
        let subject = record.map { full($0, of: text) }
        let entries = try store.ledger(
            rule: text, subject: subject, outcomes: [.fired, .firedLate], limit: FiringFinder.looked)
        guard let newest = entries.first else {
            guard rules.contains(where: { $0.id == text }) else {
                throw Problem.unknown(text, nearest: nearest(text, among: rules.map(\.id)))
            }
            throw Problem.neverRang(rule: text, record: subject)
        }
        guard subject == nil else { return newest }
        let open = try store.read { view in
            try entries.filter { try view.acknowledgement(firing: $0.firing) == nil }
        }
        var records: [String] = []
        for entry in open where !records.contains(entry.key.subject) { records.append(entry.key.subject) }
        if records.count > 1 {
            throw Problem.several(rule: text, records: Array(records.prefix(FiringFinder.named)))
        }
        return open.first ?? newest
    }

    private func rung(_ entry: LedgerEntry) throws -> LedgerEntry {
        guard entry.outcome.rang else { throw Problem.didNotRing(entry) }
        return entry
    }

    /// `C-12` of a rule about contracts is `contract/C-12`.
    private func full(_ record: String, of rule: String) -> String {
        guard RecordRef(record) == nil, let kind = rules.first(where: { $0.id == rule })?.kind else { return record }
        return "\(kind)/\(record)"
    }
}

extension FiringFinder.Problem {
    public func words(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        switch self {
        case .unknown(let text, let near):
            "there is no firing, notice or rule “\(text)”"
                + (near.map { "; did you mean \($0)?" } ?? "") + "; what rang: bellman firings"
        case .neverRang(let rule, let record):
            "\(rule) has not rung" + (record.map { " for \($0)" } ?? "") + "; what rang: bellman firings --rule \(rule)"
        case .several(let rule, let records):
            "\(rule) rang for several records; name one of them: \(records.joined(separator: ", "))"
        case .didNotRing(let entry):
            "\(entry.firing) did not ring (\(entry.outcome.rawValue): \(entry.reason.decisionWords(.en) ?? entry.reason.code))"
        }
    }

    private var chinese: String {
        switch self {
        case .unknown(let text, let near):
            "没有叫“\(text)”的提醒、通知或规则" + (near.map { "；是否指 \($0)？" } ?? "") + "；查看响过的：bellman firings"
        case .neverRang(let rule, let record):
            "\(rule) " + (record.map { "对 \($0) " } ?? "") + "还没有响过；查看响过的：bellman firings --rule \(rule)"
        case .several(let rule, let records):
            "\(rule) 为多条记录响过，请写明其中一条：\(records.joined(separator: "、"))"
        case .didNotRing(let entry):
            "\(entry.firing) 没有响（\(entry.outcome.rawValue)：\(entry.reason.decisionWords(.zh) ?? entry.reason.code)）"
        }
    }
}
