import Almanac
import BellmanModel

/// The words for what imports and exports meet, in both languages, each with its remedy.
extension ImportProblem {
    public func words(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        switch self {
        case .cannotRead(let path, let why): "cannot read \(path): \(why)"
        case .cannotWrite(let path, let why): "cannot write \(path): \(why)"
        case .badBytes(let encoding, let line):
            "line \(line): bytes that are not \(encoding.rawValue); save the file as UTF-8, or name its encoding with --encoding"
        case .encodingUnavailable(let encoding):
            "this system cannot decode \(encoding.rawValue); save the file as UTF-8"
        case .oldSpreadsheet:
            "this is an .xls or password-protected workbook; save it as .xlsx without password or as CSV UTF-8"
        case .zippedSpreadsheet: "this is a workbook (.xlsx) or a ZIP archive, not text; save the sheet as CSV UTF-8"
        case .quoteNeverCloses(let line):
            "the quote opened on line \(line) is never closed; double every quote inside a cell"
        case .textAfterQuote(_, let column):
            "text after the closing quote of column \(column); double every quote inside a cell"
        case .empty: "the file has no rows"
        case .tooLargeForOneDocument(let limit):
            "a JSON array may have \(limit >> 20) MiB; write one object a line instead"
        case .lineTooLong(let line, let limit): "line \(line) is longer than \(limit >> 20) MiB"
        case .badJSON(let line, let problem): "line \(line): \(problem.words(.en))"
        case .notRecords: "the JSON is neither an array of objects nor one object a line"
        case .noKnownColumn(let kind, let header):
            "no column is a field of \(kind) (found: \(header.prefix(12).joined(separator: ", "))); name one with --map field=column"
        case .twoColumns(let field, let columns):
            "two columns for \(field): \(columns.joined(separator: ", ")); choose with --map \(field)=\(columns.first ?? "")"
        case .unknownField(let field, let kind, let nearest):
            "\(kind) has no field \(field)" + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .unknownColumn(let column, let nearest):
            "the file has no column “\(column)”" + (nearest.map { "; did you mean “\($0)”?" } ?? "")
        case .fieldNotWritable(let field): "\(field) is computed and cannot be imported"
        case .several(let problems): problems.map { $0.words(.en) }.joined(separator: "\n")
        }
    }

    private var chinese: String {
        switch self {
        case .cannotRead(let path, let why): "无法读取 \(path)：\(why)"
        case .cannotWrite(let path, let why): "无法写入 \(path)：\(why)"
        case .badBytes(let encoding, let line):
            "第 \(line) 行有不属于 \(encoding.rawValue) 的字节；请另存为 UTF-8，或用 --encoding 指明编码"
        case .encodingUnavailable(let encoding): "本系统无法解码 \(encoding.rawValue)；请另存为 UTF-8"
        case .oldSpreadsheet: "这是 .xls 或带密码的工作簿；请另存为不带密码的 .xlsx 或 CSV UTF-8"
        case .zippedSpreadsheet: "这是工作簿（.xlsx）或 ZIP 压缩包，不是文本；请把工作表另存为 CSV UTF-8"
        case .quoteNeverCloses(let line): "第 \(line) 行打开的引号没有关闭；单元格内的引号要写两遍"
        case .textAfterQuote(_, let column): "第 \(column) 列的引号关闭后还有文字；单元格内的引号要写两遍"
        case .empty: "文件没有数据行"
        case .tooLargeForOneDocument(let limit): "JSON 数组最大 \(limit >> 20) MiB；请改为每行一个对象"
        case .lineTooLong(let line, let limit): "第 \(line) 行超过 \(limit >> 20) MiB"
        case .badJSON(let line, let problem): "第 \(line) 行：\(problem.words(.zh))"
        case .notRecords: "JSON 既不是对象数组，也不是每行一个对象"
        case .noKnownColumn(let kind, let header):
            "没有一列是 \(kind) 的字段（现有：\(header.prefix(12).joined(separator: "、"))）；请用 --map 字段=列名 指定"
        case .twoColumns(let field, let columns):
            "有两列对应 \(field)：\(columns.joined(separator: "、"))；请用 --map \(field)=\(columns.first ?? "") 选择"
        case .unknownField(let field, let kind, let nearest):
            "\(kind) 没有字段 \(field)" + (nearest.map { "；是否指 \($0)？" } ?? "")
        case .unknownColumn(let column, let nearest):
            "文件没有列“\(column)”" + (nearest.map { "；是否指“\($0)”？" } ?? "")
        case .fieldNotWritable(let field): "\(field) 是计算出来的，不能导入"
        case .several(let problems): problems.map { $0.words(.zh) }.joined(separator: "\n")
        }
    }
}

