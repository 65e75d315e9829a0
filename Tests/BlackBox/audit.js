// What a page must hold for people who cannot see it well, use the keyboard, or tap with a thumb. Returns faults.
(function () {
  "use strict";
  var faults = [];
  function say(what, element) {
    faults.push(what + ": " + (element ? element.outerHTML.slice(0, 160).replace(/\s+/g, " ") : ""));
  }
  function shown(element) {
    var box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && style.display !== "none";
  }
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  // Language, title, headings, landmarks.
  var lang = document.documentElement.lang;
  if (!/^(en|zh-CN)$/.test(lang)) say("no lang on html", document.documentElement);
  if (!document.title.trim()) say("no title");
  if (all("h1").length !== 1) say(all("h1").length + " h1");
  if (all("main").length !== 1) say(all("main").length + " main");
  var level = 0;
  all("h1,h2,h3,h4,h5,h6").forEach(function (heading) {
    var own = Number(heading.tagName.charAt(1));
    if (own > level + 1) say("heading skips from h" + level, heading);
    if (!heading.textContent.trim()) say("empty heading", heading);
    level = own;
  });
  var ids = {};
  all("[id]").forEach(function (element) {
    if (ids[element.id]) say("id twice", element);
    ids[element.id] = true;
  });
  all("[aria-labelledby]").forEach(function (element) {
    if (!document.getElementById(element.getAttribute("aria-labelledby"))) say("label leads nowhere", element);
  });

  // Names.
  all("img").forEach(function (image) { if (!image.hasAttribute("alt")) say("img without alt", image); });
  all("svg").forEach(function (image) {
    var named = image.getAttribute("role") === "img" && image.getAttribute("aria-label");
    if (!named && image.getAttribute("aria-hidden") !== "true") say("svg without name", image);
  });
  all("input:not([type=hidden]),select,textarea").forEach(function (control) {
    if (!control.labels.length && !control.getAttribute("aria-label")) say("control without label", control);
  });
  all("a,button,summary").forEach(function (element) {
    var image = element.querySelector("img[alt]:not([alt=''])");
    if (!element.textContent.trim() && !image && !element.getAttribute("aria-label")) say("no name", element);
  });
  all("table").forEach(function (table) {
    if (!table.caption || !table.querySelector("th[scope]")) say("table without caption or heads", table);
  });

  // Nothing inline, nothing foreign.
  all("[style]").forEach(function (element) { say("inline style", element); });
  all("script:not([src]),style").forEach(function (element) { say("inline code", element); });
  all("*").forEach(function (element) {
    for (var i = 0; i < element.attributes.length; i++) {
      if (/^on/i.test(element.attributes[i].name)) say("event attribute", element);
    }
  });

  // The page is no wider than the window.
  var width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    all("body *").forEach(function (element) {
      var box = element.getBoundingClientRect();
      if (shown(element) && box.right > width + 1) say("wider than the window (" + Math.round(box.right) + ")", element);
    });
    say("scrolls sideways");
  }
  all("body *").forEach(function (element) {
    if (element.scrollWidth > element.clientWidth + 1 && shown(element) && element.clientWidth > 0 &&
        getComputedStyle(element).overflowX === "hidden" && element.tagName !== "CAPTION" && element.tagName !== "THEAD") {
      say("content cut off", element);
    }
  });

  // Targets of at least 24 by 24, unless they stand within a sentence (WCAG 2.2, 2.5.8).
  all("a,button,input:not([type=hidden]),select,summary").forEach(function (element) {
    if (!shown(element) || element.closest(".skip")) return;
    var box = element.getBoundingClientRect();
    var isInline = getComputedStyle(element).display === "inline";
    if (!isInline && box.height < 23.5) say("low target " + box.height, element);
    if (isInline) {
      var beside = (element.parentElement.textContent || "").trim().length - element.textContent.trim().length;
      if (beside < 2 && box.height < 23.5) say("low target " + box.height, element);
    }
  });

  // Contrast of text (WCAG 2.2, 1.4.3).
  function channel(v) { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); }
  function light(c) { return 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]); }
  function parse(text) {
    var m = /rgba?\(([^)]+)\)/.exec(text);
    if (!m) return [0, 0, 0, 0];
    var parts = m[1].split(/[ ,/]+/).map(Number);
    return [parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : 1];
  }
  function over(top, below) {
    return [0, 1, 2].map(function (i) { return top[i] * top[3] + below[i] * (1 - top[3]); }).concat(1);
  }
  function behind(element) {
    var layers = [];
    for (var e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
    var scheme = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce(function (below, top) { return over(top, below); }, scheme);
  }
  var walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), node, seen = {};
  while ((node = walk.nextNode())) {
    var element = node.parentElement;
    if (!node.nodeValue.trim() || !shown(element) || /^(SCRIPT|NOSCRIPT)$/.test(element.tagName)) continue;
    if (element.closest("caption,.skip")) continue;
    var style = getComputedStyle(element), below = behind(element);
    var ink = over(parse(style.color), below);
    var a = light(ink) + 0.05, b = light(below) + 0.05, ratio = a > b ? a / b : b / a;
    var size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    var needed = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    if (ratio < needed) {
      var key = style.color + below.join();
      if (!seen[key]) say("contrast " + ratio.toFixed(2), element);
      seen[key] = true;
    }
    if (size < 11.5) say("small text " + size, element);
  }
  return faults;
})()
