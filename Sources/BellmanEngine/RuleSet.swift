import Almanac
import BellmanModel
import BellmanRules

/// The rules that are armed, indexed by what wakes them. Order is that of ids everywhere.
public struct RuleSet: Sendable {
    public let rules: [Rule]
    private let positions: [String: Int]
    /// Rules with an edge trigger by kind.
    private let edges: [String: [Int]]
    /// Rules with a date trigger by kind.
    private let moments: [String: [Int]]
    let momentRules: [Int]
    let scheduleRules: [Int]
    let levelRules: [Int]
    /// Rules with `while` over gathered records, and what each reads.
    let gatheredLevels: [Int]
    private let gatheredReads: [Int: GatheringReads]
    private let gatheredReaders: [String: [Int]]
    /// Milestones and signatures of each rule: they depend on the rule alone and are asked for in every tick.
    private let milestoneLists: [[Milestone]]
    private let signatureLists: [[String]]
    /// What the date index is asked in every tick.
    let questions: [DateQuestion]
    /// The same by the field that they are about.
    let dateFields: [DateField]
    /// Whether a date or a schedule may ring between two whole minutes (`at: "09:00:30"`, `BYSECOND=30`).
    let mayRingBetweenMinutes: Bool
    /// Level rules by a kind that their expression reads.
    private let levelReaders: [String: [Int]]
    /// Rules of which something may wait, by a kind that what is asked of it reads.
    private let restReaders: [String: [Int]]
    /// What invitations of a rule follow; by position, and the positions by a kind that is read there.
    private let invitationHops: [Int: [ExpressionHop]]
    private let inviteReaders: [String: [Int]]

    /// Rules that are there and switched off: what waits for them goes on when they are switched on.
    private let pausedIDs: Set<String>

    public init(_ all: [Rule]) {
        pausedIDs = Set(all.filter { !$0.enabled }.map(\.id))
        let armed = all.filter(\.enabled).sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        rules = armed
        positions = Dictionary(uniqueKeysWithValues: armed.enumerated().map { ($1.id, $0) })
        var edges: [String: [Int]] = [:]
        var moments: [String: [Int]] = [:]
        var readers: [String: [Int]] = [:]
        var momentRules: [Int] = []
        var scheduleRules: [Int] = []
        var levelRules: [Int] = []
        var gathered: [Int: GatheringReads] = [:]
        var gatheredReaders: [String: [Int]] = [:]
        for (index, rule) in armed.enumerated() {
            let kind = rule.kind ?? ""
            if rule.triggers.contains(where: \.isEdge) { edges[kind, default: []].append(index) }
            if rule.momentTriggers.isEmpty == false {
                moments[kind, default: []].append(index)
                momentRules.append(index)
            }
            if rule.scheduleTriggers.isEmpty == false { scheduleRules.append(index) }
            if rule.levelTrigger != nil, rule.gathering == nil {
                levelRules.append(index)
                for read in rule.levelKinds { readers[read, default: []].append(index) }
            }
        }
        for (index, rule) in armed.enumerated() {
            guard let reads = GatheringReads(rule) else { continue }
            gathered[index] = reads
            for kind in reads.kinds { gatheredReaders[kind, default: []].append(index) }
        }
        gatheredLevels = gathered.keys.sorted()
        gatheredReads = gathered
        self.gatheredReaders = gatheredReaders
        var inviteHops: [Int: [ExpressionHop]] = [:]
        var inviteReaders: [String: [Int]] = [:]
        for (index, rule) in armed.enumerated() {
            guard let kind = rule.kind, let hops = rule.invitationHops else { continue }
            inviteHops[index] = hops
            for read in Set(hops.flatMap { [$0.source, $0.target] } + [kind]).sorted() {
                inviteReaders[read, default: []].append(index)
            }
        }
        invitationHops = inviteHops
        self.inviteReaders = inviteReaders
        self.edges = edges
        self.moments = moments
        self.momentRules = momentRules
        self.scheduleRules = scheduleRules
        self.levelRules = levelRules
        levelReaders = readers
        var restReaders: [String: [Int]] = [:]
        for (index, rule) in armed.enumerated() where rule.mayWait {
            for kind in rule.restKinds { restReaders[kind, default: []].append(index) }
        }
        self.restReaders = restReaders
        milestoneLists = armed.map(\.milestones)
        questions = DateQuestion.all(rules: armed, milestones: milestoneLists)
        dateFields = DateField.all(questions)
        mayRingBetweenMinutes =
            questions.contains { $0.offset.at.second != 0 || $0.offset.period.microseconds % 60_000_000 != 0 }
            || armed.contains { rule in rule.scheduleTriggers.contains { !$0.schedule.isOnWholeMinutes } }
        signatureLists = armed.map {
            $0.signatures + $0.timingSignatures + $0.restSignatures + [$0.shapeSignature]
        }
    }

    func milestones(of rule: Rule) -> [Milestone] { positions[rule.id].map { milestoneLists[$0] } ?? rule.milestones }
    func milestones(at index: Int) -> [Milestone] { milestoneLists[index] }
    func signatures(at index: Int) -> [String] { signatureLists[index] }
    func position(of rule: Rule) -> Int? { positions[rule.id] }

    func isPaused(_ id: String) -> Bool { pausedIDs.contains(id) }

    public subscript(id: String) -> Rule? { positions[id].map { rules[$0] } }
    func edgeRules(of kind: String) -> [Int] { edges[kind] ?? [] }
    func momentRules(of kind: String) -> [Int] { moments[kind] ?? [] }
    func inviteRules(reading kind: String) -> [Int] { inviteReaders[kind] ?? [] }
    func invitationHops(at index: Int) -> [ExpressionHop]? { invitationHops[index] }
    func levelRules(reading kind: String) -> [Int] { levelReaders[kind] ?? [] }
    func gatheredRules(reading kind: String) -> [Int] { gatheredReaders[kind] ?? [] }
    func gatheredReads(of index: Int) -> GatheringReads? { gatheredReads[index] }
    func restRules(reading kind: String) -> [Int] { restReaders[kind] ?? [] }
}

extension Rule {
    var momentTriggers: [MomentTrigger] {
        triggers.compactMap { if case .moment(let trigger) = $0 { trigger } else { nil } }
    }

    var scheduleTriggers: [ScheduleTrigger] {
        triggers.compactMap { if case .schedule(let trigger) = $0 { trigger } else { nil } }
    }

    var levelTrigger: LevelTrigger? {
        triggers.lazy.compactMap { if case .level(let trigger) = $0 { trigger } else { nil } }.first
    }

    /// Kinds whose changes can turn the level.
    var levelKinds: [String] {
        guard let level = levelTrigger, let kind = kind else { return [] }
        return Set(level.expression.hops.flatMap { [$0.source, $0.target] } + [kind]).sorted()
    }
}
