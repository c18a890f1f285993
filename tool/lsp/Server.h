//===-- Server.h - the language server -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_SERVER_H
#define RINGFENCE_TOOL_LSP_SERVER_H

#include "tool/lsp/Settings.h"
#include <cstdio>

namespace llvm {
class raw_ostream;
}

namespace ringfence::lsp {

/// Serves one editor until it says exit or closes \p In. \p Defaults are the
/// command line's settings, which the editor's go on top of. Returns whether
/// the editor took leave as the protocol asks: shutdown, then exit.
bool serve(std::FILE *In, llvm::raw_ostream &Out, const Settings &Defaults,
           llvm::StringRef Version);

} // namespace ringfence::lsp

#endif
