/// What people call the fields of the built-in kinds. Fields of own kinds go by their names.
public enum FieldTitles {
    private static let chinese: [String: String] = [
        "access": "权限", "active": "在职", "amount": "金额", "answered_at": "答复时间", "approver": "审批人",
        "assignee": "负责人", "at": "时间", "attendees": "与会人", "auto_renew": "自动续费", "budget": "预算",
        "buyer": "采购人", "choices": "可选答复", "by": "联系人", "cancel_by": "最后可取消日", "channel": "渠道", "close_on": "预计成交日",
        "closed": "已结束", "closed_at": "结束时间", "comment": "意见", "contract": "合同", "created_at": "创建时间",
        "creator": "创建人", "currency": "币种", "custom": "其他列", "customer": "客户", "decided_at": "决定时间",
        "decided_by": "决定人", "escalated_to": "转告的人", "firing": "触发编号", "rule": "规则",
        "decision": "决定", "department": "部门", "department_head": "部门负责人", "dingtalk_id": "钉钉 ID",
        "document": "文件", "due": "截止", "duration": "时长", "email": "邮箱", "ends_on": "结束日期",
        "expires_on": "到期日", "feishu_id": "飞书 ID", "id": "编号", "impact": "影响", "labels": "标签",
        "last_active": "上次使用", "last_amount": "上次金额", "last_contact": "上次联系", "left_on": "离职日期",
        "location": "地点", "login": "账号", "manager": "负责经理", "measure": "衡量标准", "measured_on": "测量日期",
        "member": "成员", "members": "成员", "milestone": "里程碑", "minimum": "最低库存", "name": "名称", "note": "备注",
        "notice_period": "通知期", "open": "未结束", "overdue": "已逾期", "owner": "负责人", "parent": "上级任务",
        "pattern": "模式", "period": "期间", "phone": "电话", "price_terms": "价格条款", "priority": "优先级",
        "probability": "可能性", "product": "产品", "progress": "进度", "project": "项目", "question": "问题",
        "quiet_hours": "免打扰时间", "renewed_on": "续签日期", "reserve": "预留金额", "responsible": "负责人",
        "reviewed_on": "上次评审", "role": "角色", "score": "风险值", "seats": "席位", "slack_id": "Slack ID",
        "source": "来源", "spent": "已用金额", "starts_at": "开始时间", "starts_on": "开始日期", "status": "状态",
        "stock": "库存", "subject": "对象", "summary": "摘要", "teams_id": "Teams ID", "telegram_id": "Telegram ID",
        "text": "内容", "timezone": "时区", "title": "标题", "unit": "单位", "updated_at": "更新时间", "url": "链接",
        "usage": "使用率", "vendor": "供应商", "version": "版本", "waiting_for": "等待谁", "wecom_id": "企业微信 ID",
    ]

    /// What people write for a field in other tools and tables.
    private static let others: [String: String] = [
        "deadline": "due", "due_date": "due", "duedate": "due", "end_date": "ends_on", "start_date": "starts_on",
        "expire_date": "expires_on", "expiry": "expires_on", "expiry_date": "expires_on", "expires": "expires_on",
        "expiration": "expires_on", "state": "status", "tags": "labels", "responsible": "owner", "mail": "email",
        "mobile": "phone", "tel": "phone", "price": "amount", "截止日期": "due", "截止时间": "due", "到期时间": "expires_on",
        "到期日期": "expires_on", "姓名": "name", "手机": "phone", "邮件": "email", "经理": "manager", "主管": "manager",
    ]

    /// The field among `fields` that a word in use elsewhere means.
    static func field(_ word: String, among fields: [String]) -> String? {
        if let other = others[word.lowercased()], fields.contains(other) { return other }
        return fields.first { chinese[$0] == word }
    }

    public static func title(_ field: String, isChinese: Bool) -> String {
        if isChinese { return chinese[field] ?? field }
        return field.replacing("_", with: " ")
    }

    /// Of `project.manager.email`: the title of every step. The name of a record needs no word of its own.
    static func title(path: [String], isChinese: Bool) -> String {
        let isName = path.count > 1 && ["name", "title"].contains(path.last ?? "")
        return (isName ? path.dropLast() : path[...]).map { title($0, isChinese: isChinese) }.joined(separator: " ")
    }
}
