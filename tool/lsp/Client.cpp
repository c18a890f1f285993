//===-- Client.cpp - what the editor can do -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Client.h"
#include "llvm/ADT/SmallVector.h"

using namespace ringfence::lsp;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// The value at "a/b/c" below \p O; null if there is none.
static const Value *at(const Object &O, StringRef Path) {
  const Object *Here = &O;
  llvm::SmallVector<StringRef, 4> Names;
  Path.split(Names, '/');
  for (StringRef Name : llvm::ArrayRef(Names).drop_back()) {
    Here = Here->getObject(Name);
    if (!Here)
      return nullptr;
  }
  return Here->get(Names.back());
}

static bool isTrue(const Object &O, StringRef Path) {
  const Value *V = at(O, Path);
  return V && V->getAsBoolean().value_or(false);
}

static bool lists(const Object &O, StringRef Path, StringRef Word) {
  const Value *V = at(O, Path);
  const Array *Items = V ? V->getAsArray() : nullptr;
  if (Items)
    for (const Value &Item : *Items)
      if (Item.getAsString() == Word)
        return true;
  return false;
}

/// The path of a file URI; "" of any other.
static std::string pathOf(StringRef Uri) {
  auto Parsed = mlir::lsp::URIForFile::fromURI(Uri);
  if (!Parsed) {
    llvm::consumeError(Parsed.takeError());
    return "";
  }
  return Parsed->file().str();
}

static std::vector<std::string> foldersOf(const Object &Params) {
  std::vector<std::string> Result;
  if (const Array *Folders = Params.getArray("workspaceFolders"))
    for (const Value &F : *Folders)
      if (const Object *O = F.getAsObject())
        if (auto Uri = O->getString("uri"))
          Result.push_back(pathOf(*Uri));
  if (Result.empty())
    if (auto Uri = Params.getString("rootUri"))
      Result.push_back(pathOf(*Uri));
  if (Result.empty())
    if (auto Path = Params.getString("rootPath"))
      Result.push_back(Path->str());
  std::erase(Result, "");
  return Result;
}

Client ringfence::lsp::clientOf(const Object &Params) {
  Client C;
  C.Folders = foldersOf(Params);
  const Object *Can = Params.getObject("capabilities");
  if (!Can)
    return C;
  // The first encoding that the editor lists is the one that it prefers, but
  // bytes are what everything here counts.
  if (lists(*Can, "general/positionEncodings", "utf-8"))
    C.Positions = Encoding::UTF8;
  C.RelatedInformation =
      isTrue(*Can, "textDocument/publishDiagnostics/relatedInformation");
  C.KeepsActionData = isTrue(*Can, "textDocument/codeAction/dataSupport");
  C.ResolvesEdits =
      C.KeepsActionData &&
      lists(*Can, "textDocument/codeAction/resolveSupport/properties", "edit");
  C.CreatesFiles =
      lists(*Can, "workspace/workspaceEdit/resourceOperations", "create");
  // Resource operations exist in document changes only.
  C.DocumentChanges =
      C.CreatesFiles || isTrue(*Can, "workspace/workspaceEdit/documentChanges");
  C.ChangeAnnotations =
      C.DocumentChanges &&
      at(*Can, "workspace/workspaceEdit/changeAnnotationSupport");
  C.Progress = isTrue(*Can, "window/workDoneProgress");
  C.ConfigurationRequests = isTrue(*Can, "workspace/configuration");
  C.WatchesFiles =
      isTrue(*Can, "workspace/didChangeWatchedFiles/dynamicRegistration");
  return C;
}

Object ringfence::lsp::capabilitiesFor(const Client &C) {
  return Object{
      {"positionEncoding", nameOf(C.Positions)},
      {"textDocumentSync",
       Object{{"openClose", true},
              {"change",
               static_cast<int>(mlir::lsp::TextDocumentSyncKind::Incremental)},
              {"save", true}}},
      {"codeActionProvider",
       Object{{"codeActionKinds", Array{"quickfix", "source.fixAll.ringfence"}},
              {"resolveProvider", C.ResolvesEdits}}},
      {"workspace",
       Object{{"workspaceFolders",
               Object{{"supported", true}, {"changeNotifications", true}}}}},
  };
}
