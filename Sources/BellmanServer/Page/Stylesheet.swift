/// The one stylesheet, and the mark: a watchman's lantern.
enum Stylesheet {
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="10" fill="#1d2740"/>\
        <path d="M14 12a6 6 0 0 1 12 0" fill="none" stroke="#e9b45a" stroke-width="2.2"/><rect x="12" y="12" width="16" height="3.4" rx="1.4" fill="#e9b45a"/>\
        <path d="M13.5 16h13l1.6 14H11.9z" fill="#f7d48a"/><path d="M20 18.5c3.4 3.2 3.6 5.4 2.9 7.2A3.2 3.2 0 0 1 20 27.6a3.2 3.2 0 0 1-2.9-1.9c-.7-1.8-.5-4 2.9-7.2z" fill="#d9711c"/>\
        <rect x="11" y="30" width="18" height="3.2" rx="1.4" fill="#e9b45a"/></svg>

        """

    static let text = """
        :root{color-scheme:light dark;--paper:#f6f3ec;--card:#fff;--ink:#1e2330;--dim:#666d7c;--rule:#e3ddd0;--night:#1d2740;--lamp:#b4610f;--good:#2e7d4f;--bad:#b3261e;--wait:#8a6a12;--soft:#efe9dc;--shadow:0 1px 2px #1d274014,0 4px 14px #1d27400d}
        @media (prefers-color-scheme:dark){:root{--paper:#11151d;--card:#1a202c;--ink:#e9e5dc;--dim:#98a0b0;--rule:#2b3342;--night:#0b0e15;--lamp:#f0b35b;--good:#6cc494;--bad:#ff8a80;--wait:#e2c15c;--soft:#242c3a;--shadow:none}}
        *{box-sizing:border-box;margin:0;padding:0}
        html{font:16px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
        body{background:var(--paper);color:var(--ink);min-height:100vh}
        a{color:var(--lamp);text-underline-offset:.15em}
        a:focus-visible{outline:2px solid var(--lamp);outline-offset:2px;border-radius:3px}
        ol,ul{list-style:none}
        .wrap{max-width:76rem;margin-inline:auto;padding-inline:1.25rem}
        .dim{color:var(--dim)}
        .skip{position:absolute;left:-99rem}
        .skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.4rem .8rem;z-index:2}
        .top{background:var(--night);color:#f4efe4}
        .bar{display:flex;align-items:center;gap:.9rem;padding-top:1rem;padding-bottom:1rem;flex-wrap:wrap}
        .mark{border-radius:10px;display:block;box-shadow:0 0 0 1px #ffffff24}
        .names{flex:1 1 12rem}
        .names h1{font-size:1.25rem;line-height:1.25;letter-spacing:.02em}
        .names p{font-size:.875rem;color:#c9c4b8}
        .pulse{font-size:.875rem;text-align:right;font-variant-numeric:tabular-nums}
        .pulse .dim{color:#b3b6c0}
        .pulse a{color:#f0b35b}
        .dot{display:inline-block;width:.6rem;height:.6rem;border-radius:50%;margin-right:.5rem}
        .dot.good{background:#6cc494;box-shadow:0 0 0 4px #6cc49433}
        .dot.bad{background:#ff8a80;box-shadow:0 0 0 4px #ff8a8033}
        main{padding-top:1.25rem;padding-bottom:2rem}
        h2{font-size:1.05rem;margin:.2rem 0 .7rem}
        h2 small{font-weight:400;font-size:.875rem;color:var(--dim);margin-left:.4rem}
        h2 small.hot{color:var(--bad)}
        h3{font-size:.875rem;font-weight:600;color:var(--dim);margin:1.1rem 0 .5rem}
        .alarm{border:1px solid var(--bad);border-left-width:5px;border-radius:10px;background:var(--card);padding:.8rem 1rem;margin-bottom:1.1rem}
        .alarm h2{color:var(--bad);margin:0}
        .alarm li{overflow-wrap:anywhere}
        .figures{display:grid;grid-template-columns:repeat(4,1fr);gap:.7rem;margin-bottom:1.4rem}
        .figures li{background:var(--card);border-radius:12px;padding:.6rem .9rem;box-shadow:var(--shadow);border:1px solid var(--rule)}
        .figures b{display:block;font-size:1.6rem;line-height:1.25;font-variant-numeric:tabular-nums}
        .figures span{font-size:.875rem;color:var(--dim)}
        .figures .dead:not(.zero) b{color:var(--bad)}
        .figures .waiting:not(.zero) b,.figures .held:not(.zero) b{color:var(--wait)}
        .figures .zero b{color:var(--dim);font-weight:500}
        .columns{display:grid;gap:1.8rem;grid-template-columns:minmax(0,1fr)}
        @media (min-width:60rem){.columns{grid-template-columns:minmax(0,1fr) 25rem}}
        aside{display:grid;gap:1.8rem;align-content:start;min-width:0}
        .cards{display:grid;gap:.7rem}
        .card{background:var(--card);border:1px solid var(--rule);border-left:4px solid var(--rule);border-radius:12px;padding:.75rem 1rem;box-shadow:var(--shadow);min-width:0}
        .card.waiting,.card.held{border-left-color:var(--wait)}
        .card.dead{border-left-color:var(--bad)}
        .card.sent{border-left-color:var(--good)}
        .card.sent.urgent{border-left-color:var(--lamp)}
        .line{display:flex;flex-wrap:wrap;gap:.3rem .55rem;align-items:center;font-size:.8125rem}
        .line time{font-variant-numeric:tabular-nums;font-weight:600}
        .tag{background:var(--soft);border-radius:6px;padding:.05rem .5rem}
        .badge{border:1px solid currentcolor;border-radius:99px;padding:0 .55rem;font-size:.75rem;white-space:nowrap;color:var(--dim)}
        .badge.ok{color:var(--good)}
        .badge.waiting,.badge.held,.badge.late{color:var(--wait)}
        .badge.dead,.badge.broken{color:var(--bad)}
        .badge.hot{color:var(--lamp)}
        h4{font-size:1rem;line-height:1.45;overflow-wrap:anywhere}
        .card h4{margin:.25rem 0 .15rem}
        .body{overflow-wrap:anywhere}
        .body p+p,.body p+ul,.body p+ol,.body ul+p,.body ol+p{margin-top:.45rem}
        .body ul,.body ol{padding-left:1.4rem}
        .body ul{list-style:disc}
        .body ol{list-style:decimal}
        .links{margin-top:.5rem;display:flex;flex-wrap:wrap;gap:.4rem 1rem}
        .foot{margin-top:.45rem;font-size:.8125rem;display:flex;flex-wrap:wrap;gap:.15rem .9rem;overflow-wrap:anywhere}
        .code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.78rem;overflow-wrap:anywhere}
        .why,.problem{color:var(--bad);font-size:.875rem;overflow-wrap:anywhere;white-space:pre-wrap}
        .card.held .why,.card.waiting .why,.card.dropped .why{color:var(--dim)}
        .answer{font-size:.8125rem;background:var(--soft);border-radius:8px;padding:.35rem .6rem;margin-top:.35rem;overflow-wrap:anywhere}
        .rules{background:var(--card);border:1px solid var(--rule);border-radius:12px;box-shadow:var(--shadow)}
        .rules li{padding:.7rem 1rem}
        .rules li+li{border-top:1px solid var(--rule)}
        .rules h4{flex:1 1 10rem;font-size:.95rem}
        .rules .line{justify-content:space-between;font-size:.95rem}
        .rules .disabled h4{color:var(--dim)}
        .rules .problem{margin-top:.3rem}
        .rules .foot{margin-top:.25rem}
        .foot .why{font-size:inherit}
        .empty{background:var(--card);border:1px dashed var(--rule);border-radius:12px;padding:1.6rem 1rem;text-align:center}
        footer{padding-top:.5rem;padding-bottom:2rem;font-size:.8125rem}
        @media (max-width:40rem){.wrap{padding-inline:.9rem}.dot{margin-left:.25rem}.pulse{text-align:left;flex-basis:100%}.figures{gap:.45rem}.figures li{padding:.5rem .6rem}.figures b{font-size:1.3rem}.figures span{font-size:.78rem}}
        @media print{.top{background:none;color:inherit}.card,.rules,.figures li{box-shadow:none;break-inside:avoid}}

        """
}
