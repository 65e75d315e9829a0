import Almanac

extension RuleProblem {
    /// 规则问题的全部中文文字：错在哪里，怎样改。
    var chinese: (message: String, help: String?) {
        structureInChinese ?? triggerInChinese ?? stepInChinese ?? ("\(self)", nil)
    }

    private func chineseWord(_ owner: String) -> String { owner == "rule" ? "规则" : owner == "step" ? "步骤" : owner }

    private func chineseOwner(_ owner: String) -> String {
        switch owner {
        case "rule": "这条规则"
        case "step": "这一步"
        case "test": "这个测试"
        default: "“\(owner)”"
        }
    }

    private func suggestion(_ nearest: String?) -> String? { nearest.map { "是不是想写“\($0)”？" } }

    private var structureInChinese: (String, String?)? {
        switch self {
        case .wrapperKey(let key): ("规则文件没有外层键，“\(key):”不属于规则", "请把规则列表直接写在最外层")
        case .notARule:
            (
                "一个规则文件是一条规则（带“id”）或一个规则列表",
                "请以 id: my-rule 开头，下面写 when: {every: friday at 15:00} 和 then: [{notify: {via: inbox}}]；备注以 # 开头"
            )
        case .unknownKey(let key, let nearest, let owner): ("\(chineseOwner(owner))里没有“\(key)”这个键", suggestion(nearest))
        case .tornAtComma(let text, let key, let whole):
            ("“\(text)”在逗号处被切断了", "在 { } 里，含逗号的值要加引号：\(key): \(whole.yamlQuoted)")
        case .missingKey(let key, let owner):
            ("\(chineseOwner(owner))缺少“\(key)”", sample(key, owner: owner).map { "请补上，例如 \($0)" } ?? "请补上“\(key):”")
        case .emptyValue(let key):
            (
                "“\(key)”没有值",
                (sample(key).map { "请填写，例如 \($0)" } ?? "请填写")
                    + (RuleProblem.requiredKeys.contains(key) ? "" : "；不需要就删掉这一行")
            )
        case .wantedText(let key): ("“\(key)”这里要写一段文字", "以括号开头的文字要加引号，例如 \(key): '[甲] 乙'")
        case .wantedMapping(let key): ("“\(chineseWord(key))”这里要写键和值", example(key).map { "例如：\($0)" })
        case .wantedList(let key): ("“\(key)”这里要写列表", sample(key).map { "例如 \($0)" } ?? "每一项以“- ”开头")
        case .wantedBool(let key, let found):
            ("“\(key)”只能是 true 或 false，不能是“\(found)”", "请写 \(truth(found) ?? "true（是）或 false（否）")")
        case .wantedNumber(let key, let found): ("“\(key)”要写大于 0 的整数，不能是“\(found)”", "例如 \(key): 5")
        case .wantedOneOf(let key, let found, let choices, let nearest):
            ("“\(key)”不能是“\(found)”", suggestion(nearest) ?? "可以是：\(choices.joined(separator: "、"))")
        case .bareTemplate(let text):
            ("YAML 把开头的 {{ 读成映射", "给这段文字加引号：\(text.yamlQuoted)")
        case .badIdentifier(let id): ("“\(id)”不能作 id", "请用小写字母、数字和连字符，例如 contract-renewal")
        case .emptied(let rules):
            ("文件里没有规则了；\(rules.joined(separator: "、"))仍然生效", "要撤掉这些规则，请删除文件")
        case .wasItself(let id): ("“was”写的是“\(id)”，正是规则现在的 id", "请写以前的 id，或去掉这一行")
        case .duplicateIdentifier(let id, let file, let line):
            ("id“\(id)”用了两次，另一处在 \(file):\(line)", "请给其中一条换一个 id")
        case .moreProblems(let limit): ("已有 \(limit) 处问题，文件的其余部分没有再读", nil)
        case .tooMany(let key, let limit): ("“\(key)”最多是 \(limit)", "请写 \(limit) 或更小")
        case .commentCut(let text, let whole):
            ("空格加 # 会结束不带引号的值，“\(text)”成了注释", "请给这个值加引号：\(whole.yamlQuoted)")
        case .badZone(let name, let nearest): ("没有时区“\(name)”", suggestion(nearest) ?? "请用 IANA 名称，例如 Asia/Shanghai")
        case .badCalendar(let refusal): (refusal.chinese, refusal.chineseHelp)
        case .badTime(let text): ("“\(text)”不是时刻", "请写成 \"09:00\"")
        case .badDate(let text): ("“\(text)”不是日期", "请写成 2026-01-31")
        case .badLimit(let text): ("“\(text)”不是次数限制", "请写成：1 per 7 days")
        case .circularDerivation(let path): ("“\(path)”是由自己算出来的", nil)
        default: nil
        }
    }

