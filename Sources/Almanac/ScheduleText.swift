/// A schedule as people write it, whichever of the forms they chose.
extension Schedule {
    /// Why a text is no schedule of the form that it looks like.
    public enum TextError: Error, Hashable, Sendable {
        case every(EveryError)
        case cron(CronError)
        case rrule(RRuleError)

        public func message(_ language: AlmanacLanguage) -> String {
            switch self {
            case .every(let error): error.message(language)
            case .cron(let error): error.message(language)
            case .rrule(let error): error.message(language)
            }
        }
    }

    /// Reads `0 9 * * 1-5` as cron, `FREQ=WEEKLY;BYDAY=FR` and the lines of a calendar file as a recurrence rule and
    /// everything else as an `every` text (`working day at 17:30`, `每周五 15:00`).
    ///
    /// A text is taken for cron when minute and hour, which never have letters there, look like its fields: what is
    /// wrong with it is then told in the words of that form.
    public init(
        text: String, zone: Zone, calendar: WorkingCalendar = .mondayToFriday, at: LocalTime = .nine,
        from: CivilDate? = nil
    ) throws(TextError) {
        if Schedule.looksLikeCron(text) {
            do { self.init(cron: try Cron(text), zone: zone, from: from) } catch { throw .cron(error) }
        } else if Schedule.looksLikeRRule(text) {
            do { try self.init(rrule: try RRule(text), zone: zone, at: at, from: from) } catch { throw .rrule(error) }
        } else {
            do {
                self.init(every: try Every(text), zone: zone, calendar: calendar, at: at, from: from)
            } catch { throw .every(error) }
        }
    }

    /// A part (`FREQ=`, `BYDAY=`) or the line of a calendar file; no `every` text has either sign at its first word.
    private static func looksLikeRRule(_ text: String) -> Bool {
        let head = trimmed(narrowed(text)).unicodeScalars
        let rest = head.drop { isLatin($0) || $0 == "-" || $0 == " " }
        let word = trimmed(String(head.prefix { isLatin($0) || $0 == "-" })).uppercased()
        if rest.first == "=" { return true }
        return ["RRULE", "EXDATE", "DTSTART", "RDATE", "EXRULE"].contains(word)
            && (rest.first == ":" || rest.first == ";")
    }

    private static func looksLikeCron(_ text: String) -> Bool {
        let fields = narrowed(text).split(whereSeparator: \.isWhitespace)
        if let first = fields.first, first.hasPrefix("@") { return true }
        if let first = fields.first?.uppercased(), first.hasPrefix("TZ=") || first.hasPrefix("CRON_TZ=") { return true }
        return fields.count > 2
            && fields.prefix(2).allSatisfy { $0.utf8.allSatisfy("0123456789*/,-".utf8.contains) }
    }
}
