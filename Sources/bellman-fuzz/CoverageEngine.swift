#if BELLMAN_LIBFUZZER
    import BellmanFuzz
    import Foundation
    import Glibc

    @_silgen_name("LLVMFuzzerRunDriver")
    private func runDriver(
        _ count: UnsafeMutablePointer<Int32>,
        _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
    ) -> Int32

    @_silgen_name("LLVMFuzzerMutate")
    private func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int) -> Int

    /// libFuzzer's loop around the same targets: it keeps inputs that reach new code. Half of the changes are its own,
    /// half are made by the generator.
    enum CoverageEngine {
        nonisolated(unsafe) private static var worker: Worker?
        nonisolated(unsafe) private static var maker: InputMaker?

        static func run(_ worker: Worker) {
            self.worker = worker
            maker = InputMaker(worker.options.target, corpus: worker.options.corpus, seed: worker.options.seed)
            let corpus = "\(worker.options.folder)/\(worker.options.target.rawValue)-corpus"
            try? FileManager.default.createDirectory(atPath: corpus, withIntermediateDirectories: true)
            let words = [
                "bellman-fuzz", "-max_len=8000", "-timeout=0", "-rss_limit_mb=0",
                "-seed=\(worker.options.seed % 0xFFFF + 1)",
                "-len_control=20", "-handle_segv=0", "-handle_bus=0", "-handle_ill=0", "-handle_abrt=0",
                "-handle_fpe=0",
                "-artifact_prefix=\(worker.options.folder)/\(worker.options.target.rawValue)-", corpus,
            ]
            var arguments = words.map { strdup($0) } + [nil]
            var count = Int32(words.count)
            arguments.withUnsafeMutableBufferPointer { buffer in
                guard var start = buffer.baseAddress else { return }
                _ = runDriver(&count, &start) { data, size in
                    CoverageEngine.judge(UnsafeBufferPointer(start: data, count: size))
                    return 0
                }
            }
        }

        private static func judge(_ input: UnsafeBufferPointer<UInt8>) {
            guard let worker else { return }
            if System.cpuSeconds() >= worker.budget { _exit(0) }
            worker.judge(Array(input))
        }

        /// An input of the generator, put where libFuzzer wants the changed one.
        static func made(into data: UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Int {
            guard let input = maker?.next() else { return 0 }
            let length = min(input.count, capacity)
            data.update(from: input, count: length)
            return length
        }
    }

    @_cdecl("LLVMFuzzerCustomMutator")
    public func bellmanMutator(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int, _ seed: UInt32) -> Int
    {
        seed % 4 == 0 ? CoverageEngine.made(into: data, capacity) : mutate(data, size, capacity)
    }
#endif
