//===-- Parse.h - one run of Clang over a source in memory -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_PARSE_H
#define RINGFENCE_MATCHERS_OBJC_PARSE_H

#include "matchers/model/SourceFile.h"
#include "matchers/objc/Invocation.h"
#include "matchers/objc/SourceLayout.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace ringfence::objc {

class OnDemandDeclarations;

/// A macro that is expanded in the source itself.
struct MacroUse {
  Range Where; ///< name and arguments
  std::string Name;
  std::vector<Range> Arguments; ///< of a function-like macro, as written
};

/// What Clang made of a source. Alive during the callback of parse() only.
struct ParsedUnit {
  clang::ASTContext &Ctx;
  const OnDemandDeclarations &OnDemand;
  const SourceFile &Source;
  const SourceLayout &Layout;
  std::vector<std::string> Includes;       ///< as written between quotes or <>
  std::vector<MacroUse> Macros;            ///< in source order
  std::vector<Range> Skipped;              ///< by #if, in source order
  std::vector<std::uint32_t> SyntaxErrors; ///< offsets, sorted

  llvm::StringRef text(Range R) const { return Source.text(R); }
  /// Bytes of \p R. A range whose ends come from a macro's body is that of
  /// the macro's use; arguments of macros are where they are written. Empty
  /// for what stands in another file.
  Range range(clang::SourceRange R) const;
  /// Like range(), but that of the whole macro use, for a range that comes
  /// from a macro in any way.
  Range expansion(clang::SourceRange R) const;
  std::uint32_t offset(clang::SourceLocation Loc) const;
  bool inMainFile(clang::SourceLocation Loc) const;
  const MacroUse *macroAt(std::uint32_t Offset) const;
  bool isSkipped(std::uint32_t Offset) const;
};

/// Parses \p Text, which is \p Source's text or a variant of the same length,
/// and hands the result to \p Use. \returns what went wrong, "" if nothing
/// did: then \p Use was called. A crash inside Clang is caught.
std::string parse(const SourceFile &Source, llvm::StringRef Text,
                  const SourceLayout &Layout, const CompileFlags *Flags,
                  llvm::function_ref<void(ParsedUnit &)> Use);

} // namespace ringfence::objc

#endif
