// Answers for the page when there is no network, and when there is: from its own cache, and from
// nothing else. It fetches nothing. The page fills the cache, this compares what is there with what
// belongs to its version, and is not installed before all of it is.

// Written by the finishing step of the build.
const VERSION = "unfinished";
const PARTS = {};

const PREFIX = "plimsoll-";
const CACHE = PREFIX + VERSION;

// How often it looks whether a page has brought what is missing.
const PAUSE = 250;
const LOOKS = 240;

async function integrity(response) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

async function isWhole() {
  const cache = await caches.open(CACHE);
  const names = Object.keys(PARTS);
  const kept = await Promise.all(names.map((name) => cache.match(name)));
  if (kept.some((response) => !response)) return false;
  const digests = await Promise.all(kept.map(integrity));
  const wrong = names.filter((name, at) => digests[at] !== PARTS[name].integrity);
  if (wrong.length === 0) return true;
  await caches.delete(CACHE);
  throw new Error(`not of this version: ${wrong.join(", ")}`);
}

async function install() {
  for (let look = 0; look < LOOKS; look += 1) {
    // A page that is open has everything it needs: the next opening may take this version.
    if (await isWhole()) return self.skipWaiting();
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  throw new Error("nobody has brought the parts");
}

async function forgetOlder() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function kept(name, isNavigation) {
  const response = await (await caches.open(CACHE)).match(name);
  if (response) return response;
  // Somebody has emptied the cache: the page is loaded as if it never had been.
  await self.registration.unregister();
  if (!isNavigation) return Response.error();
  return new Response("", { headers: { "Content-Type": "text/html", Refresh: "0" } });
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("message", (event) => {
  event.ports[0]?.postMessage({ version: VERSION, parts: PARTS });
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const scope = self.registration.scope;
  const isNavigation = request.mode === "navigate";
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  // A navigation may say more; a part that says more is asked for past the cache.
  const [address] = isNavigation ? request.url.split(/[?#]/) : request.url.split("#");
  const name = address.slice(scope.length) || "index.html";
  if (Object.hasOwn(PARTS, name)) event.respondWith(kept(name, isNavigation));
});
