import Almanac

extension RuleProblem {
    /// All English wording of rule problems: what is wrong, and how to mend it.
    var english: (message: String, help: String?) {
        structureInEnglish ?? triggerInEnglish ?? stepInEnglish ?? ("\(self)", nil)
    }

    private func englishOwner(_ owner: String) -> String {
        ["rule", "step", "test"].contains(owner) ? "this \(owner)" : "“\(owner)”"
    }

    private func suggestion(_ nearest: String?) -> String? { nearest.map { "did you mean “\($0)”?" } }

    private var structureInEnglish: (String, String?)? {
        switch self {
        case .wrapperKey(let key):
            (
                "there is no wrapper key; “\(key):” is not part of a rule file",
                "write the list of rules at the top level"
            )
        case .notARule:
            (
                "a rule file holds one rule (with “id”) or a list of rules",
                "begin with id: my-rule, below it when: {every: friday at 15:00} and then: [{notify: {via: inbox}}]; a remark begins with #"
            )
        case .unknownKey(let key, let nearest, let owner):
            ("unknown key “\(key)” in \(englishOwner(owner))", suggestion(nearest))
        case .tornAtComma(let text, let key, let whole):
            ("“\(text)” was torn off at a comma", "inside { } quote whatever has a comma: \(key): \(whole.yamlQuoted)")
        case .missingKey(let key, let owner):
            (
                "\(englishOwner(owner)) has no “\(key)”",
                sample(key, owner: owner).map { "add it, such as \($0)" } ?? "add “\(key):”"
            )
        case .emptyValue(let key):
            (
                "“\(key)” has no value",
                (sample(key).map { "write one, such as \($0)" } ?? "give it one")
                    + (RuleProblem.requiredKeys.contains(key) ? "" : "; where none is wanted, remove the line")
            )
        case .wantedText(let key):
            ("“\(key)” wants one text here", "put it in quotes where it begins with a bracket, such as \(key): '[a] b'")
        case .wantedMapping(let key): ("“\(key)” wants keys and values here", example(key).map { "such as: \($0)" })
        case .wantedList(let key):
            ("“\(key)” wants a list here", sample(key).map { "such as \($0)" } ?? "begin each entry with “- ”")
        case .wantedBool(let key, let found):
            ("“\(key)” wants true or false, not “\(found)”", "write \(truth(found) ?? "true for yes or false for no")")
        case .wantedNumber(let key, let found):
            ("“\(key)” wants a whole number above 0, not “\(found)”", "such as \(key): 5")
        case .wantedOneOf(let key, let found, let choices, let nearest):
            ("“\(key)” cannot be “\(found)”", suggestion(nearest) ?? "one of: \(choices.joined(separator: ", "))")
        case .bareTemplate(let text):
            ("YAML reads a leading {{ as a mapping", "put the text in quotes: \(text.yamlQuoted)")
        case .badIdentifier(let id):
            ("“\(id)” cannot be an id", "use small letters, digits and hyphens, such as contract-renewal")
        case .emptied(let rules):
            (
                "the file holds no rule any more; \(rules.joined(separator: ", ")) stays armed",
                "delete the file to take its rules away"
            )
        case .wasItself(let id):
            ("“was” is “\(id)”, which the rule is called now", "write the id that it had before, or remove the line")
        case .duplicateIdentifier(let id, let file, let line):
            ("the id “\(id)” is used twice; the other is at \(file):\(line)", "give one of them another id")
        case .moreProblems(let limit): ("\(limit) problems are enough; the rest of the file was not read", nil)
        case .tooMany(let key, let limit): ("“\(key)” is limited to \(limit)", "\(limit) or less is possible")
        case .commentCut(let text, let whole):
            ("a blank and # end a plain value: “\(text)” is a comment", "put the value in quotes: \(whole.yamlQuoted)")
        case .badZone(let name, let nearest):
            ("no time zone “\(name)”", suggestion(nearest) ?? "use an IANA name such as Asia/Shanghai")
        case .badCalendar(let refusal): (refusal.english, refusal.englishHelp)
        case .badTime(let text): ("“\(text)” is no time of day", "write it as \"09:00\"")
        case .badDate(let text): ("“\(text)” is no date", "write it as 2026-01-31")
        case .badLimit(let text): ("“\(text)” is no limit", "write it as: 1 per 7 days")
        case .circularDerivation(let path): ("“\(path)” is computed from itself", nil)
        default: nil
        }
    }

