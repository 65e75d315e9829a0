import Almanac

extension Period {
    /// The period n times over, part by part. A length beyond all time stays what it is.
    public func times(_ n: Int) -> Period {
        let (exact, isTooLong) = microseconds.multipliedReportingOverflow(by: Int64(n))
        return Period(
            months: months * n, days: days * n, workingDays: workingDays * n,
            microseconds: isTooLong ? microseconds : exact, isNegative: isNegative)
    }
}
