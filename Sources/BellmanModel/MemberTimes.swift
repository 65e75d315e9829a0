import Almanac

/// A member's own times in a form that cannot be read. They count as not said until they are mended.
public struct MemberTimeProblem: Sendable, Hashable {
    public enum Field: String, Sendable {
        case quietHours = "quiet_hours"
        case timezone
    }

    /// Id of the member.
    public let member: String
    public let field: Field
    /// As written.
    public let text: String

    public static func all(member: String, quietHours: String?, timezone: String?) -> [MemberTimeProblem] {
        var found: [MemberTimeProblem] = []
        if let quietHours, !quietHours.isEmpty, QuietHours(quietHours) == nil {
            found.append(MemberTimeProblem(member: member, field: .quietHours, text: quietHours))
        }
        if let timezone, !timezone.isEmpty, Zone.find(timezone) == nil {
            found.append(MemberTimeProblem(member: member, field: .timezone, text: timezone))
        }
        return found
    }

    /// Of a member's record, or of what is to be written to one.
    public static func all(member: String, fields: [String: FieldValue]) -> [MemberTimeProblem] {
        func text(_ field: Field) -> String? {
            if case .string(let text)? = fields[field.rawValue] { text } else { nil }
        }
        return all(member: member, quietHours: text(.quietHours), timezone: text(.timezone))
    }

    /// Which member, what is wrong, and how to write it.
    public func words(_ language: AlmanacLanguage) -> String {
        let shown = TextNarrowing.printable(text)
        switch field {
        case .quietHours:
            return language.pick(
                en: "member \(member): “\(shown)” are no quiet hours and do not count; write 21:00-08:00, with days "
                    + "21:00-08:00 mon-fri, to drop instead of hold 21:00-08:00 drop, for none "
                    + "leave it empty",
                zh: "成员 \(member)：“\(shown)”不是免打扰时间，不起作用；请写 21:00-08:00，限定星期写 21:00至08:00 周一至周五，"
                    + "直接放弃写 21:00-08:00 drop，不要就留空")
        case .timezone:
            let name = Zone.nearestName(to: text)
            let (english, chinese) = (
                name ?? "a name such as Asia/Shanghai or Europe/Berlin", name ?? " Asia/Shanghai、Europe/Berlin 这样的名称"
            )
            return language.pick(
                en: "member \(member): there is no time zone “\(shown)”, so the configuration's is used; write "
                    + english,
                zh: "成员 \(member)：没有时区“\(shown)”，按配置的时区计算；请写\(chinese)")
        }
    }
}
