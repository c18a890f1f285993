//===-- Sweep.h - takes statements away, and what is dead then -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_SWEEP_SWEEP_H
#define RINGFENCE_REWRITERS_SWEEP_SWEEP_H

#include "rewriters/Propose.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/edit/Builders.h"
#include <map>
#include <string>
#include <vector>

namespace ringfence {

/// Collects statements that go. What only they used goes with them: members
/// and functions of the project that nothing names any more, and imports.
class Sweep {
public:
  Sweep(const ProposeInput &In, Builders &Edits) : In(In), Edits(Edits) {}

  /// Takes the statements \p Indices of the list that \p Levels leads to away.
  /// Where they are all that an async hop or an if without else holds, that
  /// goes instead, and so on outwards; locals around it that nothing else
  /// reads and that are made without an effect go too. False, and nothing is
  /// taken, if one of them stands in a macro.
  bool remove(const File &F, const std::vector<Level> &Levels,
              std::vector<unsigned> Indices);
  /// Puts \p Text in the place of \p S.
  void replace(const File &F, const Step &S, std::string Text);
  /// Takes the lines of the declaration at \p Where away, with the comments
  /// and attributes above them. False if something else stands on them.
  bool removeDeclaration(const File &F, Range Where);

  /// Takes away what is dead by now. To be called once, last.
  void takeDeadCode();

  /// Whether any code that stays names \p Name, besides the bytes \p But of
  /// \p Home. With \p InHome, the other files are not asked.
  bool isNamed(llvm::StringRef Name, const File &Home, Range But = {},
               bool InHome = false) const;
  bool isGone(const File &F, Range R) const;
  /// Names of the functions, members and imports that takeDeadCode took.
  const std::vector<std::string> &dead() const { return Dead; }

  /// Whether \p S does nothing but compute a value, as far as the catalogue
  /// tells.
  bool hasNoEffect(const Step &S, Language L) const;

private:
  bool isNamedIn(const File &F, llvm::StringRef Name, Range But) const;
  std::vector<std::string> goneWords() const;
  bool takeFunctions(const File &F, const std::vector<std::string> &Words);
  bool takeProperties(const File &F, const std::vector<std::string> &Words);
  bool takeTypes(const File &F, const std::vector<std::string> &Words);
  void takeImports(const File &F);
  bool isLastOf(const File &F, llvm::StringRef Prefix) const;
  bool takeHeader(const File &F, llvm::StringRef Name);

  const ProposeInput &In;
  Builders &Edits;
  std::map<const File *, std::vector<Range>> Gone;
  /// What stands where something went.
  std::map<const File *, std::vector<std::string>> Instead;
  std::vector<std::string> Dead;
};

} // namespace ringfence

#endif
