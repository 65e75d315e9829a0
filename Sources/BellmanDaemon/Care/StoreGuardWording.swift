import Almanac
import BellmanStoreSQLite

/// What is said of a store that is not what it was, wherever it is said: log, admin channel, `/readyz`, `status`,
/// `doctor`, `ledger`.
public struct StoreGuardWording: Sendable, LocalWording {
    let language: AlmanacLanguage
    let zone: Zone

    public init(_ language: AlmanacLanguage, _ zone: Zone) {
        self.language = language
        self.zone = zone
    }

    public func title(_ doubt: StoreGuard.Doubt) -> String {
        switch doubt {
        case .behind:
            pick("The store is older than it was: nothing rings until you choose", "存储比之前旧：在您选择之前不会响铃")
        case .broken:
            pick("The store is not what was written: nothing rings", "存储内容与写入时不符：暂不响铃")
        }
    }

    /// One sentence: what is wrong.
    public func fact(_ doubt: StoreGuard.Doubt) -> String {
        switch doubt {
        case .behind(let gap, let mark): behind(gap, mark)
        case .broken(let faults):
            (faults.chains.map(fault) + faults.rows.map(fault)).joined(separator: pick("; ", "；"))
        }
    }

    private func behind(_ gap: StoreGap, _ mark: StoreMark) -> String {
        let lived = gap.watermark.map(shown) ?? pick("before its first tick", "尚未判定过")
        let separator = pick(", ", "、")
        var parts = ChainedTable.allCases.compactMap { table in gap.lost[table].map { count(table, $0) } }
        parts += ChainedTable.allCases.filter(gap.forked.contains).map { table in
            pick("other \(name(table)) than then", "\(name(table))与当时不同")
        }
        let what = parts.joined(separator: separator)
        return pick(
            "at \(shown(mark.at)) this store knew what it does not know now (it lived until \(lived)); missing: \(what)",
            "\(shown(mark.at)) 时这个存储里有的内容现在没有了（它运行到 \(lived)）；缺少：\(what)")
    }

    public func fault(_ fault: ChainFault) -> String {
        let (table, row) = (name(fault.table), fault.sequence)
        switch fault.kind {
        case .changed:
            return pick(
                "\(table), row \(row), is not what was written (table \(fault.table.rawValue))",
                "\(table)第 \(row) 行与写入时不符（表 \(fault.table.rawValue)）")
        case .missing(let first):
            let rows = first == row - 1 ? "\(first)" : "\(first)–\(row - 1)"
            return pick(
                "\(table): row \(rows) gone, before row \(row) (table \(fault.table.rawValue))",
                "\(table)第 \(row) 行之前缺少第 \(rows) 行（表 \(fault.table.rawValue)）")
        case .renamed:
            return pick(
                "\(table), row \(row), names another rule than was written (table \(fault.table.rawValue))",
                "\(table)第 \(row) 行的规则名与写入时不符（表 \(fault.table.rawValue)）")
        }
    }

    public func fault(_ fault: RowFault) -> String {
        pick(
            "table \(fault.table), row \(fault.key), is not what was written",
            "表 \(fault.table) 的 \(fault.key) 行与写入时不符")
    }

    /// How to mend it.
    public func remedy(_ doubt: StoreGuard.Doubt) -> String {
        switch doubt {
        case .behind:
            pick(
                "put the right store back (bellman restore FILE), or stop Bellman, look at the gap with bellman ledger check, and choose: bellman ledger accept --gap skip (nothing rings for it) or --gap ring (it rings late, some people hear twice)",
                "请放回正确的存储（bellman restore 文件）；或先停止更夫，用 bellman ledger check 查看空白期，再选择：bellman ledger accept --gap skip（空白期不响）或 --gap ring（补响，有人可能收到两次）"
            )
        case .broken:
            pick(
                "restore the last backup (bellman restore FILE); or stop Bellman and accept the rows as they stand: bellman ledger accept",
                "请恢复最近的备份（bellman restore 文件）；或停止更夫后按现状接受：bellman ledger accept")
        }
    }

    public func text(_ doubt: StoreGuard.Doubt) -> String {
        pick("\(fact(doubt)); nothing rings; \(remedy(doubt))", "\(fact(doubt))；暂不响铃；\(remedy(doubt))")
    }

    public func text(_ remark: StoreGuard.Remark) -> String {
        switch remark {
        case .unmarked:
            pick(
                "there is no mark beside the store: it was moved or copied without it, or written by an older version; all rows were checked",
                "存储旁边没有标记文件：可能移动或复制时没有带上，或由旧版本写成；已检查全部行")
        case .foreignMark:
            pick(
                "the mark beside the store belongs to another store; all rows were checked, and it is written anew",
                "存储旁边的标记属于另一个存储；已检查全部行，标记将重写")
        case .unreadableMark:
            pick(
                "the mark beside the store cannot be read; all rows were checked, and it is written anew",
                "存储旁边的标记无法读取；已检查全部行，标记将重写")
        }
    }

    private func name(_ table: ChainedTable) -> String {
        switch table {
        case .journal: pick("changes of records", "记录变更")
        case .ledger: pick("decisions", "判定")
        case .outbox: pick("notices", "提醒")
        case .attempt: pick("delivery attempts", "投递尝试")
        case .act: pick("acts of people", "操作记录")
        }
    }

    private func count(_ table: ChainedTable, _ number: Int64) -> String {
        pick("\(number) \(name(table))", "\(number) 条\(name(table))")
    }

    // MARK: SQLite

    /// What is to be said of the loaded library.
    public func library(_ library: SQLiteLibrary) -> String {
        guard library.canLoseCommits else { return "SQLite \(library.version)" }
        return pick(
            "SQLite \(library.version) can damage a log that one connection writes back while another commits (mended in 3.51.3); Bellman arranges its connections so that this cannot happen: never checkpoint its store with another program",
            "SQLite \(library.version) 在一个连接回写日志、另一个连接同时提交时可能损坏日志（3.51.3 已修复）；更夫安排连接使其不会发生，请不要用其他程序对它的存储做 checkpoint")
    }
}
