import Almanac
import BellmanModel
import BellmanRules

/// Silences and acts in words, for commands.
public struct SilenceWords {
    let language: AlmanacLanguage
    let timing: RuleTiming

    public init(_ language: AlmanacLanguage, timing: RuleTiming) {
        self.language = language
        self.timing = timing
    }

    private func pick(_ english: String, _ chinese: String) -> String { language.pick(en: english, zh: chinese) }
    private func shown(_ instant: Instant) -> String { Instant(seconds: instant.seconds).iso(in: timing.zone) }

    /// `silent`, `waiting`, `over`, `ended`: for programs.
    public func code(_ silence: Silence, at now: Instant) -> String {
        if silence.ended != nil { return "ended" }
        if silence.over.map({ $0 <= now }) ?? false { return "over" }
        return silence.covers(now, calendar: timing.calendar) ? "silent" : "waiting"
    }

    public func state(_ silence: Silence, at now: Instant) -> String {
        switch code(silence, at: now) {
        case "ended": pick("ended by \(silence.ended?.by.id ?? "")", "已由 \(silence.ended?.by.id ?? "") 结束")
        case "over": pick("over", "已过期")
        case "silent": pick("silent now", "静默中")
        default: pick("not now", "现在不静默")
        }
    }

    public func when(_ silence: Silence) -> String {
        let end = silence.until.map { pick("until \(shown($0))", "到 \(shown($0))") } ?? pick("until ended", "直到手动结束")
        // One that was made for later says from when.
        let until =
            silence.from > silence.at ? pick("from \(shown(silence.from)) ", "从 \(shown(silence.from)) ") + end : end
        guard let recurrence = silence.recurrence else { return until }
        let length = recurrence.length.text(language)
        return pick("every \(recurrence.every) for \(length), \(until)", "每逢 \(recurrence.every)，每次 \(length)，\(until)")
    }
}

extension ActEntry {
    /// What was done, in words.
    public func words(_ language: AlmanacLanguage) -> String {
        switch verb {
        case "ack": language.pick(en: "acknowledged", zh: "确认")
        case "snooze": language.pick(en: "put off", zh: "推迟")
        case "silence": language.pick(en: "silenced", zh: "设静默")
        case "silence_end": language.pick(en: "ended the silence", zh: "结束静默")
        case "decide": language.pick(en: "decided", zh: "审批")
        case "store_accept": language.pick(en: "accepted the store", zh: "接受存储现状")
        default: verb
        }
    }
}
