import ArgumentParser
import SyncCommands

@main
enum EntryPoint {
    static func main() async {
        StandardStreams.occupy()
        await AdUserSyncCommand.main()
    }
}
