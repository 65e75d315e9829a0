/// Every English sentence of this target.
extension CELProblem {
    var englishMessage: String {
        switch self {
        case .strangeCharacter(let text): "unexpected character \(text)"
        case .fullWidth(let written, let meant):
            meant == " " ? "full-width blank" : "full-width \(written) instead of \(meant)"
        case .fullWidthQuotes: "typographic quotes around a text"
        case .wrongOperator(let written, _), .wordOperator(let written, _): "unknown operator \(written)"
        case .unterminatedString: "this text has no closing quote"
        case .unterminatedName: "this quoted name is not a name"
        case .invalidEscape(let text): "unknown escape \(text)"
        case .invalidNumber(let text, let type): "\(text) does not fit type \(type)"
        case .expectedExpression(let found):
            found.isEmpty ? "the expression ends too early" : "expected a value before \(found)"
        case .expected(let sign, let found):
            "expected \(sign) " + (found.isEmpty ? "before the end" : "but found \(found)")
        case .unexpected(let found): "unexpected \(found) after the expression"
        case .mixedUnary: "! and - cannot stand next to each other"
        case .reservedWord(let word): "\(word) is a reserved word"
        case .sourceTooLong(let limit): "the expression is longer than \(limit) characters"
        case .tooDeep(let limit): "the expression is nested deeper than \(limit) levels"
        case .tooManyErrors: "too many errors; the rest was not read"
        case .hasArgument: "has() takes a field, as in has(task.due)"
        case .macroVariable(let macro): "\(macro) wants a plain name here"
        case .repeatedVariable(let name): "the name \(name) is used twice"
        default: englishTypeMessage
        }
    }

    private var englishTypeMessage: String {
        switch self {
        case .undeclared(let name, _): "unknown name \(name)"
        case .undeclaredFunction(let name, _, let isMember, let receiver):
            isMember && receiver != nil ? "\(receiver ?? "") has no function \(name)" : "unknown function \(name)"
        case .undefinedField(let object, let field, _): "\(object) has no field \(field)"
        case .noFields(let type, let field): "a value of type \(type) has no fields, so no \(field)"
        case .noOverload(let function, let arguments, let isMember, _):
            isMember
                ? "\(arguments.first ?? "").\(function) does not take (\(arguments.dropFirst().joined(separator: ", ")))"
                : "\(function) does not take (\(arguments.joined(separator: ", ")))"
        case .cannotApply(let sign, let left, let right): Self.englishApply(sign, left, right)
        case .cannotNegate(let sign, let type): "cannot apply \(sign) to \(type)"
        case .branchTypes(let a, let b): "the two branches of ? : have different types, \(a) and \(b)"
        case .expectedType(let wanted, let found): "expected \(wanted) but this is \(found)"
        case .notIterable(let type): "cannot walk over \(type); a list or a map is needed"
        case .unknownMessage(let name): "unknown type \(name)"
        case .repeatedKey(let key): "the key \(key) stands twice in a map"
        case .unsupportedKey(let type): "a map key cannot be \(type)"
        case .cannotSort(let type): "values of type \(type) have no order"
        case .tooManyWalks(let limit): "macros inside one another more than \(limit) deep"
        case .costsTooMuch(let least, let limit):
            "this costs at least \(Self.grouped(least)) steps, and \(Self.grouped(limit)) are allowed"
        case .neverEqual(let function, let least, let most, let number):
            "\(function)() gives \(least) to \(most), never \(number)"
        case .regexGroups(let count): "the pattern has \(count) groups; to extract it may have one"
        case .invalidLiteral(let function, let value): "\(function)(\"\(value)\") can never succeed"
        case .invalidRegex(let reason): "invalid regular expression: \(reason)"
        case .invalidFormat(let fault): "invalid format: \(fault.english)"
        case .host(let problem): problem.english
        case .macroParts(let name, let count):
            "\(name) wants a name and what is asked of it, here \(count == 1 ? "is" : "are") \(count == 0 ? "nothing" : count == 1 ? "one part" : "\(count) parts")"
        case .bindParts(let count): "cel.bind has three parts, here \(count == 1 ? "is" : "are") \(count)"
        default: ""
        }
    }

    private static func englishApply(_ sign: String, _ left: String, _ right: String) -> String {
        switch sign {
        case "==", "!=", "<", "<=", ">", ">=": "cannot compare \(left) with \(right)"
        case "in": "cannot look for \(left) in \(right)"
        case "[ ]": "cannot index \(left) with \(right)"
        default: "cannot apply \(sign) to \(left) and \(right)"
        }
    }