    private var triggerInChinese: (String, String?)? {
        switch self {
        case .noTrigger: ("这里没有触发条件", "可以是：created、deleted、changes、before、after、every、cron、while")
        case .severalTriggersInOne(let forms):
            ("一项里有几个触发条件：\(forms.joined(separator: "、"))", "请写成列表，每项一个")
        case .triggersOfSeveralKinds(let kinds):
            ("一条规则的触发条件只能针对一种记录，不能同时是 \(kinds.joined(separator: " 和 "))", "请分成两条规则")
        case .strayTriggerKey(let key, let trigger):
            (
                "“\(key)”不能和“\(trigger)”一起用",
                companions(trigger).map { "“\(trigger)”旁边可以写：\($0.joined(separator: "、"))" }
                    ?? "“\(trigger)”要单独写，请去掉“\(key)”"
            )
        case .triggerKeyOutside(let key, let value):
            (
                "“\(key)”写在了“when”外面",
                value.map { "请写进去：when: {\(key): \($0)}" } ?? "请写在触发条件旁边：when: {before: task.due, by: 3 days}"
            )
        case .excludeEachOther(let one, let other): ("“\(one)”和“\(other)”不能同时用", "请只留一个")
        case .timesWithoutEvery: ("“times”只能和“every”一起用", "请写 every: 1 day, times: 14，或在“by”里逐个列出")
        case .nameOfOtherTrigger(let name, let triggers):
            ("这条规则的触发条件没有“\(name)”", "只有这些触发条件才有：\(triggers.joined(separator: "、"))")
        case .otherKind(let name, let own?, let way):
            ("这条规则针对 \(own)，不是 \(name)", way.map { "请写 \($0)" } ?? "请另写一条规则，触发条件用 \(name)")
        case .otherKind(let name, nil, _):
            ("定时触发没有单独的 \(name)", "请用 select: \(name) 汇集记录，或换成以 \(name) 为对象的触发条件")
        case .gatheredKind(let name):
            ("这条规则汇集了多条记录，这里没有单独的 \(name)", "请用 records，例如 records.map(r, r.title)；分组的值是 group")
        case .recordsOneByOne(let kind):
            (
                "“where”和“group”逐条判断 \(kind)，那里没有 records",
                "对汇集到的全部记录提问请用 if:，例如 if: records.size() > 2"
            )
        case .goesWith("where", _):
            ("“where”只能和 select 一起用", "对本条记录的条件请写 if: …；要汇集记录请补上 select: task")
        case .goesWith(let key, ["select"]):
            ("“\(key)”只能和 select 一起用", "请写明汇集哪种记录，例如 select: task，或去掉“\(key)”")
        case .goesWith(let key, let others):
            ("“\(key)”只能和 \(others.joined(separator: " 或 ")) 一起用", "请补上 \(others[0])，或去掉“\(key)”")
        case .notGrouped: ("这条规则没有给记录分组", "请在 select: 旁边补上 group:，例如 group: task.assignee")
        case .gathersNothing(let trigger):
            ("“select”不能和“\(trigger)”一起用：后者只针对一条记录", "请改用 every、cron、rrule 或 while，或去掉 select")
        case .notGroupable(let found): ("“group”要为每条记录给出一个值，这里是 \(found)", "例如 task.assignee")
        case .offsetTooLong(let text, let years): ("“\(text)”超过了 \(years) 年", "这样的日期不会到来，请检查单位")
        case .skipsShortMonths(let skipped):
            (
                skipped.isLeapDay ? "没有 2 月 29 日的年份会跳过" : "没有 \(skipped.day) 号的月份会跳过",
                skipped.form(.zh).map { "要\(skipped.isLeapDay ? "二月" : "当月")最后一天，请写 \($0)" }
            )
        case .unusedTime(let time, let reason): unusedTimeInChinese(time, reason)
        case .severalSchedules(let key, let texts):
            (
                "“\(key)”只写一个周期，不写列表",
                "请写成几个触发条件：when: [\(texts.map { "{\(key): \($0)}" }.joined(separator: ", "))]"
            )
        case .ruleKeyInside(let key, let value):
            ("“\(key)”属于整条规则，不写在“when”里", "请移到上一层，与 when 并列另起一行：\(key): \(value ?? "…")")
        case .repeatedOffset(let text): ("“\(text)”前面已经写过，只会提醒一次", "请去掉其中一个")
        case .unknownKind(let kind, let nearest): ("没有“\(kind)”这种记录", suggestion(nearest))
        case .unknownField(let field, let kind, let nearest): ("\(kind) 没有“\(field)”这个字段", suggestion(nearest))
        case .wantedFieldOf(let kind): ("这里要写 \(kind) 的一个字段", "写成 \(kind).字段")
        case .notADate(let field, let kind, let dates):
            ("\(kind).\(field) 不是日期", dates.isEmpty ? nil : "\(kind) 的日期字段：\(dates.joined(separator: "、"))")
        case .throughReference(let path, let kind, let meant):
            (
                "“\(path)”经过了引用；触发条件只能用记录自己的字段",
                meant.map { "请写 \($0)；这样规则针对的是 \($0.prefix { $0 != "." })，不再是 \(kind)" }
                    ?? "请为带有这个日期的那种记录写规则"
            )
        case .notADuration(let field, let kind): ("\(kind).\(field) 不是时长", "请写时长，例如 3 天，或写一个时长字段")
        case .derivedField(let path): ("\(path) 是算出来的，不会被写入", "请用它所依据的字段")
        case .derivedDateNotOwn(let path): ("\(path) 取决于别的记录或当前时间，日期触发不能用它", nil)
        case .badPeriod(let error): (error.message(.zh), nil)
        case .periodNotPositive(let text):
            ("“\(text)”必须大于零，且不带正负号", "例如 3 days" + (text.contains("-") ? "；提前还是之后由 before 和 after 决定" : ""))
        case .badSchedule(let error): (error.message(.zh), nil)
        case .badCron(let error): (error.message(.zh), nil)
        case .badRecurrence(let error): (error.message(.zh), nil)
        case .neverRings(let text): ("“\(text)”永远不会到来", nil)
        case .levelNeedsKind(let text): ("“\(text)”没有指明记录种类", "请以种类开头：contract.usage < 0.3")
        case .lookupInLevel(let name):
            ("“while”在记录变化时才判断，而 \(name)() 找到的内容变了没有人通知它", "请改用引用（例如 task.assignee.role），或用定时加 select:")
        case .timeInLevel(let name): ("“while”里不能用“\(name)”：没有记录变化它也会变", "请用 before、after 或 every")
        case .hoursOnDate(let field, let at):
            (
                "“\(field)”只有日期没有时刻，小时数从当天 \(at)（规则的“at”）算起",
                "请写天数，例如 by: 1 day；或给规则另加一行 at: \"14:00\""
            )
        case .dateAgainstNow(let path): ("\(path) 只有日期没有时刻，和 now 比较时当天一开始就算过期", "请和 today 比较")
        default: nil
        }
    }

