import Almanac
import BellmanModel

/// A month in the life of a small company, as the CSV files that it would import: made the same way every time, with
/// dates around a given day so that every shipped rule has something to ring for.
public struct SampleData: Sendable {
    public struct File: Sendable, Hashable {
        public let name: String
        public let kind: String
        /// UTF-8 without a byte order mark, CRLF line ends.
        public let text: String
    }

    /// In an order in which every reference finds its target.
    public let files: [File]

    /// `today` is the day on which the data is looked at.
    public init(today: CivilDate, language: AlmanacLanguage) {
        var maker = SampleMaker(
            today: today, words: language == .zh ? .chinese : .english, chineseTitles: language == .zh)
        files = [
            maker.members(), maker.customers(), maker.projects(), maker.tasks(), maker.contracts(), maker.modules(),
            maker.accounts(),
        ]
    }

    public subscript(name: String) -> String? { files.first { $0.name == name }?.text }
}

/// Draws the rows; the order of calls is part of what makes the data the same every time.
struct SampleMaker {
    static let seed: UInt64 = 0xBE11_3A17
    let today: CivilDate
    let words: SampleWords
    let chineseTitles: Bool
    private var state = SampleMaker.seed

    init(today: CivilDate, words: SampleWords, chineseTitles: Bool) {
        self.today = today
        self.words = words
        self.chineseTitles = chineseTitles
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func draw(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    func day(_ offset: Int) -> String { today.adding(days: offset).description }
    func person(_ index: Int) -> (id: String, name: String) { words.people[index % words.people.count] }
    func pick(_ list: [String], _ index: Int) -> String { list[index % list.count] }

    func file(_ kind: String, _ chinese: [String], _ english: [String], _ rows: [[String]]) -> SampleData.File {
        var bytes = CSVText.row(chineseTitles ? chinese : english)
        for row in rows { bytes += CSVText.row(row) }
        return SampleData.File(name: "\(kind)s.csv", kind: kind, text: String(decoding: bytes, as: UTF8.self))
    }

    /// With leading zeros.
    func number(_ value: Int, width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
