// Keeps the page for openings without a network: the bytes that it has are put into the browser's
// cache, and a service worker answers from there. All of it before the page gives the network away.

(function (boot) {
  "use strict";
  if (!boot.isAble) return;

  // The longest that the checker waits for each of the service worker's steps.
  const PATIENCE = 3000;

  const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", wasm: "application/wasm" };

  function within(time, promise) {
    const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), time));
    return Promise.race([promise, late]);
  }

  function response(name, bytes) {
    const type = TYPES[name.split(".").pop()] ?? "application/octet-stream";
    const charset = type.startsWith("text/") ? "; charset=utf-8" : "";
    const headers = { "Content-Type": type + charset, "X-Content-Type-Options": "nosniff" };
    return new Response(bytes, { headers });
  }

  function names() {
    return ["index.html", ...Object.keys(boot.list.parts)];
  }

  async function fill() {
    const cache = await caches.open(`plimsoll-${boot.list.version}`);
    if ((await cache.keys()).length === names().length) return;
    await Promise.all(
      names().map(async (name) => cache.put(name, response(name, await boot.part(name)))),
    );
  }

  // Asks a service worker that is being installed what it needs.
  function asked(worker) {
    return new Promise((answer) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => answer(data);
      worker.postMessage("what do you need?", [port2]);
    });
  }

  // Fetches the parts of a newer version for its service worker, which fetches nothing itself. What
  // is begun before the seal may end after it.
  async function help(worker) {
    const { version, parts } = await within(PATIENCE, asked(worker));
    if (version === boot.list.version) return false;
    const cache = await caches.open(`plimsoll-${version}`);
    for (const [name, { integrity }] of Object.entries(parts)) {
      // The old service worker answers to plain names, with what is old.
      fetch(`${name}?${version}`, { integrity, cache: "reload" })
        .then(async (fetched) => {
          if (fetched.ok) await cache.put(name, response(name, await fetched.arrayBuffer()));
        })
        .catch(() => {}); // The service worker is not installed then, and asks next time.
    }
    return true;
  }

  // The browser's look for a newer service worker than that of an earlier opening: begun while the
  // page loads, since it takes a way to the server and back.
  let look = Promise.resolve();

  function lookForNewer() {
    look = (async () => {
      const known = await navigator.serviceWorker?.getRegistration();
      if (known?.active) await known.update();
    })();
    look.catch(() => {}); // Without a network there is nothing newer.
  }

  function refused(worker) {
    return new Promise((_, refuse) => {
      worker?.addEventListener("statechange", () => {
        if (worker.state === "redundant") refuse(new Error("refused"));
      });
    });
  }

  // Whether the page opens without a network from now on, or why not. Never fails.
  async function keep(address, tell) {
    if (boot.isSingleFile) return { state: "file" };
    if (!isSecureContext) return { state: "unavailable", reason: "insecure" };
    if (!navigator.serviceWorker || !globalThis.caches) {
      return { state: "unavailable", reason: "unsupported" };
    }
    try {
      await fill();
      const container = navigator.serviceWorker;
      const known = await container.getRegistration();
      const wasKnown = Boolean(known?.active);
      // To register once more would wait for a newer one, which waits for us.
      const registration = wasKnown
        ? known
        : await within(PATIENCE, container.register(address, { updateViaCache: "all" }));
      await within(PATIENCE, look).catch(() => {});
      const coming = registration.installing;
      if (wasKnown && coming && (await help(coming).catch(() => false))) {
        coming.addEventListener("statechange", () => {
          if (coming.state === "installed") tell({ state: "newer" });
        });
      }
      await within(PATIENCE, Promise.race([container.ready, refused(wasKnown ? null : coming)]));
      return { state: "ready" };
    } catch (error) {
      console.info(`Plimsoll is not kept for offline use: ${error.message}`);
      return { state: "unavailable", reason: "refused" };
    }
  }

  // Everything that a copy is made of, while it can still be had.
  boot.gather = () => Promise.all(names().map((name) => boot.part(name)));
  boot.keep = keep;
  boot.lookForNewer = lookForNewer;
})(plimsollBoot);
