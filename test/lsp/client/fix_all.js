// Everything that is safe at once, as editors do on saving: asks for
// source.fixAll, has it resolved and applied, and shows what is left.

"use strict";

const { Editor, freshCheck, main } = require("./editor");

main(async (program, root, scratch, file) => {
  const editor = await new Editor(program, { root }).start();
  await editor.open(file);
  await editor.current(file);
  const kinds = async (only) =>
    (await editor.actionsAt(file, 0, [only])).map((a) => a.kind).join() || "nothing";
  for (const only of ["source", "source.fixAll", "source.organizeImports", "quickfix"])
    console.log(`${only}: ${await kinds(only)}`);
  const [action] = await editor.actionsAt(file, 0, ["source.fixAll"]);
  if (action) {
    const { edit } = await editor.resolve(action);
    console.log(`annotations: ${JSON.stringify(Object.values(edit.changeAnnotations || {}))}`);
    const texts = editor.applied(edit);
    for (const [name, text] of Object.entries(texts)) {
      console.log(`changed ${name}`);
      await editor.replace(file, 0, editor.text(file).length, text);
    }
    await editor.current(file);
    const left = freshCheck(program, root, texts, scratch);
    for (const [name, findings] of Object.entries(left))
      for (const f of findings) console.log(`left in ${name}: ${f.code}`);
    console.log(`then: ${await kinds("source.fixAll")}`);
  }
  console.log("exit code", await editor.stop());
});
