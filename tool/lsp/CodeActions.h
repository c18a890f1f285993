//===-- CodeActions.h - fix sets behind the light bulb -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_CODEACTIONS_H
#define RINGFENCE_TOOL_LSP_CODEACTIONS_H

#include "tool/lsp/Workspace.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace ringfence::lsp {

/// The params of textDocument/codeAction.
struct ActionQuery {
  std::string Uri;
  mlir::lsp::Range Where;
  std::vector<std::string> Only; ///< kinds; none: all
};
bool fromJSON(const llvm::json::Value &V, ActionQuery &Q, llvm::json::Path P);

/// What codeAction and codeAction/resolve need.
struct ActionContext {
  Workspace &W;
  const Documents &Open;
  const Client &C;
  Applicability Level; ///< sets that need more of the reader are not offered
  llvm::function_ref<bool()> Cancelled;
};

/// The actions for \p Q: a quick fix for each fix set that speaks of a finding
/// on its lines, and one that applies everything safe in
/// the file. Editors that resolve get
/// them without their edits, quickly; the others with verified edits. Stops
/// short when cancelled.
llvm::json::Array codeActions(const ActionQuery &Q, const ActionContext &In);

/// \p Action, made by codeActions(), with its edit. Fails if the texts have
/// changed so that the fix is gone, or if verifying it failed.
llvm::Expected<llvm::json::Object> resolved(llvm::json::Object Action,
                                            const ActionContext &In);

} // namespace ringfence::lsp

#endif
