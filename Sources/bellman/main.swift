import BellmanCommands
import Failpoints
import Glibc

Failpoint.begin()
exit(await BellmanCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))
