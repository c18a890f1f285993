// A compile database that the editor names, by an argument of the server or by
// its setting: findings before and with it, and of a text typed into.

"use strict";

const { Editor, main } = require("./editor");

main(async (program, root, folder) => {
  const file = "Pushes.m";
  const editor = await new Editor(program, { root }).start();
  await editor.open(file);
  console.log("built-in headers:", (await editor.current(file)).length);
  await editor.connection.sendNotification("workspace/didChangeConfiguration", {
    settings: { ringfence: { buildDirectory: folder } },
  });
  const shown = () => editor.diagnostics.get(editor.uri(file)).diagnostics.length;
  await editor.until("findings with the database", () => shown() === 0);
  console.log("setting:", shown());
  await editor.change(file, "    completion();", "    NSLog(@\"push\");\n    completion();");
  console.log("typed:", (await editor.current(file)).length);
  await editor.change(file, "    ANNOUNCE(self.provider);\n", "");
  console.log("taken out:", (await editor.current(file)).length);
  await editor.stop();

  const other = await new Editor(program, { root, args: ["-p", folder] }).start();
  await other.open(file);
  console.log("argument:", (await other.current(file)).length);
  console.log("exit code", await other.stop());
});
