import Foundation
import Glibc
import Synchronization

/// Terminal and time of a run; stories themselves know neither.
enum System {
    static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
    static func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Seconds of a clock that is never set.
    static var seconds: Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}

/// A line of progress every few seconds.
final class ProgressLine: Sendable {
    private let start = System.seconds
    private let last = Mutex(System.seconds)
    private static let pause = 5.0

    var elapsed: Double { System.seconds - start }

    func isDue() -> Bool {
        last.withLock { last in
            guard System.seconds - last >= ProgressLine.pause else { return false }
            last = System.seconds
            return true
        }
    }
}
