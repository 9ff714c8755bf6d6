import LabSupport
import Testing

/// The Active Directory adapter on real domains, as the delegated accounts.
@Suite(.serialized, .oneAtATime, .enabled(if: Lab.isUp, "scripts/test brings a lab up"), .timeLimit(.minutes(10)))
struct ActiveDirectorySuite {}
