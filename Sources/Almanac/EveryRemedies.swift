// Forms that an error offers: they keep what the text already says.

extension EveryParser {
    /// The time of day that the text gives, wherever it stands.
    var writtenTime: LocalTime? {
        if let early { return early }
        for index in tokens.indices where pointsAtTime(index) {
            var reader = self
            reader.position = index
            if let time = try? reader.timeOfDay() { return time }
        }
        return nil
    }

    private func pointsAtTime(_ index: Int) -> Bool {
        switch tokens[index].kind {
        case .clock, .word(.at), .word(.morning), .word(.noon), .word(.afternoon), .word(.evening): return true
        case .number where index + 1 < tokens.count:
            return [.word(.oClock), .word(.morning), .word(.afternoon)].contains(tokens[index + 1].kind)
        default: return false
        }
    }

    /// A form with the time of the text, or with this one where it has none.
    func timed(_ form: String, _ time: String) -> String {
        let shown = writtenTime.map(\.description) ?? time
        return isChinese ? "\(form) \(shown)" : "\(form) at \(shown)"
    }

    /// A time alone, as it may stand where a wrong one stands.
    func timeForm(_ time: String, joint: Bool = true) -> String { isChinese || !joint ? time : "at \(time)" }

    /// 月初, 季度初, 年初: the first day, in so many words.
    func beginning() -> String? {
        guard position > 0 else { return nil }
        switch tokens[position - 1].kind {
        case .word(.month): return timed("每月1日", "10:00")
        case .word(.quarter): return timed("每季度第一天", "09:00")
        case .word(.year): return timed("每年1月1日", "09:00")
        default: return nil
        }
    }

    /// What half a month, half a day and the like may mean.
    var halfForm: String {
        switch current?.kind {
        case .word(.month): timed(isChinese ? "每月1日、15日" : "month on 1, 15", "10:00")
        case .word(.day): isChinese ? "每12小时" : "12 hours"
        default: isChinese ? "每30分钟" : "30 minutes"
        }
    }

    /// A date with its year and a word like `tomorrow` come once.
    func refuseSingleDate() throws(EveryError) {
        let plain = simplified(narrowed(text)).lowercased()
        for word in ["today", "tomorrow", "今天", "明天", "后天"] where plain.hasPrefix(word) {
            throw EveryError(
                kind: .singleDate(word), text: text, range: 0..<word.unicodeScalars.count, nearest: nil)
        }
        let joints: [EveryToken.Kind] = [.word(.every), .word(.on), .word(.of), .word(.at)]
        let start = tokens.prefix { joints.contains($0.kind) }.count
        guard tokens.count > start + 2, case .number(let year) = tokens[start].kind, (1900...2999).contains(year),
            tokens[start + 1].kind == .dash || ["/", ".", "年"].contains(tokens[start + 1].text),
            isNumber(tokens[start + 2].kind)
        else { return }
        var end = start + 2
        while end + 1 < tokens.count, end < start + 5,
            isNumber(tokens[end + 1].kind) || tokens[end + 1].kind == .dash
                || ["/", ".", "月", "日", "号"].contains(tokens[end + 1].text)
        {
            end += 1
        }
        let range = tokens[start].range.lowerBound..<tokens[end].range.upperBound
        let date = String(String.UnicodeScalarView(Array(text.unicodeScalars)[range]))
        throw EveryError(kind: .singleDate(date), text: text, range: range, nearest: nil)
    }

    /// `month at 10:00 on the 5th` says the time before the day; here it moves to the end.
    mutating func timeLast() {
        let units: [EveryToken.Kind] = [.word(.week), .word(.month), .word(.quarter), .word(.year)]
        guard
            let start = tokens.indices.dropFirst().first(where: {
                tokens[$0].kind == .word(.at) && units.contains(tokens[$0 - 1].kind)
            })
        else { return }
        var reader = self
        reader.position = start
        guard (try? reader.timeOfDay()) != nil, reader.current?.kind == .word(.on) else { return }
        let end = reader.position
        tokens = Array(tokens[..<start] + tokens[end...] + tokens[start..<end])
    }

    /// `second to last`, `2nd-to-last`: how many tokens follow the rank; nil where it is none.
    var tokensToLast: Int? {
        var distance = 1
        while ahead(distance) == .dash { distance += 1 }
        guard ahead(distance) == .word(.to) else { return nil }
        distance += 1
        while ahead(distance) == .dash { distance += 1 }
        return ahead(distance) == .word(.last) ? distance : nil
    }
}