    private var stepInChinese: (String, String?)? {
        switch self {
        case .noVerb: ("这一步什么也没做", "请写 notify、set、create、approve、invite、call 之一")
        case .severalVerbs(let verbs):
            ("一步里有几个动作：\(verbs.joined(separator: "、"))", "请每个动作写成一步，以“- ”开头")
        case .unknownChannel(let name, let nearest):
            ("没有通道“\(name)”", suggestion(nearest) ?? "请在 bellman.yaml 的 channels 里添加")
        case .unknownEndpoint(let name, let nearest):
            ("没有接口“\(name)”", suggestion(nearest) ?? "请在 bellman.yaml 的 endpoints 里添加")
        case .tooFewChoices: ("至少要有两个不同的选项", "例如 choices: [approve, reject]，第一个表示同意")
        case .choicesComma(let comma): ("选项之间用的是“\(comma)”，因此只算一个选项", "选项之间请写英文逗号“,”")
        case .unknownChoice(let word, let choices, let nearest):
            ("选项里没有“\(word)”", suggestion(nearest) ?? "分支的名称就是选项：\(choices.joined(separator: "、"))")
        case .approvalOutside:
            ("“approval”只在 approve 的分支里可用", "请把这一步写进分支：approve: {by: …, then: {approve: [{notify: …}]}}")
        case .fieldAsLength(let path):
            ("“duration”要写时长或文字，“\(path)”是字段", "请写 duration: \"{{ \(path) }}\"")
        case .notALength(let found): ("“duration”要写时长，这里是 \(found)", "例如 duration: 1 hour，或存有时长的字段")
        case .tooLong(let text, let days): ("会议不能长达“\(text)”", "最长 \(days) 天，请检查单位")
        case .bareMoment(let text): ("“starts_at”是表达式，其中的 \(text) 要加引号", "请写 \(bareMomentHelp(text))")
        case .bareAddress(let key, let text): ("“\(key)”是表达式，其中的地址是带引号的文字", "请写 \(key): '\"\(text)\"'")
        case .nobodysName(let key, let word):
            (
                "未知的名称 \(word)",
                "“\(key)”里的人要写成 task.assignee、role(\"finance-director\")、member(\"编号\") 或 '\"wang@example.com\"'"
            )
        case .namesNobody(let key, let path):
            (
                "“\(key)”要写人，而 \(path) 是一段文字，指不到任何人",
                "请写指向成员的字段，例如 task.assignee，或 role(\"finance-director\")"
            )
        case .notPeople(let key, let found):
            ("“\(key)”要写人，这里是 \(found)", "例如 task.assignee、role(\"finance-director\") 或邮箱")
        case .badValue(let field, _, let message): ("“\(field)”：\(message)", nil)
        case .recordNeeded(let verb): ("“\(verb)”需要一条记录，而定时触发没有记录", "请用 create，或换一种触发条件")
        case .templateOpen: ("“{{”没有收尾", "请用 }} 收尾")
        case .templateEmpty: ("{{ 和 }} 之间是空的", "请写一个值，例如 {{ task.title }}，或去掉括号")
        case .unknownWord(let word, let field, let nearest, let seen):
            (
                "没有记录的 \(field) 是“\(word)”",
                suggestion(nearest) ?? "已有的写法：\(seen.prefix(RuleProblem.wordsShown).joined(separator: "、"))"
            )
        case .shareAboveOne(let path, let written, let meant):
            ("\(path) 是 0 到 1 之间的比例，到不了 \(written)", "\(written)% 请写 \(meant)")
        case .outsideWords(let word, let field, let choices, let nearest):
            ("\(field) 不可能是“\(word)”", suggestion(nearest) ?? "可以是：\(choices.joined(separator: "、"))")
        case .notAMoment(let found): ("“starts_at”要写日期或时刻，这里是 \(found)", "例如 meeting.starts_at")
        default: nil
        }
    }
}

