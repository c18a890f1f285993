// An editor for tests of the language server: VS Code's own protocol library on
// one side, the program on the other. Texts live in memory, as an editor's do.

"use strict";

const { spawn, spawnSync } = require("child_process");
const fs = require("fs");
const path = require("path");
const { pathToFileURL, fileURLToPath } = require("url");
const lsp = require("vscode-languageserver-protocol/node");
const { TextDocument } = require("vscode-languageserver-textdocument");

// What VS Code says of itself, as far as the server asks.
const capabilities = () => ({
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    codeAction: {
      dataSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: [""] } },
      resolveSupport: { properties: ["edit"] },
    },
  },
  workspace: {
    configuration: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ["create", "rename", "delete"],
      changeAnnotationSupport: { groupsOnLabel: false },
    },
  },
  window: { workDoneProgress: true },
});

class Editor {
  // options: args, root (null: none), capabilities, settings (what the server
  // gets when it asks), initializationOptions
  constructor(program, options) {
    this.options = options;
    this.root = options.root && path.resolve(options.root);
    this.process = spawn(program, ["lsp", ...(options.args || [])], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.exited = new Promise((done) => this.process.on("exit", done));
    this.connection = lsp.createProtocolConnection(
      new lsp.StreamMessageReader(this.process.stdout),
      new lsp.StreamMessageWriter(this.process.stdin)
    );
    this.documents = new Map(); // URI to TextDocument
    this.diagnostics = new Map(); // URI to what was published last
    this.log = []; // progress, messages and registrations, in order
    this.settings = options.settings || {};
    this.waiting = [];
    this.listen();
    this.connection.listen();
  }

  listen() {
    const c = this.connection;
    c.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => {
      this.diagnostics.set(p.uri, p);
      this.wake();
    });
    c.onNotification(lsp.ShowMessageNotification.type, (p) => {
      this.log.push(`message ${p.type}: ${p.message}`);
      this.wake();
    });
    c.onNotification("$/progress", (p) => {
      this.log.push(`progress ${p.value.kind}: ${p.value.message}`);
      this.wake();
    });
    c.onRequest(lsp.WorkDoneProgressCreateRequest.type, () => {
      this.log.push("progress create");
      return null;
    });
    c.onRequest(lsp.RegistrationRequest.type, (p) => {
      for (const r of p.registrations) this.log.push(`register ${r.method}`);
      this.wake();
      return null;
    });
    c.onRequest(lsp.ConfigurationRequest.type, (p) =>
      p.items.map((item) => this.settings[item.section] ?? null)
    );
  }

  wake() {
    for (const look of [...this.waiting]) look();
  }

  // Waits until condition() is true; says what was waited for if it is not in
  // twenty seconds.
  until(what, condition) {
    return new Promise((done, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`waited in vain for ${what}`)),
        20000
      );
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.waiting = this.waiting.filter((w) => w !== look);
        done();
      };
      this.waiting.push(look);
      look();
    });
  }

  async start() {
    const uri = this.root ? pathToFileURL(this.root).href : null;
    this.server = await this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: uri,
      capabilities: this.options.capabilities || capabilities(),
      initializationOptions: this.options.initializationOptions,
      workspaceFolders: uri ? [{ uri, name: "root" }] : null,
    });
    this.utf8 = this.server.capabilities.positionEncoding === "utf-8";
    await this.connection.sendNotification("initialized", {});
    return this;
  }

  uri(file) {
    return pathToFileURL(path.resolve(this.root || ".", file)).href;
  }

  text(file) {
    return this.documents.get(this.uri(file)).getText();
  }

  // Opens a file with the text on disk, or with another one.
  async open(file, text) {
    const uri = this.uri(file);
    text ??= fs.readFileSync(fileURLToPath(uri), "utf8").replace(/^\uFEFF/, "");
    this.documents.set(uri, TextDocument.create(uri, "swift", 1, text));
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "swift", version: 1, text },
    });
  }

  // Puts newText in place of the UTF-16 range [from, to) of the text.
  async replace(file, from, to, newText) {
    const uri = this.uri(file);
    const document = this.documents.get(uri);
    const range = {
      start: this.encoded(document, from),
      end: this.encoded(document, to),
    };
    const text = document.getText();
    this.documents.set(
      uri,
      TextDocument.create(
        uri,
        "swift",
        document.version + 1,
        text.slice(0, from) + newText + text.slice(to)
      )
    );
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: document.version + 1 },
      contentChanges: [{ range, text: newText }],
    });
  }

  // Replaces the one place at which the text has `old`.
  async change(file, old, newText) {
    const text = this.text(file);
    const at = text.indexOf(old);
    if (at < 0 || text.indexOf(old, at + 1) >= 0)
      throw new Error(`${file} does not have exactly one ${old}`);
    await this.replace(file, at, at + old.length, newText);
  }

  async close(file) {
    this.documents.delete(this.uri(file));
    await this.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: this.uri(file) },
    });
  }

  encoded(document, offset) {
    const p = document.positionAt(offset);
    if (!this.utf8) return p;
    const line = document.getText({ start: { line: p.line, character: 0 }, end: p });
    return { line: p.line, character: Buffer.byteLength(line) };
  }

  decoded(text, p) {
    if (!this.utf8) return p;
    const line = Buffer.from(text.split(/\r\n|\n|\r/)[p.line] || "");
    return {
      line: p.line,
      character: line.subarray(0, p.character).toString().length,
    };
  }

  // The diagnostics of the text as it is now.
  async current(file) {
    const uri = this.uri(file);
    const version = this.documents.get(uri).version;
    await this.until(
      `diagnostics of ${file}, version ${version}`,
      () => this.diagnostics.get(uri)?.version === version
    );
    return this.diagnostics.get(uri).diagnostics;
  }

  async actionsAt(file, line, only) {
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: this.uri(file) },
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
  }

  resolve(action) {
    return this.connection.sendRequest("codeAction/resolve", action);
  }

  // The files that the edit changes or makes, by path from the root. Refuses
  // what an editor would: other versions, files that exist.
  applied(edit) {
    const result = {};
    const name = (uri) => path.relative(this.root, fileURLToPath(uri));
    const before = (uri) =>
      result[name(uri)] ??
      this.documents.get(uri)?.getText() ??
      fs.readFileSync(fileURLToPath(uri), "utf8");
    const change = (uri, edits) => {
      const text = before(uri);
      const decode = (p) => this.decoded(text, p);
      result[name(uri)] = TextDocument.applyEdits(
        TextDocument.create(uri, "", 0, text),
        edits.map((e) => ({
          newText: e.newText,
          range: { start: decode(e.range.start), end: decode(e.range.end) },
        }))
      );
    };
    for (const [uri, edits] of Object.entries(edit.changes || {}))
      change(uri, edits);
    for (const c of edit.documentChanges || []) {
      if (c.kind === "create") {
        if (fs.existsSync(fileURLToPath(c.uri)))
          throw new Error(`${name(c.uri)} exists`);
        result[name(c.uri)] = "";
        continue;
      }
      const open = this.documents.get(c.textDocument.uri);
      if ((open ? open.version : null) !== c.textDocument.version)
        throw new Error(`edit of another version of ${c.textDocument.uri}`);
      change(c.textDocument.uri, c.edits);
    }
    return result;
  }

  async stop() {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    return this.exited;
  }
}

