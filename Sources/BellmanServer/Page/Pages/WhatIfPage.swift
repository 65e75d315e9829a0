import Almanac
import BellmanModel

/// A box for rule texts, and what would be different with them.
struct WhatIfPage {
    let context: PageContext
    let text: String
    let answer: WhatIfAnswer?
    private var words: PageWords { context.words }

    func html() -> HTML { "\(form)\(HTML.with(answer, result))" }

    private var form: HTML {
        let guardField: HTML = .with(context.identity.formToken) {
            "<input type=\"hidden\" name=\"\(FormGuard.field)\" value=\"\($0)\">"
        }
        return """
            <p class="lead">\(words("Paste rules: they take the place of the rules with the same ids, and all others stay. Nothing is saved and nothing is sent.", "粘贴规则：与现有规则同 id 的会被替换，其余不变。不保存，也不发送任何东西。"))</p>
            <form class="act" method="post" action="/whatif">\(guardField)
            <label for="rules">\(words("Rules (YAML)", "规则（YAML）"))</label>
            <textarea id="rules" name="rules" rows="16" spellcheck="false" required class="source">\(text)</textarea>
            <button class="main">\(words("Check and compare", "检查并比较"))</button></form>
            """
    }

    private func result(_ answer: WhatIfAnswer) -> HTML {
        let problems: HTML = .when(
            !answer.problems.isEmpty,
            """
            <section aria-labelledby="h-problems"><h2 id="h-problems">\(words("What check says", "检查结果"))</h2>
            <pre class="source" tabindex="0" aria-labelledby="h-problems">\(answer.problems)</pre></section>
            """)
        let plan: HTML = .with(answer.plan) { plan in
            """
            <section aria-labelledby="h-plan"><h2 id="h-plan">\(words("What would be different in the next 30 days", "未来 30 天会有什么不同"))</h2>
            <pre class="source" tabindex="0" aria-labelledby="h-plan">\(plan)</pre></section>
            """
        }
        return "<div role=\"status\">\(problems)\(plan)</div>"
    }
}
