extension DatePattern {
    /// The values that the letters stand for.
    struct Fields {
        let local: CivilDateTime
        let microsecond: Int
        let offset: Int?
        let language: AlmanacLanguage

        private var isChinese: Bool { language == .zh }

        /// Nil for a letter without a meaning.
        func text(_ letter: Character, _ count: Int) -> String? {
            guard count <= DatePattern.runLimit else { return nil }
            let time = local.time
            switch letter {
            case "y": return year(local.date.year, count)
            case "Y": return year(local.date.isoWeek.year, count)
            case "M", "L": return month(count)
            case "d": return padded(local.date.day, count)
            case "D": return padded(local.date.dayOfYear, count)
            case "E": return weekday(count)
            case "e", "c": return count <= 2 ? padded(local.date.weekday, count) : weekday(count)
            case "w": return padded(local.date.isoWeek.week, count)
            case "Q", "q": return quarter(count)
            case "a": return isChinese ? (time.hour < 12 ? "上午" : "下午") : (time.hour < 12 ? "AM" : "PM")
            case "H": return padded(time.hour, count)
            case "k": return padded(time.hour == 0 ? 24 : time.hour, count)
            case "h": return padded((time.hour + 11) % 12 + 1, count)
            case "K": return padded(time.hour % 12, count)
            case "m": return padded(time.minute, count)
            case "s": return padded(time.second, count)
            case "S": return String((padded(microsecond, 6) + "000").prefix(count))
            case "x", "X", "Z": return zoneText(letter, count)
            default: return nil
            }
        }

        private func year(_ year: Int, _ count: Int) -> String {
            count == 2 ? padded(year % 100, 2) : padded(year, count)
        }

        private static let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        private static let chineseMonths = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]

        private func month(_ count: Int) -> String {
            let month = local.date.month
            let name = Self.months[month - 1]
            switch count {
            case 1, 2: return padded(month, count)
            case 3: return isChinese ? "\(month)月" : String(name.prefix(3))
            case 4: return isChinese ? Self.chineseMonths[month - 1] + "月" : name
            default: return isChinese ? "\(month)" : String(name.prefix(1))
            }
        }

        private func weekday(_ count: Int) -> String {
            let index = local.date.weekday - 1
            let english = WeekdayNames.english[index]
            let name = english.prefix(1).uppercased() + english.dropFirst()
            let digit = String(WeekdayNames.chinese[index].suffix(1))
            switch count {
            case 1...3: return isChinese ? "周" + digit : String(name.prefix(3))
            case 4: return isChinese ? "星期" + digit : name
            case 5: return isChinese ? digit : String(name.prefix(1))
            default: return isChinese ? "周" + digit : String(name.prefix(2))
            }
        }

        private func quarter(_ count: Int) -> String {
            let quarter = (local.date.month - 1) / 3 + 1
            switch count {
            case 1, 2: return padded(quarter, count)
            case 3: return isChinese ? "\(quarter)季度" : "Q\(quarter)"
            case 4:
                let english = ["1st", "2nd", "3rd", "4th"][quarter - 1]
                return isChinese ? "第\(Self.chineseMonths[quarter - 1])季度" : "\(english) quarter"
            default: return "\(quarter)"
            }
        }

        /// `x` +08, `xx` +0800, `xxx` +08:00; `X` the same with Z for UTC; `Z` +0800, `ZZZZZ` like XXX.
        private func zoneText(_ letter: Character, _ count: Int) -> String {
            guard let offset else { return "" }
            let zulu = letter == "X" || (letter == "Z" && count == 5)
            if offset == 0, zulu { return "Z" }
            let size = abs(offset) / 60
            let sign = offset < 0 ? "-" : "+"
            let colon = letter == "Z" ? count >= 4 : count == 3 || count == 5
            if letter != "Z", count == 1, size % 60 == 0 { return sign + padded(size / 60, 2) }
            let text = sign + padded(size / 60, 2) + (colon ? ":" : "") + padded(size % 60, 2)
            return letter == "Z" && count == 4 ? "GMT" + (offset == 0 ? "" : text) : text
        }
    }
}
