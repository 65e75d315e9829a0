/// A piece of HTML, written as a string literal. What is interpolated is escaped by its type: text never becomes
/// markup, and only another `HTML` is put in as it is.
///
/// Attribute values stand in double quotes in the literal; text put between them cannot end them.
struct HTML: ExpressibleByStringInterpolation, Sendable, Hashable {
    private(set) var markup: String

    init(stringLiteral value: StaticString) { markup = "\(value)" }

    init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    fileprivate init(markup: String) { self.markup = markup }

    static let nothing: HTML = ""

    /// Nothing unless the condition holds.
    static func when(_ condition: Bool, _ html: @autoclosure () -> HTML) -> HTML { condition ? html() : .nothing }

    /// Nothing for no value.
    static func with<T>(_ value: T?, _ make: (T) -> HTML) -> HTML { value.map(make) ?? .nothing }

    static func each<T>(_ items: some Sequence<T>, _ make: (T) -> HTML) -> HTML {
        var all = HTML.nothing
        for item in items { all.markup += make(item).markup }
        return all
    }

    static func + (a: HTML, b: HTML) -> HTML { HTML(markup: a.markup + b.markup) }
    static func += (a: inout HTML, b: HTML) { a.markup += b.markup }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        mutating func appendLiteral(_ literal: StaticString) { markup += "\(literal)" }
        mutating func appendInterpolation(_ text: String) { markup += SafeHTML.escape(text) }
        mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
        mutating func appendInterpolation(_ number: Int) { markup += String(number) }
    }
}
