// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A3.
extension ShippedRules {
    static let a3: [(name: String, text: String)] = [
        (
            "A3-meeting-invitation",
            #"""
            # 新成员加入项目 → 收到这个项目所有未开会议的日历邀请；新会议 → 邀请项目全体成员和与会人。改时间、改地点会发更新，离开项目或会议取消会发取消。
            # 会议已经在别处发过邀请的，删掉 existing: fire，就只管以后的会议。没有写时长的会议按一小时。
            # A new member joins a project → calendar invitations to its coming meetings; a new meeting → all members and attendees.
            # A moved meeting sends an update; who leaves the project, and a meeting that is called off, gets a cancellation.
            # Where today's meetings have invitations already, delete existing: fire. A meeting of unknown length counts an hour.
            id: meeting-invitation
            title: 会议邀请 / Meeting invitation
            when: [{while: meeting.starts_at != null}, {changes: meeting.starts_at}]
            if: meeting.starts_at > now
            existing: fire
            then:
              - invite:
                  to: [meeting.attendees, meeting.project.members]
                  starts_at: meeting.starts_at
                  location: "{{ meeting.location }}"

            """#
        )
    ]
}
