import Almanac
import BellmanConnectors
import BellmanModel
import SourceDiagnostics

/// What can be wrong with a calendar file.
enum CalendarFileProblem: Sendable {
    case holiday(HolidayProblem)
    case json(JSONProblem)
    case encoding(ImportProblem)
    case unreadable(why: String)
    case tooLarge(limit: Int)
    case isFolder
    case outside
    case wantedObject(String)
    case unknownKey(String, nearest: String?)
    case badYear(String)
    case badDate(String)
    case otherYear(date: CivilDate, year: Int)
    case badWeekend
    case badDayOff
    case nothing
    case emptyYear(Int)
    case bothOffAndWork(CivilDate)
    /// A weekend in a file of a built-in calendar, which has its own.
    case builtInWeekend(String)
}

extension CalendarFileProblem: DiagnosticFact {
    var severity: Severity {
        if case .holiday(let problem) = self, !problem.kind.isError { return .warning }
        return .error
    }

    var code: String {
        if case .holiday(let problem) = self { return "calendar_" + CalendarFileProblem.snake("\(problem.kind)") }
        return "calendar_" + CalendarFileProblem.snake("\(self)")
    }

    private static func snake(_ text: String) -> String {
        text.prefix { $0 != "(" }.reduce(into: "") { code, character in
            if character.isUppercase { code += "_" }
            code += character.lowercased()
        }
    }

    func message(_ language: Language) -> String { language == .zh ? chinese.0 : english.0 }
    func help(_ language: Language) -> String? { language == .zh ? chinese.1 : english.1 }

    private var english: (String, String?) {
        switch self {
        case .holiday(let problem): (problem.message(.en), problem.help(.en))
        case .json(let problem): (problem.reason(.en), "JSON as docs/guides/calendars.md shows it")
        case .encoding(.badBytes(let encoding, let line)):
            (
                "line \(line): bytes that are not \(encoding.rawValue)",
                "this is no text, or in another encoding; save the file as UTF-8"
            )
        case .encoding(let problem): (problem.words(.en), nil)
        case .unreadable(let why): ("cannot read this file: \(why)", "paths count from the folder of bellman.yaml")
        case .tooLarge(let limit): ("larger than \(limit >> 20) MiB", "keep the holidays alone in the file")
        case .isFolder: ("this is no regular file", "name a .json or .ics file")
        case .outside:
            (
                "this path leads out of the configuration's folder",
                "put the file beside bellman.yaml, such as holidays/cn.json"
            )
        case .wantedObject(let key): ("“\(key)” wants dates with names", "{\"2027-01-01\": \"元旦\"}")
        case .unknownKey(let key, let nearest):
            ("unknown key “\(key)”", nearest.map { "did you mean “\($0)”?" } ?? "see docs/guides/calendars.md")
        case .badYear(let text): ("“\(text)” is no year", "write for example \"2027\"")
        case .badDate(let text): ("“\(text)” is no date", "write for example \"2027-01-01\"")
        case .otherYear(let date, let year):
            ("\(date) stands under the year \(year)", "move it to \(date.year)")
        case .badWeekend: ("“weekend” wants days of the week, 1 is Monday", "[6, 7]")
        case .badDayOff:
            ("a day wants “date” and “isOffDay”", "{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}")
        case .emptyYear(let year):
            (
                "the file names no day off of \(year) yet",
                "a year's notice appears about November of the year before; fetch the file again then"
            )
        case .bothOffAndWork(let date): ("\(date) is both a day off and a workday", "keep one of the two")
        case .builtInWeekend(let calendar):
            (
                "\(calendar) has the weekend [6, 7], and this file gives it another",
                "let the file name a calendar of its own: \"calendar\": \"Dubai\""
            )
        case .nothing:
            (
                "the file holds no day off and no make-up workday",
                "it wants “years”, “off”, “work” or “days”; see docs/guides/calendars.md"
            )
        }
    }

    private var chinese: (String, String?) {
        switch self {
        case .holiday(let problem): (problem.message(.zh), problem.help(.zh))
        case .json(let problem): (problem.reason(.zh), "JSON 的写法见 docs/guides/calendars.zh-CN.md")
        case .encoding(.badBytes(let encoding, let line)):
            ("第 \(line) 行有不属于 \(encoding.rawValue) 的字节", "这不是文本，或是别的编码；请另存为 UTF-8")
        case .encoding(let problem): (problem.words(.zh), nil)
        case .unreadable(let why): ("读不到这个文件：\(why)", "路径从 bellman.yaml 所在的目录算起")
        case .tooLarge(let limit): ("文件超过 \(limit >> 20) MiB", "文件里请只留节假日")
        case .isFolder: ("这不是普通文件", "请写一个 .json 或 .ics 文件")
        case .outside: ("这个路径在配置目录之外", "请把文件放在 bellman.yaml 旁边，例如 holidays/cn.json")
        case .wantedObject(let key): ("“\(key)”里要写日期和名称", "{\"2027-01-01\": \"元旦\"}")
        case .unknownKey(let key, let nearest):
            ("不认识“\(key)”", nearest.map { "是不是想写“\($0)”？" } ?? "写法见 docs/guides/calendars.zh-CN.md")
        case .badYear(let text): ("“\(text)”不是年份", "请写成 \"2027\"")
        case .badDate(let text): ("“\(text)”不是日期", "请写成 \"2027-01-01\"")
        case .otherYear(let date, let year): ("\(date) 写在了 \(year) 年下面", "请移到 \(date.year)")
        case .badWeekend: ("“weekend”里写星期几，1 是周一", "[6, 7]")
        case .badDayOff: ("每一天要有“date”和“isOffDay”", "{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}")
        case .emptyYear(let year): ("文件里还没有 \(year) 年的放假日", "放假通知一般在前一年 11 月前后发布，届时请重新下载")
        case .bothOffAndWork(let date): ("\(date) 既写了放假又写了上班", "请只留一个")
        case .builtInWeekend(let calendar):
            ("\(calendar) 的周末是 [6, 7]，这个文件写了另一种", "请让文件自成一个日历：\"calendar\": \"Dubai\"")
        case .nothing:
            ("文件里没有放假日，也没有补班日", "要有“years”“off”“work”或“days”，写法见 docs/guides/calendars.zh-CN.md")
        }
    }
}
