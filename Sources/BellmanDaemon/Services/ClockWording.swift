import Almanac

/// What is said of the clock and the tz database, wherever it is said: log, admin channel, `status`, `doctor`.
public struct ClockWording: Sendable, LocalWording {
    let language: AlmanacLanguage
    let zone: Zone

    public init(_ language: AlmanacLanguage, _ zone: Zone) {
        self.language = language
        self.zone = zone
    }

    public func title(_ doubt: ClockGuard.Doubt) -> String {
        pick("The clock is implausible: nothing rings until it is right", "时钟不可信：校准之前不会响铃")
    }

    /// One sentence: what is wrong.
    public func fact(_ doubt: ClockGuard.Doubt, _ now: Instant) -> String {
        switch doubt {
        case .beforeRelease(let release):
            pick(
                "the clock says \(shown(now)), before the release of this version (\(shown(release)))",
                "时钟显示 \(shown(now))，早于本版本的发布日期（\(shown(release))）")
        case .behind(let watermark):
            pick(
                "the clock says \(shown(now)), but the store lived until \(shown(watermark))",
                "时钟显示 \(shown(now))，而存储已经运行到 \(shown(watermark))")
        case .farAhead(let lived):
            pick(
                "the clock says \(shown(now)), over \(ClockGuard.aheadLimit / 86_400) days after \(shown(lived))",
                "时钟显示 \(shown(now))，比 \(shown(lived)) 晚了 \(ClockGuard.aheadLimit / 86_400) 天以上")
        }
    }

    /// How to mend it.
    public var remedy: String {
        pick(
            "set the clock (chronyc makestep, or timedatectl set-ntp true); if it is right, run: bellman clock accept",
            "请校准时钟（chronyc makestep 或 timedatectl set-ntp true）；如果时钟没有错，请运行：bellman clock accept")
    }

    public func text(_ doubt: ClockGuard.Doubt, _ now: Instant) -> String {
        pick("\(fact(doubt, now)); nothing rings; \(remedy)", "\(fact(doubt, now))；暂不响铃；\(remedy)")
    }

    public var jumpTitle: String { pick("The clock was set", "时钟被调整") }

    /// `by`: microseconds, below 0 for back.
    public func jump(_ by: Int64, at now: Instant) -> String {
        let size = duration(abs(by))
        return by > 0
            ? pick(
                "the clock jumped forward by \(size) to \(shown(now)); what fell due meanwhile is treated as after down time",
                "时钟向前跳了 \(size)，现在是 \(shown(now))；其间到期的按停机后补做处理")
            : pick(
                "the clock jumped back by \(size) to \(shown(now)); what rang already does not ring again",
                "时钟向后跳了 \(size)，现在是 \(shown(now))；已经响过的不会再响")
    }

    /// Two largest units: `3 d 2 h`.
    public func duration(_ microseconds: Int64) -> String {
        let seconds = microseconds / 1_000_000
        let parts = [
            (seconds / 86_400, pick("d", "天")), (seconds / 3_600 % 24, pick("h", "小时")),
            (seconds / 60 % 60, pick("min", "分钟")), (seconds % 60, pick("s", "秒")),
        ].drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        return parts.isEmpty ? pick("0 s", "0 秒") : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }

    // MARK: tz database

    public var noZones: String {
        pick(
            "the system has no tz database; install the package tzdata (Debian: apt install tzdata)",
            "系统没有时区数据库；请安装 tzdata 软件包（Debian：apt install tzdata）")
    }

    public var unknownVersion: String { pick("of unknown version", "版本未知") }
}
