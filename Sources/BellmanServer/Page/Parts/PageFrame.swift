import Almanac
import BellmanModel

/// What stands around every page.
struct PageFrame {
    enum Section: String, CaseIterable {
        case overview, inbox, approvals, coming, rules, deliveries, silences, renewals, people, channels

        var path: String { self == .overview ? "/" : "/\(rawValue)" }

        func title(_ words: PageWords) -> String {
            switch self {
            case .overview: words("Overview", "总览")
            case .inbox: words("Inbox", "收件箱")
            case .approvals: words("Approvals", "审批")
            case .coming: words("Coming", "预告")
            case .rules: words("Rules", "规则")
            case .deliveries: words("Deliveries", "投递")
            case .silences: words("Silences", "静默")
            case .renewals: words("Renewals", "续约")
            case .people: words("People", "人员")
            case .channels: words("Channels", "通道")
            }
        }
    }

    let context: PageContext
    private var words: PageWords { context.words }

    init(_ context: PageContext) { self.context = context }

    /// A page of a section. `title` is of a page within the section. One that answers a form is not live: it would be
    /// loaded anew without what was sent.
    func reply(
        _ section: Section, title: String? = nil, lead: HTML = .nothing, isLive: Bool = true, _ body: HTML
    ) -> Reply {
        let heading = title ?? section.title(words)
        let main: HTML = """
            <main id="main" class="wrap" tabindex="-1"\(HTML.when(isLive, " data-live=\"main\""))>
            <h1 dir="auto">\(heading)</h1>
            \(lead)\(body)
            </main>
            """
        let page: HTML = "\(header(section))\n\(main)\n\(footer)"
        return answer(document(title: "\(heading) · \(words.brand)", isLive: isLive, page))
    }

    /// A page outside of all sections, for people who are not signed in or stand before a closed door.
    func plain(title: String, status: Int = 200, _ body: HTML) -> Reply {
        let page: HTML = """
            <main id="main" class="door" tabindex="-1">
            <p class="brand"><img src="\(Assets.icon.path)" alt="" width="44" height="44"><b>\(words.brand)</b></p>
            <h1>\(title)</h1>
            \(body)
            <p class="choose">\(languageLink)</p>
            </main>
            """
        return answer(document(title: "\(title) · \(words.brand)", isLive: false, page), status: status)
    }

    private func answer(_ html: HTML, status: Int = 200) -> Reply {
        Reply.text(html.markup, type: "text/html; charset=utf-8", status: status)
            .with("Content-Language", words.language.rawValue)
    }

    private func document(title: String, isLive: Bool, _ body: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="\(words("en", "zh-CN"))">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title)</title>
        <link rel="icon" href="\(Assets.icon.path)" type="image/svg+xml">
        <link rel="stylesheet" href="\(Assets.stylesheet.path)">
        \(HTML.when(isLive, live))
        </head>
        <body>
        <a class="skip" href="#main">\(words("Skip to the content", "跳到正文"))</a>
        \(body)
        </body>
        </html>

        """
    }

    /// Without JavaScript the page is loaded anew once a minute.
    private var live: HTML {
        """
        <script src="\(Assets.script.path)" defer></script>
        <noscript><meta http-equiv="refresh" content="60"></noscript>
        """
    }

    // MARK: Header

    private func header(_ current: Section) -> HTML {
        let sections = Section.allCases.filter { $0 != .silences || context.dependencies.people != nil }
        let links = HTML.each(sections) { section -> HTML in
            section == current
                ? "<li><a href=\"\(section.path)\" aria-current=\"page\">\(section.title(words))</a></li>"
                : "<li><a href=\"\(section.path)\">\(section.title(words))</a></li>"
        }
        return """
            <header class="top">
            <div class="wrap bar">
            <a class="brand" href="/"><img src="\(Assets.icon.path)" alt="" width="36" height="36"><b>\(words.brand)</b></a>
            \(pulse)
            </div>
            <nav aria-label="\(words("Pages", "页面"))"><ul class="wrap">\(links)</ul></nav>
            </header>
            """
    }

    /// Whether Bellman is awake.
    private var pulse: HTML {
        let health = context.dependencies.health()
        let state: HTML = health.ready ? "<span class=\"dot good\"></span>" : "<span class=\"dot bad\"></span>"
        let until: HTML =
            health.ready
            ? "\(words("on watch", "值守中")) · \(context.stamp(health.watermark, or: words("starting", "启动中")))"
            : "\(words("not ready", "未就绪"))"
        return "<p class=\"pulse\" data-live=\"pulse\">\(state)<span>\(until)</span></p>"
    }

    // MARK: Footer

    private var footer: HTML {
        """
        <footer class="wrap">
        <p><span class="live">\(words("live", "实时更新中"))</span><span>\(words.brand) \(context.dependencies.health().version)</span>\
        <span>\(words("times in", "时区")) \(context.time.zoneText(at: context.now))</span><span>\(languageLink)</span></p>
        \(who)
        </footer>
        """
    }

    private var languageLink: HTML {
        let other = words("zh", "en")
        let address = context.address(nil, [("lang", other)])
        return "<a href=\"\(address)\" hreflang=\"\(other)\" lang=\"\(other)\">\(words("中文", "English"))</a>"
    }

    /// Who is signed in, with the way out.
    private var who: HTML {
        guard let token = context.identity.formToken, let role = context.identity.role else { return .nothing }
        return """
            <form class="who" method="post" action="/logout">\
            <span>\(words("signed in as ", "已登录："))<b>\(context.identity.name)</b> (\(words.role(role)))</span>\
            <input type="hidden" name="\(FormGuard.field)" value="\(token)">\
            <button class="quiet">\(words("Sign out", "退出"))</button></form>
            """
    }
}

extension PageWords {
    func role(_ role: Role) -> String {
        switch role {
        case .admin: self("administrator", "管理员")
        case .manager: self("manager", "主管")
        case .member: self("member", "成员")
        case .guest: self("guest", "访客")
        }
    }
}
