import Almanac
import BellmanModel
import BellmanTransport
import Digests
import Foundation
import Testing

@testable import BellmanDelivery

/// Invitations as they leave, read again by parsers that are not ours.
@Suite struct CalendarTextTests {
    struct Case: Sendable {
        let name: String
        let invitation: Invitation
    }

    private static let hostile =
        "a;b,c\\d\"e\r\nATTENDEE:mailto:x@evil.example\nBEGIN:VALARM\u{2028}\u{85}\u{0}\t会议\u{202E} 👩‍👩‍👧"
        + String(repeating: "长标题", count: 40)

    static func invitation(
        _ method: Invitation.Method = .request, _ sequence: Int = 0, title: String = "Kick-off",
        start: Invitation.Start = .instant(Instant(seconds: 1_773_108_000)), seconds: Int64 = 5_400,
        location: String = "3F", attendees: [Invitation.Attendee]? = nil, uninvites: Bool = false
    ) -> Invitation {
        Invitation(
            uid: "meeting-1@bellman", sequence: sequence, method: method, title: title, start: start, seconds: seconds,
            location: location, zone: "Asia/Shanghai",
            attendees: attendees
                ?? [.init(name: "王芳", email: "wang@example.com"), .init(name: "Li, Na", email: "li+a%b@example.com")],
            uninvites: uninvites)
    }

    static let cases: [Case] = [
        Case(name: "request", invitation: invitation()),
        Case(name: "update", invitation: invitation(.request, 3, location: "")),
        Case(name: "cancel", invitation: invitation(.cancel, 4)),
        Case(name: "uninvite", invitation: invitation(.cancel, 4, uninvites: true)),
        Case(
            name: "whole-day",
            invitation: invitation(start: .date(CivilDate(iso: "2026-12-31")!), seconds: 2 * 86_400)),
        Case(
            name: "hostile",
            invitation: invitation(
                title: hostile, location: hostile, attendees: [.init(name: hostile, email: "wang@example.com")])),
    ]

    private static func text(_ invitation: Invitation) -> String {
        CalendarText(
            invitation, organizer: Mailbox(name: "更夫 \"x\"", address: "bell@example.com"),
            stamp: Instant(seconds: 1_772_409_600)
        ).text
    }

    static func mail(_ invitation: Invitation) throws -> MailEnvelope {
        let notice = Notice(
            id: "n1", firing: "f", rule: "r", ruleTitle: "R", record: "meeting/M", step: 0, channel: "mail",
            recipientKey: "wang", recipients: [Sample.wang], title: "会议邀请：" + invitation.title,
            text: [.authored("请您参加会议\n- 时间："), .value("2026-03-10")], links: [], priority: .normal, urgent: false,
            scheduledAt: start, firedAt: start, late: false, language: "zh", payload: .invitation(invitation))
        guard case .mail(let envelope) = try Sample.email().format(OutgoingMessage(notice), now: start) else {
            throw FormatProblem.badAddress
        }
        return envelope
    }

    @Test(arguments: cases.map(\.name)) func linesAreWhole(_ name: String) throws {
        let invitation = try #require(CalendarTextTests.cases.first { $0.name == name }).invitation
        let text = CalendarTextTests.text(invitation)
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
        let unfolded = text.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
        let names = unfolded.dropLast().map { $0.prefix { $0 != ":" && $0 != ";" } }
        let attendees = invitation.attendees.count
        #expect(names.filter { $0 == "ATTENDEE" }.count == attendees && !names.contains { $0.isEmpty })
        for name in ["METHOD", "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER"] {
            #expect(names.filter { $0 == name }.count == 1, "\(name)")
        }
        #expect(names.filter { $0 == "BEGIN" }.count == 2 && !names.contains("VALARM"))
    }

    @Test func theLinesOfARequest() {
        let text = CalendarTextTests.text(CalendarTextTests.invitation()).replacing("\r\n ", with: "")
        for line in [
            "METHOD:REQUEST", "SEQUENCE:0", "DTSTAMP:20260302T000000Z", "DTSTART:20260310T020000Z",
            "DTEND:20260310T033000Z", "STATUS:CONFIRMED", "LOCATION:3F",
            "ORGANIZER;CN=\"更夫 'x'\":mailto:bell@example.com",
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Li, Na\":mailto:li+a%25b@example.com",
        ] { #expect(text.contains("\r\n\(line)\r\n"), "\(line)") }
        let day = CalendarTextTests.text(
            CalendarTextTests.invitation(start: .date(CivilDate(iso: "2026-12-31")!), seconds: 86_400))
        #expect(day.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"))
    }

    @Test func whoIsTakenOutCancelsNothingForTheOthers() {
        let off = CalendarTextTests.text(CalendarTextTests.invitation(.cancel, 1))
        #expect(off.contains("METHOD:CANCEL\r\n") && off.contains("STATUS:CANCELLED\r\n") && !off.contains("RSVP"))
        let out = CalendarTextTests.text(CalendarTextTests.invitation(.cancel, 1, uninvites: true))
        #expect(out.contains("METHOD:CANCEL\r\n") && !out.contains("STATUS"))
    }

    /// Through Python's `email`, `icalendar` and `vobject`, where they are there.
    @Test func otherParsersReadThem() throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Oracles/calendar_oracle.py")
        let folder = FileManager.default.temporaryDirectory.appending(path: "bellman-ics-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for entry in CalendarTextTests.cases {
            try Data(CalendarTextTests.mail(entry.invitation).message).write(
                to: folder.appending(path: "\(entry.name).eml"))
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path(), folder.path()]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // 77: this machine lacks the packages; what is missing is said.
        guard process.terminationStatus != 77 else {
            FileHandle.standardError.write(Data("calendar parsers skipped: \(said)".utf8))
            return
        }
        #expect(process.terminationStatus == 0, "\(said)")
    }

    @Test func onePixelIsAPNG() {
        let bytes = PNGPixel.bytes
        #expect(bytes.count == 8 + 25 + 12 + 15 + 12)
        // The checksums that zlib and libpng make of the same pixel.
        #expect(TextCoding.base64(PNGPixel.stored([0, 1, 2, 3])) == "eAEBBAD7/wABAgMADgAH")
    }
}
