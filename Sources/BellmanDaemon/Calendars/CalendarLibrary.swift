import Almanac
import BellmanRules
import Glibc
import SourceDiagnostics
import Synchronization

/// The calendars that configuration and rules name, with the files that they are made of.
///
/// Files are read when they are first named, and again by `look()`. A file that breaks keeps what it last said; one
/// that never was good is refused in rules and left out of the configuration's own calendar, with a problem that
/// `check` shows: a deadline must not be missed because a holiday file is broken.
public final class CalendarLibrary: Sendable {
    /// The folder that relative paths count from.
    public let folder: String

    private struct Held {
        /// As they stand in the folder; nil while the file cannot be read.
        var bytes: [UInt8]?
        var problems: [Diagnostic] = []
        var facts: HolidayFacts?
        var ignored = 0
        /// What `facts` were read from.
        var good: [UInt8]?
        var isBroken: Bool { problems.contains { $0.severity == .error } }
    }

    private struct State {
        var files: [String: Held] = [:]
        /// Calendars by their entries, so that all who name the same share one.
        var made: [[String]: WorkingCalendar] = [:]
        /// Last good bytes from an earlier run, for files that are broken now.
        var remembered: [String: [UInt8]] = [:]
        var saved: [String: [UInt8]] = [:]
    }

    private let state = Mutex(State())

    public init(folder: String) { self.folder = folder }

    /// Whether a file is used as it stands.
    public enum FileState: String, Sendable {
        case good
        /// Broken; what it said last is in use.
        case kept
        /// Broken, and never was good.
        case broken
    }

    public struct FileReport: Sendable {
        public let path: String
        public let state: FileState
        public let problems: [Diagnostic]
        public let facts: HolidayFacts?
        public let ignored: Int
    }

    // MARK: finding

    /// What rule files may name: built-in calendars, and files inside the configuration's folder.
    public var forRules: CalendarLookup { CalendarLookup { [self] in find($0, mayLeave: false) } }
    /// What the configuration and people at the command line may name: any file.
    public var forConfiguration: CalendarLookup { CalendarLookup { [self] in find($0, mayLeave: true) } }

    private func find(_ names: [String], mayLeave: Bool) -> Result<WorkingCalendar, CalendarRefusal> {
        if !mayLeave, let index = names.indices.first(where: { leaves(names[$0]) }) {
            return .failure(CalendarLibrary.refusal(.outside, entry: index))
        }
        return state.withLock { state in
            if let known = state.made[names] { return .success(known) }
            var parts: [WorkingCalendar.Part] = []
            for (index, name) in names.enumerated() {
                switch part(name, entry: index, &state) {
                case .success(let part): parts.append(part)
                case .failure(let refusal): return .failure(refusal)
                }
            }
            return CalendarLibrary.combined(parts, names).map { calendar in
                state.made[names] = calendar
                return calendar
            }
        }
    }

    /// The calendar of these entries without those that cannot be used; `CN` where none is left.
    public func best(_ names: [String]) -> WorkingCalendar {
        var names = names
        while !names.isEmpty {
            switch find(names, mayLeave: true) {
            case .success(let calendar): return calendar
            case .failure(let refusal):
                guard let entry = refusal.entry, names.indices.contains(entry) else { return .china }
                names.remove(at: entry)
            }
        }
        return .china
    }

    private static func combined(
        _ parts: [WorkingCalendar.Part], _ names: [String]
    ) -> Result<WorkingCalendar, CalendarRefusal> {
        if parts.count == 1, case .builtIn(let name) = parts[0], let calendar = WorkingCalendar.named(name) {
            return .success(calendar)
        }
        do throws(WorkingCalendar.CombiningError) {
            return .success(try WorkingCalendar.combining(parts, name: names.joined(separator: " + ")))
        } catch {
            return .failure(.combining(error))
        }
    }

    private func part(
        _ name: String, entry: Int, _ state: inout State
    ) -> Result<WorkingCalendar.Part, CalendarRefusal> {
        if let builtIn = WorkingCalendar.named(name) { return .success(.builtIn(builtIn.name)) }
        guard CalendarFile.isCalendarFile(name) else { return .failure(.unknown(name, entry: entry)) }
        if state.files[name] == nil { state.files[name] = fresh(name, &state) }
        guard let held = state.files[name], let facts = held.facts else {
            let problem = state.files[name]?.problems.first { $0.severity == .error }
            return .failure(CalendarLibrary.refusal(problem, name: name, entry: entry))
        }
        return .success(.file(facts))
    }

    private static func refusal(_ problem: CalendarFileProblem, entry: Int) -> CalendarRefusal {
        CalendarRefusal(
            entry: entry, english: problem.message(.en), chinese: problem.message(.zh),
            englishHelp: problem.help(.en), chineseHelp: problem.help(.zh))
    }