    private var triggerInEnglish: (String, String?)? {
        switch self {
        case .noTrigger: ("no trigger here", "one of: created, deleted, changes, before, after, every, cron, while")
        case .severalTriggersInOne(let forms):
            (
                "one entry has several triggers: \(forms.joined(separator: ", "))",
                "make a list with one trigger an entry"
            )
        case .triggersOfSeveralKinds(let kinds):
            (
                "the triggers of one rule speak of one kind of record, not of \(kinds.joined(separator: " and "))",
                "make two rules"
            )
        case .strayTriggerKey(let key, let trigger):
            (
                "“\(key)” does not go with “\(trigger)”",
                companions(trigger).map { "beside “\(trigger)” may stand: \($0.joined(separator: ", "))" }
                    ?? "“\(trigger)” stands alone; remove “\(key)”"
            )
        case .triggerKeyOutside(let key, let value):
            (
                "“\(key)” stands outside “when”",
                value.map { "write it inside: when: {\(key): \($0)}" }
                    ?? "write it inside, beside the trigger: when: {before: task.due, by: 3 days}"
            )
        case .excludeEachOther(let one, let other): ("“\(one)” and “\(other)” exclude each other", "keep one of them")
        case .timesWithoutEvery:
            ("“times” goes with “every” only", "write every: 1 day, times: 14, or list the offsets in “by”")
        case .nameOfOtherTrigger(let name, let triggers):
            (
                "“\(name)” is not known to this rule’s trigger",
                "only rules with one of these have it: \(triggers.joined(separator: ", "))"
            )
        case .otherKind(let name, let own?, let way):
            (
                "this rule speaks of \(own), not of \(name)",
                way.map { "write \($0)" } ?? "make a rule whose trigger names \(name)"
            )
        case .otherKind(let name, nil, _):
            (
                "a schedule has no \(name) of its own",
                "gather records with select: \(name), or give the rule a trigger that names \(name)"
            )
        case .gatheredKind(let name):
            (
                "this rule gathers records; there is no single \(name) here",
                "use records, such as records.map(r, r.title), and group for what they are grouped by"
            )
        case .recordsOneByOne(let kind):
            (
                "“where” and “group” ask each \(kind) by itself; records is not known there",
                "what asks all that were gathered is if:, such as if: records.size() > 2"
            )
        case .goesWith("where", _):
            (
                "“where” goes with select only",
                "a condition on the rule’s own record is if: …; to gather records add select: task"
            )
        case .goesWith(let key, ["select"]):
            (
                "“\(key)” goes with select only",
                "say which records are gathered, such as select: task, or remove “\(key)”"
            )
        case .goesWith(let key, let others):
            ("“\(key)” goes with \(others.joined(separator: " or ")) only", "add \(others[0]), or remove “\(key)”")
        case .notGrouped:
            ("this rule does not group its records", "add group: beside select:, such as group: task.assignee")
        case .gathersNothing(let trigger):
            (
                "“select” does not go with “\(trigger)”, which is about one record",
                "use every, cron, rrule or while with select, or remove select"
            )
        case .notGroupable(let found):
            ("“group” wants one value for each record, this is \(found)", "such as task.assignee")
        case .offsetTooLong(let text, let years):
            ("“\(text)” is further away than \(years) years", "no such date will ever come; check the unit")
        case .skipsShortMonths(let skipped):
            (
                skipped.isLeapDay
                    ? "years without 29 February are passed over"
                    : "months without a day \(skipped.day) are passed over",
                skipped.form(.en).map {
                    "for the last day of \(skipped.isLeapDay ? "February" : "the month") write \($0)"
                }
            )
        case .unusedTime(let time, let reason): unusedTimeInEnglish(time, reason)
        case .severalSchedules(let key, let texts):
            (
                "“\(key)” takes one schedule, not a list",
                "write a list of triggers: when: [\(texts.map { "{\(key): \($0)}" }.joined(separator: ", "))]"
            )
        case .ruleKeyInside(let key, let value):
            (
                "“\(key)” belongs to the rule, not into “when”",
                "write it one level up, in a line of its own beside when: \(key): \(value ?? "…")"
            )
        case .repeatedOffset(let text): ("“\(text)” is there already; it rings once", "remove one of the two")
        case .unknownKind(let kind, let nearest): ("there is no kind of record “\(kind)”", suggestion(nearest))
        case .unknownField(let field, let kind, let nearest): ("\(kind) has no field “\(field)”", suggestion(nearest))
        case .wantedFieldOf(let kind): ("a field of \(kind) is wanted here", "write it as \(kind).field")
        case .notADate(let field, let kind, let dates):
            ("\(kind).\(field) is no date", dates.isEmpty ? nil : "dates of \(kind): \(dates.joined(separator: ", "))")
        case .throughReference(let path, let kind, let meant):
            (
                "“\(path)” goes through a reference; a trigger names a field of the record itself",
                meant.map { "write \($0); the rule is then about \($0.prefix { $0 != "." }), no longer about \(kind)" }
                    ?? "make the rule for the kind of record that has the date"
            )
        case .notADuration(let field, let kind):
            ("\(kind).\(field) is no duration", "write one, such as 3 days, or name a field that holds one")
        case .derivedField(let path):
            ("\(path) is computed; it is never written", "name a field that it is computed from")
        case .derivedDateNotOwn(let path):
            ("\(path) depends on another record or on the time; a date trigger cannot follow it", nil)
        case .badPeriod(let error): (error.message(.en), nil)
        case .periodNotPositive(let text):
            (
                "“\(text)” must be longer than nothing and without a sign",
                "such as 3 days" + (text.contains("-") ? "; “before” and “after” say in which direction" : "")
            )
        case .badSchedule(let error): (error.message(.en), nil)
        case .badCron(let error): (error.message(.en), nil)
        case .badRecurrence(let error): (error.message(.en), nil)
        case .neverRings(let text): ("“\(text)” never comes", nil)
        case .levelNeedsKind(let text):
            ("“\(text)” names no kind of record", "begin with the kind: contract.usage < 0.3")
        case .lookupInLevel(let name):
            (
                "“while” is asked when records change, and nobody tells it that what \(name)() finds has changed",
                "follow a reference instead (task.assignee.role), or use a schedule with select:"
            )
        case .timeInLevel(let name):
            (
                "“\(name)” cannot be used in “while”: it changes without any record changing",
                "use before, after or every"
            )
        case .hoursOnDate(let field, let at):
            (
                "“\(field)” is a date without a time; the hours count from \(at) of the day, the rule’s “at”",
                "write days, such as by: 1 day, or give the rule another time in a line of its own: at: \"14:00\""
            )
        case .dateAgainstNow(let path):
            ("\(path) is a date without a time; compared with now it is over at its first minute", "compare with today")
        default: nil
        }
    }

