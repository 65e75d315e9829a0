/// The titles under which trackers and tables export each field, English and Chinese.
///
/// Earlier groups win over later ones: a Jira file's `Issue key` is the id and its `Issue id` is not, and a project
/// file's `Name` is the title while its `Summary` is a flag.
/// Sources: exports of Asana, Jira, ClickUp, Trello, MS Project, Planner, GitHub, GitLab, Linear, Redmine,
/// 飞书多维表格, 钉钉, Teambition, 禅道 and common hand-made tables.
enum ColumnTitles {
    typealias Table = [String: [[String]]]

    static func groups(kind: String, field: String) -> [[String]] {
        (byKind[kind]?[field] ?? []) + (common[field] ?? [])
    }

    /// For every kind, own kinds too.
    static let common: Table = [
        "id": [["编号", "ID", "序号", "唯一编号", "记录ID", "record id", "Key", "代码", "编码", "No.", "#"]],
        "title": [["标题", "名称", "主题", "name"]],
        "name": [["名称", "标题", "title"]],
        "status": [["状态", "当前状态", "State", "Stage", "阶段"]],
        "owner": [["负责人", "责任人", "所有者", "Owner Name"], ["负责人邮箱", "owner email"]],
        "manager": [["经理", "负责人", "主管"]],
        "project": [["项目", "所属项目", "项目名称", "Project Name"]],
        "customer": [["客户", "客户名称", "所属客户", "客户公司", "Customer Name", "Account Name", "Company", "Client"]],
        "contract": [
            ["合同", "所属合同", "合同名称", "合同编号", "产品", "Contract Name", "Contract Number", "Product", "Application", "App"]
        ],
        "department": [["部门", "所属部门", "使用部门", "团队", "Department", "Team"]],
        "email": [["邮箱", "电子邮箱", "电子邮件", "邮件", "E-mail", "Email Address", "Mail"]],
        "due": [["截止日期", "到期日", "到期日期", "截止时间", "Due Date", "Deadline"]],
        "starts_on": [["开始日期", "开始时间", "起始日期", "Start Date", "Start"]],
        "currency": [["币种", "货币", "Currency Code"]],
        "url": [["链接", "网址", "地址链接", "Link", "Web URL"]],
        "source": [["来源", "来源系统"]],
    ]

    static let byKind: [String: Table] = [
        "task": task, "member": member, "project": project, "contract": contract, "account": account, "module": module,
        "customer": customer, "opportunity": opportunity, "contact": contact, "risk": risk, "material": material,
        "goal": goal, "meeting": meeting, "document": document, "budget": budget, "feedback": feedback,
    ]

