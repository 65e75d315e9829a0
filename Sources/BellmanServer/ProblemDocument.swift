import Almanac
import BellmanModel

/// RFC 9457 problem details.
enum ProblemDocument {
    static let mediaType = "application/problem+json; charset=utf-8"

    static func reply(_ failure: ServerFailure, language: AlmanacLanguage, isPage: Bool) -> Reply {
        var pairs: [(String, JSONValue)] = [
            ("type", .string("urn:bellman:problem:\(failure.code)")),
            ("title", .string(failure.title(language))),
            ("status", .int(Int64(failure.status))),
            ("detail", .string(failure.detail(language))),
        ]
        if case .badRecord(let faults) = failure { pairs.append(("errors", errors(faults, language))) }
        var reply = Reply(
            failure.status,
            headers: [
                ("Content-Type", mediaType), ("Content-Language", language.rawValue), ("Cache-Control", "no-store"),
            ],
            body: JSONText.bytes(.fields(pairs)) + [0x0A])
        switch failure {
        case .tokenMissing, .tokenUnknown:
            // The page is opened by people: their browser asks for the token.
            let challenge = isPage ? "Basic realm=\"Bellman\", charset=\"UTF-8\"" : "Bearer realm=\"Bellman\""
            reply.headers.append(("WWW-Authenticate", challenge))
        case .methodNotAllowed(_, let allowed): reply.headers.append(("Allow", allowed.joined(separator: ", ")))
        case .tooManyListeners: reply.headers.append(("Retry-After", String(EventHub.retrySeconds)))
        case .tooManyFailures: reply.headers.append(("Retry-After", String(FailureThrottle.windowSeconds)))
        case .versionConflict(let current): reply.headers.append(("ETag", EntityTag.text(current)))
        default: break
        }
        return reply
    }

    static func errors(_ faults: [FieldFault], _ language: AlmanacLanguage) -> JSONValue {
        .array(
            faults.map { fault in
                .fields([("field", .string(fault.field)), ("detail", .string(fault.detail(language)))])
            })
    }
}
