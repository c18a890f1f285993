// The light bulb: asks for the fixes on a line, has one resolved, applies it as
// an editor does, and shows what becomes of it.
//
// MODE is "resolve" (VS Code), or "plain": an editor that takes whole edits only.

"use strict";

const fs = require("fs");
const path = require("path");
const { Editor, capabilities, freshCheck, main } = require("./editor");

main(async (program, root, scratch, file, line, title, mode) => {
  const can = capabilities();
  if (mode === "plain") {
    can.textDocument.codeAction = {};
    can.workspace.workspaceEdit = {};
  }
  const editor = await new Editor(program, {
    root,
    capabilities: can,
    args: ["--level", "placeholders"],
  }).start();
  await editor.open(file);
  const was = await editor.current(file);

  // A space at the very beginning: versions move on, and so do positions.
  await editor.replace(file, 0, 0, "\n");
  await editor.current(file);
  const actions = await editor.actionsAt(file, Number(line));
  for (const a of actions)
    console.log(
      `${a.kind}: ${a.title} (${a.diagnostics.length} diagnostics` +
        `${a.edit ? ", with its edit" : ""})`
    );
  let chosen = actions.find((a) => a.title.startsWith(title));
  if (!chosen) throw new Error(`no action begins with ${title}`);
  if (!chosen.edit) chosen = await editor.resolve(chosen);

  for (const c of chosen.edit.documentChanges || [])
    console.log(
      c.kind
        ? `create ${path.basename(c.uri)}`
        : `change ${path.basename(c.textDocument.uri)}, ` +
            `version ${c.textDocument.version}`
    );
  for (const [uri, edits] of Object.entries(chosen.edit.changes || {}))
    console.log(`change ${path.basename(uri)}, ${edits.length} edits`);
  for (const a of Object.values(chosen.edit.changeAnnotations || {}))
    console.log(`annotation, needs confirmation: ${a.needsConfirmation}`);

  const texts = editor.applied(chosen.edit);
  fs.rmSync(`${scratch}.applied`, { recursive: true, force: true });
  const findings = freshCheck(program, root, texts, `${scratch}.applied`);
  const count = Object.values(findings).flat().length;
  const all = [...editor.diagnostics.values()].flatMap((p) => p.diagnostics);
  console.log(`${all.length} findings before, ${count} after`);

  // The text moves on, and the action is about one that is gone.
  if (mode === "resolve") {
    await editor.replace(file, 0, editor.text(file).length, "\n");
    await editor.resolve(chosen).then(
      () => console.log("resolved although the text is gone"),
      (e) => console.log(`refused: ${e.code} ${e.message}`)
    );
  }
  await editor.stop();
});
