import Almanac
import BellmanStore

/// Why the store cannot be used, in words with a remedy.
enum StoreWording {
    static func text(_ problem: StoreProblem, _ language: AlmanacLanguage) -> String {
        language == .zh ? chinese(problem) : english(problem)
    }

    private static func english(_ problem: StoreProblem) -> String {
        switch problem {
        case .newerSchema(let path, let found, let supported):
            "\(path) was written by a newer Bellman (schema \(found); this one knows up to \(supported)). Install that version or restore a backup; nothing was changed."
        case .notABellmanStore(let path):
            "\(path) is not a Bellman store. Name another file under “store:”; this one was not touched."
        case .cannotOpen(let path, let why): "cannot open the store \(path): \(why)"
        case .diskFull(let path): "the disk with \(path) is full. Free some space; nothing was half-written."
        case .damaged(let path, let why):
            "the store \(path) is damaged (\(why)). Restore a backup; Bellman does not start on it."
        case .locked(let path, let holder):
            "another Bellman\(holder.map { " (process \($0))" } ?? "") runs on \(path). Stop it first, or use the commands beside it."
        case .busy(let path): "another process is writing to \(path) for too long; try again."
        case .other(let path, let why): "the store \(path) failed: \(why)"
        }
    }

    private static func chinese(_ problem: StoreProblem) -> String {
        switch problem {
        case .newerSchema(let path, let found, let supported):
            "\(path) 由更新的 Bellman 写成（结构版本 \(found)，本程序最高支持 \(supported)）。请安装那个版本或恢复备份；没有改动任何内容。"
        case .notABellmanStore(let path): "\(path) 不是 Bellman 的存储文件。请在“store:”里换一个；这个文件没有被动过。"
        case .cannotOpen(let path, let why): "打不开存储文件 \(path)：\(why)"
        case .diskFull(let path): "\(path) 所在的磁盘已满。请腾出空间；没有写入一半的内容。"
        case .damaged(let path, let why): "存储文件 \(path) 已损坏（\(why)）。请恢复备份；Bellman 不会在它上面启动。"
        case .locked(let path, let holder):
            "已有另一个 Bellman\(holder.map { "（进程 \($0)）" } ?? "")在使用 \(path)。请先停止它；其他命令可以在它旁边使用。"
        case .busy(let path): "另一个进程长时间占用 \(path)，请稍后再试。"
        case .other(let path, let why): "存储文件 \(path) 出错：\(why)"
        }
    }
}
