public import Directory

extension AttributeAllowList {
    /// The attributes a user file may bring without being asked for: who somebody is, and how to reach him.
    ///
    /// `manager` holds the `objectGUID` of the manager, which the import turns into his name here. Not among them, though
    /// harmless to add where wanted: `assistant`, `secretary` and `seeAlso`, whose values are distinguished names of the
    /// source domain and name nobody at the target; and `proxyAddresses`,
    /// `targetAddress` and other attributes of mail systems, which decide where somebody's mail goes.
    public static let ordinaryAttributes: [AttributeName] =
        names + contact + organisation + address + identifiers + presentation + numbered

    private static let names: [AttributeName] = [
        "givenName", "sn", "initials", "middleName", "displayName", "displayNamePrintable", "personalTitle",
        "generationQualifier", "userPrincipalName",
        "msDS-PhoneticFirstName", "msDS-PhoneticLastName", "msDS-PhoneticDisplayName",
        "msDS-PhoneticCompanyName", "msDS-PhoneticDepartment",
    ]

    private static let contact: [AttributeName] = [
        "mail", "telephoneNumber", "otherTelephone", "mobile", "otherMobile", "homePhone", "otherHomePhone", "ipPhone",
        "otherIpPhone", "pager", "otherPager", "facsimileTelephoneNumber", "otherFacsimileTelephoneNumber",
        "telexNumber", "internationalISDNNumber", "otherMailbox", "wWWHomePage", "url", "labeledURI",
    ]

    private static let organisation: [AttributeName] = [
        "title", "department", "departmentNumber", "division", "company", "o", "physicalDeliveryOfficeName",
        "roomNumber", "manager",
    ]

    private static let address: [AttributeName] = [
        "street", "streetAddress", "postOfficeBox", "postalCode", "postalAddress", "homePostalAddress", "l", "st", "c",
        "co",
        "countryCode", "houseIdentifier",
    ]

    private static let identifiers: [AttributeName] = ["employeeID", "employeeNumber", "employeeType", "carLicense"]

    private static let presentation: [AttributeName] = [
        "description", "info", "comment", "preferredLanguage", "thumbnailPhoto", "jpegPhoto",
    ]

    /// What organisations fill as they like: `extensionAttribute1` to 15 and `msDS-cloudExtensionAttribute1` to 20.
    private static let numbered: [AttributeName] =
        (1...15).map { AttributeName("extensionAttribute\($0)") }
        + (1...20).map { AttributeName("msDS-cloudExtensionAttribute\($0)") }
}
