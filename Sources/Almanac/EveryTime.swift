extension EveryParser {
    /// `at 17:30`, `17:30`, `5 pm`, `5:30 pm`, `下午3点半`, `9点`; nil where nothing is left.
    mutating func timeOfDay() throws(EveryError) -> LocalTime? {
        while take(EveryToken.Word.of) {}
        if current?.kind == .comma, beginsTime(ahead(1)) { position += 1 }
        let hasWord = take(EveryToken.Word.at)
        let half = dayHalf()
        if half == .noon, !beginsTime(current?.kind) { return LocalTime(unchecked: 43_200) }
        guard let token = current else {
            if hasWord || half != nil { throw fail(.badTime(""), nearest: timeForm("17:30")) }
            return nil
        }
        switch token.kind {
        case .clock(let time):
            position += 1
            guard let half = dayHalf() ?? half else { return time }
            return try time12(hour: time.hour, minute: time.minute, half, token)
        case .number(let number) where !token.isOrdinal:
            position += 1
            return try spoken(hour: number, half, token)
        default:
            if hasWord || half != nil || token.kind == .badClock {
                let time = token.text == "24:00" ? "00:00" : "17:30"
                throw fail(.badTime(token.text), at: token, nearest: timeForm(time, joint: !hasWord))
            }
            return nil
        }
    }

    /// A bare number of hours needs 点, am or pm beside it: `at 9` could be a slip.
    private mutating func spoken(
        hour: Int, _ half: EveryToken.Word?, _ token: EveryToken
    ) throws(EveryError) -> LocalTime {
        if take(EveryToken.Word.oClock) { return try time12(hour: hour, minute: try minutesAfterHour(), half, token) }
        if let suffix = dayHalf() { return try time12(hour: hour, minute: 0, suffix, token) }
        throw fail(.badTime(token.text), at: token, nearest: timeForm(meant(hour, token)))
    }

    /// 0900 and 930 are times without their colon, 9 is an hour.
    private func meant(_ number: Int, _ token: EveryToken) -> String {
        let digits = token.text.unicodeScalars.count
        if digits == 3 || digits == 4, let time = LocalTime(hour: number / 100, minute: number % 100) {
            return time.description
        }
        return number < 24 && digits < 3 ? "\(padded(number, 2)):00" : "17:30"
    }

    private func time12(
        hour: Int, minute: Int, _ half: EveryToken.Word?, _ token: EveryToken
    ) throws(EveryError) -> LocalTime {
        var hour = hour
        // 晚上12点 is midnight, of which day is anyone's guess.
        if half == .evening, hour == 12 { throw fail(.badTime(token.text), at: token, nearest: "00:00") }
        if half == .afternoon || half == .evening, hour < 12 { hour += 12 }
        if half == .noon {
            guard hour >= 11 || hour <= 2 else { throw fail(.badTime(token.text), at: token, nearest: "12:00") }
            if hour < 11 { hour += 12 }
        }
        if half == .morning, hour == 12 { hour = 0 }
        guard let time = LocalTime(hour: hour, minute: minute) else {
            throw fail(.badTime(token.text), at: token, nearest: timeForm("17:30"))
        }
        return time
    }

    func beginsTime(_ kind: EveryToken.Kind?) -> Bool {
        switch kind {
        case .clock, .badClock, .number, .word(.at), .word(.morning), .word(.noon), .word(.afternoon), .word(.evening):
            true
        default: false
        }
    }

    private mutating func dayHalf() -> EveryToken.Word? {
        for word in [EveryToken.Word.morning, .noon, .afternoon, .evening] where take(word) { return word }
        return nil
    }

    private mutating func minutesAfterHour() throws(EveryError) -> Int {
        if take(EveryToken.Word.half) { return 30 }
        if take(EveryToken.Word.onTheHour) { return 0 }
        guard let token = current, let minute = takeNumber() else { return 0 }
        if take(EveryToken.Word.quarterHour) {
            guard minute == 1 || minute == 3 else { throw fail(.badTime(token.text), at: token, nearest: "17:15") }
            return minute * 15
        }
        _ = take(EveryToken.Word.minute)
        guard minute < 60 else { throw fail(.badTime(token.text), at: token, nearest: "17:30") }
        return minute
    }
}
