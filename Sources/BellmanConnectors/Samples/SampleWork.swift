/// Projects and tasks.
extension SampleMaker {
    mutating func projects() -> SampleData.File {
        var rows: [[String]] = []
        for (index, name) in words.projects.enumerated() {
            let begins = -90 + draw(60)
            let ends = 15 + draw(120)
            let elapsed = 100 * -begins / (ends - begins)
            // Every third is far behind its time.
            let progress = index % 3 == 0 ? max(0, elapsed - 35) : min(100, elapsed + draw(10))
            let members = (0..<4).map { person(index * 3 + $0).name }
            let budget = 100_000 + draw(40) * 10_000
            rows.append([
                "P-\(number(index + 1, width: 2))", name, index == 9 ? words.planning : words.taskStatuses[1],
                person(index).name, members.joined(separator: chineseTitles ? "、" : "; "),
                pick(words.customers, index * 2), day(begins), day(ends), "\(progress)%", "\(budget)",
                "\(budget / 100 * min(110, progress + draw(20)))",
            ])
        }
        return file(
            "project", ["项目编号", "项目名称", "状态", "项目经理", "成员", "客户", "开始日期", "结束日期", "进度", "预算", "已花费"],
            [
                "Project ID", "Project Name", "Status", "Project Manager", "Members", "Customer", "Start Date",
                "End Date",
                "Progress", "Budget", "Spent",
            ], rows)
    }

    static let taskCount = 200
    /// The days from today that rules of deadlines look at: each is met by open tasks.
    private static let tellingDays = [3, -1, -3, -7, 0, 1, 7]

    mutating func tasks() -> SampleData.File {
        var rows: [[String]] = []
        for index in 0..<SampleMaker.taskCount {
            let telling = index < SampleMaker.tellingDays.count * 3
            let due = telling ? SampleMaker.tellingDays[index % SampleMaker.tellingDays.count] : draw(70) - 30
            // What is long overdue is mostly done; what a rule should ring for is open.
            let status = telling ? index % 2 : due < -2 && draw(8) > 0 ? 2 : draw(4)
            rows.append(task(index, due: due, status: status, telling: telling))
        }
        return file(
            "task", ["任务编号", "任务名称", "状态", "负责人", "创建人", "所属项目", "优先级", "标签", "开始日期", "截止日期", "进度", "等待", "里程碑"],
            [
                "Task ID", "Task Name", "Status", "Assignee", "Created By", "Project", "Priority", "Tags", "Start Date",
                "Due Date", "Progress", "Waiting On", "Milestone",
            ], rows)
    }

    private mutating func task(_ index: Int, due: Int, status: Int, telling: Bool) -> [String] {
        let object = draw(words.objects.count)
        let title = pick(words.work, draw(words.work.count)) + (chineseTitles ? "" : " ") + words.objects[object]
        let timed = index % 11 == 5
        let owner = !telling && index % 17 == 4 ? "" : person(draw(26)).name
        let deadline = !telling && index % 19 == 7 ? "" : day(due) + (timed ? " 18:00" : "")
        let progress = status == 2 ? 100 : status == 0 ? 0 : 10 + draw(8) * 10
        let labels = index % 5 == 0 ? [words.departments[draw(6)], pick(words.modules, draw(6))] : []
        return [
            "T-\(number(index + 1, width: 3))", "\(title) \(index / 12 + 1)", words.taskStatuses[status], owner,
            person(draw(6)).name, pick(words.projects, draw(words.projects.count)), "\(1 + draw(5))",
            labels.joined(separator: "; "), day(due - 5 - draw(20)), deadline, "\(progress)%",
            status == 3 ? words.waiting : "", index % 25 == 0 ? words.yes : words.no,
        ]
    }
}
