import BellmanModel

/// Why a request is refused: facts only. Worded in `ServerWording.swift`.
enum ServerFailure: Error, Sendable, Hashable {
    case tokenMissing
    case tokenUnknown
    case tooManyFailures
    case forbidden(role: String, need: Need)
    case hostRefused(String)
    case badPath
    case noSuchPath(String)
    case methodNotAllowed(String, allowed: [String])
    case bodyTooLarge(limit: Int)
    case bodyBroken
    case mediaType(String?, good: [String])
    case badQuery(name: String, value: String, good: String)
    case badJSON(JSONProblem)
    case emptyBody
    case notAnObject
    case tooManyRows(limit: Int)
    case csvUnavailable
    case csvRefused(String)
    case unknownKind(String, nearest: String?)
    case noRecord(RecordRef)
    case noDelivery(String)
    case versionConflict(current: Int64)
    case badRecord([FieldFault])
    case noRule(String)
    /// Nothing is known of what `why` was asked, in words of the asked language.
    case noExplanation(String)
    case noFiring(String)
    case noSilence(String)
    /// An act that cannot be: the field to mend, and why, in words.
    case badAct(field: String, english: String, chinese: String)
    /// A token of a member acts for its own name only.
    case otherPerson(String, own: String)
    case formForged
    case formOld
    case tooManyListeners(limit: Int)
    case storage(StoreTrouble)
}

/// What callers may know of a store that fails; the rest is for the log.
enum StoreTrouble: Sendable, Hashable {
    case full, busy, other
}

/// What is wrong with one field of a record that was sent.
struct FieldFault: Error, Sendable, Hashable {
    enum Fact: Sendable, Hashable {
        case unknown(kind: String, nearest: String?)
        case idMissing
        case idNotText(found: String)
        case idBadText
        case idTooLong(limit: Int)
        case idDiffers(path: String)
        case value(FieldProblem)
    }

    let field: String
    let fact: Fact
}

extension ServerFailure {
    var status: Int {
        switch self {
        case .tokenMissing, .tokenUnknown: 401
        case .tooManyFailures: 429
        case .forbidden, .formForged, .formOld, .otherPerson: 403
        case .hostRefused: 421
        case .badPath, .badQuery, .badJSON, .emptyBody, .bodyBroken: 400
        case .noSuchPath, .unknownKind, .noRecord, .noDelivery, .noRule, .noExplanation, .noFiring, .noSilence: 404
        case .methodNotAllowed: 405
        case .bodyTooLarge, .tooManyRows: 413
        case .mediaType: 415
        case .csvUnavailable: 501
        case .versionConflict: 412
        case .notAnObject, .csvRefused, .badRecord, .badAct: 422
        case .storage, .tooManyListeners: 503
        }
    }

    /// Stable; programs tell problems apart by it.
    var code: String {
        switch self {
        case .tokenMissing: "token-missing"
        case .tokenUnknown: "token-unknown"
        case .tooManyFailures: "too-many-failures"
        case .forbidden: "forbidden"
        case .hostRefused: "host-refused"
        case .badPath: "bad-path"
        case .noSuchPath: "no-such-path"
        case .methodNotAllowed: "method-not-allowed"
        case .bodyTooLarge: "body-too-large"
        case .bodyBroken: "body-broken"
        case .mediaType: "media-type"
        case .badQuery: "bad-query"
        case .badJSON: "bad-json"
        case .emptyBody: "empty-body"
        case .notAnObject: "not-an-object"
        case .tooManyRows: "too-many-rows"
        case .csvUnavailable: "csv-unavailable"
        case .csvRefused: "csv-refused"
        case .unknownKind: "unknown-kind"
        case .noRecord: "no-record"
        case .noDelivery: "no-delivery"
        case .versionConflict: "version-conflict"
        case .badRecord: "bad-record"
        case .noRule: "no-rule"
        case .noExplanation: "no-explanation"
        case .noFiring: "no-firing"
        case .noSilence: "no-silence"
        case .badAct: "bad-act"
        case .otherPerson: "other-person"
        case .formForged: "form-forged"
        case .formOld: "form-old"
        case .tooManyListeners: "too-many-listeners"
        case .storage: "storage"
        }
    }
}