    var englishHelp: String? {
        switch self {
        case .fullWidth(_, let meant): meant == " " ? "use an ordinary blank" : "write \(meant)"
        case .fullWidthQuotes(let content): "write \"\(content)\""
        case .wrongOperator(_, let meant), .wordOperator(_, let meant): "write \(meant)"
        case .expectedExpression(let found) where !found.isEmpty: "a value is missing, or \(found) is one too many"
        case .macroVariable("cel.bind"): CELAdvice.bind.english
        case .macroVariable(let macro): "choose a name for each element, as in \(macro)(x, …)"
        case .unterminatedString: "close it with the quote it began with"
        case .invalidEscape: "write \\\\ for a backslash, or r\"…\" for a text without escapes"
        case .mixedUnary: "put brackets around the inner one"
        case .reservedWord: "choose another name"
        case .tooDeep: "split the expression"
        case .hasArgument(let hint?): "write has(….\(hint)), or \"\(hint)\" in … for a map"
        case .undeclared(_, let near?), .undefinedField(_, _, let near?), .undeclaredFunction(_, let near?, _, _):
            "did you mean \(near)?"
        case .noOverload(_, _, _, let expected) where !expected.isEmpty:
            "it takes \(Self.listed(expected, " or "))"
        case .cannotApply(let sign, let left, let right): Self.mixedTypes(sign, left, right).map(Self.english)
        case .branchTypes, .invalidRegex, .invalidFormat, .expected, .invalidNumber: generalAdvice?.english
        case .cannotNegate("-", "uint"): "write int(…) first"
        case .cannotNegate("-", _): "- stands before numbers and lengths of time only; “not” is ! or !="
        case .repeatedKey: "leave one of the two out"
        case .unsupportedKey: "keys are strings, int, uint or bool"
        case .cannotSort: "sort by a part that has an order: sortBy(x, …)"
        case .tooManyWalks: "name a part of the work with cel.bind, or split the expression"
        case .costsTooMuch: "walk over fewer elements, or put fewer macros inside one another"
        case .neverEqual(let function, let least, _, _):
            least == 0 ? "\(function)() counts from 0" + Self.englishFirst(function) : nil
        case .regexGroups: "write (?:…) for a group that is only there to hold things together"
        case .expectedType("bool", _): "write a comparison, such as x != \"\""
        case .invalidLiteral("timestamp", _): "write it like timestamp(\"2026-03-01T09:00:00+08:00\")"
        case .invalidLiteral("duration", _): "the units are h m s ms us ns, as in duration(\"36h\")"
        case .host(let problem): problem.englishHelp
        default: nil
        }
    }

    private static func englishFirst(_ function: String) -> String {
        switch function {
        case "getMonth": ", January, to 11, December"
        case "getDayOfWeek": ", Sunday, to 6, Saturday"
        case "getDayOfMonth": "; getDate() counts from 1"
        default: ""
        }
    }

    private static func english(_ remedy: Remedy) -> String {
        switch remedy {
        case .convert(let function): "use \(function)(…) so that both are numbers of one type"
        case .instant: "use timestamp(\"2026-03-01T09:00:00Z\")"
        case .span: "use duration(\"72h\")"
        case .text: "use string(…) to join a value to a text"
        case .null: "only fields that may be empty compare with null"
        }
    }
}

extension CELFailure {
    var englishMessage: String {
        switch kind {
        case .empty(let path): "\(path) is empty"
        case .noSuchKey(let key): "no such key: \(key)"
        case .noSuchField(let field): "no such field: \(field)"
        case .indexOutOfBounds(let index): "index out of bounds: \(index)"
        case .divisionByZero: "division by zero"
        case .modulusByZero: "modulus by zero"
        case .overflow(let type): "\(type) overflow"
        case .noSuchOverload(let function, let arguments):
            "\(function) cannot be applied to (\(arguments.joined(separator: ", ")))"
        case .conversion(let from, let to, let value): "cannot convert \(from) \(value) to \(to)"
        case .unknownTimeZone(let zone): "unknown time zone \(zone)"
        case .invalidRegex(let reason): "invalid regular expression: \(reason)"
        case .regexGroups(let count): "the pattern has \(count) groups; to extract it may have one"
        case .regexReplacement(let group?, let groups): "\\\(group) stands for a group, and the pattern has \(groups)"
        case .regexReplacement: "in a replacement \\ is followed by a digit or another \\"
        case .repeatedKey(let key): "the key \(key) stands twice in a map"
        case .unsupportedKey(let type): "a map key cannot be \(type)"
        case .invalidUTF8: "these bytes are not UTF-8 text"
        case .invalidArgument(let function, let value): "\(function) cannot take \(value)"
        case .format(let fault): "format: \(fault.english)"
        case .optionalNone: "the optional has no value"
        case .unbound(let name): "\(name) has no value here"
        case .costLimit(let limit): "the expression costs more than \(limit) units"
        case .sizeLimit(let limit): "a result is larger than \(limit)"
        case .memoryLimit(let limit): "the expression builds values of more than \(limit >> 20) MB"
        case .host(_, let english, _): english
        }
    }
}

extension FormatFault {
    var english: String {
        switch self {
        case .endsEarly: "the text ends after %"
        case .unknownClause(let clause): "there is no \(clause)"
        case .count(let values, let clauses):
            "\(values) \(values == 1 ? "value" : "values") for \(clauses) \(clauses == 1 ? "clause" : "clauses")"
        case .precision(let digits?): "more than \(FormatFunctions.greatestPrecision) digits (\(digits))"
        case .precision: "digits are missing after the point"
        case .value(let clause, let type): "\(clause) cannot show \(type)"
        }
    }
}
