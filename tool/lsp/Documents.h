//===-- Documents.h - what the editor has open -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_DOCUMENTS_H
#define RINGFENCE_TOOL_LSP_DOCUMENTS_H

#include "tool/lsp/Positions.h"
#include "llvm/ADT/ArrayRef.h"
#include <map>
#include <memory>
#include <string>

namespace ringfence::lsp {

/// An open text.
struct Document {
  mlir::lsp::URIForFile Uri; ///< as the editor writes it
  std::int64_t Version = 0;
  std::shared_ptr<const SourceFile> Text;
};

/// The open texts, by absolute path.
class Documents {
public:
  void open(const mlir::lsp::TextDocumentItem &Item);
  /// Applies \p Changes in order; null if the document is not open.
  const Document *
  change(const mlir::lsp::VersionedTextDocumentIdentifier &Id,
         llvm::ArrayRef<mlir::lsp::TextDocumentContentChangeEvent> Changes,
         Encoding E);
  void close(llvm::StringRef Path);
  /// Null if \p Path is not open.
  const Document *find(llvm::StringRef Path) const;

  auto begin() const { return ByPath.begin(); }
  auto end() const { return ByPath.end(); }

private:
  std::map<std::string, Document, std::less<>> ByPath;
};

} // namespace ringfence::lsp

#endif
