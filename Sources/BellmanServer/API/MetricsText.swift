/// Prometheus text format 0.0.4 (prometheus.io, "Exposition formats").
enum MetricsText {
    static func write(_ samples: [MetricSample]) -> String {
        var text = ""
        var current: String?
        for sample in samples {
            if sample.name != current {
                text += "# HELP \(sample.name) \(escaped(sample.help, quotes: false))\n"
                text += "# TYPE \(sample.name) \(sample.kind.rawValue)\n"
                current = sample.name
            }
            text += "\(sample.name)\(sample.suffix)\(labels(sample.labels)) \(number(sample.value))\n"
        }
        return text
    }

    private static func labels(_ labels: [MetricSample.Label]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\"" where quotes: output += "\\\""
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1.0e15 ? String(Int64(value)) : value.description
    }
}