    private static let task: Table = [
        "id": [
            [
                "Task ID", "Issue key", "Card ID", "任务ID", "任务编号", "问题关键字", "关键字", "需求编号", "缺陷编号", "bug编号", "工单号",
                "gid", "guid",
            ],
            ["Issue id", "Issue Number", "Number", "Unique ID", "IID"],
        ],
        "title": [
            [
                "Task Name", "Name", "Card Name", "Subject", "任务名称", "任务标题", "任务", "任务主题", "事项", "需求名称", "bug标题",
                "缺陷标题", "待办",
            ],
            ["Summary", "Task", "概要", "摘要", "任务描述", "工作项", "工作内容"],
        ],
        "status": [
            ["任务状态", "Task Status", "完成状态", "进展状态", "bug状态"],
            ["Section/Column", "Section", "List Name", "Bucket Name", "Column", "任务列表"],
        ],
        "assignee": [
            [
                "Assignees", "Assigned To", "Assign", "Members", "Resource Names", "负责人", "经办人", "执行人", "执行者", "指派给",
                "处理人",
                "责任人", "担当", "Assignee Name", "Owner", "Responsible",
            ],
            ["Assignee Email", "负责人邮箱", "Assignee Username", "成员"],
        ],
        "creator": [
            ["Reporter", "Created By", "Author", "创建人", "创建者", "由谁创建", "报告人", "发起人", "提出人"], ["Author Username"],
        ],
        "project": [
            ["Projects", "Project Name", "Board Name", "List", "所属执行", "Plan Name", "所属项目"],
            ["Project key", "Folder Name"],
        ],
        "parent": [
            ["Parent task", "Parent", "Parent issue", "Parent ID", "父任务", "父任务ID", "父级任务", "上级任务", "父记录"],
            ["Parent summary"],
        ],
        "priority": [["优先级", "紧急程度", "重要程度", "Severity"]],
        "labels": [["Tags", "Label", "标签", "标记"]],
        "starts_on": [["预计开始", "计划开始", "计划开始日期", "计划开始时间", "Planned Start", "Date Started"]],
        "due": [
            ["Due", "Due On", "Due At", "Finish", "截止", "截至日期", "计划完成", "计划完成日期", "计划完成时间", "预计完成", "完成期限"],
            ["End Date", "Finish Date", "结束日期", "结束时间", "计划结束", "计划结束日期"],
        ],
        "progress": [
            ["% Complete", "% Done", "Percent Complete", "done_ratio", "完成度", "进度", "完成率", "完成百分比", "完成%", "完成进度"]
        ],
        "milestone": [["是否里程碑", "里程碑"]],
        "closed_at": [
            [
                "Completed At", "Resolved", "Closed", "Closed At (UTC)", "Completed Date", "Date Closed", "Completed",
                "完成时间", "实际完成", "实际完成时间", "实际完成日期", "关闭时间", "解决时间",
            ]
        ],
        "note": [["Notes", "Description", "Task Content", "Card Description", "描述", "备注", "任务说明", "说明", "任务详情"]],
        "waiting_for": [["Waiting On", "Blocked By", "等待", "阻塞原因", "等待对象"]],
        "url": [["Card URL", "Task Link", "Permalink"]],
    ]

    private static let member: Table = [
        "id": [["工号", "员工编号", "员工工号", "Employee ID", "User ID", "账号", "Username", "用户名", "userid"]],
        "name": [["姓名", "成员", "成员姓名", "员工姓名", "Full Name", "Display Name", "显示名称", "User Name", "Member"]],
        "email": [["企业邮箱", "工作邮箱", "Work Email"]],
        "phone": [["手机", "手机号", "手机号码", "电话", "联系电话", "Mobile", "Mobile Phone", "Phone Number", "Telephone"]],
        "department": [["组织", "Organization Unit"]],
        "manager": [["上级", "直属上级", "直接上级", "汇报对象", "直接主管", "Reports To", "Supervisor", "Line Manager"]],
        "department_head": [["部门负责人", "部门主管", "Head of Department"]],
        "role": [["角色", "岗位", "职位", "职务", "Job Title", "Position", "Title"]],
        "active": [["在职", "是否在职", "是否激活", "启用", "在职状态", "Is Active", "Enabled"]],
        "left_on": [["离职日期", "离职时间", "最后工作日", "Left On", "Termination Date", "Last Day", "Leaving Date"]],
        "timezone": [["时区", "Time Zone"]],
        "quiet_hours": [["免打扰", "免打扰时间", "Do Not Disturb"]],
        "dingtalk_id": [["钉钉ID", "钉钉userid", "钉钉", "DingTalk"]],
        "wecom_id": [["企业微信ID", "企业微信", "企微ID", "WeCom"]],
        "feishu_id": [["飞书ID", "飞书", "open_id", "Lark ID"]],
        "slack_id": [["Slack", "Slack User ID"]],
        "teams_id": [["Teams", "UPN"]],
        "telegram_id": [["Telegram"]],
    ]

    private static let project: Table = [
        "id": [["项目编号", "项目ID", "项目代号", "Project ID", "Project key", "Identifier"]],
        "name": [["项目名称", "项目", "Project Name", "Project"]],
        "status": [["项目状态"]],
        "manager": [["项目经理", "项目负责人", "Project Manager", "Project lead", "Lead", "Owner", "PM"]],
        "creator": [["创建人", "创建者", "Created By"]],
        "members": [["成员", "项目成员", "团队成员", "参与人", "Team Members", "Team"]],
        "starts_on": [["立项日期", "计划开始", "项目开始日期"]],
        "ends_on": [["结束日期", "结束时间", "截止日期", "计划结束", "计划完成", "End Date", "Due Date", "Finish", "Target Date", "End"]],
        "progress": [["进度", "完成度", "完成率", "完成百分比", "% Complete", "Percent Complete"]],
        "budget": [["预算", "项目预算", "预算金额"]],
        "spent": [["已用", "已花费", "已用预算", "实际支出", "Actual Cost", "Cost"]],
        "pattern": [["命名规则", "Naming Pattern"]],
        "channel": [["群", "通知渠道", "项目群"]],
    ]

