//===-- TextChanges.cpp - folders and texts that the editor opens -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/ProjectFolder.h"
#include "tool/lsp/Conversation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

void Conversation::addFolder(std::string Path) {
  auto W = std::make_unique<Workspace>(std::move(Path));
  if (llvm::any_of(Workspaces,
                   [&](auto &Other) { return Other->root() == W->root(); }))
    return;
  if (auto Fault = W->configure(Config))
    say(1, *Fault);
  for (const auto &[Full, D] : Open)
    if (W->holds(Full))
      W->session().setText(W->relative(Full), D.Text->bytes().str());
  Workspaces.push_back(std::move(W));
}

/// The innermost folder that holds \p Path; null if none does.
Workspace *Conversation::workspaceOf(StringRef Path) {
  Workspace *Result = nullptr;
  for (auto &W : Workspaces)
    if (W->holds(Path) && (!Result || W->root().size() > Result->root().size()))
      Result = W.get();
  return Result;
}

Workspace *Conversation::workspaceFor(StringRef Path) {
  if (Workspace *W = workspaceOf(Path))
    return W;
  // Taking just any folder might mean to walk a whole disk.
  if (std::string Folder = projectFolder(llvm::sys::path::parent_path(Path));
      !Folder.empty())
    addFolder(Folder);
  return workspaceOf(Path);
}

void Conversation::setText(const Document &D) {
  StringRef Path = D.Uri.file();
  if (Workspace *W = workspaceFor(Path))
    W->session().setText(W->relative(Path), D.Text->bytes().str());
}

void Conversation::didOpen(const mlir::lsp::DidOpenTextDocumentParams &P) {
  Open.open(P.textDocument);
  setText(*Open.find(P.textDocument.uri.file()));
}

void Conversation::didChange(const mlir::lsp::DidChangeTextDocumentParams &P) {
  if (const Document *D =
          Open.change(P.textDocument, P.contentChanges, TheClient.Positions))
    setText(*D);
}

void Conversation::didClose(const mlir::lsp::DidCloseTextDocumentParams &P) {
  StringRef Path = P.textDocument.uri.file();
  if (!Open.find(Path))
    return;
  Open.close(Path);
  if (Workspace *W = workspaceOf(Path))
    W->session().forgetText(W->relative(Path));
}

void Conversation::didSave(const Params &) {
  // Editors that watch no files at least tell what they write themselves: the
  // configuration, say.
  for (auto &W : Workspaces)
    if (auto Fault = W->configure(Config))
      say(1, *Fault);
}

void Conversation::didChangeFiles(const Params &P) {
  const Array *Changes = P.object().getArray("changes");
  if (!Changes)
    return;
  for (const Json &Change : *Changes) {
    const Object *O = Change.getAsObject();
    auto Uri = O ? O->getString("uri") : std::nullopt;
    if (!Uri)
      continue;
    auto File = mlir::lsp::URIForFile::fromURI(*Uri);
    if (!File) {
      llvm::consumeError(File.takeError());
      continue;
    }
    // An open text stands in place of the file.
    Workspace *W = workspaceOf(File->file());
    if (W && !Open.find(File->file()))
      W->session().diskChanged();
  }
  didSave(P);
}

void Conversation::didChangeFolders(const Params &P) {
  const Object *Event = P.object().getObject("event");
  auto Each = [&](StringRef Key, auto Do) {
    const Array *Folders = Event ? Event->getArray(Key) : nullptr;
    for (const Json &F : Folders ? *Folders : Array()) {
      const Object *O = F.getAsObject();
      auto Uri = O ? O->getString("uri") : std::nullopt;
      if (!Uri)
        continue;
      if (auto File = mlir::lsp::URIForFile::fromURI(*Uri))
        Do(File->file().str());
      else
        llvm::consumeError(File.takeError());
    }
  };
  Each("removed", [&](const std::string &Path) {
    llvm::erase_if(Workspaces, [&](std::unique_ptr<Workspace> &W) {
      if (W->root() != StringRef(Path).rtrim('/'))
        return false;
      for (const auto &[Full, Shown] : W->Published)
        publish(llvm::cantFail(mlir::lsp::URIForFile::fromFile(Full)), {});
      return true;
    });
  });
  Each("added", [&](std::string Path) { addFolder(std::move(Path)); });
}
