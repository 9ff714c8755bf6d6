/// The names of what is measured; docs/notices.md lists them.
enum Metric: String, CaseIterable, Sendable {
    case lastRun = "ad_user_sync_last_run_timestamp_seconds"
    case lastSuccess = "ad_user_sync_last_success_timestamp_seconds"
    case duration = "ad_user_sync_last_run_duration_seconds"
    case status = "ad_user_sync_last_run_exit_status"
    case failures = "ad_user_sync_last_run_failures"
    case changes = "ad_user_sync_last_run_changes"
    case users = "ad_user_sync_users"
    case pending = "ad_user_sync_pending"
    case fileWritten = "ad_user_sync_file_timestamp_seconds"

    var help: String {
        switch self {
        case .lastRun: "When the last run ended, in Unix time."
        case .lastSuccess: "When the last run ended that did all it had to, in Unix time; 0 when none is known."
        case .duration: "How long the last run took."
        case .status: "How the last run ended: 0 done, 1 some failed, 2 pending, 3 held back, from 64 not done."
        case .failures: "Records and operations that failed in the last run."
        case .changes: "Changes to the directory that the last run made, by kind."
        case .users: "People in the user file that was last read or written."
        case .pending: "Actions that wait for an answer."
        case .fileWritten: "When the user file that was last read or written was made, in Unix time."
        }
    }
}