    private static let contract: Table = [
        "id": [["合同编号", "合同号", "合同ID", "Contract Number", "Contract ID", "Contract No."]],
        "name": [["合同名称", "合同", "Contract Name", "Contract", "Subscription", "订阅名称", "Agreement"]],
        "vendor": [["供应商", "供应商名称", "厂商", "乙方", "Supplier", "Provider", "Publisher"]],
        "product": [["产品", "产品名称", "软件名称", "软件", "Product Name", "Service", "Software"]],
        "status": [["合同状态", "Contract Status"]],
        "owner": [["合同负责人", "经办人", "Contract Owner", "Responsible"]],
        "amount": [
            [
                "金额", "合同金额", "总金额", "年费", "价格", "费用", "含税金额", "Contract Value", "Value", "Price", "Cost",
                "Annual Cost", "Total",
            ]
        ],
        "last_amount": [["上期金额", "上次金额", "上年金额", "Previous Amount", "Last Price"]],
        "seats": [["席位", "席位数", "授权数", "许可数", "用户数", "Licenses", "Licences", "Quantity"]],
        "starts_on": [["生效日期", "合同开始日期", "签订日期", "起始日", "Effective Date", "Contract Start Date"]],
        "expires_on": [
            [
                "到期日期", "到期日", "到期时间", "合同到期日", "截止日期", "有效期至", "终止日期", "Expiry Date", "Expiration Date", "Expires",
                "Expiry",
                "Renewal Date", "Contract End Date", "Expiration",
            ],
            ["End Date", "结束日期", "End"],
        ],
        "renewed_on": [["续签日期", "续费日期", "续约日期", "Renewed"]],
        "auto_renew": [
            ["自动续费", "自动续约", "自动续签", "是否自动续费", "是否自动续约", "Auto Renewal", "Auto-renew", "Automatic Renewal"]
        ],
        "notice_period": [["通知期", "提前通知期", "解约通知期", "提前通知天数", "Notice", "Notice Days", "Cancellation Notice"]],
        "usage": [["使用率", "利用率", "Utilization", "Utilisation", "Usage Rate"]],
        "measured_on": [["使用率日期", "用量日期", "统计日期", "Usage Measured On", "Usage Date"]],
        "document": [["合同文件", "附件", "文档", "文档链接", "Document Link", "Attachment"]],
        "price_terms": [["价格条款", "计价方式", "付款方式", "Pricing", "Payment Terms"]],
        "version": [["版本", "产品版本", "Edition"]],
        "department": [["采购部门"]],
    ]

    private static let account: Table = [
        "id": [["账号ID", "账户ID", "Account ID", "User ID"]],
        "login": [["登录名", "账号", "账户", "用户名", "User", "Username", "User Name", "Account"], ["邮箱", "Email"]],
        "status": [["账号状态", "账户状态", "License Status", "Licence"]],
        "member": [["使用人", "员工", "姓名", "成员", "Employee", "User Full Name"]],
        "last_active": [
            [
                "最后登录", "最近登录", "最后登录时间", "最近使用", "最后活跃", "最近活跃时间", "Last Login", "Last Sign-in", "Last Seen",
                "Last Used",
            ]
        ],
        "expires_on": [["到期日", "到期日期", "有效期至", "Expiry Date", "Expires", "Valid Until"]],
        "access": [["权限", "访问权限", "访问级别", "Access Level", "Permission", "Permissions", "Role"]],
    ]

