/// The one stylesheet, and the mark: a watchman's lantern.
enum Stylesheet {
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="10" fill="#1d2740"/>\
        <path d="M14 12a6 6 0 0 1 12 0" fill="none" stroke="#e9b45a" stroke-width="2.2"/><rect x="12" y="12" width="16" height="3.4" rx="1.4" fill="#e9b45a"/>\
        <path d="M13.5 16h13l1.6 14H11.9z" fill="#f7d48a"/><path d="M20 18.5c3.4 3.2 3.6 5.4 2.9 7.2A3.2 3.2 0 0 1 20 27.6a3.2 3.2 0 0 1-2.9-1.9c-.7-1.8-.5-4 2.9-7.2z" fill="#d9711c"/>\
        <rect x="11" y="30" width="18" height="3.2" rx="1.4" fill="#e9b45a"/></svg>

        """

    static let text = base + frame + parts + lists + tables + wide

    /// Colours and type.
    private static let base = """
        :root{color-scheme:light dark;--paper:#f6f3ec;--card:#fffefb;--ink:#1e2330;--dim:#5c6373;--rule:#e2dccf;--night:#1d2740;--lamp:#94500a;--good:#236b42;--bad:#a8221a;--wait:#74580c;--soft:#efe9dc;--mark:#c9771f;--shadow:0 1px 2px #1d27400f}
        @media (prefers-color-scheme:dark){:root{--paper:#11151d;--card:#191f2b;--ink:#e9e5dc;--dim:#a3aaba;--rule:#2c3443;--night:#0b0e15;--lamp:#f0b35b;--good:#72c999;--bad:#ff958c;--wait:#e4c563;--soft:#252d3b;--mark:#e9a548;--shadow:none}}
        *{box-sizing:border-box;margin:0;padding:0}
        html{font:16px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
        body{background:var(--paper);color:var(--ink);min-height:100vh;display:flex;flex-direction:column}
        a{color:var(--lamp);text-underline-offset:.18em;text-decoration-thickness:1px}
        :focus-visible{outline:2px solid var(--lamp);outline-offset:2px;border-radius:4px}
        main:focus{outline:none}
        ol,ul{list-style:none}
        b{font-weight:650}
        code,.code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.92em;overflow-wrap:anywhere}
        .dim,small{color:var(--dim)}
        small{font-size:.8125rem;font-weight:400}
        .wrap{width:100%;max-width:74rem;margin-inline:auto;padding-inline:1.25rem}
        .skip{position:absolute;left:-99rem}
        .skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem .9rem;z-index:2}
        h1{font-size:1.5rem;line-height:1.3;letter-spacing:-.005em;overflow-wrap:anywhere}
        h2{font-size:1.0625rem;line-height:1.4;overflow-wrap:anywhere}
        h3{font-size:1rem;line-height:1.45;overflow-wrap:anywhere}
        time,.money,td,.figures b{font-variant-numeric:tabular-nums}

        """

    /// Head, navigation, foot, and the pages outside of them.
    private static let frame = """
        .top{background:var(--night);color:#f4efe4}
        .bar{display:flex;align-items:center;justify-content:space-between;gap:.5rem 1rem;padding-block:.8rem .5rem;flex-wrap:wrap}
        .brand{display:flex;align-items:center;gap:.65rem;font-size:1.125rem;text-decoration:none;color:inherit;min-height:2.25rem}
        .brand img{display:block;border-radius:9px}
        .top :focus-visible{outline-color:#f0b35b}
        .pulse{font-size:.8125rem;color:#d4d1c8;display:flex;align-items:center;flex-wrap:wrap}
        .dot{display:inline-block;flex:none;width:.6rem;height:.6rem;border-radius:50%;margin:0 .55rem 0 .3rem}
        .dot.good{background:#6cc494;box-shadow:0 0 0 4px #6cc49433}
        .dot.bad{background:#ff8a80;box-shadow:0 0 0 4px #ff8a8033}
        .top nav ul{display:grid;grid-template-columns:repeat(4,minmax(0,1fr))}
        .top nav a{display:flex;align-items:center;justify-content:center;min-height:2.5rem;padding:.25rem .2rem;color:#c9cbd4;text-decoration:none;font-size:.875rem;border-bottom:3px solid transparent}
        .top nav a:hover{color:#fff}
        .top nav a[aria-current]{color:#fff;border-color:#e9b45a;font-weight:600}
        main{flex:1;padding-block:1.5rem 2.5rem}
        main>*+*{margin-top:1.4rem}
        main>h1+.lead{margin-top:.4rem}
        .lead{display:flex;flex-wrap:wrap;gap:.35rem .7rem;align-items:center;font-size:.875rem}
        footer{padding-block:1rem 2rem;font-size:.8125rem;color:var(--dim)}
        footer p{border-top:1px solid var(--rule);padding-top:1rem}
        footer p,.who{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;min-height:2rem}
        footer p a{display:inline-block;padding:.3rem 0}
        .live{display:none}
        [data-state=live] .live{display:inline;color:var(--good)}
        .live::before{content:"● "}
        .door{width:100%;max-width:27rem;margin:auto;padding:2rem 1.25rem}
        .door .brand{margin-bottom:1.5rem}
        .door form{display:grid;gap:.6rem}
        .choose{font-size:.875rem}
        .choose a,.door p>a{display:inline-block;padding:.3rem 0}

        """

    /// Buttons, badges, panels, alarms, figures.
    private static let parts = """
        button,.button,select,input{font:inherit;color:inherit;border:1px solid var(--rule);border-radius:9px;background:var(--card);padding:.45rem .9rem;min-height:2.5rem}
        button,.button{cursor:pointer;text-decoration:none;display:inline-flex;align-items:center;justify-content:center}
        button:hover,.button:hover{border-color:var(--lamp)}
        button.main{background:var(--lamp);color:var(--card);border-color:var(--lamp);font-weight:600}
        button.main:hover{border-color:var(--ink)}
        button.quiet{padding:.2rem .7rem;min-height:2rem;font-size:.8125rem}
        textarea{font:inherit;color:inherit;border:1px solid var(--dim);border-radius:9px;background:var(--card);padding:.45rem .9rem;max-width:100%;width:100%;resize:vertical}
        fieldset{border:0;padding:0;display:grid;gap:.35rem}
        .option{display:flex;gap:.6rem;align-items:center;min-height:2.5rem}
        .option input{min-height:1.2rem;width:1.2rem;flex:none}
        .asked{font-size:1.0625rem;overflow-wrap:anywhere;margin-block:.6rem}
        .decide{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin-top:.6rem}
        input,select{border-color:var(--dim);min-width:0;max-width:100%}
        .badge{display:inline-block;border:1px solid currentcolor;border-radius:99px;padding:0 .6rem;font-size:.75rem;line-height:1.55;white-space:nowrap;color:var(--dim)}
        .badge.good,.near.good{color:var(--good)}
        .badge.wait,.near.wait{color:var(--wait)}
        .badge.bad,.near.bad,b.bad{color:var(--bad)}
        .badge.hot{color:var(--lamp)}
        .near{font-size:.8125rem;color:var(--dim);white-space:nowrap}
        .tag{background:var(--soft);border-radius:6px;padding:.05rem .5rem;font-size:.8125rem;overflow-wrap:anywhere}
        .card,.panel,.empty,.calm,.rules>li,.timeline{background:var(--card);border:1px solid var(--rule);border-radius:12px;box-shadow:var(--shadow);min-width:0}
        .card,.rules>li{border-left:4px solid var(--rule);padding:.8rem 1rem}
        .card.good,.rules>.good{border-left-color:var(--good)}
        .card.wait,.rules>.wait{border-left-color:var(--wait)}
        .card.bad,.rules>.bad{border-left-color:var(--bad)}
        .panel{padding:1rem 1.15rem}
        .panel>h2{margin-bottom:.7rem}
        .panel>*+form,.panel>*+p{margin-top:.9rem}
        .empty{border-style:dashed;box-shadow:none;padding:1.5rem 1rem;text-align:center}
        .panel .empty{border:0;padding:.8rem 0}
        .calm{padding:.7rem 1rem}
        .done{background:var(--soft);border-radius:9px;padding:.6rem 1rem}
        .line{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:center}
        .line>*,.lead>*,.foot>*{min-width:0;overflow-wrap:anywhere}
        .said{font-size:.875rem;background:var(--soft);border-radius:8px;padding:.35rem .65rem;margin-top:.4rem;overflow-wrap:anywhere;white-space:pre-wrap}
        .problem{color:var(--bad);font-size:.9375rem;overflow-wrap:anywhere;white-space:pre-wrap}
        .alarms{display:grid;gap:.6rem;margin-top:.6rem}
        .alarms>li{background:var(--card);border:1px solid var(--rule);border-left:5px solid var(--bad);border-radius:10px;padding:.65rem 1rem;overflow-wrap:anywhere}
        .alarms>.wait{border-left-color:var(--wait)}
        .alarms b a{color:var(--ink);display:inline-block;padding-block:.1rem}
        .alarms .bad b a{color:var(--bad)}
        .names{font-size:.9375rem;display:grid;gap:.1rem;margin-top:.35rem;overflow-wrap:anywhere}
        .figures{display:grid;grid-template-columns:repeat(2,1fr);gap:.6rem}
        .figures a{display:block;height:100%;background:var(--card);border:1px solid var(--rule);border-radius:12px;box-shadow:var(--shadow);padding:.6rem .9rem;text-decoration:none;color:inherit}
        .figures a:hover{border-color:var(--lamp)}
        .figures b{display:block;font-size:1.6rem;line-height:1.25}
        .figures span{font-size:.8125rem;color:var(--dim);line-height:1.4;display:block}
        .figures .bad b{color:var(--bad)}
        .figures .wait b{color:var(--wait)}
        .columns{display:grid;gap:1.2rem;grid-template-columns:minmax(0,1fr);align-items:start}
        .more{margin-top:.7rem;font-size:.9375rem}
        .more a{display:inline-block;padding:.2rem 0}
        .pager{display:flex;gap:.6rem;margin-top:1rem}

        """

    /// Notices, rules, people, channels.
    private static let lists = """
        .cards{display:grid;gap:.7rem;margin-top:.6rem}
        .card .line{font-size:.8125rem}
        .cards .line time{font-weight:600}
        .card .line h2{font-size:1.0625rem}
        .card h3{margin:.25rem 0 .15rem}
        .card h3 a{color:inherit;text-decoration:none;display:block;min-height:1.5rem}
        .card h3 a:hover{text-decoration:underline}
        .body{overflow-wrap:anywhere}
        .body p+p,.body p+ul,.body p+ol,.body ul+p,.body ol+p{margin-top:.45rem}
        .body ul,.body ol{padding-left:1.4rem}
        .body ul{list-style:disc}
        .body ol{list-style:decimal}
        .body a,.links a{display:inline-block;min-height:1.5rem}
        .links{margin-top:.5rem;display:flex;flex-wrap:wrap;gap:.4rem 1rem;overflow-wrap:anywhere}
        .foot{margin-top:.45rem;font-size:.8125rem;display:flex;flex-wrap:wrap;gap:.1rem 1rem;align-items:center;overflow-wrap:anywhere}
        .foot a{color:inherit;padding-block:.15rem}
        .why{overflow-wrap:anywhere;white-space:pre-wrap}
        .rows>li{display:flex;gap:.9rem;padding:.55rem 0;align-items:baseline}
        .rows>li+li{border-top:1px solid var(--rule)}
        .rows time{flex:none;color:var(--dim);font-size:.875rem}
        .rows .what{flex:1;min-width:0;overflow-wrap:anywhere}
        .rows .what>*{display:block}
        .rows .what a,.names a{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
        .rows .what a{color:inherit;text-decoration:none;min-height:1.5rem}
        .rows .what a:hover{text-decoration:underline}
        .rows .what .dim{font-size:.8125rem}
        .rules{display:grid;gap:.7rem}
        .rules h2{font-size:1.0625rem;margin-right:auto}
        .rules h2 a{color:inherit;text-decoration:none;display:block}
        .rules h2 a:hover{text-decoration:underline}
        .rules .problem{margin-top:.35rem;font-size:.875rem}
        .facts{display:flex;flex-wrap:wrap;gap:.35rem 1.6rem;margin-top:.45rem;font-size:.875rem}
        .facts dt{color:var(--dim);font-size:.8125rem}
        .facts dd{overflow-wrap:anywhere}
        .facts dd a,td>a{display:inline-block;padding-block:.1rem}
        .facts.wide{font-size:.9375rem;gap:.7rem 2rem}
        .panel .facts.wide{margin-top:1rem;border-top:1px solid var(--rule);padding-top:.9rem}
        .tries{display:grid;gap:.8rem}
        .tries .line{font-size:.875rem}
        .source{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:.9rem 1rem;overflow:auto;font:.8125rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;max-height:36rem;margin-top:.6rem;tab-size:2}
        .source b{color:var(--lamp)}
        .people,.channels{display:grid;gap:.8rem}
        .people .load{margin-top:.1rem}
        .reach{display:flex;flex-wrap:wrap;gap:.15rem .9rem;overflow-wrap:anywhere;font-size:.8125rem;margin-top:.3rem;color:var(--dim)}
        .reach .has span{color:var(--good)}
        .reach .lacks{color:var(--wait)}
        details{margin-top:.4rem}
        summary{cursor:pointer;font-size:.875rem;color:var(--lamp);padding:.2rem 0;min-height:1.75rem}
        .card>.dim{font-size:.875rem;margin-top:.4rem}
        .gone h2{color:var(--dim)}
        .tabs ul{display:flex;flex-wrap:wrap;gap:.4rem}
        .tabs a{display:flex;gap:.4rem;align-items:center;min-height:2.25rem;padding:.2rem .85rem;border:1px solid var(--rule);border-radius:99px;background:var(--card);color:inherit;text-decoration:none;font-size:.875rem}
        .tabs a[aria-current]{background:var(--night);border-color:#39466b;color:#fff}
        .filter{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;font-size:.9375rem;margin-top:.9rem}

        """

    /// The timeline, and tables: lists of named values on narrow screens.
    private static let tables = """
        .timeline{padding:1rem 1.15rem}
        .timeline h2{margin-bottom:.6rem}
        .strip{display:grid;grid-template-columns:minmax(0,1fr);gap:0 1rem;align-items:center;padding:.25rem 0;border-top:1px solid var(--rule)}
        .strip.head{border:0;padding:0}
        .strip.head .label{display:none}
        .strip .label{font-size:.875rem;line-height:1.4;overflow-wrap:anywhere}
        .strip .label a{color:inherit;text-decoration:none;display:inline-block;padding-block:.15rem}
        .strip .label a:hover{text-decoration:underline}
        .strip svg{display:block;width:100%;height:auto}
        .axis{display:grid;grid-template-columns:repeat(6,1fr);font-size:.75rem;color:var(--dim)}
        .weekend{fill:var(--soft)}
        .thread{stroke:var(--rule);stroke-width:1}
        .bar,.dot-mark{fill:var(--mark)}
        td time,.money{white-space:nowrap}
        .two{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline;min-width:0}
        .two>*{min-width:0}
        .usage{display:inline-flex;align-items:center;gap:.5rem;white-space:nowrap}
        .usage svg{width:4.5rem;height:.4rem}
        .track{fill:var(--soft)}
        .fill.fine{fill:var(--mark)}
        .fill.low{fill:var(--bad)}
        .sum{display:grid;gap:0 .5rem}
        .sum svg{width:100%;max-width:9rem;height:.25rem}
        .change{font-size:.8125rem;white-space:nowrap}
        .change.up{color:var(--bad)}
        .change.down{color:var(--good)}
        .sheet{background:var(--card);border:1px solid var(--rule);border-radius:12px;box-shadow:var(--shadow);overflow:hidden;margin-top:.6rem}
        table{width:100%;border-collapse:collapse;font-size:.9375rem}
        caption,thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table,tbody,tr,td,tbody th{display:block}
        tr{padding:.6rem 1rem}
        tr+tr{border-top:1px solid var(--rule)}
        td{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.6rem;padding:.12rem 0;overflow-wrap:anywhere}
        td::before{content:attr(data-name);color:var(--dim);font-size:.8125rem;line-height:1.85}
        td>*{grid-column:2}
        td a{display:inline-block;min-height:1.5rem}
        tbody th{text-align:left;font-size:.875rem;overflow-wrap:anywhere}
        tr.day{background:var(--soft);padding-block:.35rem}
        tr.day th{font-weight:600}
        tr.closed{color:var(--dim)}

        """

    private static let wide = """
        @media (min-width:44rem){
        .figures{grid-template-columns:repeat(3,1fr)}
        .top nav ul{display:flex;gap:.25rem}
        .top nav a{padding:.25rem .85rem;font-size:.9375rem}
        .top nav li:first-child a{margin-left:-.85rem}
        .strip{grid-template-columns:13rem minmax(0,1fr)}
        .strip.head .label{display:block}
        caption{clip-path:inset(50%)}
        table{display:table}
        thead{position:static;width:auto;height:auto;clip-path:none;display:table-header-group}
        tbody{display:table-row-group}
        tr{display:table-row}
        td,th,tbody th{display:table-cell;padding:.6rem .8rem;vertical-align:baseline;text-align:left}
        thead th{font-size:.8125rem;font-weight:500;color:var(--dim);padding-block:.5rem;white-space:nowrap}
        tbody tr{border-top:1px solid var(--rule)}
        td::before{display:none}
        tr.day th{padding-block:.3rem}
        td:first-child,th:first-child{padding-left:1.15rem}
        td:last-child,th:last-child{padding-right:1.15rem}
        .two{flex-direction:column}
        .rules>li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1.5rem;align-items:center}
        .rules .problem{grid-column:1/-1;grid-row:2}
        .rules .facts{margin:0;display:grid;grid-template-columns:9.5rem 9.5rem 5rem;gap:0 1rem}
        .rules h2{margin:0}
        .people,.channels{grid-template-columns:repeat(2,minmax(0,1fr));align-items:start}
        }
        @media (min-width:60rem){
        .figures{grid-template-columns:repeat(6,1fr)}
        .columns{grid-template-columns:minmax(0,3fr) minmax(0,2fr)}
        .people{grid-template-columns:repeat(3,minmax(0,1fr))}
        }
        @media (max-width:44rem){.wrap{padding-inline:.9rem}h1{font-size:1.3rem}}
        @media (max-width:43.99rem){
        td.none{display:none}
        .agenda tr:not(.day){display:grid;grid-template-columns:3.2rem minmax(0,1fr);gap:.1rem .6rem;padding-block:.5rem}
        .agenda td{display:block;grid-column:2;padding:0}
        .agenda td::before{display:none}
        .agenda td:first-child{grid-column:1;color:var(--dim)}
        .agenda td:nth-child(n+3){font-size:.8125rem}
        }
        @media (max-width:22rem){td{grid-template-columns:minmax(0,1fr);gap:0}td>*{grid-column:1}}
        @media (prefers-reduced-motion:no-preference){a,button{transition:color .12s,border-color .12s}}
        @media print{.top{background:none;color:inherit}.top nav,.filter,.pager,button{display:none}.card,.sheet{box-shadow:none;break-inside:avoid}}

        """
}
