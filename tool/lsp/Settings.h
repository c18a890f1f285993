//===-- Settings.h - what the editor configures -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_SETTINGS_H
#define RINGFENCE_TOOL_LSP_SETTINGS_H

#include "tool/pipeline/Analysis.h"
#include "llvm/Support/JSON.h"

namespace ringfence::lsp {

/// The settings that editors and the command line hand to the server, beside
/// .ringfence.yaml.
struct Settings {
  std::string Checks;         ///< appended to the configuration's
  std::string ConfigFile;     ///< "" for the nearest .ringfence.yaml
  std::string BuildDirectory; ///< of a compile_commands.json
  /// Fix sets that need more of the reader are not offered.
  Applicability Level = Applicability::Review;
  unsigned Threads = 0;
};

/// \p Base with what \p Json says: an object of settings, or one that holds
/// them under "ringfence". Fails on unknown names and wrong values.
llvm::Expected<Settings> withSettings(Settings Base,
                                      const llvm::json::Value &Json);

/// How to analyse the tree at \p Root. Fails if its configuration file cannot
/// be read.
llvm::Expected<AnalysisOptions> optionsFor(const std::string &Root,
                                           const Settings &S);

} // namespace ringfence::lsp

#endif
