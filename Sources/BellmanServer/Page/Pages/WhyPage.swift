import Almanac
import BellmanModel

/// Why a rule rang for a record or did not, and the form that asks.
struct WhyPage {
    let context: PageContext
    let rules: [String]
    let rule: String
    let record: String
    let at: String
    var lines: [String]?
    /// Why there is no answer.
    var refusal: String?
    private var words: PageWords { context.words }

    func html() -> HTML {
        "\(form)\(HTML.with(refusal) { "<section class=\"alarmed\" role=\"alert\"><p class=\"problem\">\($0)</p></section>" })\(HTML.with(lines, answer))"
    }

    private var form: HTML {
        let options = HTML.each(rules) { id in
            id == rule ? "<option selected>\(id)</option>" : "<option>\(id)</option>"
        }
        return """
            <section class="panel" aria-labelledby="h-ask"><h2 id="h-ask">\(words("Ask", "查询"))</h2>
            <form class="act" method="get" action="/why">
            <label>\(words.rule) <select name="rule">\(options)</select></label>
            <label>\(words("Record", "记录")) <input name="record" value="\(record)" placeholder="task/T-1" maxlength="500"></label>
            <label>\(words("When", "何时")) <input name="at" value="\(at)" placeholder="2026-12-31" maxlength="60"></label>
            <button class="main">\(words("Why?", "为什么？"))</button></form></section>
            """
    }

    private func answer(_ lines: [String]) -> HTML {
        """
        <section aria-labelledby="h-answer"><h2 id="h-answer">\(words("Answer", "回答"))</h2>
        <pre class="source" tabindex="0" aria-labelledby="h-answer">\(lines.joined(separator: "\n"))</pre></section>
        """
    }
}
