/// The inbox page. Only `body` is put in as HTML: `NoticeHTML` has made it.
enum InboxTemplate {
    static let text = """
        {{% CONTENT_TYPE:BELLMAN_HTML}}
        <!doctype html>
        <html lang="{{lang}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="refresh" content="30">
        <title>{{t.brand}} · {{t.notices}}</title>
        <link rel="icon" href="/assets/bellman.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/bellman.css">
        </head>
        <body>
        <a class="skip" href="#notices">{{t.skip}}</a>
        <header class="top">
        <div class="wrap bar">
        <img class="mark" src="/assets/bellman.svg" alt="" width="40" height="40">
        <div class="names"><h1>{{t.brand}}</h1><p>{{t.tagline}}</p></div>
        <div class="pulse">
        <p><span class="dot {{#ready}}good{{/ready}}{{^ready}}bad{{/ready}}"></span>{{t.decided}} <time datetime="{{watermarkISO}}">{{watermark}}</time></p>
        <p class="dim">{{t.times}} {{zone}} · <a href="/?lang={{otherLang}}" hreflang="{{otherLang}}">{{t.other}}</a></p>
        </div>
        </div>
        </header>
        <main class="wrap">
        {{#hasReasons}}
        <section class="alarm" role="status">
        <h2>{{#ready}}{{t.attention}}{{/ready}}{{^ready}}{{t.notReady}}{{/ready}}</h2>
        <ul>{{#reasons}}<li>{{.}}</li>{{/reasons}}</ul>
        </section>
        {{/hasReasons}}
        <ul class="figures">
        {{#counts}}<li class="{{state}}{{#isZero}} zero{{/isZero}}"><b>{{count}}</b><span>{{word}}</span></li>{{/counts}}
        </ul>
        <div class="columns">
        <section id="notices" class="notices">
        <h2>{{t.notices}}</h2>
        {{^hasNotices}}<div class="empty"><p>{{t.noNotices}}</p><p class="dim">{{t.noNoticesHint}}</p></div>{{/hasNotices}}
        {{#days}}
        <h3>{{heading}}</h3>
        <ol class="cards">
        {{#items}}
        <li class="card {{state}}{{#urgent}} urgent{{/urgent}}" id="n-{{id}}">
        <div class="line"><time datetime="{{iso}}">{{clock}}</time><span class="tag">{{channel}}</span>\
        {{^isSent}}<span class="badge {{state}}">{{stateWord}}</span>{{/isSent}}\
        {{#urgent}}<span class="badge hot">{{t.urgent}}</span>{{/urgent}}\
        {{#late}}<span class="badge late">{{t.late}}</span><span class="dim">{{t.plannedFor}} {{planned}}</span>{{/late}}</div>
        <h4 dir="auto" lang="{{noticeLang}}">{{title}}</h4>
        <div class="body" dir="auto" lang="{{noticeLang}}">{{{body}}}</div>
        {{#hasLinks}}<p class="links">{{#links}}<a href="{{url}}" rel="noopener noreferrer">{{label}}</a>{{/links}}</p>{{/hasLinks}}
        <p class="foot dim"><span>{{ruleTitle}}</span>{{#hasRecord}}<span class="code">{{record}}</span>{{/hasRecord}}\
        {{#hasPeople}}<span>{{t.to}} {{people}}</span>{{/hasPeople}}{{#isHeld}}<span>{{t.notBefore}} {{notBefore}}</span>{{/isHeld}}\
        {{#hasReason}}<span class="why">{{reason}}</span>{{/hasReason}}</p>
        </li>
        {{/items}}
        </ol>
        {{/days}}
        </section>
        <aside>
        {{#hasDead}}
        <section>
        <h2>{{t.dead}}</h2>
        <ol class="cards">
        {{#dead}}
        <li class="card dead">
        <div class="line"><time datetime="{{iso}}">{{when}}</time><span class="tag">{{channel}}</span><span class="dim">{{attempts}} {{t.tries}}</span></div>
        <h4 dir="auto">{{title}}</h4>
        {{#hasReason}}<p class="why">{{reason}}</p>{{/hasReason}}
        {{#hasAnswer}}<p class="answer"><bdi>{{answer}}</bdi></p>{{/hasAnswer}}
        <p class="foot dim"><span class="code">bellman deliveries resend {{id}}</span></p>
        </li>
        {{/dead}}
        </ol>
        </section>
        {{/hasDead}}
        <section>
        <h2>{{t.rules}}{{#hasRules}} <small class="{{#rulesBroken}}hot{{/rulesBroken}}">{{rulesFigure}}</small>{{/hasRules}}</h2>
        {{^hasRules}}<div class="empty"><p>{{t.noRules}}</p><p class="dim">{{t.noRulesHint}}</p></div>{{/hasRules}}
        {{#hasRules}}
        <ol class="rules">
        {{#rules}}
        <li class="{{state}}">
        <div class="line"><h4 dir="auto">{{title}}</h4><span class="badge {{state}}">{{stateWord}}</span></div>
        {{#hasProblem}}<p class="problem">{{problem}}</p>{{/hasProblem}}
        <p class="foot dim">\
        {{#hasRung}}<span>{{t.lastRing}} <time datetime="{{lastISO}}">{{lastRing}}</time></span>{{/hasRung}}{{^hasRung}}<span>{{t.never}}</span>{{/hasRung}}\
        {{#hasNext}}<span>{{t.nextRing}} {{nextRing}}</span>{{/hasNext}}\
        <span class="code">{{place}}</span></p>
        </li>
        {{/rules}}
        </ol>
        {{/hasRules}}
        </section>
        </aside>
        </div>
        </main>
        <footer class="wrap dim"><p>{{t.brand}} {{version}} · {{t.refresh}}</p></footer>
        </body>
        </html>

        """
}
