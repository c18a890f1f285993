// One editor's day: what the protocol asks of a server beside findings and fixes.

"use strict";

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");
const { Editor, capabilities, main, lsp } = require("./editor");

const file = "Courier/PushService.swift";
const say = (...words) => console.log(...words);
const refusal = (request) =>
  request.then(
    () => "no error",
    (e) => e.code
  );
const changed = (editor, name, type) =>
  editor.connection.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: editor.uri(name), type }],
  });

async function positions(program, root) {
  for (const encoding of ["utf-8", "utf-16"]) {
    const can = capabilities();
    can.general.positionEncodings = [encoding, "utf-32"];
    const editor = await new Editor(program, { root, capabilities: can }).start();
    await editor.open(file);
    await editor.change(
      file,
      '"push without a kind")\n            completion()\n            return',
      '"push without a kind"); /* \u{1F4DE} für */ return'
    );
    // Behind it on the same line: the edit's own position has to be right.
    await editor.change(file, "/* \u{1F4DE} für */ return", "/* \u{1F4DE} für */  return");
    const [first] = await editor.current(file);
    const line = editor.text(file).split("\n")[first.range.start.line];
    const at = line.indexOf("return");
    const wanted =
      encoding === "utf-8" ? Buffer.byteLength(line.slice(0, at)) : at;
    say(
      editor.server.capabilities.positionEncoding,
      first.range.start.character === wanted,
      first.range.end.character - first.range.start.character
    );
    await editor.stop();
  }
}

async function settings(program, root) {
  const editor = await new Editor(program, {
    root,
    settings: { ringfence: { checks: "*,-ringfence-message-work" } },
  }).start();
  await editor.open(file);
  const count = () => editor.diagnostics.get(editor.uri(file))?.diagnostics.length;
  await editor.until("the editor's settings", () => count() === 8);
  say("settings asked for:", count());

  editor.settings.ringfence = { checks: "ringfence-message-work" };
  await editor.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: null,
  });
  await editor.until("changed settings", () => count() === 1);
  say("settings changed:", count());

  await editor.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: { ringfence: { cheks: "" } },
  });
  await editor.until("a complaint", () => editor.log.some((l) => l.startsWith("message")));
  say(editor.log.find((l) => l.startsWith("message")));

  await editor.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: {},
  });
  await editor.until("no settings", () => count() === 9);
  const yaml = path.join(root, ".ringfence.yaml");
  fs.writeFileSync(yaml, "checks: '*,-ringfence-message-work'\n");
  await changed(editor, ".ringfence.yaml", 1);
  await editor.until("the configuration file", () => count() === 8);
  say("configuration file written:", count());

  editor.log.length = 0;
  fs.writeFileSync(yaml, "chekcs: '*'\n");
  await changed(editor, ".ringfence.yaml", 2);
  await editor.until("a complaint", () => editor.log.some((l) => l.startsWith("message")));
  say(editor.log.find((l) => l.startsWith("message")).split("\n")[0], count());
  fs.rmSync(yaml);
  await changed(editor, ".ringfence.yaml", 3);
  await editor.until("its removal", () => count() === 9);
  say("configuration file removed:", count());
  await editor.stop();
}

