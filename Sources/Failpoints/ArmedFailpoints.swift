#if DEBUG || BELLMAN_FAILPOINTS
    import Glibc
    import Synchronization

    /// The points that the environment arms, and how often each was reached in this process.
    @usableFromInline
    final class ArmedFailpoints: Sendable {
        @usableFromInline
        static let shared = ArmedFailpoints(
            text("BELLMAN_FAILPOINTS") ?? "", hits: text("BELLMAN_FAILPOINT_HITS"))

        private struct Armed {
            let name: FailpointName
            let nth: Int
            let mode: FailpointMode
        }

        private struct Counts {
            var reached: [FailpointName: Int] = [:]
            /// Points whose step is under way for the hit that is armed.
            var underWay: Set<FailpointName> = []
        }

        private let armed: [FailpointName: [Armed]]
        private let counts = Mutex(Counts())
        private let hits: Int32
        /// Nothing is armed and nothing counted.
        private let isIdle: Bool
        let isWrong: Bool

        /// How long a delayed step waits, milliseconds: long beside a transaction, short beside a test.
        static let delayMilliseconds: Int32 = 250

        init(_ text: String, hits path: String?) {
            let parsed = ArmedFailpoints.parse(text)
            isWrong = parsed == nil
            armed = Dictionary(grouping: parsed ?? [], by: \.name)
            hits = path.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } ?? -1
            isIdle = armed.isEmpty && hits < 0
        }

        private static func text(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

        /// `name:nth:mode[,…]`; nil where that is not understood.
        private static func parse(_ text: String) -> [Armed]? {
            var result: [Armed] = []
            for entry in text.split(separator: ",") where entry != "list" {
                let parts = entry.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 3, let name = FailpointName(rawValue: parts[0]), let nth = Int(parts[1]), nth > 0,
                    let mode = FailpointMode(rawValue: parts[2]), name.modes.contains(mode)
                else { return nil }
                result.append(Armed(name: name, nth: nth, mode: mode))
            }
            return result
        }

        static func begin() {
            if shared.isWrong {
                say(
                    "BELLMAN_FAILPOINTS: write name:nth:mode[,…]; BELLMAN_FAILPOINTS=list names points and modes\n",
                    to: 2)
                exit(2)
            }
            guard text("BELLMAN_FAILPOINTS") == "list" else { return }
            for name in FailpointName.allCases {
                let modes = name.modes.map(\.rawValue).joined(separator: ",")
                say("\(name.rawValue)\t\(modes)\t\(name.step)\n", to: 1)
            }
            exit(0)
        }

        private static func say(_ text: String, to descriptor: Int32) {
            var text = text
            text.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
        }

        /// The step is about to begin; true where it is to fail instead.
        @usableFromInline
        func reach(_ name: FailpointName) -> Bool {
            if isIdle { return false }
            if hits >= 0 { ArmedFailpoints.say(name.rawValue + "\n", to: hits) }
            let mode = counts.withLock { counts -> FailpointMode? in
                let number = counts.reached[name, default: 0] + 1
                counts.reached[name] = number
                let mode = armed[name]?.first { $0.nth == number }?.mode
                if mode == .crashAfter || mode == .lost { counts.underWay.insert(name) }
                return mode
            }
            switch mode {
            case .crashBefore: crash()
            case .delay: _ = poll(nil, 0, ArmedFailpoints.delayMilliseconds)
            case .error: return true
            default: break
            }
            return false
        }

        /// The step is done; true where its caller is not to learn that.
        @usableFromInline
        func leave(_ name: FailpointName) -> Bool {
            if isIdle { return false }
            let isArmed = counts.withLock { $0.underWay.remove(name) != nil }
            guard isArmed else { return false }
            if armed[name]?.contains(where: { $0.mode == .lost }) ?? false { return true }
            crash()
        }

        /// As a power switch or the kernel would end it: nothing is flushed, closed or told.
        private func crash() -> Never {
            kill(getpid(), SIGKILL)
            while true { pause() }
        }
    }
#endif