    private var stepInEnglish: (String, String?)? {
        switch self {
        case .noVerb: ("this step does nothing", "give it one of: notify, set, create, approve, invite, call")
        case .severalVerbs(let verbs):
            ("one step has several verbs: \(verbs.joined(separator: ", "))", "make a step of each: begin it with “- ”")
        case .unknownChannel(let name, let nearest):
            ("there is no channel “\(name)”", suggestion(nearest) ?? "add it under “channels” in bellman.yaml")
        case .unknownEndpoint(let name, let nearest):
            ("there is no endpoint “\(name)”", suggestion(nearest) ?? "add it under “endpoints” in bellman.yaml")
        case .tooFewChoices:
            (
                "a decision needs at least two different choices",
                "such as choices: [approve, reject]; the first consents"
            )
        case .choicesComma(let comma):
            ("the choices are separated by “\(comma)”, so they are one", "write a “,” between them")
        case .unknownChoice(let word, let choices, let nearest):
            (
                "“\(word)” is none of the choices",
                suggestion(nearest) ?? "the branches are called as the choices are: \(choices.joined(separator: ", "))"
            )
        case .approvalOutside:
            (
                "“approval” is known in the branches of approve only",
                "put the step there: approve: {by: …, then: {approve: [{notify: …}]}}"
            )
        case .fieldAsLength(let path):
            ("“duration” is a length or a text; “\(path)” is a field", "write duration: \"{{ \(path) }}\"")
        case .notALength(let found):
            (
                "“duration” wants a length of time, this is \(found)",
                "such as duration: 1 hour, or a field that holds one"
            )
        case .tooLong(let text, let days):
            ("“\(text)” is too long for a meeting", "\(days) days or less are possible; check the unit")
        case .bareMoment(let text):
            ("“starts_at” is an expression; \(text) stands in quotes there", "write \(bareMomentHelp(text))")
        case .bareAddress(let key, let text):
            ("“\(key)” is an expression; an address in it is a text in quotes", "write \(key): '\"\(text)\"'")
        case .nobodysName(let key, let word):
            (
                "unknown name \(word)",
                "“\(key)” names people as task.assignee, role(\"finance-director\"), member(\"id\") or '\"ann@example.com\"'"
            )
        case .namesNobody(let key, let path):
            (
                "“\(key)” wants people; \(path) is a text that names nobody",
                "name a field that leads to a member, such as task.assignee, or role(\"finance-director\")"
            )
        case .notPeople(let key, let found):
            (
                "“\(key)” wants people, this is \(found)",
                "such as task.assignee, role(\"finance-director\") or an address"
            )
        case .badValue(let field, let message, _): ("“\(field)”: \(message)", nil)
        case .recordNeeded(let verb):
            ("“\(verb)” needs a record, and a schedule has none", "use create, or another trigger")
        case .templateOpen: ("“{{” is never closed", "close it with }}")
        case .templateEmpty:
            ("nothing between {{ and }}", "name a value, such as {{ task.title }}, or remove the braces")
        case .unknownWord(let word, let field, let nearest, let seen):
            (
                "no record has “\(word)” as \(field)",
                suggestion(nearest) ?? "seen so far: \(seen.prefix(RuleProblem.wordsShown).joined(separator: ", "))"
            )
        case .shareAboveOne(let path, let written, let meant):
            ("\(path) is a share between 0 and 1; it never reaches \(written)", "write \(meant) for \(written) %")
        case .outsideWords(let word, let field, let choices, let nearest):
            (
                "\(field) can never be “\(word)”",
                suggestion(nearest) ?? "one of: \(choices.joined(separator: ", "))"
            )
        case .notAMoment(let found):
            ("“starts_at” wants a date or an instant, this is \(found)", "such as meeting.starts_at")
        default: nil
        }
    }
}

