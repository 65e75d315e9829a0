import Almanac
import BellmanModel
import BellmanServer
import BellmanStoreSQLite

extension Daemon {
    /// Every configured channel has its series from the start, so that a query never finds nothing.
    func deliverySamples(_ counted: DaemonMeter.State) -> [MetricSample] {
        let ordered = counted.attempts.sorted { ($0.key.channel, $0.key.verdict) < ($1.key.channel, $1.key.verdict) }
        var samples = meter.channels.filter { channel in !ordered.contains { $0.key == Daemon.delivered(channel) } }
            .map { Daemon.attempts(Daemon.delivered($0), 0) }
        samples += ordered.map { Daemon.attempts($0.key, $0.value) }
        for channel in meter.channels {
            let delay = counted.delays[channel] ?? DaemonMeter.Delay()
            samples += MetricSample.summary(
                "bellman_delivery_delay_seconds",
                help: "From a notice's making to its delivery, what it was held for included.",
                labels: [.init("channel", channel)], sum: delay.seconds, count: delay.count)
        }
        samples += meter.channels.map { channel in
            MetricSample(
                "bellman_channel_up", help: "0 while the channel's target refuses for good.",
                labels: [.init("channel", channel)],
                value: counted.latest[channel]?.verdict == "permanent_target" ? 0 : 1)
        }
        return samples
    }

    private static func delivered(_ channel: String) -> DaemonMeter.ChannelVerdict {
        DaemonMeter.ChannelVerdict(channel: channel, verdict: "delivered")
    }

    private static func attempts(_ key: DaemonMeter.ChannelVerdict, _ count: Int) -> MetricSample {
        MetricSample(
            "bellman_delivery_attempts_total", help: "Notices that were tried, by channel and the receiver's verdict.",
            kind: .counter, labels: [.init("channel", key.channel), .init("verdict", key.verdict)], value: Double(count)
        )
    }

    func outboxSamples(_ reading: MeterReading, _ now: Instant) -> [MetricSample] {
        var samples = DeliveryState.allCases.map { state in
            MetricSample(
                "bellman_notices", help: "Notices by state; `dead` is what nobody got.",
                labels: [.init("state", state.rawValue)], value: Double(reading.notices[state] ?? 0))
        }
        samples.append(
            MetricSample(
                "bellman_notices_in_flight", help: "Notices that are being delivered now.",
                value: Double(reading.claimed)))
        let open = Dictionary(reading.open.map { ($0.channel, $0.count) }, uniquingKeysWith: +)
        samples += Set(meter.channels).union(open.keys).sorted().map { channel in
            MetricSample(
                "bellman_notices_open", help: "Notices that wait or are held, by channel.",
                labels: [.init("channel", channel)], value: Double(open[channel] ?? 0))
        }
        samples += [
            MetricSample(
                "bellman_oldest_open_notice_age_seconds", help: "Age of the oldest open notice; 0 without one.",
                value: age(reading.oldestWaiting, now)),
            MetricSample(
                "bellman_delivery_overdue_seconds", help: "For how long the longest due notice has been due.",
                value: age(reading.nextDue, now)),
            MetricSample(
                "bellman_next_delivery_timestamp_seconds", help: "When the next notice is due; 0 without one.",
                value: reading.nextDue.map(Daemon.seconds) ?? 0),
        ]
        return samples
    }

    private func age(_ instant: Instant?, _ now: Instant) -> Double {
        instant.map { max(0, Daemon.seconds(now) - Daemon.seconds($0)) } ?? 0
    }
}
