/// The words that sample data is made of, in one language.
struct SampleWords: Sendable {
    let people: [(id: String, name: String)]
    let departments: [String]
    let roles: [String]
    let projects: [String]
    let work: [String]
    let objects: [String]
    let taskStatuses: [String]
    let products: [(name: String, vendor: String)]
    let modules: [String]
    let customers: [String]
    let yes: String
    let no: String
    let notice: @Sendable (_ days: Int) -> String
    let active: String
    let expired: String
    let planning: String
    let lead: String
    let waiting: String
    let priceTerms: String
}

extension SampleWords {
    static let chinese = SampleWords(
        people: [
            ("wangfang", "王芳"), ("lina", "李娜"), ("zhangwei", "张伟"), ("liuyang", "刘洋"), ("chenjing", "陈静"),
            ("yangfan", "杨帆"), ("zhaolei", "赵磊"), ("huangmin", "黄敏"), ("zhoujie", "周杰"), ("wuting", "吴婷"),
            ("xuqiang", "徐强"), ("sunli", "孙莉"), ("machao", "马超"), ("zhuhong", "朱红"), ("hubin", "胡斌"),
            ("guoxin", "郭欣"), ("heping", "何平"), ("gaoyuan", "高原"), ("linxue", "林雪"), ("luohao", "罗浩"),
            ("liangyu", "梁宇"), ("songjia", "宋佳"), ("tangning", "唐宁"), ("xuhui", "许慧"), ("hanbing", "韩冰"),
            ("fenglei", "冯雷"), ("dengli", "邓丽"), ("caorui", "曹睿"), ("pengfei", "彭飞"), ("zenglan", "曾岚"),
        ],
        departments: ["项目管理部", "研发部", "市场部", "法务部", "财务部", "信息技术部"],
        roles: ["项目经理", "工程师", "设计师", "专员", "分析师"],
        projects: ["官网改版", "客户门户", "仓储系统升级", "移动应用二期", "数据中台", "年度审计", "新品发布", "华东渠道拓展", "客服质检", "碳排放报告"],
        work: ["编写", "评审", "整理", "测试", "确认", "更新", "准备", "跟进"],
        objects: ["需求说明", "接口文档", "测试用例", "上线方案", "培训材料", "采购清单", "用户访谈", "风险清单", "验收报告", "性能基线", "发布公告", "数据字典"],
        taskStatuses: ["未开始", "进行中", "已完成", "已暂停"],
        products: [
            ("云主机", "云途科技"), ("对象存储", "云途科技"), ("项目协作平台", "合力软件"), ("设计工具", "画境软件"), ("客户管理系统", "客连科技"),
            ("视频会议", "即见通信"), ("财务软件", "账明软件"), ("代码托管", "源舟科技"), ("安全审计", "守望安全"), ("短信服务", "飞讯通信"),
        ],
        modules: ["任务看板", "甘特图", "工时登记", "报表中心", "审批流程", "文档库"],
        customers: [
            "远山制造", "晨光食品", "海川物流", "北辰医疗", "瑞丰农业", "明德教育", "华彩印刷", "金桥贸易", "天衡律所", "绿洲园林", "博雅出版", "安信保险", "鼎盛建材",
            "星河影业", "长风航运", "泰和酒店", "宏图设计", "百川水务", "新叶服饰", "方舟科技", "凌云通航", "和润地产", "景行咨询", "德馨药业", "万里汽车",
        ],
        yes: "是", no: "否", notice: { "\($0)天" }, active: "生效", expired: "已到期", planning: "计划中", lead: "部门经理",
        waiting: "供应商答复", priceTerms: "按席位，每年")

    static let english = SampleWords(
        people: [
            ("alice.chen", "Alice Chen"), ("ben.roy", "Ben Roy"), ("carla.diaz", "Carla Díaz"),
            ("david.okoro", "David Okoro"),
            ("emma.larsen", "Emma Larsen"), ("farid.aziz", "Farid Aziz"), ("grace.kim", "Grace Kim"),
            ("henry.walsh", "Henry Walsh"),
            ("ines.moreau", "Inès Moreau"), ("jack.turner", "Jack Turner"), ("keiko.mori", "Keiko Mori"),
            ("liam.byrne", "Liam Byrne"),
            ("maria.rossi", "Maria Rossi"), ("noah.fischer", "Noah Fischer"), ("olga.petrova", "Olga Petrova"),
            ("paul.meyer", "Paul Meyer"), ("quinn.ellis", "Quinn Ellis"), ("rosa.silva", "Rosa Silva"),
            ("sam.patel", "Sam Patel"),
            ("tara.singh", "Tara Singh"), ("umar.haddad", "Umar Haddad"), ("vera.novak", "Vera Novák"),
            ("will.carter", "Will Carter"),
            ("xenia.kuhn", "Xenia Kühn"), ("yusuf.kaya", "Yusuf Kaya"), ("zoe.martin", "Zoe Martin"),
            ("anna.berg", "Anna Berg"),
            ("omar.nasser", "Omar Nasser"), ("lucy.hall", "Lucy Hall"), ("peter.vogel", "Peter Vogel"),
        ],
        departments: ["Project Office", "Engineering", "Marketing", "Legal", "Finance", "IT"],
        roles: ["project manager", "engineer", "designer", "specialist", "analyst"],
        projects: [
            "Website Relaunch", "Customer Portal", "Warehouse Upgrade", "Mobile App 2", "Data Platform", "Annual Audit",
            "Product Launch", "Channel Growth East", "Support Quality", "Carbon Report",
        ],
        work: ["Write", "Review", "Sort", "Test", "Confirm", "Update", "Prepare", "Follow up on"],
        objects: [
            "requirements", "interface notes", "test cases", "release plan", "training material", "purchase list",
            "user interviews", "risk list", "acceptance report", "performance baseline", "release notes",
            "data dictionary",
        ],
        taskStatuses: ["To do", "In progress", "Done", "On hold"],
        products: [
            ("Cloud servers", "Nimbus Hosting"), ("Object storage", "Nimbus Hosting"), ("Project suite", "Teamwright"),
            ("Design tool", "Sketchyard"), ("CRM", "Clientline"), ("Video calls", "Facewell"),
            ("Accounting", "Ledgerly"),
            ("Code hosting", "Sourceboat"), ("Security audit", "Watchtower Ltd"), ("SMS gateway", "Pingway"),
        ],
        modules: ["Boards", "Gantt", "Time sheets", "Reports", "Approvals", "Documents"],
        customers: [
            "Northfield Tools", "Morning Foods", "Harbor Freight Lines", "Polaris Clinics", "Greenacre Farms",
            "Lumen Schools",
            "Colorpress", "Goldbridge Trading", "Balance Law", "Oasis Gardens", "Inkwell Books", "Surety Mutual",
            "Summit Timber",
            "Galaxy Pictures", "Longwind Shipping", "Concord Hotels", "Bluepoint Design", "Rivers Water",
            "Newleaf Apparel",
            "Ark Systems", "Skylark Air", "Homestead Estates", "Pathway Advisors", "Verity Pharma", "Milestone Motors",
        ],
        yes: "yes", no: "no", notice: { "\($0) days" }, active: "active", expired: "expired", planning: "planning",
        lead: "department head", waiting: "the vendor's answer",
        priceTerms: "per seat and year")
}
