// The first script, and the only one that is written for every browser there is: it says in whole
// sentences why the page does not start, and waits no longer than ten seconds for it. Should it not
// come itself, the style sheet shows what index.html says. What it offers to the scripts after it is
// in `plimsollBoot`.

var plimsollBoot = {};

(function (boot) {
  "use strict";

  // A little less than the ten seconds after which a reader must know.
  var PATIENCE = 9000;
  var isChinese = /^zh/i.test(navigator.language || "");
  var isStarted = false;
  var loaded = [];
  var watch = 0;

  var WORDS = {
    old: {
      en: "This browser is too old for Plimsoll: it lacks {detail}. Any browser of 2023 or later will do.",
      zh: "此浏览器版本过旧，无法运行 Plimsoll：缺少 {detail}。请使用 2023 年或之后的浏览器。",
    },
    missing: {
      en: "The file {part} could not be loaded (HTTP {detail}). A proxy or an old copy in the cache is the usual cause.",
      zh: "无法加载文件 {part}（HTTP {detail}）。通常是代理或缓存中的旧副本所致。",
    },
    unreachable: {
      en: "The file {part} could not be loaded. The connection broke, or something between here and the server refuses it.",
      zh: "无法加载文件 {part}。连接已中断，或者请求在途中被拒绝。",
    },
    changed: {
      en: "The file {part} is not the one that belongs to this page, so it was not run. A proxy that changes files, or an old copy in the cache, is the usual cause.",
      zh: "文件 {part} 与此页面不匹配，因此没有运行。通常是代理修改了文件，或缓存中有旧副本。",
    },
    slow: {
      en: "The file {part} has not come: nothing was received for several seconds.",
      zh: "文件 {part} 未能到达：已有数秒没有收到任何数据。",
    },
    unusable: {
      en: "This browser cannot run {part}: {detail}",
      zh: "此浏览器无法运行 {part}：{detail}",
    },
    broken: {
      en: "The page broke off while it started: {detail}",
      zh: "页面在启动时中断：{detail}",
    },
  };
  var TITLE = { en: "Plimsoll did not start", zh: "Plimsoll 未能启动" };
  var AGAIN = { en: "Try again", zh: "重试" };

  function say(text) {
    return isChinese ? text.zh : text.en;
  }

  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // Shows why the page did not start, in its place.
  function fail(reason, part, detail) {
    if (isStarted) return;
    clearTimeout(watch);
    document.documentElement.lang = isChinese ? "zh-CN" : "en";
    var app = document.getElementById("app");
    var words = say(WORDS[reason] || WORDS.broken);
    var box = document.createElement("section");
    box.className = "boot-failure";
    box.setAttribute("role", "alert");
    box.appendChild(element("h1", say(TITLE)));
    box.appendChild(element("p", words.replace("{part}", part).replace("{detail}", detail)));
    if (reason !== "old") {
      var again = element("button", say(AGAIN));
      again.type = "button";
      again.addEventListener("click", function () {
        location.reload();
      });
      box.appendChild(again);
    }
    while (app.firstChild) app.removeChild(app.firstChild);
    app.appendChild(box);
  }

  function nameOf(address) {
    return String(address).split(/[?#]/)[0].split("/").pop();
  }

  // Something has come: whatever is still missing has its time from now on.
  function moved() {
    clearTimeout(watch);
    if (!isStarted) watch = setTimeout(late, PATIENCE);
  }

  function late() {
    var scripts = document.querySelectorAll("script[src]");
    for (var at = 0; at < scripts.length; at++) {
      var name = nameOf(scripts[at].src);
      if (loaded.indexOf(name) < 0 && name !== "able.js") return fail("slow", name, "");
    }
    fail("slow", "page_bg.wasm", "");
  }

  // What this browser lacks, if anything.
  function lacking() {
    if (typeof WebAssembly !== "object") return "WebAssembly";
    // A function that fills a vector with zeros and drops it.
    var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0,
      10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11];
    if (!WebAssembly.validate(new Uint8Array(simd))) return "WebAssembly SIMD";
    if (typeof TextDecoder !== "function") return "TextDecoder";
    if (typeof AbortController !== "function") return "AbortController";
    if (typeof DecompressionStream !== "function") return "DecompressionStream";
    return "";
  }

  document.addEventListener("load", function (event) {
    if (event.target.src) {
      loaded.push(nameOf(event.target.src));
      moved();
    }
  }, true);
  // A part that is not there, or not the one that belongs here: browsers do not say which.
  document.addEventListener("error", function (event) {
    var address = event.target.src || event.target.href;
    if (address) fail("unreachable", nameOf(address), "");
  }, true);

  boot.fail = fail;
  boot.moved = moved;
  boot.started = function () {
    isStarted = true;
    clearTimeout(watch);
  };

  // Sheets have come or failed before.
  function isEmpty(sheet) {
    try {
      return !sheet || sheet.cssRules.length === 0;
    } catch (error) {
      return true;
    }
  }
  var sheets = document.querySelectorAll("link[rel=stylesheet]");
  for (var at = 0; at < sheets.length; at++) {
    if (isEmpty(sheets[at].sheet)) fail("unreachable", nameOf(sheets[at].href), "");
  }

  var lack = lacking();
  if (lack) {
    fail("old", "", lack);
    isStarted = true;
  } else {
    moved();
  }
  boot.isAble = !lack;
})(plimsollBoot);
