import Directory
import DistinguishedNames

extension PlanBuilder {
    /// Takes out of the plan of the whole what this run is not for: people outside the part, steps that are switched off.
    ///
    /// Before the limits are looked at: they are about what would happen. What is taken out keeps its answers in the
    /// resolutions file, whatever they are.
    mutating func narrow() {
        guard part != nil || planner.policy.lifeCycle != .whole else { return }
        if let part { keepOnly(part) }
        for step in planner.policy.lifeCycle.switchedOff.sorted() { withhold(step) }
        holdBackNamesOfOthers()
    }

    private mutating func keepOnly(_ positions: Set<Int>) {
        let people = PeopleOfPlan(subjects.filter { positions.contains($0.record.position) })
        operations.removeAll { !people.contains($0.person) }
        questions.removeAll { !people.contains($0.person) }
        failures.removeAll { !($0.position.map(positions.contains) ?? people.contains($0.person)) }
        notices.removeAll { notice in notice.person.map { !people.contains($0) } ?? false }
        deactivations.removeAll { !people.contains($0.person) }
        departures.removeAll { !people.contains($0.member.person) }
        standingAnswers.removeAll { !people.isNamed(by: $0) }
        // The file was read for its part only: no answer of anybody else has lost its reason by that.
        standingAnswers += planner.answers.entries.filter { !people.isNamed(by: $0) }
    }

    /// A decision about several that was answered with no, and not for these alone, stands as it was given.
    mutating func dropAnsweredDecisionsOfOthers() {
        guard part != nil else { return }
        questions.removeAll { $0.isAboutSeveral && planner.answers.latest(to: $0)?.accept == false }
    }

    func managedCount(_ positions: Set<Int>) -> Int {
        subjects.count { positions.contains($0.record.position) && $0.hasAccount && !$0.isTakeOver }
    }

    /// Takes a question out, and keeps what was answered to it.
    mutating func withdraw(_ isMeant: (Question) -> Bool) {
        for question in questions where isMeant(question) {
            standingAnswers += planner.answers.all(for: question).filter { $0.accept != nil }
        }
        questions.removeAll(where: isMeant)
    }
}

/// Some of the people of the file, as operations, questions and answers name them.
struct PeopleOfPlan {
    private let people: Set<Person>
    private let anchors: Set<Anchor>
    /// Of those whom answers without an anchor reach.
    private let commonNames: Set<NameKey>

    init(_ subjects: [Subject]) {
        people = Set(subjects.map(\.person))
        anchors = Set(subjects.compactMap(\.person.anchor))
        commonNames = Set(subjects.filter(\.acceptsAnswersByName).map { NameKey($0.names.commonName) })
    }

    var isEmpty: Bool { people.isEmpty }

    func contains(_ person: Person) -> Bool {
        person.anchor.map(anchors.contains) ?? people.contains(person)
    }

    /// Whether an entry of the resolutions file is about one of them, and about nobody else.
    func isNamed(by entry: Resolution) -> Bool {
        guard !entry.isAboutSeveral else { return false }
        return entry.anchor.map(anchors.contains) ?? commonNames.contains(NameKey(entry.user))
    }
}

extension Notice {
    /// Whom it is about, where that is one person.
    fileprivate var person: Person? {
        switch self {
        case .protected(let person, _), .adopted(let person, _), .unusableAnswer(_, let person, _),
            .needsNoPassword(let person), .suspiciousName(let person, _):
            person
        case .restrictedByNesting, .managersNotHere, .switchedOff: nil
        }
    }
}
