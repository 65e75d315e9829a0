import Dispatch
import Glibc

func failed(_ error: any Error) -> Never {
    let line = Array("bellman-bench: \(error)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
}

let words = Array(CommandLine.arguments.dropFirst())
do {
    // On the main thread, before any other is made: valgrind counts the work of one thread.
    if try BenchCommand.runAlone(words) { exit(0) }
} catch {
    failed(error)
}
Task {
    do {
        try await BenchCommand.run(words)
        exit(0)
    } catch {
        failed(error)
    }
}
dispatchMain()