extension RejectReason {
    public func words(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        switch self {
        case .ragged(let expected, let found): "\(found) cells where the header has \(expected)"
        case .field(let column, let problem): "\(column): \(problem.words(.en))"
        case .duplicate(let id, let line): "the id \(id) stands already on line \(line) of this file"
        case .noIdentity(let fields): "no id, and nothing in \(fields.joined(separator: ", ")) to make one from"
        case .badID(let id): "“\(id)” has lost digits in a spreadsheet; format the id column as text and export again"
        case .twoValues(let field): "two keys of this object give \(field)"
        case .malformed(let problem): problem.words(.en)
        case .notAnObject: "the line is not a JSON object"
        case .several(let reasons): reasons.map { $0.words(.en) }.joined(separator: "; ")
        }
    }

    private var chinese: String {
        switch self {
        case .ragged(let expected, let found): "有 \(found) 个单元格，而表头有 \(expected) 列"
        case .field(let column, let problem): "\(column)：\(problem.words(.zh))"
        case .duplicate(let id, let line): "编号 \(id) 在本文件第 \(line) 行已出现"
        case .noIdentity(let fields): "没有编号，\(fields.joined(separator: "、"))也都为空，无法生成编号"
        case .badID(let id): "“\(id)”在电子表格里丢了位数；请把编号列设为文本后重新导出"
        case .twoValues(let field): "该对象有两个键对应 \(field)"
        case .malformed(let problem): problem.words(.zh)
        case .notAnObject: "该行不是 JSON 对象"
        case .several(let reasons): reasons.map { $0.words(.zh) }.joined(separator: "；")
        }
    }
}

extension ImportNote {
    public func words(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        switch self {
        case .encoding(let encoding): "read as \(encoding.rawValue)"
        case .passedOver(let column, let field, let taken):
            "\(field) is taken from “\(taken)”; “\(column)” goes to custom"
        case .toCustom(let columns): "kept in custom: \(columns.joined(separator: ", "))"
        case .computed(let column): "“\(column)” is computed by Bellman and was left out"
        case .dateOrder(.dayFirst): "dates such as 03/04/2026 are read day first"
        case .dateOrder(.monthFirst): "dates such as 03/04/2026 are read month first"
        case .skippedBeforeHeader(let lines): "\(lines) line(s) before the header were skipped"
        case .derivedIDs(let rows, let fields):
            "\(rows) row(s) without id were given one made from \(fields.joined(separator: ", "))"
        case .memberTime(let line, let problem): "line \(line): \(problem.words(.en))"
        case .moreMemberTimes(let count): "… and \(count) more such lines"
        }
    }

    private var chinese: String {
        switch self {
        case .encoding(let encoding): "按 \(encoding.rawValue) 读取"
        case .passedOver(let column, let field, let taken): "\(field) 取自“\(taken)”；“\(column)”存入 custom"
        case .toCustom(let columns): "存入 custom：\(columns.joined(separator: "、"))"
        case .computed(let column): "“\(column)”由更夫计算，已略过"
        case .dateOrder(.dayFirst): "03/04/2026 这样的日期按日在前读取"
        case .dateOrder(.monthFirst): "03/04/2026 这样的日期按月在前读取"
        case .skippedBeforeHeader(let lines): "表头之前的 \(lines) 行已跳过"
        case .derivedIDs(let rows, let fields): "\(rows) 行没有编号，已用 \(fields.joined(separator: "、")) 生成"
        case .memberTime(let line, let problem): "第 \(line) 行：\(problem.words(.zh))"
        case .moreMemberTimes(let count): "……这样的行还有 \(count) 行"
        }
    }
}
