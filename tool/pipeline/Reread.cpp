//===-- Reread.cpp - reads what an edit changed, and no more -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Reread.h"
#include "matchers/model/Shift.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <optional>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// What differs between two texts.
struct Change {
  Range Old;          ///< replaced, in the old text
  std::int64_t Delta; ///< by how much the text behind it moves
};

Change changeBetween(StringRef A, StringRef B) {
  std::size_t Most = std::min(A.size(), B.size());
  std::size_t Front = static_cast<std::size_t>(
      std::mismatch(A.begin(), A.begin() + Most, B.begin()).first - A.begin());
  std::size_t Back = 0;
  while (Back < Most - Front &&
         A[A.size() - 1 - Back] == B[B.size() - 1 - Back])
    ++Back;
  return {{static_cast<std::uint32_t>(Front),
           static_cast<std::uint32_t>(A.size() - Back)},
          static_cast<std::int64_t>(B.size()) -
              static_cast<std::int64_t>(A.size())};
}

/// Index of the only function that \p Changed touches, if it lies between that
/// one's braces.
std::optional<std::size_t> functionAround(const File &F, Range Changed) {
  std::optional<std::size_t> Result;
  for (std::size_t I = 0; I != F.Functions.size(); ++I) {
    const Function &Fn = F.Functions[I];
    bool Touches =
        Changed.Begin <= Fn.Where.End && Fn.Where.Begin <= Changed.End;
    if (!Touches)
      continue;
    bool Inside = !Fn.Body.empty() && Fn.Inside.Begin <= Changed.Begin &&
                  Changed.End <= Fn.Inside.End;
    if (!Inside || Result)
      return std::nullopt;
    Result = I;
  }
  return Result;
}

/// Looks whether brackets pair and comments and strings end.
class Pairing {
public:
  explicit Pairing(StringRef Text) : Text(Text) {}
  bool holds() { return code('\0') && At == Text.size(); }

private:
  StringRef rest() const { return Text.drop_front(At); }

  /// Up to bracket \p Until, which is passed; '\0' is the end of the text.
  bool code(char Until) {
    while (At < Text.size()) {
      char C = Text[At];
      if (C == Until) {
        ++At;
        return true;
      }
      if (rest().starts_with("//"))
        At += rest().take_until([](char C) { return C == '\n'; }).size();
      else if (rest().starts_with("/*") || C == '"' || C == '\'') {
        if (!(C == '/' ? comment() : string(C)))
          return false;
      } else if (C == '(' || C == '[' || C == '{') {
        ++At;
        if (!code(C == '(' ? ')' : C == '[' ? ']' : '}'))
          return false;
      } else if (C == ')' || C == ']' || C == '}')
        return false;
      else
        ++At;
    }
    return Until == '\0';
  }

  /// Swift's nest, which is rare: not worth telling the languages apart.
  bool comment() {
    std::size_t End = Text.find("*/", At + 2);
    if (End == StringRef::npos || Text.slice(At + 2, End).contains("/*"))
      return false;
    At = End + 2;
    return true;
  }

  bool string(char Quote) {
    if (rest().starts_with("\"\"\""))
      return false; // several lines, rare
    for (++At; At < Text.size(); ++At) {
      char C = Text[At];
      if (C == Quote) {
        ++At;
        return true;
      }
      if (C == '\n')
        return false;
      if (C == '\\' && ++At < Text.size() && Text[At] == '(') {
        ++At;
        if (!code(')'))
          return false;
        --At; // the loop passes what stands behind
      }
    }
    return false;
  }

  StringRef Text;
  std::size_t At = 0;
};

/// Whether \p Body stands for itself: nothing in it reaches out of it, speaks
/// to the preprocessor or decides how the whole file is read.
bool isSelfContained(StringRef Body, Language L) {
  bool Preprocesses = L == Language::Swift
                          ? Body.contains("#if") || Body.contains("#else") ||
                                Body.contains("#end") || Body.contains("#\"")
                          : Body.contains('#');
  // Manual reference counting shows by these, anywhere in a file, and where a
  // registry gets its delegate is looked for in all functions together.
  bool Decides = Body.contains("release") || Body.contains("retain") ||
                 Body.contains("dealloc") ||
                 Body.contains_insensitive("registry");
  return !Preprocesses && !Decides && Pairing(Body).holds();
}

Range moved(Range R, const Change &C) {
  auto To = [&](std::uint32_t At) {
    return At >= C.Old.End ? static_cast<std::uint32_t>(At + C.Delta) : At;
  };
  return {To(R.Begin), To(R.End)};
}

/// Accessors are short, and an empty one may be none.
bool mayBeBlank(const Function &Fn) {
  return !Fn.Body.empty() &&
         (Fn.K == Function::Kind::Function || Fn.K == Function::Kind::Method ||
          Fn.K == Function::Kind::Init);
}

