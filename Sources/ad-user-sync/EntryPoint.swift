import ArgumentParser
import SyncCommands

@main
enum EntryPoint {
    static func main() async {
        await AdUserSyncCommand.main()
    }
}
