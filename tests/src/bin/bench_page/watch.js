// Runs before the page's own scripts: takes the time of keys, of what is painted after them, and of
// what the workers do. Changes nothing that the page could notice.
(() => {
  // Put before the worker's script: times the handler that the worker sets.
  const IN_WORKER = `
{
  let handler = null;
  Object.defineProperty(self, "onmessage", { get: () => handler, set: (next) => { handler = next; } });
  self.addEventListener("message", (event) => {
    const begun = performance.now();
    handler?.call(self, event);
    const asked = event.data instanceof Uint8Array ? event.data.slice(0, 12) : null;
    self.postMessage({ took: performance.now() - begun, asked });
  });
}
`;

  class TimedBlob extends Blob {
    constructor(parts, options) {
      const isWorker = parts?.some?.((part) => String(part).includes("wasm_bindgen.initSync"));
      super(isWorker ? [IN_WORKER, ...parts] : parts, options);
    }
  }

  // The number of the check that a question or an answer is about.
  // Messages are packed: which variant, then the revision, seven bits a byte, the low ones first.
  const CHECK = 1;
  const CHECKED = 1;
  const revision = (data, variant) => {
    if (!(data instanceof Uint8Array) || data[0] !== variant) return null;
    let number = 0;
    for (let at = 1, factor = 1; at < data.length; at++, factor *= 128) {
      number += (data[at] & 127) * factor;
      if (data[at] < 128) break;
    }
    return number;
  };

  class TimedWorker extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (data?.took !== undefined) {
          if (isAwaited(revision(data.asked, CHECK))) now.worker = data.took;
        } else if (isAwaited(revision(data, CHECKED))) {
          bench.bytes = data.length;
          painted((time) => {
            now.findings = time - now.begun;
          });
        }
      });
    }
    postMessage(...given) {
      const asked = revision(given[0], CHECK);
      if (asked !== null) now.asked = asked;
      super.postMessage(...given);
    }
  }
  const isAwaited = (number) => number !== null && number === now.asked;
  globalThis.Blob = TimedBlob;
  globalThis.Worker = TimedWorker;

  // Calls `then` with the time at which the next frame is on its way to the screen.
  function painted(then) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(performance.now());
      channel.port2.postMessage(null);
    });
  }

  const none = () => ({
    kind: "", begun: null, paint: null, asked: null, findings: null, worker: null, task: 0,
  });
  let now = none();
  const bench = {
    bytes: 0,
    get findings() {
      const all = [...document.querySelectorAll(".sum .chip[data-rank]")];
      const words = all.map((one) => (one.querySelector(".vh") ?? one).textContent.replaceAll(",", ""));
      return words.reduce((sum, one) => sum + parseInt(one, 10), 0);
    },
    // `bare`: a key of which nothing follows but paint; `checked`: one whose text is checked, too;
    // `pasted`: a text that is checked without a key.
    begin(kind) {
      now = { ...none(), kind };
    },
    isDone() {
      const isChecked = now.findings !== null && now.worker !== null;
      return (now.kind === "pasted" || now.paint !== null) && (now.kind === "bare" || isChecked);
    },
    key: () => [now.paint, now.findings, now.worker, now.task],
  };
  globalThis.bench = bench;

  addEventListener("keydown", (event) => {
    if (now.begun !== null || event.key.length !== 1) return;
    now.begun = event.timeStamp;
    painted((time) => {
      now.paint = time - now.begun;
    });
  }, true);

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) now.task = Math.max(now.task, entry.duration);
  }).observe({ type: "longtask" });
})();
