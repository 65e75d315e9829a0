/// A schedule as people write it, whichever of the forms they chose.
extension Schedule {
    /// Why a text is no schedule of the form that it looks like.
    public enum TextError: Error, Hashable, Sendable {
        case every(EveryError)
        case cron(CronError)

        public func message(_ language: AlmanacLanguage) -> String {
            switch self {
            case .every(let error): error.message(language)
            case .cron(let error): error.message(language)
            }
        }
    }

    /// Reads `0 9 * * 1-5` as cron and everything else as an `every` text (`working day at 17:30`, `每周五 15:00`).
    ///
    /// A text is taken for cron when minute and hour, which never have letters there, look like its fields: what is
    /// wrong with it is then told in the words of that form.
    public init(
        text: String, zone: Zone, calendar: WorkingCalendar = .mondayToFriday, at: LocalTime = .nine,
        from: CivilDate? = nil
    ) throws(TextError) {
        if Schedule.looksLikeCron(text) {
            do { self.init(cron: try Cron(text), zone: zone, from: from) } catch { throw .cron(error) }
        } else {
            do {
                self.init(every: try Every(text), zone: zone, calendar: calendar, at: at, from: from)
            } catch { throw .every(error) }
        }
    }

    private static func looksLikeCron(_ text: String) -> Bool {
        let fields = text.split(whereSeparator: \.isWhitespace)
        if let first = fields.first, first.hasPrefix("@") { return true }
        return fields.count > 2
            && fields.prefix(2).allSatisfy { $0.utf8.allSatisfy("0123456789*/,-".utf8.contains) }
    }
}
