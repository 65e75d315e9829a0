import Almanac
import BellmanEngine
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

/// Invitations and what becomes of them when the record changes.
@Suite struct InvitationTests {
    private static let rule = """
        id: invite
        when: {changes: meeting.title}
        if: meeting.location != "cancelled"
        then:
          - invite:
              to: meeting.attendees
              starts_at: meeting.starts_at
              duration: "{{ meeting.duration }}"
        """

    private func world(_ rules: String = rule, language: AlmanacLanguage = .en) throws -> World {
        let world = try World(rules: rules, language: language, inMemory: true)
        let at = Instant.shanghai("2026-03-01T08:00")
        for (id, name) in [("wang", "王芳"), ("li", "Li Na"), ("zhao", "赵六")] {
            try world.write("member/\(id)", ["name": .string(name), "email": .string("\(id)@example.com")], at: at)
        }
        try world.write("member/chen", ["name": .string("陈七")], at: at)
        try world.tick(at)
        try world.write(
            "meeting/M",
            [
                "title": .string("draft"), "location": .string("3F"),
                "duration": .period(Period(microseconds: 5_400_000_000)),
                "starts_at": .instant(.shanghai("2026-03-10T10:00")),
                "attendees": .list([.reference("wang"), .reference("li")]),
            ], at: at)
        try world.tick(at)
        return world
    }

    private func rename(_ world: World, _ title: String, _ at: String) throws {
        try world.write("meeting/M", ["title": .string(title)], at: .shanghai(at))
        try world.tick(.shanghai(at))
    }

    private func change(_ world: World, _ fields: [String: FieldValue], _ at: String, tick: Bool = true) throws {
        try world.write("meeting/M", fields, at: .shanghai(at))
        if tick { try world.tick(.shanghai(at)) }
    }

    /// `REQUEST 0 wang`, in order of making.
    private func lines(_ world: World) throws -> [String] {
        try told(world).map {
            "\($0.0.method.rawValue)\($0.0.uninvites ? "*" : "") \($0.0.sequence) \($0.1.recipientKey)"
        }.sorted()
    }

    private func told(_ world: World) throws -> [(Invitation, Notice)] {
        try world.notices.compactMap { notice in
            if case .invitation(let invitation)? = notice.payload { (invitation, notice) } else { nil }
        }
    }

