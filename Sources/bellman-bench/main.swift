import Glibc

do {
    try await BenchCommand.run(Array(CommandLine.arguments.dropFirst()))
} catch {
    let line = Array("bellman-bench: \(error)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
}
