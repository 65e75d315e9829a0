import ArgumentParser

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "A script for bash, zsh or fish: Tab completes commands, rules, channels.",
        discussion: """
            Rule ids, channels and kinds are read from the folder's configuration and rules when the key is pressed.

            Example, bash: bellman completions bash > ~/.local/share/bash-completion/completions/bellman
            Example, zsh:  bellman completions zsh > ~/.zfunc/_bellman   (with fpath+=~/.zfunc before compinit)
            Example, fish: bellman completions fish > ~/.config/fish/completions/bellman.fish
            """)

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish

        fileprivate var target: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }

        fileprivate var place: (file: String, note: String, chinese: String) {
            switch self {
            case .bash:
                (
                    "~/.local/share/bash-completion/completions/bellman", "new shells know it",
                    "新开的 shell 生效"
                )
            case .zsh:
                (
                    "~/.zfunc/_bellman", "~/.zshrc needs fpath+=~/.zfunc before compinit",
                    "~/.zshrc 里在 compinit 之前要有 fpath+=~/.zfunc"
                )
            case .fish: ("~/.config/fish/completions/bellman.fish", "new shells know it", "新开的 shell 生效")
            }
        }
    }

    @Argument(help: "bash, zsh or fish.") var shell: Shell

    func run() throws {
        Terminal.line(BellmanCommand.completionScript(for: shell.target))
        // Only who looks at the script on a terminal needs to be told where it goes.
        guard Terminal.isInteractive else { return }
        let place = shell.place
        Terminal.error(
            Words.pick(
                "save it: bellman completions \(shell.rawValue) > \(place.file)  (\(place.note))",
                "保存：bellman completions \(shell.rawValue) > \(place.file)（\(place.chinese)）"))
    }
}
