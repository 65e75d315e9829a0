import Almanac
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// What the admin channel hears of the rules folder: a broken file once, its mending silently, a mass loss once.
struct RuleNews {
    let instance: Instance

    private var isChinese: Bool { instance.configuration.language == .zh }

    func tell(_ reading: RuleBook.Reading, at now: Instant) throws {
        let desk = instance.adminDesk
        for file in reading.outcome.files {
            let key = "rule-file/\(file.path)"
            if file.state == .good {
                try desk.settled(key)
            } else if file.state != .held {
                try tellBroken(file, key, desk, now)
            }
        }
        if reading.outcome.held.isEmpty {
            try desk.settled("mass-loss")
        } else {
            let count = reading.outcome.held.count
            try desk.tell(
                "mass-loss",
                title: isChinese ? "\(count) 条规则同时消失，仍保持生效" : "\(count) rules vanished at once and stay armed",
                text: isChinese
                    ? "如果确实要去掉它们，请运行 bellman rules accept。" : "If you meant it, run: bellman rules accept", at: now)
        }
        for case .unreadable(let path, let why) in reading.troubles {
            try desk.tell(
                "unreadable/\(path)", title: isChinese ? "读不到规则：\(path)" : "Cannot read rules: \(path)", text: why,
                at: now)
        }
    }

    /// A calendar file that broke is told once, and again should it break anew.
    func tellCalendars(at now: Instant) throws {
        let desk = instance.adminDesk
        let language = instance.configuration.diagnosticLanguage
        for report in instance.configuration.calendars.reports {
            let key = "calendar-file/\(report.path)"
            guard report.state != .good else {
                try desk.settled(key)
                continue
            }
            let kept = report.state == .kept
            let title =
                isChinese
                ? "日历文件有错：\(report.path)（\(kept ? "仍用上一个正确的版本" : "没有使用")）"
                : "Broken calendar file: \(report.path) (\(kept ? "the last good version stays in use" : "not used"))"
            // Places and what is wrong, but no line of the file: a rule may name any file of the folder.
            let lines = report.problems.filter { $0.severity == .error }.map { problem in
                "\(report.path):\(problem.start.line): \(problem.fact.message(language))"
            }
            try desk.tell(key, title: title, text: lines.joined(separator: "\n"), at: now)
        }
    }

    /// Working days beyond what a calendar knows are told once for each year.
    func tellCoverage(_ rules: [Rule], at now: Instant) throws {
        let configuration = instance.configuration
        let today = configuration.timing.zone.date(now)
        for gap in CalendarCoverage.gaps(rules, always: [], today: today) {
            try instance.adminDesk.tell(
                "coverage/\(gap.calendar.name)/\(gap.year)", title: gap.words(configuration.language),
                text: isChinese
                    ? "请升级更夫，或把 \(gap.year) 年的放假通知写进日历文件：docs/guides/calendars.zh-CN.md"
                    : "Take a newer Bellman, or bring the notice of \(gap.year) in a calendar file: docs/guides/calendars.md",
                at: now)
        }
    }

    private func tellBroken(_ file: RuleKeeper.FileReport, _ key: String, _ desk: AdminDesk, _ now: Instant) throws {
        let kept = file.state == .kept
        let title =
            isChinese
            ? "规则文件有错：\(file.path)\(kept ? "（仍用上一个正确的版本）" : "")"
            : "Broken rule file: \(file.path)\(kept ? " (the last good version stays in use)" : "")"
        let words = TextRenderer(language: instance.configuration.diagnosticLanguage).render(
            file.problems.filter { $0.severity == .error })
        try desk.tell(key, title: title, text: words, at: now)
    }

    func tell(troubles: [String], at now: Instant) throws {
        for trouble in troubles {
            try instance.adminDesk.tell(
                "trouble/\(trouble)", title: isChinese ? "规则动作失败" : "A rule's action failed", text: trouble, at: now,
                daily: true, zone: instance.configuration.timing.zone)
        }
    }
}
