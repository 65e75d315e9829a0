import Almanac

/// The stored form of what a notice holds beside its words.
extension NoticeAct {
    /// `acknowledge`, `snooze`, `decide APPROVAL CHOICE` with the lengths of both, since either may hold any character.
    public var words: String {
        switch self {
        case .acknowledge: "acknowledge"
        case .snooze: "snooze"
        case .decide(let approval, let choice): "decide \(approval.utf8.count) \(approval)\(choice)"
        }
    }

    public init?(words: String) {
        switch words {
        case "acknowledge": self = .acknowledge
        case "snooze": self = .snooze
        default:
            let parts = words.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "decide", let length = Int(parts[1]), length >= 0,
                let cut = parts[2].utf8.index(
                    parts[2].startIndex, offsetBy: length, limitedBy: parts[2].endIndex)
            else { return nil }
            self = .decide(approval: String(parts[2][..<cut]), choice: String(parts[2][cut...]))
        }
    }
}

extension NoticePayload {
    public var text: String {
        switch self {
        case .invitation(let invitation): JSONText.write(.fields([("invitation", invitation.json)]))
        case .call(let body): JSONText.write(.fields([("call", body.map { .array([$0]) } ?? .array([]))]))
        }
    }

    /// nil for a text that is none of these.
    public init?(text: String) {
        guard let object = try? JSONText.parse(text).objectValue else { return nil }
        if let body = object["call"]?.arrayValue {
            self = .call(body: body.first)
        } else if let value = object["invitation"], let invitation = Invitation(json: value) {
            self = .invitation(invitation)
        } else {
            return nil
        }
    }
}

extension Invitation {
    fileprivate var json: JSONValue {
        let start: (String, JSONValue) =
            switch start {
            case .date(let date): ("date", .int(Int64(date.daysSinceEpoch)))
            case .instant(let instant): ("instant", .int(instant.microseconds))
            }
        return .fields([
            ("uid", .string(uid)), ("sequence", .int(Int64(sequence))), ("method", .string(method.rawValue)),
            ("title", .string(title)), start, ("seconds", .int(seconds)), ("location", .string(location)),
            ("zone", .string(zone)),
            (
                "attendees",
                .array(attendees.map { .fields([("name", .string($0.name)), ("email", .string($0.email))]) })
            ), ("uninvites", .bool(uninvites)),
        ])
    }

    fileprivate init?(json: JSONValue) {
        guard let object = json.objectValue, let uid = object["uid"]?.stringValue,
            let sequence = object["sequence"]?.intValue,
            let method = object["method"]?.stringValue.flatMap(Method.init), let title = object["title"]?.stringValue,
            let seconds = object["seconds"]?.intValue, let location = object["location"]?.stringValue,
            let zone = object["zone"]?.stringValue, let people = object["attendees"]?.arrayValue
        else { return nil }
        let start: Start
        if let days = object["date"]?.intValue {
            start = .date(CivilDate(clampingDays: Int(days)))
        } else if let microseconds = object["instant"]?.intValue {
            start = .instant(Instant(microseconds: microseconds))
        } else {
            return nil
        }
        self.init(
            uid: uid, sequence: Int(sequence), method: method, title: title, start: start, seconds: seconds,
            location: location, zone: zone,
            attendees: people.compactMap { person in
                guard let name = person.objectValue?["name"]?.stringValue,
                    let email = person.objectValue?["email"]?.stringValue
                else { return nil }
                return Attendee(name: name, email: email)
            }, uninvites: object["uninvites"]?.boolValue ?? false)
    }
}
