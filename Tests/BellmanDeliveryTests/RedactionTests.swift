import BellmanTransport
import Digests
import Foundation
import Testing

@testable import BellmanDelivery

@Suite struct RedactionTests {
    static let token = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    static let address = "https://hooks.example.com/services/T00000000/B0123456789/XXXXabcdEFGH1234ijkl?k=v+w/x"

    /// However an answer echoes a secret, nothing of it is kept.
    @Test(arguments: [RedactionTests.token, RedactionTests.address, "p@ss wörd/+1=x"])
    func everyFormGoes(_ secret: String) {
        let redaction = Redaction([Secret(secret)])
        let bytes = Array(secret.utf8)
        var forms = [secret, TextCoding.hex(bytes), TextCoding.hex(bytes).uppercased()]
        let encoded = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        forms += [encoded, encoded.replacingOccurrences(of: "%3A", with: "%3a")]
        for before in 0..<3 {
            for after in 0..<3 {
                let padded = [UInt8](repeating: 120, count: before) + bytes + [UInt8](repeating: 121, count: after)
                forms.append(TextCoding.base64(padded))
            }
        }
        for form in forms {
            let clean = redaction.clean("535 said \(form) to us")
            #expect(!clean.contains(form), "\(form)")
            #expect(clean.utf8.count < form.utf8.count + 24 || form.utf8.count < 16, "\(form) leaves \(clean)")
        }
    }

    @Test func ordinaryWordsStay() {
        let redaction = Redaction([Secret(RedactionTests.address), Secret("bell")])
        #expect(redaction.clean("HTTP 404 no such service") == "HTTP 404 no such service")
        #expect(Redaction([Secret("ok"), nil]).clean("ok") == "ok")
    }

    @Test func piecesOfAnAddressGo() {
        let redaction = Redaction([Secret(RedactionTests.address)])
        #expect(redaction.clean("no_team XXXXabcdEFGH1234ijkl") == "no_team (secret)")
    }
}