async function files(program, root) {
  const editor = await new Editor(program, { root }).start();
  await editor.until("the first findings", () =>
    editor.log.some((l) => l.startsWith("progress end"))
  );
  const p = editor.diagnostics.get(editor.uri(file));
  say("not opened:", p.diagnostics.length, "of version", p.version);
  say(editor.log.filter((l) => l.startsWith("progress")).join("; "));

  // A file that is on no disk yet, one of no project, one of no known kind.
  const text = fs.readFileSync(path.join(root, file), "utf8");
  await editor.open("Courier/Unsaved.swift", text.replace(/PushService/g, "Unsaved"));
  say("never saved:", (await editor.current("Courier/Unsaved.swift")).length);
  await editor.close("Courier/Unsaved.swift");
  await editor.until(
    "the end of the unsaved file",
    () => editor.diagnostics.get(editor.uri("Courier/Unsaved.swift")).diagnostics.length === 0
  );
  await editor.open("/nowhere/Other.swift", text);
  await editor.open("Courier/notes.txt", "pushRegistry didReceiveIncomingPush");
  say("of no kind:", (await editor.current("Courier/notes.txt")).length);
  say("elsewhere:", editor.diagnostics.has(editor.uri("/nowhere/Other.swift")));
  say("actions elsewhere:", (await editor.actionsAt("/nowhere/Other.swift", 3)).length);
  await editor.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: "untitled:Untitled-1", languageId: "swift", version: 1, text },
  });
  await editor.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: editor.uri("Courier/never-opened.swift"), version: 7 },
    contentChanges: [{ text: "" }],
  });

  // Written by another program.
  fs.rmSync(path.join(root, file));
  await changed(editor, file, 3);
  await editor.until(
    "no findings in the deleted file",
    () => editor.diagnostics.get(editor.uri(file)).diagnostics.length === 0
  );
  say("deleted:", editor.diagnostics.get(editor.uri(file)).diagnostics.length);
  fs.writeFileSync(path.join(root, file), text);
  await changed(editor, file, 1);
  await editor.until(
    "findings in the new file",
    () => editor.diagnostics.get(editor.uri(file)).diagnostics.length === 9
  );

  // A folder leaves.
  await editor.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: [], removed: [{ uri: pathToFileURL(root).href, name: "root" }] },
  });
  await editor.until(
    "an empty list",
    () => editor.diagnostics.get(editor.uri(file)).diagnostics.length === 0
  );
  say("folder closed:", editor.diagnostics.get(editor.uri(file)).diagnostics.length);
  await editor.stop();
}

// Messages in one piece, so that neither machine nor moment decides which of
// them the server has seen when it takes up the first.
function sendTogether(editor, messages) {
  const framed = messages.map((message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  });
  editor.process.stdin.write(framed.join(""));
}

async function requests(program, root) {
  const early = new Editor(program, { root });
  say("before initialize:", await refusal(early.connection.sendRequest("shutdown")));
  await early.connection.sendNotification("exit");
  say("exit without shutdown:", await early.exited);

  const editor = await new Editor(program, { root }).start();
  await editor.open(file);
  await editor.current(file);
  let output = "";
  editor.process.stdout.on("data", (data) => {
    output += data;
    editor.wake();
  });
  sendTogether(editor, [
    {
      id: 9001,
      method: "textDocument/codeAction",
      params: {
        textDocument: { uri: editor.uri(file) },
        range: { start: { line: 48, character: 0 }, end: { line: 48, character: 0 } },
        context: { diagnostics: [] },
      },
    },
    { method: "$/cancelRequest", params: { id: 9001 } },
  ]);
  const answer = () => /\{[^{}]*("error":\{[^{}]*\})?[^{}]*"id":9001[^{}]*("error":\{[^{}]*\})?[^{}]*\}/.exec(output);
  await editor.until("the answer", answer);
  say("cancelled:", JSON.parse(answer()[0]).error?.code);
  say("asked again:", (await editor.actionsAt(file, 48)).length);
  say("of another kind:", (await editor.actionsAt(file, 48, ["refactor"])).length);
  say("unknown request:", await refusal(editor.connection.sendRequest("textDocument/hover", {})));
  say(
    "foreign action:",
    await refusal(editor.connection.sendRequest("codeAction/resolve", { title: "x" }))
  );

  // A burst of edits is looked at once.
  const versions = [];
  editor.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => {
    if (p.uri === editor.uri(file)) versions.push(p.version);
    editor.wake();
  });
  const start = { line: 0, character: 0 };
  sendTogether(
    editor,
    [2, 3, 4, 5].map((version) => ({
      method: "textDocument/didChange",
      params: {
        textDocument: { uri: editor.uri(file), version },
        contentChanges: [{ range: { start, end: start }, text: "//\n" }],
      },
    }))
  );
  await editor.until("the last version", () => versions.includes(5));
  say("versions told of:", versions.join());
  await editor.connection.sendRequest("shutdown");
  say("after shutdown:", await refusal(editor.connection.sendRequest("shutdown")));
  await editor.connection.sendNotification("exit");
  say("exit after shutdown:", await editor.exited);
}

main((program, root, part) =>
  ({ positions, settings, files, requests })[part](program, root)
);