/// \p Text with blanks for all bodies of \p F that can be, but for function
/// \p Kept; line ends stay.
std::string sliced(StringRef Text, const File &F, std::size_t Kept,
                   const Change &C) {
  std::string Result = Text.str();
  for (std::size_t I = 0; I != F.Functions.size(); ++I) {
    if (I == Kept || !mayBeBlank(F.Functions[I]))
      continue;
    Range R = moved(F.Functions[I].Inside, C);
    for (std::uint32_t At = R.Begin; At != R.End; ++At)
      if (Result[At] != '\n' && Result[At] != '\r')
        Result[At] = ' ';
  }
  return Result;
}

/// The problems that \p Old has outside of function \p Kept, where they are in
/// \p New; none if one of them may bear on declarations.
std::optional<std::vector<Problem>> problemsElsewhere(const File &Old,
                                                      const SourceFile &New,
                                                      std::size_t Kept,
                                                      const Change &C) {
  std::vector<Problem> Result = Old.Problems;
  for (Problem &P : Result) {
    if (P.Fatal || !P.Line)
      return std::nullopt;
    std::uint32_t At = Old.Source->lineBegin(P.Line);
    Range Line{At, At + static_cast<std::uint32_t>(
                            Old.Source->lineText(P.Line).size())};
    bool Elsewhere = false, OfKept = false;
    for (std::size_t I = 0; I != Old.Functions.size(); ++I)
      if (Old.Functions[I].Where.overlaps(Line)) {
        OfKept |= I == Kept;
        Elsewhere |= I != Kept && mayBeBlank(Old.Functions[I]);
      }
    if (OfKept == Elsewhere)
      return std::nullopt;
    // What is wrong with the edited function is found out anew.
    P.Line = OfKept ? 0 : New.line(moved(Line, C).Begin);
  }
  llvm::erase_if(Result, [](const Problem &P) { return !P.Line; });
  return Result;
}

/// Whether all that was not understood of \p F lies in \p Fn.
bool areAllIn(const Function &Fn, const File &F) {
  unsigned First = F.Source->line(Fn.Where.Begin);
  unsigned Last = F.Source->line(Fn.Where.End);
  return llvm::all_of(F.Problems, [&](const Problem &P) {
    return !P.Fatal && First <= P.Line && P.Line <= Last;
  });
}

/// Whether \p Slice shows the declarations that \p Old had, where they are now.
bool hasSameShape(const File &Slice, const File &Old, std::size_t Kept,
                  const Change &C) {
  auto SameHandler = [](const Handler &A, const Handler &B) {
    return A.FunctionIndex == B.FunctionIndex && A.S == B.S;
  };
  if (Slice.Functions.size() != Old.Functions.size() ||
      !llvm::equal(Slice.Handlers, Old.Handlers, SameHandler))
    return false;
  for (std::size_t I = 0; I != Old.Functions.size(); ++I) {
    const Function &Now = Slice.Functions[I], &Was = Old.Functions[I];
    if (Now.Symbol != Was.Symbol || Now.K != Was.K ||
        (I != Kept && Now.HasErrors) || Now.Where != moved(Was.Where, C) ||
        Now.Inside != moved(Was.Inside, C))
      return false;
  }
  return true;
}

} // namespace

std::shared_ptr<File> ringfence::reread(
    File &Old, std::shared_ptr<const SourceFile> New,
    llvm::function_ref<File(std::shared_ptr<const SourceFile>)> Read) {
  StringRef Before = Old.Source->bytes(), After = New->bytes();
  Change C = changeBetween(Before, After);
  auto Kept = functionAround(Old, C.Old);
  if (!Kept)
    return nullptr;
  auto Problems = problemsElsewhere(Old, *New, *Kept, C);
  if (!Problems)
    return nullptr;
  Range Was = Old.Functions[*Kept].Inside;
  Range Is{Was.Begin, static_cast<std::uint32_t>(Was.End + C.Delta)};
  if (!isSelfContained(Old.Source->text(Was), New->language()) ||
      !isSelfContained(New->text(Is), New->language()))
    return nullptr;

  auto Result = std::make_shared<File>(Read(std::make_shared<SourceFile>(
      New->path().str(), sliced(After, Old, *Kept, C))));
  if (!hasSameShape(*Result, Old, *Kept, C) ||
      !areAllIn(Result->Functions[*Kept], *Result))
    return nullptr;

  auto MovesBy = [&](Range R) { return R.Begin >= C.Old.End ? C.Delta : 0; };
  for (std::size_t I = 0; I != Old.Functions.size(); ++I) {
    if (I == *Kept || !mayBeBlank(Old.Functions[I]))
      continue;
    std::int64_t Delta = MovesBy(Old.Functions[I].Where);
    Result->Functions[I] = std::move(Old.Functions[I]);
    if (Delta)
      shift(Result->Functions[I], Delta);
  }
  // Their bodies were blank; what was edited has no say in them.
  Result->Registrations = std::move(Old.Registrations);
  for (Registration &R : Result->Registrations)
    shift(R, MovesBy(R.Where));
  llvm::append_range(Result->Problems, *Problems);
  llvm::stable_sort(Result->Problems, [](const Problem &A, const Problem &B) {
    return A.Line < B.Line;
  });
  Result->Source = std::move(New);
  Result->UsesARC = Old.UsesARC;
  return Result;
}
