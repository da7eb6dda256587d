// Starts the page at once, has the checker come meanwhile, and gives the network away for good as
// soon as everything is there.
//
// 1. Fetch and start the page.
// 2. Fetch and compile the checker; keep everything for openings without a network.
// 3. Seal: a second Content-Security-Policy forbids every request from now on. Policies only add
//    up, so nothing in the page can lift it.
// 4. Workers are started from a blob: they inherit the sealed policy, which a worker with an address
//    of its own would not.
//
// The page finds `window.plimsoll` (web/src/boot.rs).

(function (boot) {
  "use strict";
  if (!boot.isAble) return;

  const SEAL =
    "default-src 'none'; script-src 'wasm-unsafe-eval'; img-src data:; worker-src blob:; " +
    "base-uri 'none'; form-action 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'";
  const SERVICE_WORKER = "sw.js";
  // How long the checker may take to answer once it is started.
  const PATIENCE = 8000;

  // The worker's first message is its compiled module; the module's start function then puts its
  // own handler in the place of this one. The answer says that it runs.
  const RECEIVE_MODULE = `
self.onmessage = ({ data }) => {
  wasm_bindgen.initSync({ module: data });
  self.postMessage(null);
};
`;

  // Text never becomes markup or code: the page's own drawing only ever empties an element.
  const own = new Set([SERVICE_WORKER]);
  const rules = {
    createScriptURL(address) {
      if (own.has(address)) return address;
      throw new TypeError(`not an address of Plimsoll's own: ${address}`);
    },
  };
  const policy = globalThis.trustedTypes?.createPolicy("plimsoll", rules) ?? rules;
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML(markup) {
      if (markup === "") return "";
      throw new TypeError("Plimsoll makes no markup from text");
    },
  });

  const CHECKER = ["worker.js", "worker_bg.wasm"];
  const sizes = CHECKER.map((name) => boot.list.parts?.[name]?.bytes ?? 0);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const listeners = new Set();
  let checker = { state: "loading", bytes: 0, whole, reason: "", part: "", detail: "", attempt: 0 };
  let offline = { state: "unknown", reason: "" };
  let script = null;
  let module = null;
  let isSealed = false;

  function tell() {
    for (const listener of listeners) listener();
  }

  function become(change) {
    checker = { ...checker, ...change };
    tell();
  }

  function failed(error) {
    const { reason = "broken", part = "", detail = error.message } = error;
    console.error(error);
    become({ state: "failed", reason, part, detail });
  }

  function seal() {
    if (isSealed) return;
    isSealed = true;
    // The single file has given the network away from its first line on.
    if (boot.isSingleFile) return;
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = SEAL;
    document.head.append(meta);
  }

  async function loadChecker(isSecondTry) {
    become({ state: "loading", bytes: 0, reason: "", part: "", detail: "" });
    const counts = CHECKER.map(() => 0);
    try {
      const [bytes, wasm] = await Promise.all(
        CHECKER.map((name, at) =>
          boot.part(name, (count) => {
            counts[at] = count;
            become({ bytes: counts.reduce((sum, one) => sum + one, 0) });
          }, isSecondTry)),
      );
      [script, module] = [bytes, await boot.compiled(CHECKER[1], wasm)];
      offline = { reason: "", ...(await boot.keep(policy.createScriptURL(SERVICE_WORKER), (change) => {
        offline = { reason: "", ...change };
        tell();
      })) };
      // What is missing for a copy is told when one is asked for.
      if (!boot.isSingleFile) await boot.gather().catch((error) => console.warn(error));
      seal();
      become({ state: "ready", attempt: checker.attempt + 1 });
    } catch (error) {
      failed(error);
    }
  }

  function startWorker() {
    const blob = new Blob([script, RECEIVE_MODULE], { type: "text/javascript" });
    const address = URL.createObjectURL(blob);
    own.add(address);
    const worker = new Worker(policy.createScriptURL(address), { name: "plimsoll" });
    worker.postMessage(module);
    return worker;
  }

  // As `startWorker`, for the one that checks: should it not answer, the page hears of it.
  function startChecker() {
    let worker;
    try {
      worker = startWorker();
    } catch (error) {
      failed(new boot.Trouble("blocked", "", error.message));
      throw error;
    }
    const over = () => clearTimeout(timer);
    const timer = setTimeout(() => {
      failed(new boot.Trouble("silent", ""));
    }, PATIENCE);
    worker.addEventListener("message", () => {
      over();
      worker.removeEventListener("error", blocked);
    }, { once: true });
    const blocked = (event) => {
      over();
      failed(new boot.Trouble("blocked", "", event.message ?? ""));
    };
    worker.addEventListener("error", blocked, { once: true });
    return worker;
  }

  // Once more: what is missing is fetched, or else the worker is started anew.
  function retry() {
    if (isSealed) become({ state: "ready", reason: "", attempt: checker.attempt + 1 });
    else if (checker.state === "failed") loadChecker(true);
  }

  globalThis.plimsoll = Object.freeze({
    checker: () => checker,
    offline: () => offline,
    listen: (listener) => listeners.add(listener),
    startChecker,
    startWorker,
    retry,
    saveOfflineCopy: boot.copy,
  });

  async function start() {
    if (!boot.isSingleFile) boot.lookForNewer();
    const isParsed = new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed));
    const bytes = await boot.part("page_bg.wasm", boot.moved);
    loadChecker(false);
    const page = await boot.compiled("page_bg.wasm", bytes);
    await isParsed;
    // The script is missing: that has been said.
    if (typeof wasm_bindgen === "undefined") return;
    await wasm_bindgen({ module_or_path: page });
    boot.started();
  }

  start().catch((error) => {
    console.error(error);
    boot.fail(error.reason ?? "broken", error.part ?? "", error.detail ?? error.message);
  });
})(plimsollBoot);
