/// `[+-]P nY nM nW nD nWD T nH nM nS`: upper case, ASCII digits, sign only in front, units in this order, fractions only
/// in seconds.
enum PeriodISO {
    static func looksLikeISO(_ text: String) -> Bool {
        let bare = trimmed(text).drop { $0 == "+" || $0 == "-" }
        guard let first = bare.first, first == "P" || first == "p" else { return false }
        return bare.dropFirst().first.map { !$0.isLetter || $0 == "T" || $0 == "t" } ?? true
    }

    static func parse(_ text: String) throws(PeriodError) -> Period {
        var reader = Reader(text: text, scan: ByteScanner(text))
        return try reader.read()
    }

    private struct Reader {
        let text: String
        var scan: ByteScanner
        var months = 0, days = 0, workingDays = 0
        var seconds: Int64 = 0
        var micro: Int64 = 0
        var parts = 0

        func fail(_ kind: PeriodError.Kind, _ nearest: String? = nil) -> PeriodError {
            PeriodError(kind, in: text, nearest: nearest)
        }

        mutating func read() throws(PeriodError) -> Period {
            let negative = scan.take(anyOf: [43, 45]) == 45
            guard scan.take(80) else { throw fail(.isoForm, corrected) }
            try dateParts()
            if scan.take(84) {
                let before = parts
                try timeParts()
                if parts == before { throw fail(.isoForm, corrected) }
            }
            guard scan.atEnd, parts > 0 else { throw fail(.isoForm, corrected) }
            return Period(
                months: months, days: days, workingDays: workingDays, seconds: seconds, microseconds: micro,
                isNegative: negative)
        }

        private mutating func dateParts() throws(PeriodError) {
            var rank = 0
            while let value = try number() {
                let unit = scan.take(anyOf: [89, 77, 87, 68])
                let isWorking = unit == 87 && scan.take(68)
                guard let unit, let place = [89, 77, 87, 68].firstIndex(of: unit) else { throw fail(.isoForm, corrected) }
                let order = isWorking ? 5 : place + 1
                guard order > rank else { throw fail(.isoForm, corrected) }
                rank = order
                switch order {
                case 1: months += value * 12
                case 2: months += value
                case 3: days += value * 7
                case 4: days += value
                default:
                    if value == 0 { throw fail(.zeroWorkingDays, "1 working day") }
                    workingDays = value
                }
            }
        }

        private mutating func timeParts() throws(PeriodError) {
            var rank = 0
            while let value = try number() {
                var fraction: Int64 = 0
                let hasFraction = scan.take(46)
                if hasFraction {
                    guard let read = scan.fraction() else { throw fail(.isoForm, corrected) }
                    fraction = read
                }
                guard let unit = scan.take(anyOf: [72, 77, 83]), let place = [72, 77, 83].firstIndex(of: unit)
                else { throw fail(.isoForm, corrected) }
                guard place >= rank, unit == 83 || !hasFraction else { throw fail(.isoForm, corrected) }
                rank = place + 1
                seconds += Int64(value) * [3600, 60, 1][place]
                micro += fraction
            }
        }

        private mutating func number() throws(PeriodError) -> Int? {
            guard let value = scan.number(upTo: 9) else { return nil }
            parts += 1
            if let next = scan.peek, (48...57).contains(next) { throw fail(.tooLarge) }
            return value
        }

        /// The commonest slips put right: spaces around, lower case. Nil where that does not help.
        private var corrected: String? {
            let upper = trimmed(text).uppercased()
            guard upper != text, (try? PeriodISO.parse(upper)) != nil else { return "P3D" }
            return upper
        }
    }
}
