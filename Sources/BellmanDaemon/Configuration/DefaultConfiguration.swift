import Almanac

/// The commented default file: the reference of every key.
public enum DefaultConfiguration {
    public static func text(_ language: AlmanacLanguage) -> String { language == .zh ? chinese : english }

    private static let chinese = """
        # 更夫（Bellman）的配置。每一项都可以省略；注释掉的是例子。
        language: zh                  # zh 或 en
        store: sqlite:bellman.db      # 数据都在这一个文件里
        rules: rules                  # 规则目录，保存后两秒内生效
        # timezone: Asia/Shanghai     # 默认用系统时区
        # calendar: [CN, holidays/cn-2027.json]   # 工作日历：CN（含调休）、MON-FRI，或 .json、.ics 文件，可以写几个
        # at: "09:00"                 # 只有日期的提醒在几点响
        # currency: CNY
        listen: 127.0.0.1:8420        # 看板与接口；换成其他地址前先 bellman token create --role admin
        # public_url: https://bellman.example.com
        # admin: inbox                # 更夫自己的问题告诉哪个通道；邮件要写给谁：{via: mail, to: ops@example.com}
        # quiet_hours: {from: "21:00", to: "08:00", days: [mon, tue, wed, thu, fri], then: hold}   # 免打扰；then 也可以是 drop
        # log: json                   # 日志样式 text 或 json，可加最低级别，例如 json warning
        # 密钥只能引用：${env:名称}、${file:路径}、${credential:名称}（systemd）
        # channels:
        #   chat: {type: dingtalk, url: "${env:DINGTALK_URL}", secret: "${env:DINGTALK_SECRET}"}
        #   mail: {type: email, relay: "smtps://smtp.example.com:465", from: "更夫 <bell@example.com>", username: bell, password: "${env:SMTP_PASSWORD}"}
        #   erp: {type: webhook, url: "https://erp.example.com/hook", secret: "${env:ERP_SECRET}"}
        #   # 每个通道还可以写：
        #   ops: {type: slack, url: "${env:SLACK_URL}", limit: 20 per minute, max_age: 5 days, fallback: mail, quiet_hours: "22:00-07:00 mon-fri", allow_private: false}
        # endpoints:                  # 规则里 call 用的地址
        #   erp: {url: "https://erp.example.com/hook", secret: "${env:ERP_SECRET}"}
        # heartbeat: {url: "${env:HEARTBEAT_URL}", every: 5 minutes}   # 一切正常时报平安
        # expect_data: {task: 1 day}  # 这么久没有新数据就告诉管理员
        # kinds:                      # 自己的记录种类和字段
        #   vehicle:
        #     title: name
        #     fields: {name: string, driver: ref<member>, inspection_due: date, 状态: "enum[在用, 维修, 停用]"}
        #     closed: [停用]
        #   task: {fields: {工时: double}}

        """

    private static let english = """
        # Bellman's configuration. Every key may be left out; what is commented out are examples.
        language: en                  # zh or en
        store: sqlite:bellman.db      # all data is in this one file
        rules: rules                  # rules folder; saving takes effect within two seconds
        # timezone: Europe/Berlin     # default: the system's
        # calendar: MON-FRI           # working days: CN (with make-up days), MON-FRI, a .json or .ics file, or a list
        # at: "09:00"                 # when date-only reminders ring
        # currency: EUR
        listen: 127.0.0.1:8420        # dashboard and API; elsewhere only with a token: bellman token create --role admin
        # public_url: https://bellman.example.com
        # admin: inbox                # channel for Bellman's own troubles; by mail: {via: mail, to: ops@example.com}
        # quiet_hours: {from: "21:00", to: "08:00", days: [mon, tue, wed, thu, fri], then: hold}   # then: hold or drop
        # log: json                   # text or json, and the least level: json warning
        # Secrets are references only: ${env:NAME}, ${file:PATH}, ${credential:NAME} (systemd)
        # channels:
        #   chat: {type: dingtalk, url: "${env:DINGTALK_URL}", secret: "${env:DINGTALK_SECRET}"}
        #   mail: {type: email, relay: "smtps://smtp.example.com:465", from: "Bellman <bell@example.com>", username: bell, password: "${env:SMTP_PASSWORD}"}
        #   erp: {type: webhook, url: "https://erp.example.com/hook", secret: "${env:ERP_SECRET}"}
        #   # every channel may also say:
        #   ops: {type: slack, url: "${env:SLACK_URL}", limit: 20 per minute, max_age: 5 days, fallback: mail, quiet_hours: "22:00-07:00 mon-fri", allow_private: false}
        # endpoints:                  # where `call` posts to
        #   erp: {url: "https://erp.example.com/hook", secret: "${env:ERP_SECRET}"}
        # heartbeat: {url: "${env:HEARTBEAT_URL}", every: 5 minutes}   # a sign of life while all is well
        # expect_data: {task: 1 day}  # tell the administrator when nothing new came for so long
        # kinds:                      # kinds and fields of your own
        #   vehicle:
        #     title: name
        #     fields: {name: string, driver: ref<member>, inspection_due: date, state: "enum[in use, repair, retired]"}
        #     closed: [retired]
        #   task: {fields: {hours: double}}

        """
}
