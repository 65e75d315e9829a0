import Almanac
import BellmanModel

/// The pages that answer why, and what if.
struct TrustPages: Sendable {
    let dependencies: ServerDependencies
    let trust: TrustDependencies

    func why(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let query = call.head.query
        func given(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
        var page = WhyPage(
            context: context, rules: dependencies.rulesReport(call.language).rules.map(\.id),
            rule: given("rule") ?? "", record: given("record") ?? "", at: given("at") ?? "")
        if let rule = given("rule") {
            do {
                page.lines = try trust.why(
                    WhyAsked(rule: rule, record: given("record"), at: given("at")), call.language)
            } catch let refusal as WhyRefusal {
                switch refusal {
                case .unknown(let words), .bad(_, _, let words): page.refusal = words
                }
            }
        }
        return PageFrame(context).reply(.rules, title: context.words("Why?", "为什么响，为什么没响"), page.html())
    }

    func whatIf(_ call: Call) -> Reply { page(PageContext(call, dependencies), text: "", nil) }

    func tryOut(_ call: Call) throws -> Reply {
        // A form's line ends are those of the network (HTML, form submission).
        let text = (call.form["rules"] ?? "").replacing("\r\n", with: "\n")
        let answer = try trust.whatIf(text, call.language)
        return page(PageContext(call, dependencies), text: text, answer)
    }

    private func page(_ context: PageContext, text: String, _ answer: WhatIfAnswer?) -> Reply {
        let page = WhatIfPage(context: context, text: text, answer: answer)
        return PageFrame(context).reply(
            .rules, title: context.words("What if…", "如果改成这样…"), isLive: false, page.html())
    }
}
