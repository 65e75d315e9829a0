import BellmanCommands
import Glibc

exit(await BellmanCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))
