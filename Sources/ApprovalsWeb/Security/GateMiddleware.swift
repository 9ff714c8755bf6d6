import HTTPTypes
import Hummingbird

/// Nobody gets past it, whatever he asks for, without the session's host name and cookie; nothing is changed without
/// our own origin and the form token.
struct GateMiddleware: RouterMiddleware {
    let gate: Gatekeeper
    let watch: PageWatch
    /// Where who enters is led to.
    let start: String
    let onEntry: @Sendable () async -> Void

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard await gate.isOurs(authority: request.head.authority) else { return .unauthorized }
        if request.uri.path == "/enter" { return await enter(request) }
        guard let cookie = request.sessionCookie, await gate.admits(cookie: cookie) else { return .unauthorized }
        guard request.method == .post else { return try await next(request, context) }

        guard await gate.isOurs(origin: request.headers[.origin]) else { return .refusal(.forbidden) }
        var request = request
        guard let body = try? await request.collectBody(upTo: Self.bodyLimit) else {
            return .refusal(.contentTooLarge)
        }
        var context = context
        context.form = FormFields(urlEncoded: String(buffer: body))
        let given = context.form["csrf"] ?? ""
        guard gate.formToken.matches(given) else { return .refusal(.forbidden) }
        if let tab = context.form["tab"], !request.uri.path.hasPrefix("/tabs/"), await !watch.isActive(tab) {
            return .refusal(.conflict, "This session goes on in another tab.\n")
        }
        return try await next(request, context)
    }

    /// A redirect would be part of the navigation that began on a file: page, and the browser would keep the Strict
    /// cookie back; going on from a page of our own is a navigation within the site.
    private func enter(_ request: Request) async -> Response {
        guard request.method == .get, let token = FormFields(urlEncoded: request.uri.query ?? "")["token"],
            let cookie = await gate.enter(with: token)
        else { return .unauthorized }
        await onEntry()
        var response = Response.html(
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=\(start)">\
            <link rel="icon" href="/icon.svg"><title>Approvals</title><p><a href="\(start)">Go on</a></p></html>
            """)
        response.headers[.setCookie] =
            "\(Gatekeeper.cookieName)=\(cookie.digits); Path=/; HttpOnly; SameSite=Strict"
        return response
    }

    private static let bodyLimit = 512 * 1024
}

extension Request {
    fileprivate var sessionCookie: String? {
        let prefix = Gatekeeper.cookieName + "="
        return headers[values: .cookie].flatMap { $0.split(separator: ";") }
            .map { $0.drop { $0 == " " } }
            .first { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
    }
}
