/// What makes open pages live. Pages work without it: it listens for events, fetches the page it stands on, and puts
/// in the parts that changed, keeping focus, open details and the place on the page.
enum PageScript {
    static let text = """
        (function () {
          "use strict";
          if (!window.EventSource || !window.fetch || !window.DOMParser) return;
          var root = document.documentElement;
          if (!document.querySelector("[data-live]")) return;
          var timer = 0, busy = false, again = false, stale = false;

          function key(element) {
            if (!element || element === document.body) return null;
            return element.id ? "#" + element.id
              : [element.tagName, element.getAttribute("href"), element.getAttribute("name"), element.textContent].join("|");
          }
          function find(part, wanted) {
            if (wanted.charAt(0) === "#") return document.getElementById(wanted.slice(1));
            var all = part.querySelectorAll("a,button,input,select,summary,[tabindex]");
            for (var i = 0; i < all.length; i++) if (key(all[i]) === wanted) return all[i];
            return null;
          }
          function isWriting(part) {
            var active = document.activeElement;
            return active && part.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName);
          }
          function replace(old, fresh) {
            if (old.innerHTML === fresh.innerHTML || isWriting(old)) return;
            var focused = old.contains(document.activeElement) ? key(document.activeElement) : null;
            var open = {};
            old.querySelectorAll("details[id]").forEach(function (one) { open[one.id] = one.open; });
            var taken = document.importNode(fresh, true);
            old.replaceWith(taken);
            taken.querySelectorAll("details[id]").forEach(function (one) {
              if (one.id in open) one.open = open[one.id];
            });
            var target = focused && find(taken, focused);
            if (target) target.focus({ preventScroll: true });
          }
          function show(text) {
            var page = new DOMParser().parseFromString(text, "text/html");
            var x = window.scrollX, y = window.scrollY;
            document.querySelectorAll("[data-live]").forEach(function (old) {
              var fresh = page.querySelector('[data-live="' + old.getAttribute("data-live") + '"]');
              if (fresh) replace(old, fresh);
            });
            window.scrollTo(x, y);
            root.setAttribute("data-refreshed", String(Number(root.getAttribute("data-refreshed") || 0) + 1));
          }
          function refresh() {
            timer = 0;
            if (document.hidden) { stale = true; return; }
            if (busy) { again = true; return; }
            busy = true;
            fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin", cache: "no-store" })
              .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
              .then(function (text) { if (text) show(text); })
              .catch(function () {})
              .then(function () {
                busy = false;
                if (again) { again = false; later(); }
              });
          }
          function later() { if (!timer) timer = setTimeout(refresh, 400); }

          var source = new EventSource("/v1/events");
          ["firing", "delivery", "rules", "tick", "resync"].forEach(function (name) {
            source.addEventListener(name, later);
          });
          source.onopen = function () { root.setAttribute("data-state", "live"); };
          source.onerror = function () { root.removeAttribute("data-state"); };
          document.addEventListener("visibilitychange", function () {
            if (!document.hidden && stale) { stale = false; later(); }
          });
          window.addEventListener("pagehide", function () { source.close(); });
          window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
        })();

        """
}
