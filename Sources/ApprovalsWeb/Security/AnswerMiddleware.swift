import HTTPTypes
import Hummingbird
import Logging

/// The outermost one: what every answer carries, what an error looks like, and what is logged, which is no more than
/// the method, the route's pattern and the status.
struct AnswerMiddleware: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError {
            response = .refusal(error.status)
        } catch {
            response = .refusal(.internalServerError)
        }
        for (name, value) in Self.headers { response.headers[name] = value }
        log(request, context, response)
        return response
    }

    /// The pattern, not the path: that would have names in it. Signs of life are not worth a line.
    private func log(_ request: Request, _ context: PageContext, _ response: Response) {
        guard let pattern = context.endpointPath, !pattern.hasPrefix("/tabs/") else { return }
        logger.debug("approvals page: \(request.method.rawValue) \(pattern): \(response.status.code)")
    }

    private static let headers: [(HTTPField.Name, String)] = [
        ("Content-Security-Policy", contentSecurityPolicy),
        ("X-Frame-Options", "DENY"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        // With no-referrer, Chromium would send "Origin: null" with our own forms.
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

    private static let contentSecurityPolicy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """
}
