// Made by scripts/embed-rules from rules/; a test compares the two.

/// Scenario A15.
extension ShippedRules {
    static let a15: [(name: String, text: String)] = [
        (
            "A15-document-changed",
            #"""
            # 项目文档有更新 → 项目成员，一天最多一封：每个工作日 17:00 汇总上一个工作日 17:00 以来改过的文档，17:30 发出。
            # 停机期间的改动，恢复后按天补发。
            # A project's documents changed → its members, once a day at most: each working day at 17:00 what changed since 17:00
            # of the working day before, sent at 17:30. What changed while Bellman was stopped comes afterwards, day by day.
            id: document-changed
            title: 项目文档更新 / Documents changed
            when: {every: working day at 17:00}
            select: document
            where: >-
              document.project.open && document.project.members.size() > 0 && document.updated_at <= firing.scheduled_at
              && document.updated_at > firing.scheduled_at.minus("1 working day")
            group: document.project
            catch_up: all
            then:
              - notify:
                  via: mail
                  to: group.members
                  title:
                    zh: 「{{ group.name }}」有 {{ records.size() }} 份文档更新，请看看和你有关的
                    en: 'Documents of “{{ group.name }}” changed ({{ records.size() }}): please look at those that concern you'
                  text:
                    zh: |
                      请「{{ group.name }}」的成员今天看一看和自己有关的改动，有疑问找文档的负责人或项目经理。

                      {{ table(records, ["title", "version", "location", "owner"]) }}
                    en: |
                      Members of “{{ group.name }}”, please look today at the changes that concern you, and ask the owner of the document or the project manager where something is unclear.

                      {{ table(records, ["title", "version", "location", "owner"]) }}
                  priority: low
                  digest: day at 17:30

            """#
        )
    ]
}
