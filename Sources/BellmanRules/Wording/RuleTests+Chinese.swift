extension RuleTestProblem {
    /// 规则测试文件问题的全部中文文字。
    var chinese: (message: String, help: String?) {
        ruleInChinese ?? recordInChinese ?? timeInChinese ?? expectationInChinese ?? ("\(self)", nil)
    }

    private func suggestion(_ nearest: String?) -> String? { nearest.map { "是不是想写“\($0)”？" } }

    private var ruleInChinese: (String, String?)? {
        switch self {
        case .notATest: ("测试文件是一个测试（带“rules”“clock”“expect”）或一个测试列表", nil)
        case .wrapperKey(let key): ("“\(key):”不属于测试文件", "请把测试列表直接写在最外层")
        case .noTests: ("这个文件里没有测试", "开头可以这样写：rules: [规则的 id]、clock: 2026-09-01T08:00、expect: …")
        case .unknownRule(let id, let nearest, let known):
            ("没有规则“\(id)”", suggestion(nearest) ?? (known.isEmpty ? "这里没有找到任何规则" : "现有规则：\(list(known))"))
        case .ruleNotTested(let id, let tested): ("这个测试的“rules”里没有“\(id)”", "请加进“rules”，目前有：\(list(tested))")
        case .badLanguage(let text): ("没有语言“\(text)”", "可以是 zh 或 en")
        default: nil
        }
    }

    private var recordInChinese: (String, String?)? {
        switch self {
        case .badRecord(let text): ("“\(text)”不是记录", "请写成 kind/id，例如 contract/C-12")
        case .noRecord(let ref, let nearest): ("没有记录 \(ref)", suggestion(nearest) ?? "请加进“records”")
        case .recordExists(let ref): ("记录 \(ref) 已经有了", "要修改它，请用“set”")
        case .madeBySet(let ref, let nearest):
            ("那时还没有记录 \(ref)，“set”会新建它", suggestion(nearest) ?? "如果就是要新建，请写“create”")
        case .repeatedRecord(let ref): ("\(ref) 写了两次", "请给其中一条换一个 id")
        case .leadsNowhere(let field, let text, let kind, let nearest):
            ("“\(field)”：没有给出 \(kind)“\(text)”", suggestion(nearest) ?? "请加进“records”")
        case .unknownPerson(let text, let nearest): ("没有给出成员“\(text)”", suggestion(nearest) ?? "“to”里写成员的 id")
        case .noAct: ("这个事件什么也没做", "请写“set”“create”“delete: true”“ack”“snooze”“silence”或“decide”")
        case .severalActs(let acts): ("一个事件里做了几件事：\(list(acts))", "请分成几个事件")
        default: nil
        }
    }

    private var timeInChinese: (String, String?)? {
        switch self {
        case .badMoment(let text): ("“\(text)”不是日期，也不是时间", example)
        case .impossibleMoment(_, let words): (words, example)
        case .eventBeforeClock(let at, let clock): ("这件事在 \(at)，早于测试开始的时间（\(clock)）", "开始之前的情况请写进“records”")
        case .eventAfterEnd(let at, let ends): ("这件事不会发生：测试在 \(ends) 结束，早于 \(at)", "请把“ends”写晚一些")
        case .writtenAfterClock(let at, let clock): ("\(at) 晚于测试开始的时间（\(clock)）", "之后发生的事请写成事件")
        case .endsBeforeClock(let ends, let clock): ("测试结束（\(ends)）早于开始（\(clock)）", nil)
        case .neverThen(let at, let from, let to):
            ("\(at) 不在这个测试里，它从 \(from) 到 \(to)", "请把“clock”写早一些，或把“ends”写晚一些")
        case .badDown: ("“down”是成对的时间", "down: [[2026-10-30T00:00, 2026-11-02T12:00]]")
        case .downReversed(let from, let to): ("结束（\(to)）早于开始（\(from)）", "早的时间写在前面")
        case .downBeforeClock(let at, let clock):
            ("测试开始时（\(clock)）Bellman 正在运行，不能在 \(at) 停机", "请把“clock”写早一些")
        default: nil
        }
    }

    private var expectationInChinese: (String, String?)? {
        switch self {
        case .nothingExpected: ("这个测试没有任何期望，永远不会失败", "请加上“expect”；如果什么都不该响，请写 nothing_else: true")
        case .emptyExpectation: ("这一行没有写期望什么", "例如：{at: 2026-10-01T09:00, rule: contract-renewal, to: [wang]}")
        case .notWithOutcome(let key): ("“\(key)”说的是提醒，“outcome”说的是没有发出提醒的决定", "请分成两行")
        case .reasonWithoutOutcome: ("“reason”说的是为什么这样决定", "请同时写“outcome”，例如 outcome: condition_false")
        case .payloadWithoutChannel(let name): ("没有配置通道“\(name)”，不会有消息从那里发出", "请在 bellman.yaml 的“channels”下添加")
        default: nil
        }
    }

    private var example: String { "请写成 2026-10-01T09:00:00+08:00；写 2026-10-01T09:00 则按测试的时区" }

    private func list(_ words: [String]) -> String { words.joined(separator: "、") }
}
