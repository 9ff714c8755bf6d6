public import Directory
public import DistinguishedNames
import SyncTestSupport

/// People to measure with, any number of them: person 7 is the same in every run and on every machine.
///
/// As in a grown directory, some names have umlauts, some values need more than the 15 bytes that Swift keeps in place,
/// and everybody is in four of twenty groups.
public struct People: Sendable {
    public static let attributeNames: [AttributeName] = [
        "givenName", "sn", "displayName", "mail", "department", "title", "company", "telephoneNumber", "mobile",
        "physicalDeliveryOfficeName", "employeeID", "description",
    ]
    /// Relative to `group_path`.
    public static let groups = (0..<20).map { Fixture.group("Operators of Line \($0)") }

    /// Made once each, because a reader of user files shares them between the records, too; sorted, as
    /// a file has them.
    private static let groupChoices = groups.indices.map { first in
        (0..<4).map { groups[(first + $0 * 5 + $0) % groups.count] }.sorted()
    }
    private static let givenNames = ["Anna", "Jürgen", "Maximilian", "Eva", "Paul", "Bärbel", "Christopher", "Ida"]
    private static let surnames = [
        "Schmidt", "Müller", "Featherstonehaugh", "Novak", "Lindqvist", "Kowalczyk", "Weiß", "Okafor", "Brandt", "Haas",
        "Steinberger",
    ]
    private static let departments = ["Maintenance", "Rolling Mill", "Quality Assurance", "Logistics", "Melt Shop"]
    private static let titles = ["Shift Leader", "Technician", "Process Engineer", "Crane Operator"]

    /// Person number `number`, of whom the file's record `number + 1` tells: files are sorted by account name.
    ///
    /// - Parameters:
    ///   - attributeNames: ``attributeNames``. Who makes the other side of a comparison hands over another copy, because
    ///     nobody who reads two sides gets them with one storage.
    public static func user(
        _ number: Int, attributeNames: [AttributeName] = attributeNames, surname: String? = nil, title: String? = nil,
        isDisabled: Bool = false
    ) -> SourceUser {
        let digits = String(10_000_000 + number)
        let givenName = givenNames[number % givenNames.count]
        let surname = surname ?? surnames[number % surnames.count]
        let texts = [
            givenName, surname, "\(surname), \(givenName) (\(digits))", "p\(digits)@source.example.com",
            departments[number % departments.count], title ?? titles[number % titles.count], "Example Steel Works",
            "+49 203 \(digits)", "+49 170 \(digits)", "Building \(number % 97), Room \(number % 311)", "E\(digits)",
            "Works at line \(number % groups.count), and has done so for \(number % 40) years",
        ]
        return SourceUser(
            position: number + 1, accountName: "p\(digits)", commonName: "\(givenName) \(surname) \(digits)",
            isDisabled: isDisabled, expiry: .never, groups: groupChoices[number % groupChoices.count],
            anchor: Fixture.anchor(number),
            attributes: AttributeRow(names: attributeNames, values: texts.map { .one(.text($0)) }))
    }
}
