// A handler typed key by key. After each key the editor's diagnostics must lie
// inside the text; at every checkpoint they must be what a fresh check of the
// same texts says. Where brackets are open, they may be those of before for as
// long as typing goes on.

"use strict";

const { Editor, expectAsChecked, main } = require("./editor");

// What is typed, key by key, and where: behind the one place that has `behind`,
// or in place of the `over` that begins there. Checkpoints are not typed: "|" for
// the next diagnostics, "~" for those once nothing more is typed.
const scripts = {
  swift: {
    file: "Courier/PushService.swift",
    edits: [
      {
        behind: '        case "sync":\n            synchronise()\n            completion()\n\n',
        keys:
          '        case "left":\n' +
          '            guard let user = info["user"] as? String else {~\n' +
          "                return\n            }|\n" +
          "            log.info(\"left: \\(user)\")|\n" +
          "            calls.reportIncoming(id: UUID(), caller: user, hasVideo: false) {\n" +
          "                completion()\n            }|\n\n",
      },
      { behind: "            synchronise()\n            ", over: "completion()", keys: "calls.hangUp(UUID())|" },
      { behind: "import PushKit\n", keys: "import os.log\n|" },
    ],
  },
  objc: {
    file: "Pigeon/PNPushController.m",
    edits: [
      {
        behind: "        [self synchronise:completion];\n    }",
        keys:
          ' else if ([event isEqualToString:@"left"]) {~\n' +
          '        NSString *user = info[@"user"];\n' +
          "        if (!user) {\n            return;~\n        }|\n" +
          "        [self.callManager reportCall:[NSUUID UUID] from:user video:NO completion:completion];\n    }|",
      },
      { behind: "#import <PushKit/PushKit.h>\n", keys: "#import <os/log.h>\n|" },
    ],
  },
};

main(async (program, root, scratch, which) => {
  const { file, edits } = scripts[which];
  const editor = await new Editor(program, { root }).start();
  await editor.open(file);
  await editor.current(file);
  let keys = 0;
  let checkpoints = 0;
  for (const { behind, over = "", keys: script } of edits) {
    const text = editor.text(file);
    let at = text.indexOf(behind);
    if (at < 0 || text.indexOf(behind, at + 1) >= 0)
      throw new Error(`not exactly one place with ${behind}`);
    at += behind.length;
    if (!text.startsWith(over, at)) throw new Error(`${over} is not there`);
    for (const _ of over) await editor.replace(file, at, at + 1, "");
    for (const key of script) {
      if (key === "|" || key === "~") {
        await editor.current(file);
        // Whoever asks what to do is told about the text as it is.
        if (key === "~") await editor.actionsAt(file, 0);
        const texts = { [file]: editor.text(file) };
        expectAsChecked(editor, program, texts, scratch, `after ${keys} keys`);
        ++checkpoints;
        continue;
      }
      await editor.replace(file, at, at, key);
      ++at;
      ++keys;
      const lines = editor.text(file).split("\n");
      for (const { range } of await editor.current(file))
        if (!(range.end.line < lines.length && range.end.character <= lines[range.end.line].length))
          throw new Error(`a range outside of the text after ${keys} keys`);
    }
  }
  console.log(`${keys} keys, ${checkpoints} checkpoints, exit code`, await editor.stop());
});
