//===-- Conversation.h - the conversation with one editor -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef RINGFENCE_TOOL_LSP_CONVERSATION_H
#define RINGFENCE_TOOL_LSP_CONVERSATION_H

#include "mlir/Tools/lsp-server-support/Transport.h"
#include "tool/lsp/CodeActions.h"
#include "tool/lsp/Inbox.h"
#include "tool/lsp/Workspace.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ringfence::lsp {

using Json = llvm::json::Value;

/// Params that are looked into field by field.
struct Params {
  Json V = nullptr;
  const llvm::json::Object &object() const {
    static const llvm::json::Object None;
    const llvm::json::Object *O = V.getAsObject();
    return O ? *O : None;
  }
};
inline bool fromJSON(const Json &V, Params &P, llvm::json::Path) {
  P.V = V;
  return true;
}
inline Json toJSON(const Params &P) { return P.V; }

using Reply = mlir::lsp::Callback<Json>;

/// The conversation with one editor. Server.cpp has its loop, the other files
/// what it does about texts, settings and findings.
class Conversation {
public:
  Conversation(std::shared_ptr<Inbox> Messages,
               mlir::lsp::JSONTransport &Transport, const Settings &Defaults,
               llvm::StringRef Version);

  bool run();

private:
  // Requests.
  void initialize(const Params &P, Reply R);
  void shutdown(const Params &, Reply R);
  void codeAction(const ActionQuery &Q, Reply R);
  void resolveAction(const Params &P, Reply R);

  // Notifications.
  void initialized(const Params &);
  void didOpen(const mlir::lsp::DidOpenTextDocumentParams &P);
  void didChange(const mlir::lsp::DidChangeTextDocumentParams &P);
  void didClose(const mlir::lsp::DidCloseTextDocumentParams &P);
  void didSave(const Params &P);
  void didChangeConfiguration(const Params &P);
  void didChangeFiles(const Params &P);
  void didChangeFolders(const Params &P);

  bool dispatch(Json Message);
  bool isCancelled() { return Messages->isCancelled(CurrentId); }

  void addFolder(std::string Path);
  Workspace *workspaceOf(llvm::StringRef Path);
  /// The same; a file outside of all folders opens the project that it belongs
  /// to, if that shows.
  Workspace *workspaceFor(llvm::StringRef Path);
  void setText(const Document &D);

  void configure(const Json &Given);
  void askForConfiguration();
  void watchFiles();

  /// Analyses what changed and tells the editor.
  void refresh();
  void refresh(Workspace &W);
  void publish(Workspace &W);
  void publish(const mlir::lsp::URIForFile &Uri, llvm::json::Array Diagnostics);
  /// Work for quiet moments: reads whole what was read in part, then verifies
  /// one fix set. False if there is none left to do.
  bool workAhead();

  void say(int MessageType, const std::string &Text);
  void notify(llvm::StringRef Method, llvm::json::Object Params);
  /// Asks the editor for something; \p Then gets what it answers.
  void ask(llvm::StringLiteral Method, llvm::json::Object Params,
           std::function<void(const Json &)> Then = {});

  std::shared_ptr<Inbox> Messages;
  mlir::lsp::JSONTransport &Transport;
  mlir::lsp::MessageHandler Handler;
  std::string Version;
  Settings Defaults; ///< the command line's
  Settings Config;   ///< with the editor's on top
  Client TheClient;
  Documents Open;
  std::vector<std::unique_ptr<Workspace>> Workspaces;
  Json CurrentId = nullptr;
  bool IsInitialized = false;
  bool IsShutDown = false;
  unsigned Asked = 0;
  unsigned Progressed = 0;
};

} // namespace ringfence::lsp

#endif
