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
