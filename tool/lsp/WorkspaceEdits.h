//===-- WorkspaceEdits.h - fix sets as the protocol has them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_WORKSPACEEDITS_H
#define RINGFENCE_TOOL_LSP_WORKSPACEEDITS_H

#include "tool/lsp/Workspace.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"

namespace ringfence::lsp {

/// What the editor shows of a change before it makes it.
struct Annotation {
  std::string Label;
  std::string Description;
  bool NeedsConfirmation = false;
};

/// A WorkspaceEdit that does \p Edits and \p NewFiles at once: one change per
/// file, made against the version that the editor has now. Fails if edits
/// conflict, a file cannot be read, or \p C cannot create files but the edit
/// has to.
llvm::Expected<llvm::json::Object>
workspaceEdit(llvm::ArrayRef<Edit> Edits, llvm::ArrayRef<NewFile> NewFiles,
              const Annotation &Note, Workspace &W, const Documents &Open,
              const Client &C);

} // namespace ringfence::lsp

#endif
