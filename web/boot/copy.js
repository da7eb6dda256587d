// Puts the page into one file that opens without a server, from what it holds: no request is made.
// The build makes the same file as plimsoll.html (xtask/src/page/one_file.rs).

(function (boot) {
  "use strict";
  if (!boot.isAble) return;

  const STEP = 0x8000;

  async function packed(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
    const gzip = new Uint8Array(await new Response(stream).arrayBuffer());
    let text = "";
    for (let at = 0; at < gzip.length; at += STEP) {
      text += String.fromCharCode(...gzip.subarray(at, at + STEP));
    }
    return btoa(text);
  }

  async function text(name) {
    return new TextDecoder().decode(await boot.part(name));
  }

  async function joined(names) {
    return (await Promise.all(names.map(text))).map((one) => `${one}\n`).join("");
  }

  function split(html, mark) {
    const at = html.indexOf(mark);
    if (at < 0) throw new Error(`index.html has no ${mark}`);
    return [html.slice(0, at), html.slice(at + mark.length)];
  }

  // Inside of a script, HTML must not find the words that begin a comment or end the script.
  const PARTS = "<!" + "-- parts -->";
  const END_OF_PARTS = "<!" + "-- /parts -->";
  const POLICY = 'http-equiv="Content-Security-Policy" content="';

  async function copy() {
    const { policy, styles, scripts, packed: names } = boot.list.file;
    const [before, rest] = split(await text("index.html"), PARTS);
    const [head, policyAndMore] = split(before, POLICY);
    const [body, end] = split(split(rest, END_OF_PARTS)[1], "</body>");
    const blocks = [];
    for (const name of names) {
      const block = await packed(await boot.part(name));
      blocks.push('<script type="application/octet-stream" data-part="', name, '">', block, "<\/script>\n");
    }
    return new Blob([
      head, POLICY, policy, policyAndMore.slice(policyAndMore.indexOf('"')),
      '<script type="application/json" id="parts">', JSON.stringify(boot.list), "<\/script>\n",
      "<style>", await joined(styles), "<\/style>",
      body, ...blocks, "<script>", await joined(scripts), "<\/script>\n</body>", end,
    ], { type: "text/html" });
  }

  boot.copy = copy;
})(plimsollBoot);
