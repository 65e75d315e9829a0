import Almanac
import BellmanModel

/// Small parts that several pages are made of.
enum Pieces {
    static func empty(_ words: String, _ hint: String = "") -> HTML {
        "<div class=\"empty\"><p>\(words)</p>\(HTML.when(!hint.isEmpty, "<p class=\"dim\">\(hint)</p>"))</div>"
    }

    /// `tone` names a class of the stylesheet, never a text from outside.
    static func badge(_ tone: Tone, _ text: String) -> HTML {
        "<span class=\"badge \(tone.rawValue)\">\(text)</span>"
    }

    enum Tone: String { case good, wait, bad, hot, plain }

    static func tone(_ state: DeliveryState) -> Tone {
        switch state {
        case .sent: .good
        case .waiting, .held: .wait
        case .dead: .bad
        case .dropped: .plain
        }
    }

    static func tone(_ outcome: Outcome) -> Tone {
        switch outcome {
        case .fired: .good
        case .firedLate: .wait
        case .failed: .bad
        default: .plain
        }
    }

    /// Links to further pages of a list.
    static func pager(_ context: PageContext, parameter: String, next: String?, nextWords: String) -> HTML {
        let isLater = context.head.query[parameter] != nil
        guard isLater || next != nil else { return .nothing }
        let first = context.address(nil, [(parameter, "")])
        let back: HTML = .when(
            isLater, "<a class=\"button\" href=\"\(first)\" rel=\"first\">\(context.words.first)</a>")
        let on: HTML = .with(next) { next in
            let address = context.address(nil, [(parameter, next)])
            return "<a class=\"button\" href=\"\(address)\" rel=\"next\">\(nextWords)</a>"
        }
        return "<nav class=\"pager\" aria-label=\"\(context.words("Further pages", "翻页"))\">\(back)\(on)</nav>"
    }

    /// A row of a definition list; nothing without a value.
    static func fact(_ name: String, _ value: HTML) -> HTML {
        value == .nothing ? .nothing : "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
    }

    /// A table that may be scrolled sideways on narrow screens; its cells name themselves there.
    /// An agenda is one whose first cell is a time and whose others need no names.
    static func table(_ caption: String, _ heads: [String], _ rows: HTML, isAgenda: Bool = false) -> HTML {
        let cells = HTML.each(heads) { "<th scope=\"col\">\($0)</th>" }
        return """
            <div class="sheet\(HTML.when(isAgenda, " agenda"))"><table><caption>\(caption)</caption>
            <thead><tr>\(cells)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    /// A cell with the name of its column, which is shown where the table becomes a list.
    static func cell(_ name: String, _ value: HTML) -> HTML { "<td data-name=\"\(name)\">\(value)</td>" }
}
