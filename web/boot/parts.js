// The parts of the page as bytes: fetched and compared with what belongs to this page, or, in the
// single file, unpacked from it.

if (typeof plimsollBoot === "undefined") {
  document.getElementById("app").textContent =
    "Plimsoll did not start: able.js could not be loaded. Plimsoll 未能启动：无法加载 able.js。";
}

(function (boot) {
  "use strict";
  if (!boot.isAble) return;

  // How long nothing may come of a part.
  const STALL = 8000;

  // Written by the finishing step of the build: version, sizes and digests.
  const list = JSON.parse(document.getElementById("parts")?.textContent ?? "{}");
  const held = new Map();

  // Why a part is not there: a reason that the page has words for.
  class Trouble extends Error {
    constructor(reason, part, detail = "") {
      super(`${reason}: ${part} ${detail}`);
      Object.assign(this, { reason, part, detail });
    }
  }

  function inlined(name) {
    return document.querySelector(`script[data-part="${name}"]`);
  }

  async function unpacked(text) {
    const packed = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  async function integrity(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return `sha256-${btoa(String.fromCharCode(...digest))}`;
  }

  async function received(response, moved) {
    const chunks = [];
    let count = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
      chunks.push(value);
      count += value.length;
      moved(count);
    }
  }

  async function served(name, moved, isSecondTry) {
    const wanted = list.parts?.[name]?.integrity ?? "";
    // With the digest given to `fetch`, nothing of a part is seen before its end. So that is only
    // done where there is no other way to compare it: on a plain http address.
    const canCompare = Boolean(globalThis.crypto?.subtle);
    const abort = new AbortController();
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), STALL);
    };
    wait();
    try {
      const response = await fetch(name, {
        signal: abort.signal,
        integrity: canCompare ? "" : wanted,
        cache: isSecondTry ? "reload" : "default",
      });
      if (!response.ok) throw new Trouble("missing", name, String(response.status));
      const bytes = await received(response, (count) => {
        wait();
        moved(count);
      });
      if (canCompare && wanted && (await integrity(bytes)) !== wanted) {
        throw new Trouble("changed", name);
      }
      return bytes;
    } catch (error) {
      if (error instanceof Trouble) throw error;
      throw new Trouble(abort.signal.aborted ? "slow" : "unreachable", name, error.message);
    } finally {
      clearTimeout(timer);
    }
  }

  // The bytes of a part; `moved` hears how many have come.
  async function part(name, moved = () => {}, isSecondTry = false) {
    if (!held.has(name)) {
      const inside = inlined(name);
      const bytes = inside
        ? await unpacked(inside.textContent)
        : await served(name, moved, isSecondTry);
      moved(bytes.length);
      held.set(name, bytes);
    }
    return held.get(name);
  }

  // As `WebAssembly.compile`, which wants no MIME type, unlike the streaming one.
  async function compiled(name, bytes) {
    try {
      return await WebAssembly.compile(bytes);
    } catch (error) {
      throw new Trouble("unusable", name, error.message);
    }
  }

  Object.assign(boot, {
    list,
    part,
    compiled,
    Trouble,
    isSingleFile: Boolean(inlined("page_bg.wasm")),
  });
})(plimsollBoot);
