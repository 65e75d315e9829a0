import BellmanFuzz
import Foundation
import Glibc

private func bytes(_ path: String) -> [UInt8] { (try? Data(contentsOf: URL(filePath: path))).map { [UInt8]($0) } ?? [] }

private func work(_ options: Options) {
    guard let board = Board(path: "\(options.folder)/\(options.target.rawValue).board") else { exit(2) }
    System.limitMemory()
    let worker = Worker(options: options, board: board, budget: options.minutes * 60)
    System.onSmallStack {
        #if BELLMAN_LIBFUZZER
            if options.engine == "coverage" { return CoverageEngine.run(worker) }
        #endif
        worker.run()
    }
}

private func replay(_ options: Options) -> Int32 {
    var failed: Int32 = 0
    for file in options.files {
        let log = NSTemporaryDirectory() + "bellman-fuzz-\(getpid())"
        let ending = System.run(["one", "--target", options.target.rawValue, file], log: log)
        let said = String(decoding: bytes(log), as: UTF8.self).split(separator: "\n").first.map { ": " + $0 } ?? ""
        System.say("\(file): \(ending?.words ?? "no process")\(said)")
        if ending?.code != 0 { failed = 1 }
    }
    return failed
}

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    System.say(Options.help)
    exit(2)
}
switch options.command {
case "run":
    var kinds = 0
    for target in options.targets {
        var one = options
        one.target = target
        guard var supervisor = Supervisor(one) else {
            System.say("\(options.folder): not a folder that can be written to")
            exit(2)
        }
        kinds += supervisor.run()
    }
    exit(kinds == 0 ? 0 : 1)
case "worker": work(options)
case "one":
    System.limitMemory()
    let input = bytes(options.files.first ?? "")
    System.onSmallStack { Replay.run(options.target, input) }
case "replay": exit(replay(options))
case "hostile": exit(HostileTable.run(options))
case "hostile-one":
    System.limitMemory()
    let number = options.files.first.flatMap { Int($0) } ?? 0
    if number >= 0 { System.onSmallStack { System.say(HostileInput.all[number].outcome()) } }
case "inputs":
    var maker = InputMaker(options.target, corpus: options.corpus, seed: options.seed)
    for _ in 0..<(options.count ?? 20) { System.say(String(decoding: maker.next(), as: UTF8.self)) }
default:
    System.say(Options.help)
    exit(2)
}