    @Test func everyAttendeeGetsOne() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        #expect(try lines(world) == ["REQUEST 0 li", "REQUEST 0 wang"])
        let (invitation, notice) = try #require(try told(world).first)
        #expect(invitation.title == "Kick-off" && invitation.location == "3F" && invitation.seconds == 5_400)
        #expect(invitation.start == .instant(.shanghai("2026-03-10T10:00")))
        #expect(invitation.attendees.map(\.email) == ["wang@example.com", "li@example.com"])
        #expect(notice.title == "Invitation: Kick-off" && notice.channel == "mail" && notice.record == "meeting/M")
        #expect(notice.text.map(\.words).joined().contains("2026-03-10 10:00–11:30 (Asia/Shanghai)"))
    }

    @Test func aMovedMeetingIsOneUpdateForAll() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        // Down for a night: three changes, one update, under the same UID.
        try change(world, ["starts_at": .instant(.shanghai("2026-03-11T10:00"))], "2026-03-03T01:00", tick: false)
        try change(world, ["location": .string("4F")], "2026-03-03T02:00", tick: false)
        try change(world, ["starts_at": .instant(.shanghai("2026-03-12T10:00"))], "2026-03-03T03:00", tick: false)
        try world.tick(.shanghai("2026-03-03T09:00"))
        #expect(try lines(world) == ["REQUEST 0 li", "REQUEST 0 wang", "REQUEST 1 li", "REQUEST 1 wang"])
        #expect(Set(try told(world).map(\.0.uid)).count == 1)
        let update = try #require(try told(world).first { $0.0.sequence == 1 })
        #expect(update.0.location == "4F" && update.1.title == "Changed: Kick-off")
        // What nobody would see in a calendar is not told.
        try change(world, ["project": .reference("P")], "2026-03-03T10:00")
        #expect(try told(world).count == 4)
    }

    @Test func peopleComeAndGo() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        try change(world, ["attendees": .list([.reference("li"), .reference("zhao")])], "2026-03-03T09:00")
        #expect(try lines(world) == ["CANCEL* 1 wang", "REQUEST 0 li", "REQUEST 0 wang", "REQUEST 1 zhao"])
        let off = try #require(try told(world).first { $0.0.method == .cancel })
        #expect(off.0.attendees.map(\.email) == ["wang@example.com"])
        // A new address is another calendar.
        try world.write("member/li", ["email": .string("na.li@example.com")], at: .shanghai("2026-03-04T09:00"))
        try world.tick(.shanghai("2026-03-04T09:00"))
        #expect(try lines(world).filter { $0.contains(" 2 ") } == ["CANCEL* 2 li", "REQUEST 2 li"])
    }

    @Test(arguments: ["deleted", "condition", "timeless", "nobody"]) func itIsCalledOff(_ how: String) throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        let at = Instant.shanghai("2026-03-03T09:00")
        switch how {
        case "deleted": try world.delete("meeting/M", at: at)
        case "condition": try world.write("meeting/M", ["location": .string("cancelled")], at: at)
        case "timeless": try world.write("meeting/M", ["starts_at": .null], at: at)
        default: try world.write("meeting/M", ["attendees": .list([])], at: at)
        }
        try world.tick(at)
        #expect(try lines(world) == ["CANCEL 1 li", "CANCEL 1 wang", "REQUEST 0 li", "REQUEST 0 wang"])
        // Once.
        try world.tick(.shanghai("2026-03-04T09:00"))
        #expect(try told(world).count == 4)
    }

    @Test func aSecondFiringIsTheSameMeeting() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        try rename(world, "Kick-off 2", "2026-03-02T10:00")
        #expect(try lines(world) == ["REQUEST 0 li", "REQUEST 0 wang", "REQUEST 1 li", "REQUEST 1 wang"])
        // Fired again, and nothing is different: two renames in one night that end where they began.
        try change(world, ["title": .string("x")], "2026-03-03T01:00", tick: false)
        try change(world, ["title": .string("Kick-off 2")], "2026-03-03T02:00", tick: false)
        try world.tick(.shanghai("2026-03-03T09:00"))
        #expect(try told(world).count == 4)
        #expect(Set(try told(world).map(\.0.uid)).count == 1)
        // After a cancel it is on again with a higher number.
        try change(world, ["location": .string("cancelled")], "2026-03-03T10:00")
        try change(world, ["location": .string("5F"), "title": .string("On again")], "2026-03-03T11:00")
        #expect(try lines(world).filter { $0.contains(" 3 ") } == ["REQUEST 3 li", "REQUEST 3 wang"])
    }

    @Test func whatIsOverIsLeftAlone() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        try change(world, ["location": .string("4F")], "2026-03-10T11:30")
        try world.delete("meeting/M", at: .shanghai("2026-03-10T12:00"))
        try world.tick(.shanghai("2026-03-10T12:00"))
        #expect(try told(world).count == 2)
        let late = try self.world()
        try rename(late, "Kick-off", "2026-03-10T11:31")
        #expect(try told(late).isEmpty)
    }

    @Test func aRuleThatIsGoneLeavesThemAsTheyAre() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        try world.load(InvitationTests.rule.replacing("id: invite", with: "id: invite\nenabled: false"))
        try change(world, ["location": .string("4F")], "2026-03-03T09:00")
        #expect(try told(world).count == 2)
    }

    @Test func aRenamedRuleKnowsItsMeeting() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        try world.load(InvitationTests.rule.replacing("id: invite", with: "id: asks\nwas: invite"))
        try world.tick(.shanghai("2026-03-03T10:00"))
        try change(world, ["location": .string("5F")], "2026-03-04T09:00")
        #expect(try told(world).count == 4 && Set(try told(world).map(\.0.uid)).count == 1)
    }

    @Test func onlyWhoHasAnAddressStandsInTheCalendar() throws {
        let world = try world()
        try change(world, ["attendees": .list([.reference("wang"), .reference("chen")])], "2026-03-02T08:00")
        try rename(world, "Kick-off", "2026-03-02T09:00")
        // Delivery says that there is no address, as for any notice.
        #expect(try lines(world) == ["REQUEST 0 chen", "REQUEST 0 wang"])
        #expect(try told(world).allSatisfy { $0.0.attendees.map(\.email) == ["wang@example.com"] })
    }

    @Test func aDateIsAWholeDayAndTheHourIsTheDefault() throws {
        let world = try world(
            """
            id: invite
            when: {changes: task.status, to: review}
            then: [{invite: {to: task.assignee, starts_at: task.starts_on, title: "评审：{{ task.title }}"}}]
            """, language: .zh)
        let at = Instant.shanghai("2026-03-02T09:00")
        try world.write(
            "task/A",
            [
                "title": .string("接口"), "status": .string("todo"), "assignee": .reference("wang"),
                "starts_on": .date(CivilDate(iso: "2026-03-09")!),
            ], at: at)
        try world.tick(at)
        try world.write("task/A", ["status": .string("review")], at: at)
        try world.tick(at)
        let (invitation, notice) = try #require(try told(world).first)
        #expect(invitation.start == .date(CivilDate(iso: "2026-03-09")!) && invitation.seconds == 86_400)
        #expect(notice.title == "会议邀请：评审：接口")
        #expect(notice.text.map(\.words).joined().contains("时间：2026-03-09 （全天）"))
        // Closing the record calls it off.
        try world.write("task/A", ["status": .string("done")], at: .shanghai("2026-03-03T09:00"))
        try world.tick(.shanghai("2026-03-03T09:00"))
        #expect(try lines(world).contains("CANCEL 1 wang"))
    }

    @Test func aChangeTouchesOnlyWhatReadsIt() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        try world.write("member/zhao", ["email": .string("z@example.com")], at: .shanghai("2026-03-03T09:00"))
        try world.tick(.shanghai("2026-03-03T09:00"))
        #expect(try told(world).count == 2)
    }

    @Test func twoDecidersTellOnce() throws {
        let world = try world()
        try rename(world, "Kick-off", "2026-03-02T09:00")
        try change(world, ["location": .string("4F")], "2026-03-03T09:00", tick: false)
        var commit: TickCommit?
        _ = try world.store.tick { view in
            let made = try world.core.tick(at: .shanghai("2026-03-03T09:00"), view: view)
            commit = made
            return made
        }
        // The same decision from another that saw the same state comes to nothing.
        let again = try #require(commit)
        let receipt = try world.store.tick { _ in again }
        #expect(receipt.queued == 0)
        #expect(try told(world).count == 4)
    }
}
