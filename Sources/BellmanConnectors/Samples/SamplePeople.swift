/// Members and customers.
extension SampleMaker {
    /// The first six lead the six departments; the first of all leads the company. Two have left, one of them today.
    mutating func members() -> SampleData.File {
        var rows: [[String]] = []
        let heads = words.departments.count
        for (index, person) in words.people.enumerated() {
            let department = index % heads
            let head = self.person(department)
            let manager = index == 0 ? "" : index < heads ? self.person(0).name : head.name
            let role = index < heads ? words.lead : pick(words.roles, draw(words.roles.count))
            let left = index == 27 ? day(-40) : index == 28 ? day(0) : ""
            let phone =
                chineseTitles ? "1380000\(number(1000 + index, width: 4))" : "+1202555\(number(100 + index, width: 4))"
            rows.append([
                "\(person.id)", person.name, "\(person.id)@example.com", phone, words.departments[department], manager,
                departmentHead(index), SampleMaker.duty(index, department) ?? role, left.isEmpty ? words.yes : words.no,
                left,
            ])
        }
        return file(
            "member", ["工号", "姓名", "邮箱", "手机", "部门", "直属上级", "部门负责人", "岗位", "在职", "离职日期"],
            [
                "Employee ID", "Name", "Email", "Mobile", "Department", "Manager", "Department Head", "Role", "Active",
                "Left On",
            ],
            rows)
    }

    /// The company's lead heads those who lead a department; whom nobody heads, the finance director stands in for.
    private func departmentHead(_ index: Int) -> String {
        let heads = words.departments.count
        if index >= heads { return person(index % heads).name }
        return person(index == 0 ? SampleMaker.finance : 0).name
    }

    private static let finance = 4
    private static let technology = 5

    /// The roles that the shipped rules ask for; nil for whom they do not.
    private static func duty(_ index: Int, _ department: Int) -> String? {
        switch department {
        case finance: index == finance ? "finance-director" : "finance"
        case technology: "it"
        default: nil
        }
    }

    /// Every fourth was last spoken to a fortnight ago or longer.
    mutating func customers() -> SampleData.File {
        var rows: [[String]] = []
        for (index, name) in words.customers.enumerated() {
            let days = index % 4 == 0 ? 14 + draw(3) * (index % 8) : 1 + draw(12)
            rows.append([
                "K-\(number(index + 1, width: 3))", name, "contact\(index + 1)@example.com", words.active,
                person(6 + index % 9).name, day(-days) + " 10:\(number(draw(60), width: 2))",
            ])
        }
        return file(
            "customer", ["客户编号", "客户名称", "邮箱", "状态", "客户经理", "最近联系时间"],
            ["Customer ID", "Customer Name", "Email", "Status", "Account Manager", "Last Contact"], rows)
    }
}
