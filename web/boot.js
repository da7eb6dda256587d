// Loads everything the page will ever need, then gives the network away for good.
//
// 1. Fetch and compile the page's and the worker's WebAssembly and the worker's script.
// 2. Seal: a second Content-Security-Policy forbids every request from now on. Policies only add
//    up, so nothing in the page can lift it.
// 3. Start the worker from a blob: it inherits the sealed policy, which a worker with an address
//    of its own would not.
// 4. Start the page, which finds the worker as `window.plimsollWorker`. Another one for a long
//    reading is had from `window.plimsollStartWorker()`.

const SEAL =
  "default-src 'none'; script-src 'wasm-unsafe-eval'; style-src 'self'; img-src data:; " +
  "connect-src 'none'; worker-src blob:; base-uri 'none'; form-action 'none'";

function seal() {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = SEAL;
  document.head.append(policy);
}

async function get(name) {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
  return response;
}

// `compileStreaming` wants the MIME type application/wasm, which not every static host sends.
async function compile(name) {
  return WebAssembly.compile(await (await get(name)).arrayBuffer());
}

// The worker's first message is its compiled module; the module's start function then puts its
// own handler in the place of this one.
const RECEIVE_MODULE = `
self.onmessage = ({ data }) => initSync({ module: data });
`;

function startWorker(script, module) {
  const address = URL.createObjectURL(
    new Blob([script, RECEIVE_MODULE], { type: "text/javascript" }),
  );
  const worker = new Worker(address, { type: "module", name: "plimsoll" });
  worker.postMessage(module);
  return worker;
}

async function boot() {
  const [page, pageModule, workerScript, workerModule] = await Promise.all([
    import("./page.js"),
    compile("page_bg.wasm"),
    get("worker.js").then((response) => response.text()),
    compile("worker_bg.wasm"),
  ]);
  seal();
  window.plimsollStartWorker = () => startWorker(workerScript, workerModule);
  window.plimsollWorker = window.plimsollStartWorker();
  await page.default({ module_or_path: pageModule });
}

boot().catch((error) => {
  console.error(error);
  document.getElementById("app").textContent =
    `Plimsoll could not start / Plimsoll 无法启动: ${error.message}`;
});
