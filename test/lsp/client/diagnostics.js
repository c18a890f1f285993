// What the editor shows is what a fresh check of the same texts says: of the
// tree as it is, of unsaved texts, and again of the tree once they are closed.

"use strict";

const { Editor, expectAsChecked, main } = require("./editor");

main(async (program, root, scratch, file, old, replacement) => {
  const editor = await new Editor(program, { root }).start();
  await editor.open(file);
  await editor.current(file);
  expectAsChecked(editor, program, {}, scratch, "as it is on disk");
  const before = (await editor.current(file)).length;

  await editor.change(file, old, replacement);
  const after = await editor.current(file);
  const texts = { [file]: editor.text(file) };
  expectAsChecked(editor, program, texts, scratch, "with unsaved text");
  console.log(`${before} diagnostics, then ${after.length}`);

  // Half a statement: code as it is while somebody types.
  await editor.change(file, replacement, "if let half = ");
  await editor.current(file);
  texts[file] = editor.text(file);
  expectAsChecked(editor, program, texts, scratch, "with broken code");

  const uri = editor.uri(file);
  await editor.close(file);
  await editor.until(
    "diagnostics of the closed file",
    () => editor.diagnostics.get(uri).version === undefined
  );
  expectAsChecked(editor, program, {}, scratch, "closed again");
  console.log("closed, exit code", await editor.stop());
});
