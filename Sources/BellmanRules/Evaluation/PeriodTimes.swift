import Almanac

extension Period {
    /// The period n times over, part by part.
    func times(_ n: Int) -> Period {
        Period(
            months: months * n, days: days * n, workingDays: workingDays * n, microseconds: microseconds * Int64(n),
            isNegative: isNegative)
    }
}