// What `ringfence check` says of a copy of `root` with `texts` in place of its
// files: findings as the protocol has them, by path.
function freshCheck(program, root, texts, scratch) {
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.cpSync(root, scratch, { recursive: true });
  for (const [file, text] of Object.entries(texts)) {
    fs.mkdirSync(path.dirname(path.join(scratch, file)), { recursive: true });
    fs.writeFileSync(path.join(scratch, file), text);
  }
  const run = spawnSync(program, ["check", "--format", "json", "-j", "1"], {
    cwd: scratch,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const result = {};
  // Columns of JSON are bytes from 1.
  const lines = new Map();
  const position = (file, line, column) => {
    if (!lines.has(file))
      lines.set(
        file,
        fs.readFileSync(path.join(scratch, file), "utf8").split(/\r\n|\n|\r/)
      );
    const bytes = Buffer.from(lines.get(file)[line - 1] || "");
    return {
      line: line - 1,
      character: bytes.subarray(0, column - 1).toString().length,
    };
  };
  const severity = { error: 1, warning: 2, note: 3 };
  for (const f of JSON.parse(run.stdout).findings)
    (result[f.file] ??= []).push({
      range: {
        start: position(f.file, f.line, f.column),
        end: position(f.file, f.endLine, f.endColumn),
      },
      severity: severity[f.severity],
      code: f.check,
      message: f.message,
      related: f.notes.map((n) => ({
        file: n.file,
        start: position(n.file, n.line, n.column),
        message: n.message,
      })),
    });
  return result;
}

// Published diagnostics in the same form. Advice is on further lines of the
// message; places that could not be read are no findings.
function asFindings(editor, diagnostics) {
  return diagnostics
    .filter((d) => d.code !== "not-analysed")
    .map((d) => ({
      range: d.range,
      severity: d.severity,
      code: d.code,
      message: d.message.split("\n")[0],
      related: (d.relatedInformation || []).map((r) => ({
        file: path.relative(editor.root, fileURLToPath(r.location.uri)),
        start: r.location.range.start,
        message: r.message,
      })),
    }));
}

// All findings that the editor shows, by path.
function shown(editor) {
  const result = {};
  for (const [uri, p] of editor.diagnostics) {
    const found = asFindings(editor, p.diagnostics);
    if (found.length)
      result[path.relative(editor.root, fileURLToPath(uri))] = found;
  }
  return result;
}

// As text, whatever order files and members come in.
const byName = (key, value) =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort())
    : value;
const sorted = (byFile) => JSON.stringify(byFile, byName, 1);

// Fails unless the editor shows what a fresh check says.
function expectAsChecked(editor, program, texts, scratch, when) {
  const wanted = sorted(freshCheck(program, editor.root, texts, scratch));
  const is = sorted(shown(editor));
  if (wanted === is) return;
  fs.writeFileSync(`${scratch}.wanted`, wanted);
  fs.writeFileSync(`${scratch}.shown`, is);
  const diff = spawnSync("diff", ["-u", `${scratch}.wanted`, `${scratch}.shown`], {
    encoding: "utf8",
  });
  throw new Error(`${when}: the editor shows something else\n${diff.stdout}`);
}

// Runs a test's body; an error ends the program with status 1.
function main(body) {
  body(...process.argv.slice(2)).then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    }
  );
}

module.exports = { Editor, capabilities, expectAsChecked, freshCheck, main, lsp };
