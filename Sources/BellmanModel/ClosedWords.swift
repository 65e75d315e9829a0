/// Words of a `status` that mean "nothing more is to be done", compared without regard to case.
public enum ClosedWords {
    public static let general: Set<String> = [
        "done", "closed", "cancelled", "canceled", "completed", "complete", "finished", "resolved", "fixed", "rejected",
        "wontfix", "won't fix", "won't do", "duplicate", "obsolete", "archived", "inactive", "ended", "abandoned",
        "已完成", "完成", "已关闭", "关闭", "已取消", "取消", "已结束", "结束", "已解决", "已拒绝", "已归档", "归档", "已作废", "作废",
        "已废弃", "已终止", "终止", "已停用", "停用", "已中止", "不做了", "已办结", "已验收",
    ]

    public static let contract: Set<String> = general.union([
        "renewed", "terminated", "expired", "lapsed", "not renewed", "replaced",
        "已续费", "已续约", "已续签", "已到期", "已过期", "已解约", "已退订", "不续费", "不续约", "不续签", "已替换",
    ])

    public static let account: Set<String> = general.union([
        "disabled", "deleted", "removed", "revoked", "suspended", "locked",
        "已禁用", "禁用", "已删除", "已注销", "注销", "已回收", "已冻结", "冻结", "已锁定",
    ])

    public static let risk: Set<String> = general.union([
        "mitigated", "accepted", "retired", "avoided", "已消除", "已缓解", "已规避", "已接受", "已解除",
    ])

    public static let goal: Set<String> = general.union([
        "achieved", "reached", "met", "missed", "dropped", "已达成", "达成", "未达成", "已实现", "已放弃",
    ])

    public static let opportunity: Set<String> = general.union([
        "won", "lost", "closed won", "closed lost", "disqualified",
        "赢单", "输单", "已赢单", "已输单", "已成交", "成交", "已签约", "已流失", "丢单", "已丢单",
    ])

    public static let customer: Set<String> = general.union([
        "lost", "churned", "former", "已流失", "流失", "不再合作",
    ])

    public static let feedback: Set<String> = general.union([
        "answered", "replied", "已回复", "已答复", "已处理", "已反馈",
    ])
}
