import JSONShapes
import RunNotices
import StrictJSON

extension Hook: ConfigurationObject {
    init?(reading reader: inout ObjectReader) {
        let events = reader.read(Self.eventsKey)
        let command = reader.read(Self.commandKey)
        let address = reader.read(Self.addressKey)
        let kind = reader.read(Self.formatKey)
        let (to, from) = (reader.read(Self.toKey), reader.read(Self.fromKey))
        let timeout = reader.read(Self.timeoutKey)
        let retries = reader.read(Self.retriesKey)
        let (headersFile, caFile) = (reader.read(Self.headersFileKey), reader.read(Self.caFileKey))
        guard reader.contains(Self.commandKey.name) != reader.contains(Self.addressKey.name) else {
            reader.contradiction("a hook has one of the keys command and url")
            return nil
        }
        Self.refuseIdleKeys(kind, &reader)
        guard let format = Self.format(kind, from: from, to: to, &reader) else { return nil }
        if let command {
            self.init(events: Set(events), way: .command(command), format: format, timeout: timeout)
        } else if let address {
            let post = Post(address: address, headersFile: headersFile, caFile: caFile, retries: retries)
            self.init(events: Set(events), way: .post(post), format: format, timeout: timeout)
        } else {
            return nil
        }
    }

    enum Kind: String, CaseIterable, Sendable {
        case json
        case text
        case mail
    }

    private static func format(
        _ kind: Kind, from: MailAddress?, to: [MailAddress], _ reader: inout ObjectReader
    ) -> Format? {
        switch kind {
        case .json: return .json
        case .text: return .text
        case .mail where !to.isEmpty: return .mail(MailEnvelope(from: from, to: to))
        case .mail:
            // What is there and wrong was reported already.
            if !reader.contains(toKey.name) { reader.contradiction("a mail needs the key to: whom it goes to") }
            return nil
        }
    }

    /// A key that has no effect is a mistake in what somebody thinks he has set up.
    private static func refuseIdleKeys(_ kind: Kind, _ reader: inout ObjectReader) {
        let isCommand = reader.contains(commandKey.name)
        for name in [headersFileKey.name, caFileKey.name, retriesKey.name] where isCommand && reader.contains(name) {
            reader.contradiction(at: name, "is about a url, and this hook has a command")
        }
        for name in [toKey.name, fromKey.name] where kind != .mail && reader.contains(name) {
            reader.contradiction(at: name, "is about a mail: set \"format\": \"mail\"")
        }
        if kind == .mail, !isCommand {
            reader.contradiction(
                at: formatKey.name, "a mail is for a command, such as sendmail; a url gets json or text")
        }
    }

    static let defaultEvents: [RunEvent] = [.failure, .pending, .brake]

    private static let eventsKey = Key(
        "on", .nonEmptyList("list of events", of: .choice), default: defaultEvents,
        shownAs: #"["failure", "pending", "brake"]"#,
        """
        When it is called: "success", all was done or queued; "failure", the run or single records of it failed; "pending", \
        something waits for an answer that did not wait before; "brake", a limit held something back.
        """,
        example: #"["failure", "brake"]"#
    )
    private static let commandKey = Key<[String]?>(
        "command", .optional(.nonEmptyList("list of strings", of: .text)), default: nil, shownAs: "none",
        """
        A program and its arguments. It is started without a shell, reads the summary from standard input, and finds no \
        variable AD_USER_SYNC_… in its environment.
        """,
        example: #"["/usr/local/bin/tell-the-team"]"#
    )
    private static let addressKey = Key<WebAddress?>(
        "url", .optional(.webAddress), default: nil, shownAs: "none",
        """
        Where the summary is posted to. Only https, or http to this machine; no redirect is followed. A token in it makes it a \
        secret: it is never shown, and nobody else should be able to read this file.
        """,
        example: #""https://alerts.example.test/hooks/sync""#
    )
    private static let formatKey = Key(
        "format", .choice, default: Kind.json, shownAs: #""json""#,
        """
        What the summary looks like: "json", one document; "text", as on a terminal; "mail", a whole message with its headers, \
        for a command like sendmail -t -i.
        """,
        example: #""text""#
    )
    private static let toKey = Key(
        "to", .nonEmptyList("list of mail addresses", of: .mailAddress), default: [MailAddress](), shownAs: "none",
        "Whom a mail is for.",
        example: #"["ops@example.test"]"#
    )
    private static let fromKey = Key<MailAddress?>(
        "from", .optional(.mailAddress), default: nil, shownAs: "whom the mail system takes it to be from",
        "From whom a mail is.",
        example: #""ad-user-sync@example.test""#
    )
    private static let timeoutKey = Key(
        "timeout", .seconds(1...600), default: Duration.seconds(30), shownAs: "30",
        """
        For the command, or for one attempt at the url, in seconds. A command that takes longer is ended (SIGTERM, three seconds \
        later SIGKILL), and what it has started with it.
        """,
        example: "10"
    )
    private static let retriesKey = Key(
        "retries", .integer(0...10, unit: "attempts"), default: 2, shownAs: "2",
        """
        How often a url is tried again when it cannot be reached or answers 408, 425, 429 or 5xx: after half a second, then \
        after three times as long each time, at most 30 seconds.
        """,
        example: "5"
    )
    private static let headersFileKey = Key<String?>(
        "headers_file", .optional(.path), default: nil, shownAs: "none",
        """
        A file with further header fields for the url, one in each line, such as "Authorization: Bearer …". Nobody else should \
        be able to read it.
        """,
        example: #""secrets/hook-headers""#
    )
    private static let caFileKey = Key<String?>(
        "ca_file", .optional(.path), default: nil, shownAs: "the system's authorities",
        "PEM file of the certificate authorities that may vouch for the url, in place of the system's.",
        example: #""secrets/alerts-ca.pem""#
    )
}
