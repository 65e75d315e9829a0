import Almanac

/// Contracts, their modules and accounts.
extension SampleMaker {
    static let contractCount = 40
    /// Days to expiry that rules look at; negative ones have expired without renewal.
    private static let expiries = [60, 30, 7, 61, 31, 8, 0, 1, 14, 44, -1, -12, 90, 120, 180, 250, 300]
    /// Contracts of which single accounts are listed.
    private static let contractsWithAccounts = 6

    mutating func contracts() -> SampleData.File {
        var rows: [[String]] = []
        for index in 0..<SampleMaker.contractCount {
            let days =
                SampleMaker.expiries[index % SampleMaker.expiries.count] + (index / SampleMaker.expiries.count) * 3
            rows.append(contract(index, days: index < SampleMaker.expiries.count ? days : days + draw(4)))
        }
        return file(
            "contract",
            [
                "合同编号", "合同名称", "供应商", "产品", "部门", "状态", "负责人", "金额", "上期金额", "币种", "席位数", "生效日期", "到期日期", "自动续费",
                "通知期", "使用率", "文档链接", "价格条款",
            ],
            [
                "Contract Number", "Contract Name", "Vendor", "Product", "Department", "Status", "Owner", "Amount",
                "Previous Amount", "Currency", "Seats", "Start Date", "Expiry Date", "Auto Renewal", "Notice Period",
                "Usage",
                "Document", "Price Terms",
            ], rows)
    }

    private mutating func contract(_ index: Int, days: Int) -> [String] {
        let product = words.products[index % words.products.count]
        let last = 8_000 + draw(60) * 2_000
        // Every fifth became clearly dearer.
        let amount = index % 5 == 1 ? last * 118 / 100 : last
        let automatic = index % 4 == 1
        let incomplete = index % 13 == 6
        let year = today.adding(days: days).year
        return [
            "C-\(number(index + 1, width: 3))", "\(product.name) \(year)-\(index / words.products.count + 1)",
            product.vendor,
            product.name, pick(words.departments, draw(6)), days < 0 ? words.expired : words.active,
            person(draw(12)).name,
            "\(amount)", "\(last)", chineseTitles ? "CNY" : "USD", incomplete ? "" : "\(10 + draw(20) * 5)",
            day(days - 365),
            day(days), automatic ? words.yes : words.no, automatic ? words.notice([30, 30, 60][draw(3)]) : "",
            "\(index % 6 == 2 ? 5 + draw(24) : 35 + draw(60))%",
            incomplete ? "" : "https://docs.example.com/contracts/\(index + 1)", incomplete ? "" : words.priceTerms,
        ]
    }

    mutating func modules() -> SampleData.File {
        var rows: [[String]] = []
        for contract in [3, 13, 23] {
            for name in words.modules {
                rows.append([
                    "M-\(number(rows.count + 1, width: 3))", name, "C-\(number(contract, width: 3))",
                    "\(5 + draw(90))%",
                    day(-today.day),
                ])
            }
        }
        return file(
            "module", ["编号", "模块名称", "合同编号", "使用率", "统计日期"], ["ID", "Module", "Contract", "Usage", "Date"], rows)
    }

    /// Some were idle for over a month, and one belongs to each of those who left.
    mutating func accounts() -> SampleData.File {
        var rows: [[String]] = []
        for contract in 1...SampleMaker.contractsWithAccounts {
            for seat in 0..<8 {
                let person = seat == 0 ? person(27 + contract % 2) : person(contract * 5 + seat)
                let idle = seat % 4 == 3 ? 30 + draw(60) : draw(10)
                rows.append([
                    "A-\(number(rows.count + 1, width: 3))", "\(person.id)@example.com", words.active,
                    "C-\(number(contract, width: 3))", person.name, day(-idle) + " 09:\(number(draw(60), width: 2))",
                    contract == 2 && seat == 5 ? day(3) : "", seat == 1 ? "admin" : "user",
                ])
            }
        }
        return file(
            "account", ["账号ID", "登录名", "状态", "合同编号", "使用人", "最后登录", "到期日", "权限"],
            ["Account ID", "Login", "Status", "Contract", "Member", "Last Login", "Expiry Date", "Access"], rows)
    }
}
