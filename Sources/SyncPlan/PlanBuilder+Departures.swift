import Directory
import DistinguishedNames

extension PlanBuilder {
    /// The end of a membership that needs no approval by itself. Who is deactivated and leaves his groups with that is
    /// none: that is `deactivation_limit`'s.
    struct Departure {
        let member: Question.Member
        let concern: Concern
        let byName: Bool
        let group: DirectoryGroup
        let operation: Operation
    }

    /// Ends the memberships, or makes them one question when they are more than the limit allows. Answers count as they do
    /// for deactivations.
    ///
    /// Out of a group with power over the domain people go at once: in doubt, nobody keeps that.
    mutating func settleDepartures() {
        var remaining: [Departure] = []
        var decided: [Int: [Departure]] = [:]
        for departure in departures {
            switch planner.answers.verdict(.leave, on: departure.member, byName: departure.byName) {
            case .individual: questions.append(question(about: departure))
            case .together(let entry, _): decided[entry, default: []].append(departure)
            case nil where departure.group.privilegedThrough != nil: operations.append(departure.operation)
            case nil: remaining.append(departure)
            }
        }
        questions += decided.values.map { question(about: $0, tally($0)) }
        let limit = planner.policy.leaveLimit
        let told = tally(remaining)
        guard told.exceed(limit) else {
            operations += remaining.map(\.operation)
            return
        }
        let decision = question(about: remaining, told)
        brakes.append(.tooManyLeaves(decision.id, told, limit: limit))
        questions.append(decision)
    }

    /// By group, and measured against the people of the file who are in it: who is missing makes the limit no wider.
    private func tally(_ departures: [Departure]) -> Departures {
        let leaving = Dictionary(grouping: departures, by: \.group.guid)
        return Departures(
            groups: groups.inOrder(Set(leaving.keys)).map { name, group in
                Departures.Group(
                    group: name, leaving: leaving[group.guid]?.count ?? 0, members: memberships[group.guid] ?? 0)
            })
    }

    private func question(about departure: Departure) -> Question {
        question(
            .leave, about: departure.member.person, departure.concern, byName: departure.byName,
            reason: .leavingIsDecided, group: departure.member.group, consequence: .operations([departure.operation]))
    }

    private func question(about departures: [Departure], _ told: Departures) -> Question {
        question(
            .leave, aboutSeveral: departures.map(\.member),
            departures.reduce(into: Concern()) { $0.formUnion($1.concern) }, reason: .tooManyLeaves(told),
            departures.map(\.operation))
    }
}
