//===-- Workspace.h - one open folder -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_WORKSPACE_H
#define RINGFENCE_TOOL_LSP_WORKSPACE_H

#include "tool/lsp/Client.h"
#include "tool/lsp/Documents.h"
#include "tool/lsp/Settings.h"
#include "tool/pipeline/Session.h"
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ringfence::lsp {

/// A folder that the editor has open, its analysis, and what the editor was
/// last told about each of its files.
class Workspace {
public:
  explicit Workspace(std::string Root);

  const std::string &root() const { return Root; }
  bool holds(llvm::StringRef Path) const;
  /// Of an absolute path below the root, the path from there.
  std::string relative(llvm::StringRef Path) const;
  /// The URI of \p Relative: the editor's own where it has the file open.
  mlir::lsp::URIForFile uri(llvm::StringRef Relative,
                            const Documents &Open) const;
  /// Positions in \p Source as the editor sees that file.
  Positions positions(const SourceFile &Source, const Documents &Open,
                      Encoding E) const;

  /// Takes the options in force: the settings and the configuration file as it
  /// is now. Returns what is wrong with that file, each fault once; the
  /// options before stay in force then.
  std::optional<std::string> configure(const Settings &S);

  Session &session() { return TheSession; }

  /// Diagnostics that the editor shows, by absolute path.
  std::map<std::string, std::string> Published;

private:
  std::string Root;
  std::string Fault;
  Session TheSession;
};

} // namespace ringfence::lsp

#endif
