//===-- Documents.cpp - what the editor has open -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Documents.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;

void Documents::open(const mlir::lsp::TextDocumentItem &Item) {
  std::string Path = Item.uri.file().str();
  ByPath[Path] = {Item.uri, Item.version,
                  std::make_shared<SourceFile>(Path, Item.text)};
}

const Document *Documents::change(
    const mlir::lsp::VersionedTextDocumentIdentifier &Id,
    llvm::ArrayRef<mlir::lsp::TextDocumentContentChangeEvent> Changes,
    Encoding E) {
  auto It = ByPath.find(Id.uri.file());
  if (It == ByPath.end())
    return nullptr;
  Document &D = It->second;
  for (const mlir::lsp::TextDocumentContentChangeEvent &C : Changes) {
    if (!C.range) {
      D.Text = std::make_shared<SourceFile>(It->first, C.text);
      continue;
    }
    Positions P(*D.Text, E);
    std::uint32_t Begin = P.offset(C.range->start);
    std::uint32_t End = std::max(Begin, P.offset(C.range->end));
    StringRef Old = D.Text->bytes();
    std::string New;
    New.reserve(Old.size() + C.text.size());
    New += Old.take_front(Begin);
    New += C.text;
    New += Old.drop_front(End);
    D.Text = std::make_shared<SourceFile>(It->first, std::move(New));
  }
  D.Version = Id.version;
  return &D;
}

void Documents::close(StringRef Path) {
  if (auto It = ByPath.find(Path); It != ByPath.end())
    ByPath.erase(It);
}

const Document *Documents::find(StringRef Path) const {
  auto It = ByPath.find(Path);
  return It == ByPath.end() ? nullptr : &It->second;
}
