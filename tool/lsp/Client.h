//===-- Client.h - what the editor can do -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_CLIENT_H
#define RINGFENCE_TOOL_LSP_CLIENT_H

#include "tool/lsp/Positions.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace ringfence::lsp {

/// What the initialize request says of the editor, as far as it matters here.
struct Client {
  Encoding Positions = Encoding::UTF16; ///< what both sides agree on
  bool RelatedInformation = false;
  bool ResolvesEdits = false;     ///< code actions may come without their edit
  bool KeepsActionData = false;   ///< data of a code action comes back
  bool DocumentChanges = false;   ///< versions in workspace edits
  bool CreatesFiles = false;      ///< in workspace edits
  bool ChangeAnnotations = false; ///< in workspace edits
  bool Progress = false;          ///< progress that the server begins
  bool ConfigurationRequests = false;
  bool WatchesFiles = false;        ///< on request of the server
  std::vector<std::string> Folders; ///< absolute paths of what is open
};

Client clientOf(const llvm::json::Object &InitializeParams);

/// What this server offers to \p C: the ServerCapabilities.
llvm::json::Object capabilitiesFor(const Client &C);

} // namespace ringfence::lsp

#endif
