//===-- Diagnostics.h - findings as the protocol has them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_DIAGNOSTICS_H
#define RINGFENCE_TOOL_LSP_DIAGNOSTICS_H

#include "tool/lsp/Workspace.h"
#include "llvm/Support/JSON.h"
#include <map>
#include <string>

namespace ringfence::lsp {

/// \p F as a Diagnostic; its place must not be empty.
llvm::json::Object diagnostic(const Finding &F, const Workspace &W,
                              const Documents &Open, const Client &C);

/// The diagnostics of each file of \p W, by path from its root: findings, and
/// places at which code could not be read.
std::map<std::string, llvm::json::Array>
diagnosticsByFile(Workspace &W, const Documents &Open, const Client &C);

} // namespace ringfence::lsp

#endif