    private static let module: Table = [
        "name": [["模块", "模块名称", "功能模块", "Module", "Module Name", "Feature"]],
        "usage": [["使用率", "利用率", "Utilization", "Usage Rate"]],
        "measured_on": [["统计日期", "统计月份", "测量日期", "Date", "Month"]],
    ]

    private static let customer: Table = [
        "id": [["客户编号", "客户ID", "Customer ID", "Account ID"]],
        "name": [["客户名称", "客户", "公司名称", "Company", "Company Name", "Customer", "Customer Name", "Account Name"]],
        "status": [["客户状态", "Lifecycle Stage"]],
        "owner": [["客户经理", "跟进人", "销售负责人", "销售", "Account Manager", "Account Owner", "Sales Rep"]],
        "last_contact": [
            [
                "最近联系", "最后联系", "最近联系时间", "最近跟进", "最近跟进时间", "上次联系", "最后联系时间", "Last Contacted", "Last Activity",
                "Last Contact Date",
            ]
        ],
    ]

    private static let opportunity: Table = [
        "title": [["商机", "商机名称", "机会名称", "Opportunity", "Opportunity Name", "Deal", "Deal Name"]],
        "status": [["商机阶段", "销售阶段", "Deal Stage"]],
        "amount": [["金额", "预计金额", "商机金额", "Value", "Deal Value"]],
        "close_on": [["预计成交日期", "预计签单日期", "成交日期", "Close Date", "Expected Close Date"]],
        "waiting_for": [["等待", "下一步"]],
    ]

    private static let contact: Table = [
        "by": [["跟进人", "联系人员", "记录人", "User"]],
        "at": [["时间", "联系时间", "跟进时间", "日期", "Date", "Time"]],
        "channel": [["方式", "联系方式", "跟进方式", "Type"]],
        "summary": [["内容", "摘要", "跟进内容", "记录", "Notes", "Subject"]],
    ]

    private static let risk: Table = [
        "title": [["风险", "风险名称", "风险描述", "Risk", "Risk Name"]],
        "probability": [["概率", "可能性", "发生概率", "Likelihood"]],
        "impact": [["影响", "影响程度", "严重程度", "Severity"]],
        "reviewed_on": [["评审日期", "复核日期", "最近评审", "Last Review", "Review Date"]],
    ]

    private static let material: Table = [
        "name": [["物料", "物料名称", "材料", "材料名称", "品名", "Item", "Material"]],
        "unit": [["单位", "计量单位", "UOM"]],
        "buyer": [["采购员", "采购人", "采购负责人", "Purchaser"]],
        "stock": [["库存", "库存量", "现有库存", "当前库存", "Quantity", "On Hand", "In Stock"]],
        "minimum": [["最低库存", "安全库存", "最小库存", "Reorder Level", "Minimum Stock", "Safety Stock"]],
    ]

    private static let goal: Table = [
        "title": [["目标", "目标名称", "Goal", "Objective"]],
        "measure": [["衡量标准", "指标", "关键结果", "Key Result", "Metric"]],
    ]

    private static let meeting: Table = [
        "title": [["会议", "会议主题", "会议名称", "Meeting", "Subject"]],
        "location": [["地点", "会议室", "会议地点", "Room", "Where"]],
        "starts_at": [["开始时间", "会议时间", "Start Time", "Start", "Start Date"]],
        "duration": [["时长", "会议时长", "Length"]],
        "attendees": [["参会人", "参会人员", "与会人", "Participants", "Invitees"]],
    ]

    private static let document: Table = [
        "title": [["文档", "文档名称", "文件名", "Document", "File Name"]],
        "version": [["版本", "版本号"]],
        "location": [["位置", "存放位置", "路径", "Path", "Folder"]],
    ]

    private static let budget: Table = [
        "period": [["期间", "周期", "季度", "Quarter"]],
        "reserve": [["预留", "预算", "储备金", "预留金额", "Budget", "Amount"]],
    ]

    private static let feedback: Table = [
        "text": [["反馈", "反馈内容", "内容", "意见", "Feedback", "Comment"]],
        "responsible": [["负责人", "处理人", "Assignee", "Owner"]],
        "answered_at": [["回复时间", "答复时间", "Answered", "Replied At"]],
    ]
}
