import Almanac
import BellmanStore

/// Why the store cannot be used, in words with a remedy.
public enum StoreWording {
    public static func text(_ problem: StoreProblem, _ language: AlmanacLanguage) -> String {
        language == .zh ? chinese(problem) : english(problem)
    }

    /// Any error: the store's troubles in words, others as they name themselves.
    static func text(of error: any Error, _ language: AlmanacLanguage) -> String {
        (error as? StoreProblem).map { text($0, language) } ?? "\(error)"
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
        case .syncFailed(let path, let why):
            "writes to \(path) could not be made durable (\(why)). Bellman ends and uses the file no more until it is started again; look at the disk (dmesg)."
        case .moved(let path):
            "\(path) was moved or deleted, or another file was put in its place, while Bellman runs. Put it back; or, to go on with what is there now, restart Bellman."
        case .networkFileSystem(let path, let kind):
            "\(path) lies on a network file system (\(kind)), where SQLite can lose data. Name a file on a local disk under “store:”."
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
        case .syncFailed(let path, let why):
            "写入 \(path) 的内容无法落盘（\(why)）。更夫就此退出，重新启动之前不再使用这个文件；请检查磁盘（dmesg）。"
        case .moved(let path):
            "更夫运行时，\(path) 被移走、删除或换成了另一个文件。请放回原处；如果要用现在这个文件，请重启更夫。"
        case .networkFileSystem(let path, let kind):
            "\(path) 在网络文件系统（\(kind)）上，SQLite 在那里可能丢数据。请在“store:”里换成本地磁盘上的文件。"
        case .other(let path, let why): "存储文件 \(path) 出错：\(why)"
        }
    }
}
