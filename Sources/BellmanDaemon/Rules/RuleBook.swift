import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Failpoints
import SourceDiagnostics

/// The rules folder joined with the last good versions that the store keeps.
public struct RuleBook {
    public let folder: RulesFolder
    private let workshop: Workshop
    private let documents: any AdministrationStore
    private var keeper: RuleKeeper
    /// What was read last, so that a scan without a change costs no more than reading.
    private var lastFiles: [String: String]?
    private var memory = RulesFolder.Memory()

    static let prefix = "rule-file/"
    static let calendarPrefix = "calendar-file/"
    static let acceptedDocument = "rules-accept"

    public struct Reading: Sendable {
        public let outcome: RuleKeeper.Outcome
        public let troubles: [RulesFolder.Trouble]
    }

    public init(_ workshop: Workshop, documents: any AdministrationStore) throws {
        self.workshop = workshop
        folder = workshop.rulesFolder
        self.documents = documents
        let texts = try documents.documents(prefix: RuleBook.calendarPrefix)
        workshop.configuration.calendars.restore(
            texts.map { (String($0.name.dropFirst(RuleBook.calendarPrefix.count)), $0.text) })
        var good: [String: String] = [:]
        for (name, text) in try documents.documents(prefix: RuleBook.prefix) {
            good[String(name.dropFirst(RuleBook.prefix.count))] = text
        }
        keeper = RuleKeeper(reader: workshop.ruleReader, good: good)
    }

    /// The calendars that configuration and rules name.
    public var calendars: CalendarLibrary { workshop.configuration.calendars }

    /// Reads the folder; `nil` when nothing changed since the last call.
    /// - Parameter remember: keeps last good versions; `check` and `status` only look.
    public mutating func read(remember: Bool, force: Bool = false) throws -> Reading? {
        let accept = try documents.document(RuleBook.acceptedDocument) != nil
        // Rules hold the calendars that they were read with: another calendar makes other rules of the same texts.
        let hasNewCalendars = calendars.look()
        if hasNewCalendars { keeper.adopt(workshop.ruleReader) }
        var files: [RulesFolder.Entry] = []
        var troubles: [RulesFolder.Trouble] = []
        switch folder.scan(&memory) {
        case .success(let found):
            files = found.files
            troubles = found.troubles
        case .failure(let trouble): troubles = [trouble]
        }
        let texts = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        if texts == lastFiles, !force, !accept, !hasNewCalendars { return nil }
        lastFiles = texts
        let outcome = keeper.load(files.map { ($0.path, $0.text) }, acceptLoss: accept)
        if remember {
            try Failpoint.step(.rulesRemember) {
                try documents.setDocuments(outcome.remember.map { (name: RuleBook.prefix + $0.path, text: $0.text) })
            }
            if accept { try documents.setDocument(RuleBook.acceptedDocument, nil) }
            try documents.setDocuments(
                calendars.unsaved().map { (name: RuleBook.calendarPrefix + $0.name, text: Optional($0.text)) })
        }
        return Reading(outcome: outcome, troubles: troubles)
    }

    /// `bellman rules accept`: the next reading lets vanished rules go.
    public static func accept(_ documents: any AdministrationStore, at now: Instant) throws {
        try documents.setDocument(acceptedDocument, now.description)
    }
}
