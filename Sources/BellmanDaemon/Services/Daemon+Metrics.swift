import Almanac
import BellmanModel
import BellmanServer
import BellmanStore
import BellmanStoreSQLite
import Synchronization

/// What `/metrics` says. Names follow Prometheus' rules: base units, `_total` for what only grows.
extension Daemon {
    /// Rules with a series of their own; the outcomes of further ones are added up under `other`.
    static let measuredRules = 500

    func metricSamples() -> [MetricSample] {
        let now = instance.clock.now()
        let (counted, reading) = meter.read()
        var samples = processSamples() + tickSamples(counted, now) + ruleSamples()
        samples += decisionSamples(counted) + deliverySamples(counted)
        if let reading { samples += outboxSamples(reading, now) + storeSamples(reading) }
        samples += auditSamples()
        samples += RowResult.allCases.map {
            MetricSample(
                "bellman_import_rows_total", help: "Rows of imported tables by what became of them.", kind: .counter,
                labels: [.init("result", $0.rawValue)], value: Double(counted.importedRows[$0] ?? 0))
        }
        return samples
    }

    private func processSamples() -> [MetricSample] {
        [
            MetricSample(
                "bellman_build_info", help: "Always 1; the version is a label.",
                labels: [.init("version", BellmanVersion.text)], value: 1),
            MetricSample(
                "process_start_time_seconds", help: "When the process started, since 1970.",
                value: Daemon.seconds(meter.startedAt)),
            MetricSample(
                "process_cpu_seconds_total", help: "User and system time.", kind: .counter,
                value: ProcessFigures.cpuSeconds),
            MetricSample(
                "process_resident_memory_bytes", help: "Resident memory.", value: Double(ProcessFigures.residentBytes)),
            MetricSample(
                "process_open_fds", help: "Open file descriptors.", value: Double(ProcessFigures.openDescriptors)),
            MetricSample(
                "process_max_fds", help: "File descriptors that may be open.",
                value: Double(ProcessFigures.mostDescriptors)),
        ]
    }

    private func tickSamples(_ counted: DaemonMeter.State, _ now: Instant) -> [MetricSample] {
        let (last, isReady) = health.withLock { ($0.lastTick, $0.lastTick != nil && $0.lastError == nil) }
        var samples = [
            MetricSample("bellman_ready", help: "1 when `/readyz` says ready.", value: isReady ? 1 : 0),
            MetricSample("bellman_ticks_total", help: "Finished ticks.", kind: .counter, value: Double(counted.ticks)),
            MetricSample(
                "bellman_tick_failures_total", help: "Ticks that failed and were tried again.", kind: .counter,
                value: Double(counted.failedTicks)),
        ]
        samples += MetricSample.summary(
            "bellman_tick_duration_seconds", help: "How long ticks took.", sum: counted.tickSeconds,
            count: counted.ticks)
        samples += [
            MetricSample(
                "bellman_last_tick_timestamp_seconds", help: "Everything due up to then is decided.",
                value: last.map(Daemon.seconds) ?? 0),
            MetricSample(
                "bellman_next_tick_timestamp_seconds", help: "When the next tick comes if nothing changes.",
                value: counted.nextWake.map(Daemon.seconds) ?? 0),
        ]
        for good in [true, false] {
            samples.append(
                MetricSample(
                    "bellman_reloads_total", help: "Reloads on SIGHUP by result.", kind: .counter,
                    labels: [.init("result", good ? "done" : "refused")], value: Double(counted.reloads[good] ?? 0)))
        }
        return samples
    }

    private func ruleSamples() -> [MetricSample] {
        var samples = board.counts.map {
            MetricSample(
                "bellman_rules", help: "Rules by state.", labels: [.init("state", $0.state)], value: Double($0.count))
        }
        samples.append(
            MetricSample(
                "bellman_rule_files_broken", help: "Rule files with errors.", value: Double(board.brokenFiles)))
        return samples + occurrenceSamples()
    }

    private func occurrenceSamples() -> [MetricSample] {
        let counts = (try? store.outcomeCounts()) ?? []
        let named = Set(Set(counts.map(\.rule)).sorted().prefix(Daemon.measuredRules))
        var sums: [String: [Outcome: Int]] = [:]
        for (rule, outcome, count) in counts {
            sums[named.contains(rule) ? rule : "other", default: [:]][outcome, default: 0] += count
        }
        return sums.keys.sorted().flatMap { rule in
            Outcome.allCases.compactMap { outcome in
                sums[rule]?[outcome].map { count in
                    MetricSample(
                        "bellman_occurrences_total",
                        help: "Decided occurrences of the store's life by rule and outcome.",
                        kind: .counter, labels: [.init("rule", rule), .init("outcome", outcome.rawValue)],
                        value: Double(count))
                }
            }
        }
    }

    private func decisionSamples(_ counted: DaemonMeter.State) -> [MetricSample] {
        counted.decisions.sorted { ($0.key.outcome, $0.key.reason) < ($1.key.outcome, $1.key.reason) }.map {
            MetricSample(
                "bellman_decisions_total", help: "Decisions since start by outcome and reason.", kind: .counter,
                labels: [.init("outcome", $0.key.outcome), .init("reason", $0.key.reason)], value: Double($0.value))
        }
    }

    private func storeSamples(_ reading: MeterReading) -> [MetricSample] {
        let sizes = store.fileSizes
        return [
            MetricSample(
                "bellman_changes_total", help: "Changes of records in the journal.", kind: .counter,
                value: Double(reading.journal)),
            MetricSample(
                "bellman_changes_undecided", help: "Changes that no tick has seen yet.",
                value: Double(reading.undecidedChanges)),
            MetricSample(
                "bellman_steps_waiting", help: "Later steps of rules that wait for their time.",
                value: Double(reading.waitingSteps)),
            MetricSample(
                "bellman_store_size_bytes", help: "Size of the store's files.", labels: [.init("file", "database")],
                value: Double(sizes.database)),
            MetricSample(
                "bellman_store_size_bytes", help: "Size of the store's files.", labels: [.init("file", "log")],
                value: Double(sizes.log)),
        ]
    }

    static func seconds(_ instant: Instant) -> Double { Double(instant.microseconds) / 1_000_000 }
}
