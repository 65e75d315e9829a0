import Testing

@testable import BellmanRules

@Suite struct ExactSumTests {
    @Test(
        arguments: [
            ([0.1, 0.2, 0.3], 0.6), ([1e308, 1e308, -1e308, -1e308, 0.1], 0.1), ([1, 1e100, 1, -1e100], 2),
            ([.leastNonzeroMagnitude, .leastNonzeroMagnitude], 2 * Double.leastNonzeroMagnitude), ([0.5, -0.5], 0),
            ([-0.1, -0.2], -0.30000000000000004), ([], 0),
            ([9_007_199_254_740_992, 1], 9_007_199_254_740_992),
            ([9_007_199_254_740_992, 1, 1], 9_007_199_254_740_994),
            ([9_007_199_254_740_992, 2], 9_007_199_254_740_994), ([1.7976931348623157e308, 1e308], Double.infinity),
            ([.infinity, 1], Double.infinity),
        ] as [([Double], Double)])
    func isRoundedOnce(numbers: [Double], total: Double) {
        for order in [numbers, numbers.reversed()] {
            var sum = ExactSum()
            for number in order { sum.add(number) }
            #expect(sum.value == total)
            #expect(ExactSum(fields: sum.fields) == sum)
            for number in numbers { sum.add(number, times: -1) }
            #expect(sum == ExactSum())
        }
    }

    @Test func netstringsComeBack() {
        for texts in [[], [""], ["a", "", "3:abc", "工作日", "\u{0}\n"]] {
            #expect(Netstring.split(Netstring.join(texts)) == texts)
        }
        #expect(Netstring.split("5:ab").isEmpty)
    }

    @Test func codesStandInTheOrderOfTheirValues() {
        let ints: [Int64] = [.min, -2, -1, 0, 1, 300, .max]
        #expect(ints.map { ShareValue.int($0).code } == ints.map { ShareValue.int($0).code }.sorted())
        let doubles = [-Double.infinity, -1e300, -1.5, -1e-300, 0, 1e-300, 0.1, 2, 1e300, .infinity]
        #expect(doubles.map { ShareValue.double($0).code } == doubles.map { ShareValue.double($0).code }.sorted())
        for value in ints.map(ShareValue.int) + doubles.map(ShareValue.double) {
            #expect(ShareValue(code: value.code) == value)
        }
    }
}
