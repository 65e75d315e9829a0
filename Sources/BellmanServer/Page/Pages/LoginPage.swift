import Almanac
import BellmanModel

/// Where a token opens a session.
enum LoginPage {
    /// Its address, with the page that was asked for.
    static func path(next head: RequestHead) -> String {
        let pairs = head.query.pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        let wanted = pairs.isEmpty ? head.path : head.path + "?" + pairs.joined(separator: "&")
        let next = LoginHandlers.safe(wanted)
        return next == "/" ? "/login" : "/login?next=\(PercentCoding.encode(next))"
    }

    static func page(
        _ call: Call, dependencies: ServerDependencies, next: String, failure: ServerFailure?
    ) -> Reply {
        let context = PageContext(call, dependencies)
        let words = context.words
        let problem: HTML = .with(failure) { failure in
            "<p class=\"problem\" role=\"alert\" id=\"trouble\">\(failure.detail(words.language))</p>"
        }
        let body: HTML = """
            \(problem)
            <form method="post" action="/login">
            <input type="hidden" name="next" value="\(next)">
            <label for="token">\(words("Token", "令牌"))</label>
            <input id="token" name="token" type="password" required autocomplete="current-password" spellcheck="false">
            <button class="main">\(words("Sign in", "登录"))</button>
            </form>
            <p class="dim">\(words("A token is made on the server with", "在服务器上创建令牌：")) <code>bellman token create --role manager</code></p>
            \(HTML.when(failure == nil && next != "/", again(next, words)))
            """
        let frame = PageFrame(context)
        return frame.plain(title: words("Sign in", "登录"), status: failure?.status ?? 200, body)
    }

    /// Browsers hold the session's cookie back when the way here began on another site, such as a chat.
    private static func again(_ next: String, _ words: PageWords) -> HTML {
        "<p><a href=\"\(next)\">\(words("I am signed in already", "我已登录，继续"))</a></p>"
    }
}

/// A refusal that a person reads.
enum ProblemPage {
    static func page(
        _ failure: ServerFailure, dependencies: ServerDependencies, head: RequestHead, language: AlmanacLanguage
    ) -> Reply {
        let context = PageContext(head: head, identity: .nobody, language: language, dependencies)
        let words = context.words
        let body: HTML = """
            <p class="problem">\(failure.detail(language))</p>
            <p><a class="button" href="/">\(words("To the overview", "回到总览"))</a></p>
            """
        return PageFrame(context).plain(title: failure.title(language), status: failure.status, body)
    }
}