extension RuleProblem {
    private func unusedTimeInChinese(_ time: LocalTime, _ reason: UnusedTime) -> (String, String?) {
        switch reason {
        case .own(let own): ("at: \(time) 没有用上，以周期里写的 \(own) 为准", "时间只写一处就够了")
        case .interval: ("at: \(time) 没有用上：按分钟或小时重复时没有时刻", "请去掉 at:，或改成按天，例如 every: 每天")
        case .cron: ("at: \(time) 没有用上：cron 自己写明时间", "请去掉 at:")
        case .hours(let minutesCount):
            (
                minutesCount
                    ? "at: \(time) 只用上了分钟，小时以 BYHOUR 为准" : "at: \(time) 没有用上，以 BYHOUR 和 BYMINUTE 为准",
                "时间只写一处：请去掉 at: 或 BYHOUR"
            )
        }
    }
}

extension RuleRemedy {
    var chinese: String {
        switch self {
        case .dateText: "日期请写 date(\"2026-01-31\")，时刻请写 timestamp(\"2026-01-31T09:00:00+08:00\")"
        case .dateNumber: "请和另一个日期比较，例如 today.plus(\"3 days\")；要数天数请用 days_until(…) < 3"
        case .dayCount: "要数天数请用 days_until(…) < 3，或把时长写成 duration(\"72h\")"
        case .movedDate: "要推移日期请用 .plus(\"3 days\") 或 .plus(\"3 working days\")"
        case .moneyText: "请直接写数字，不加引号和币种：50000"
        case .moneyOnly: "金额只能和金额或数字比较"
        case .recordText(let kind, let field): "请比较它的字段，例如 .\(field) == \"…\"；\(kind) 本身只能和 null 比较"
        case .elementOf: "要问列表里有没有，请写 \"…\" in …，或用 .exists(x, …) 逐个判断"
        case .bareTruth: "true、false 不加引号"
        case .bareNumber: "数字（不加引号）和数字比较，文字和文字比较；int(…) 把文字变成数字"
        }
    }
}