extension RuleProblem {
    private func unusedTimeInEnglish(_ time: LocalTime, _ reason: UnusedTime) -> (String, String?) {
        switch reason {
        case .own(let own):
            ("at: \(time) is not used; the time in the schedule, \(own), counts", "write the time in one place only")
        case .interval:
            (
                "at: \(time) is not used; minutes and hours are counted and have no time of day",
                "remove at:, or write a schedule of days, such as every: day"
            )
        case .cron: ("at: \(time) is not used; a cron expression has its own times", "remove at:")
        case .hours(let minutesCount):
            (
                minutesCount
                    ? "of at: \(time) only the minutes are used; BYHOUR gives the hours"
                    : "at: \(time) is not used; BYHOUR and BYMINUTE give the times",
                "write the time in one place: remove at: or BYHOUR"
            )
        }
    }
}

extension RuleRemedy {
    var english: String {
        switch self {
        case .dateText: "write a date as date(\"2026-01-31\"), an instant as timestamp(\"2026-01-31T09:00:00+08:00\")"
        case .dateNumber: "compare with another date, such as today.plus(\"3 days\"), or count days: days_until(…) < 3"
        case .dayCount: "count days with days_until(…) < 3, or write the length as duration(\"72h\")"
        case .movedDate: "move a date with .plus(\"3 days\") or .plus(\"3 working days\")"
        case .moneyText: "write the bare number, without quotes and currency: 50000"
        case .moneyOnly: "money compares with money or with a bare number"
        case .recordText(let kind, let field):
            "compare one of its fields, such as .\(field) == \"…\"; a \(kind) itself compares with null"
        case .elementOf: "ask whether the list has it: \"…\" in …, or ask its elements with .exists(x, …)"
        case .bareTruth: "write true or false without quotes"
        case .bareNumber:
            "compare numbers with numbers (written without quotes) and texts with texts; int(…) makes a number of a text"
        }
    }
}
