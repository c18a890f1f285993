// Starts `ringfence lsp` and lets VS Code's own client library do the rest.

"use strict";

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function start() {
  const program = workspace.getConfiguration("ringfence").get("path");
  client = new LanguageClient(
    "ringfence",
    "ringfence",
    { command: program, args: ["lsp"] },
    {
      documentSelector: ["swift", "objective-c", "objective-cpp"].map((language) => ({
        scheme: "file",
        language,
      })),
    }
  );
  return client.start().catch((error) => {
    window.showErrorMessage(
      `ringfence could not be started as '${program}': ${error.message}. ` +
        "The setting ringfence.path says where it is."
    );
  });
}

async function restart() {
  await client?.dispose();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    commands.registerCommand("ringfence.restart", restart),
    workspace.onDidChangeConfiguration((event) => {
      // All other settings are asked for by the server.
      if (event.affectsConfiguration("ringfence.path")) restart();
      else if (event.affectsConfiguration("ringfence"))
        client?.sendNotification("workspace/didChangeConfiguration", { settings: null });
    })
  );
  await start();
};

exports.deactivate = () => client?.stop();
