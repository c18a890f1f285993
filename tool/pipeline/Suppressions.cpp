//===-- Suppressions.cpp - NOLINT comments -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Suppressions.h"
#include "tool/pipeline/Project.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <map>

using namespace ringfence;
using llvm::StringRef;

/// Whether what stands before a mark on its line leaves it in a comment. A line
/// inside a block comment usually begins with a star.
static bool opensComment(StringRef Before) {
  return Before.contains("//") || Before.contains("/*") ||
         Before.ltrim().starts_with("*");
}

std::vector<NolintMark> ringfence::nolintMarks(const SourceFile &Source) {
  std::vector<NolintMark> Marks;
  StringRef Bytes = Source.bytes();
  for (std::size_t At = Bytes.find("NOLINT"); At != StringRef::npos;
       At = Bytes.find("NOLINT", At + 6)) {
    auto Begin = static_cast<std::uint32_t>(At);
    std::uint32_t LineBegin = Source.lineBegin(Source.line(Begin));
    if (!opensComment(Bytes.slice(LineBegin, At)))
      continue;
    NolintMark M;
    StringRef Rest = Bytes.substr(At + 6);
    if (Rest.consume_front("NEXTLINE"))
      M.K = NolintMark::Kind::NextLine;
    else if (Rest.consume_front("BEGIN"))
      M.K = NolintMark::Kind::Begin;
    else if (Rest.consume_front("END"))
      M.K = NolintMark::Kind::End;
    if (Rest.starts_with("(")) {
      StringRef List = Rest.drop_front().take_until(
          [](char C) { return C == ')' || C == '\n'; });
      M.Globs = List.trim().str();
      Rest = Rest.drop_front(List.size() + 1);
      Rest.consume_front(")");
    }
    M.Where = {Begin, static_cast<std::uint32_t>(Rest.data() - Bytes.data())};
    Marks.push_back(std::move(M));
  }
  return Marks;
}

namespace {

/// A mark with the lines that it speaks of.
struct Scope {
  const File *In;
  NolintMark Mark;
  unsigned First, Last;
  bool Used = false;

  bool covers(const Finding &F) const {
    if (F.At.In != In)
      return false;
    unsigned Line = F.At.line();
    return First <= Line && Line <= Last &&
           (Mark.Globs.empty() || isEnabled(Mark.Globs, F.Check));
  }
};

} // namespace

static void addScopes(const File &F, std::vector<Scope> &Scopes) {
  const SourceFile &Source = *F.Source;
  std::vector<std::size_t> Open; // indices into Scopes
  for (NolintMark &M : nolintMarks(Source)) {
    unsigned Line = Source.line(M.Where.Begin);
    switch (M.K) {
    case NolintMark::Kind::Line:
      Scopes.push_back({&F, std::move(M), Line, Line});
      break;
    case NolintMark::Kind::NextLine:
      Scopes.push_back({&F, std::move(M), Line + 1, Line + 1});
      break;
    case NolintMark::Kind::Begin:
      Open.push_back(Scopes.size());
      Scopes.push_back({&F, std::move(M), Line, Source.lineCount()});
      break;
    case NolintMark::Kind::End:
      // Closes the nearest block with the same list.
      for (std::size_t I = Open.size(); I--;)
        if (Scopes[Open[I]].Mark.Globs == M.Globs) {
          Scopes[Open[I]].Last = Line;
          Open.erase(Open.begin() + static_cast<std::ptrdiff_t>(I));
          break;
        }
      break;
    }
  }
}

/// Whether the list names a check of ringfence that runs: a comment for other
/// tools is none of our business.
static bool isMeantForUs(StringRef Globs,
                         llvm::function_ref<bool(StringRef)> Enabled) {
  llvm::SmallVector<StringRef, 4> Items;
  Globs.split(Items, ',', -1, /*KeepEmpty=*/false);
  return llvm::any_of(Items, [&](StringRef I) {
    I = I.trim();
    return I.starts_with("ringfence-") && (I.contains('*') || Enabled(I));
  });
}

std::vector<Suppressed>
ringfence::applySuppressions(std::vector<Finding> &Findings,
                             const std::vector<const File *> &Files,
                             llvm::function_ref<bool(StringRef)> Enabled) {
  std::vector<const File *> All = Files;
  for (const Finding &F : Findings)
    if (F.At.In && !llvm::is_contained(All, F.At.In))
      All.push_back(F.At.In);
  std::vector<Scope> Scopes;
  for (const File *F : All)
    addScopes(*F, Scopes);

  std::vector<Suppressed> Hidden;
  std::vector<Finding> Kept;
  for (Finding &F : Findings) {
    Scope *By = nullptr;
    for (Scope &S : Scopes)
      if (S.covers(F)) {
        S.Used = true;
        if (!By)
          By = &S;
      }
    if (!By) {
      Kept.push_back(std::move(F));
      continue;
    }
    std::string Where =
        By->In->Source->path().str() + ":" +
        std::to_string(By->In->Source->line(By->Mark.Where.Begin));
    Hidden.push_back({std::move(F), "NOLINT at " + Where});
  }
  for (const Scope &S : Scopes) {
    if (S.Used || !isMeantForUs(S.Mark.Globs, Enabled))
      continue;
    Finding Note;
    Note.Check = UnusedSuppression.str();
    Note.S = Severity::Note;
    Note.At = {S.In, S.Mark.Where};
    Note.Message = "this comment suppresses nothing";
    Kept.push_back(std::move(Note));
  }
  Findings = std::move(Kept);
  return Hidden;
}
