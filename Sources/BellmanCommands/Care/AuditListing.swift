import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// `bellman doctor --audit`: the audit made now, and everything that it found.
struct AuditListing {
    private let instance: Instance
    private let format: ListFormat
    private let days: Int

    init(_ instance: Instance, _ format: ListFormat, days: Int) {
        self.instance = instance
        self.format = format
        self.days = days
        Words.choose(instance.configuration.language)
    }

    func show() throws {
        if Terminal.showsProgress {
            Terminal.error(Words.pick("comparing rules and ledger …", "正在比对规则与账本……"))
        }
        let sheet = try instance.audit(at: instance.clock.now(), days: days, in: Words.isChinese ? .zh : .en)
        var listing = Listing(
            [
                .init("kind", Words.pick("what", "情况")), .init("rule", Words.pick("rule", "规则")),
                .init("record", Words.pick("record", "记录")),
                .init("occurrence", Words.pick("occurrence", "触发"), rank: 2),
                .init("at", Words.pick("at", "时刻"), rank: 1), .init("finding", Words.pick("finding", "说明")),
                .init("remedy", Words.pick("what to do", "怎么办"), rank: 3),
            ], nothing: Words.pick("nothing lost, nothing invented", "无遗漏，无凭空多出"))
        for row in sheet.rows {
            listing.add([
                .string(format == .table ? row.name : row.kind), .string(row.rule), .string(row.record),
                .string(row.occurrence),
                .string(row.at.map { $0.shown(in: instance.configuration.timing.zone, format) } ?? ""),
                .string(row.fact), .string(row.remedy),
            ])
        }
        listing.show(format)
        if format == .table { tell(sheet) }
        if sheet.total > 0 { throw ExitCode(1) }
    }

    /// What was compared, what a long list leaves out, and what could not be judged.
    private func tell(_ sheet: AuditSheet) {
        let more = sheet.total - sheet.rows.count
        if more > 0 { Terminal.line(Words.pick("… and \(more) more", "……还有 \(more) 处")) }
        Terminal.line(sheet.extent)
        guard !sheet.gaps.isEmpty else { return }
        Terminal.line(Words.pick("not judged:", "没有核对的："))
        for gap in sheet.gaps { Terminal.line("  " + gap) }
    }
}