    private static func refusal(_ problem: Diagnostic?, name: String, entry: Int) -> CalendarRefusal {
        guard let problem else { return .unknown(name, entry: entry) }
        let place = problem.file.bytes.isEmpty ? name : "\(name):\(problem.start.line):\(problem.start.column)"
        return CalendarRefusal(
            entry: entry, english: "\(place): \(problem.fact.message(.en))",
            chinese: "\(place)：\(problem.fact.message(.zh))", englishHelp: problem.fact.help(.en),
            chineseHelp: problem.fact.help(.zh))
    }

    // MARK: files

    public func path(_ name: String) -> String {
        name.hasPrefix("/") || folder == "." ? name : "\(folder)/\(name)"
    }

    /// Whether a file lies outside the folder, also by way of links.
    private func leaves(_ name: String) -> Bool {
        guard WorkingCalendar.named(name) == nil, CalendarFile.isCalendarFile(name) else { return false }
        if name.hasPrefix("/") || name.split(separator: "/").contains("..") { return true }
        // A file that is not there is another problem.
        guard let root = CalendarLibrary.realPath(folder), let real = CalendarLibrary.realPath(path(name)) else {
            return false
        }
        return !real.hasPrefix(root == "/" ? root : root + "/")
    }

    private static func realPath(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    private func fresh(_ name: String, _ state: inout State) -> Held {
        var held = Held()
        take(name, &held)
        if held.facts == nil, let bytes = state.remembered[name] { recall(bytes, name, &held) }
        return held
    }

    /// Reads the file; what it said last stays where it cannot be used.
    private func take(_ name: String, _ held: inout Held) {
        let bytes: [UInt8]
        switch TextFile.read(path(name), limit: CalendarFile.sizeLimit) {
        case .success(let read): bytes = read
        case .failure(let failure):
            held.bytes = nil
            held.problems = CalendarFile(refused: CalendarLibrary.problem(failure), name: name).problems
            return
        }
        if held.bytes == bytes { return }
        held.bytes = bytes
        let file = CalendarFile.read(bytes, name: name)
        held.problems = file.problems
        held.ignored = file.ignored
        guard let facts = file.facts else { return }
        held.facts = facts
        held.good = bytes
    }

    private static func problem(_ failure: TextFile.Failure) -> CalendarFileProblem {
        switch failure.code {
        case EFBIG: .tooLarge(limit: CalendarFile.sizeLimit)
        case EINVAL, EISDIR: .isFolder
        default: .unreadable(why: failure.text)
        }
    }

    private func recall(_ bytes: [UInt8], _ name: String, _ held: inout Held) {
        guard let facts = CalendarFile.read(bytes, name: name).facts else { return }
        held.facts = facts
        held.good = bytes
    }

    /// Reads every known file again; true when one of them says something else than before, or is in another state.
    public func look() -> Bool {
        state.withLock { state in
            var changed = false
            for (name, old) in state.files {
                var held = old
                take(name, &held)
                guard held.bytes != old.bytes || held.isBroken != old.isBroken else { continue }
                state.files[name] = held
                changed = true
            }
            if changed { state.made = [:] }
            return changed
        }
    }

    // MARK: remembering

    /// Last good texts of an earlier run, for files that cannot be used now.
    public func restore(_ texts: [(name: String, text: String)]) {
        state.withLock { state in
            for (name, text) in texts {
                let bytes = Array(text.utf8)
                state.remembered[name] = bytes
                state.saved[name] = bytes
                guard var held = state.files[name], held.facts == nil else { continue }
                recall(bytes, name, &held)
                state.files[name] = held
                state.made = [:]
            }
        }
    }

    /// Good texts that were not handed out yet, by file; asked for once each. Files in other encodings are not kept.
    public func unsaved() -> [(name: String, text: String)] {
        state.withLock { state in
            var texts: [(name: String, text: String)] = []
            for (name, held) in state.files.sorted(by: { $0.key < $1.key }) {
                guard let good = held.good, state.saved[name] != good,
                    let text = String(validating: good, as: UTF8.self)
                else { continue }
                state.saved[name] = good
                texts.append((name, text))
            }
            return texts
        }
    }

    // MARK: reporting

    /// The files known, by path.
    public var reports: [FileReport] {
        state.withLock { state in
            state.files.sorted { $0.key < $1.key }.map { name, held in
                FileReport(
                    path: name, state: held.isBroken ? (held.facts == nil ? .broken : .kept) : .good,
                    problems: held.problems, facts: held.facts, ignored: held.ignored)
            }
        }
    }

    /// The folders in which the files lie, to be watched.
    public var folders: Set<String> {
        state.withLock { state in
            Set(
                state.files.keys.map { name in
                    let path = path(name)
                    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
                })
        }
    }
}
