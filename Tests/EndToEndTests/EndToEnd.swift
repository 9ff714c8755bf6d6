import LabSupport
import Testing

/// The program as people run it, between two real domains, as the delegated accounts.
@Suite(.serialized, .oneAtATime, .enabled(if: Lab.isUp, "scripts/test brings a lab up"), .timeLimit(.minutes(10)))
struct EndToEnd {}
