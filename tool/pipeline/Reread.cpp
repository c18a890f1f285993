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
      if (rest().starts_with("//") || isRemark())
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

  /// Words of a person on a line of the preprocessor.
  bool isRemark() const {
    return rest().starts_with("#pragma") || rest().starts_with("#error") ||
           rest().starts_with("#warning");
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
    if (rest().starts_with("\"\"\"")) {
      std::size_t End = Text.find("\"\"\"", At + 3);
      At = End == StringRef::npos ? Text.size() : End + 3;
      return End != StringRef::npos;
    }
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

/// Whether \p Body says something about more than its own function: it speaks
/// to the preprocessor or decides how the whole file is read.
bool reachesOut(StringRef Body, Language L) {
  bool Preprocesses = L == Language::Swift
                          ? Body.contains("#if") || Body.contains("#else") ||
                                Body.contains("#end") || Body.contains("#\"")
                          : Body.contains('#');
  // Manual reference counting shows by these, anywhere in a file, and where a
  // registry gets its delegate is looked for in all functions together.
  bool Decides = Body.contains("release") || Body.contains("retain") ||
                 Body.contains("dealloc") ||
                 Body.contains_insensitive("registry");
  return Preprocesses || Decides;
}

/// Where an offset of the old text is in the new one; what was replaced is
/// where its replacement begins.
std::uint32_t moved(std::uint32_t At, const Change &C) {
  return At >= C.Old.End ? static_cast<std::uint32_t>(At + C.Delta)
                         : std::min(At, C.Old.Begin);
}

Range moved(Range R, const Change &C) {
  return {moved(R.Begin, C), moved(R.End, C)};
}

/// Accessors are short, and an empty one may be none.
bool mayBeBlank(const Function &Fn) {
  return !Fn.Body.empty() &&
         (Fn.K == Function::Kind::Function || Fn.K == Function::Kind::Method ||
          Fn.K == Function::Kind::Init);
}

/// A text without the bodies of all functions but one, and where its offsets
/// are in the whole.
class Slice {
public:
  /// Of \p Text, which \p F was before \p C; function \p Kept keeps its body.
  Slice(StringRef Text, const File &F, std::size_t Kept, const Change &C) {
    std::uint32_t From = 0;
    for (std::size_t I = 0; I != F.Functions.size(); ++I) {
      Range Body = moved(F.Functions[I].Inside, C);
      // A function of a type that stands in a function went with that one.
      if (I == Kept || !mayBeBlank(F.Functions[I]) || Body.Begin < From ||
          Body.empty())
        continue;
      Bytes += Text.slice(From, Body.Begin);
      Cuts.push_back({static_cast<std::uint32_t>(Bytes.size()), Body});
      From = Body.End;
    }
    Bytes += Text.substr(From);
  }

  const std::string &bytes() const { return Bytes; }

  /// Where the slice's \p At is in the whole.
  std::uint32_t toWhole(std::uint32_t At) const {
    auto Behind =
        llvm::partition_point(Cuts, [&](const Cut &C) { return C.At < At; });
    if (Behind == Cuts.begin())
      return At;
    const Cut &Last = *std::prev(Behind);
    return Last.Body.End + (At - Last.At);
  }

  /// The reverse; a body that was cut has become the place between its braces.
  std::uint32_t fromWhole(std::uint32_t At) const {
    auto Behind = llvm::partition_point(
        Cuts, [&](const Cut &C) { return C.Body.Begin < At; });
    if (Behind == Cuts.begin())
      return At;
    const Cut &Last = *std::prev(Behind);
    return Last.At + (std::max(At, Last.Body.End) - Last.Body.End);
  }
  Range fromWhole(Range R) const {
    return {fromWhole(R.Begin), fromWhole(R.End)};
  }

private:
  struct Cut {
    std::uint32_t At; ///< in the slice
    Range Body;       ///< in the whole
  };
  std::string Bytes;
  std::vector<Cut> Cuts;
};

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

/// Whether \p Read, what is read of \p S, shows the declarations that \p Old
/// had, where they are now.
bool hasSameShape(const File &Read, const Slice &S, const File &Old,
                  std::size_t Kept, const Change &C) {
  auto SameHandler = [](const Handler &A, const Handler &B) {
    return A.FunctionIndex == B.FunctionIndex && A.S == B.S;
  };
  if (Read.Functions.size() != Old.Functions.size() ||
      !llvm::equal(Read.Handlers, Old.Handlers, SameHandler))
    return false;
  for (std::size_t I = 0; I != Old.Functions.size(); ++I) {
    const Function &Now = Read.Functions[I], &Was = Old.Functions[I];
    if (Now.Symbol != Was.Symbol || Now.K != Was.K ||
        (I != Kept && Now.HasErrors) ||
        Now.Where != S.fromWhole(moved(Was.Where, C)) ||
        Now.Inside != S.fromWhole(moved(Was.Inside, C)))
      return false;
  }
  return true;
}

/// Puts what was read of \p S where it is in \p Whole.
void toWhole(File &F, const Function &Kept, const Slice &S,
             const SourceFile &Whole) {
  for (Problem &P : F.Problems) {
    // Functions may share their lines with others.
    std::uint32_t At = std::max(F.Source->lineBegin(P.Line), Kept.Where.Begin);
    P.Line = Whole.line(S.toWhole(At));
  }
  move(F, [&](std::uint32_t At) { return S.toWhole(At); });
}

/// \p Old with its text replaced, all its functions as they were.
std::shared_ptr<File> heldBack(File &Old, std::shared_ptr<const SourceFile> New,
                               const Change &C) {
  auto Result = std::make_shared<File>(std::move(Old));
  for (Problem &P : Result->Problems)
    P.Line = New->line(moved(Result->Source->lineBegin(P.Line), C));
  move(*Result, [&](std::uint32_t At) { return moved(At, C); });
  Result->Source = std::move(New);
  return Result;
}

} // namespace

Rereading ringfence::reread(
    File &Old, std::optional<std::size_t> HeldBack,
    std::shared_ptr<const SourceFile> New,
    llvm::function_ref<File(std::shared_ptr<const SourceFile>)> Read) {
  StringRef Before = Old.Source->bytes(), After = New->bytes();
  Change C = changeBetween(Before, After);
  auto Kept = functionAround(Old, C.Old);
  if (!Kept || (HeldBack && HeldBack != Kept))
    return {};
  auto Problems = problemsElsewhere(Old, *New, *Kept, C);
  if (!Problems)
    return {};
  Range Was = Old.Functions[*Kept].Inside;
  Range Is = moved(Was, C);
  StringRef Body = New->text(Is);
  if (reachesOut(Old.Source->text(Was), New->language()) ||
      reachesOut(Body, New->language()))
    return {};
  // Once it is held back its braces are known to be where they were.
  if (!HeldBack && !Pairing(Old.Source->text(Was)).holds())
    return {};
  if (!Pairing(Body).holds()) {
    // Where a text was torn already, functions may seem to end anywhere.
    if (!HeldBack && !Pairing(Before).holds())
      return {};
    return {heldBack(Old, std::move(New), C), Kept};
  }

  Slice S(After, Old, *Kept, C);
  auto Result = std::make_shared<File>(
      Read(std::make_shared<SourceFile>(New->path().str(), S.bytes())));
  if (!hasSameShape(*Result, S, Old, *Kept, C) ||
      !areAllIn(Result->Functions[*Kept], *Result))
    return {};
  toWhole(*Result, Result->Functions[*Kept], S, *New);

  auto MovesBy = [&](Range R) { return R.Begin >= C.Old.End ? C.Delta : 0; };
  for (std::size_t I = 0; I != Old.Functions.size(); ++I) {
    if (I == *Kept || !mayBeBlank(Old.Functions[I]))
      continue;
    std::int64_t Delta = MovesBy(Old.Functions[I].Where);
    Result->Functions[I] = std::move(Old.Functions[I]);
    if (Delta)
      shift(Result->Functions[I], Delta);
  }
  // Their bodies were cut; what was edited has no say in them.
  Result->Registrations = std::move(Old.Registrations);
  for (Registration &R : Result->Registrations)
    shift(R, MovesBy(R.Where));
  llvm::append_range(Result->Problems, *Problems);
  llvm::stable_sort(Result->Problems, [](const Problem &A, const Problem &B) {
    return A.Line < B.Line;
  });
  Result->Source = std::move(New);
  Result->UsesARC = Old.UsesARC;
  return {std::move(Result), std::nullopt};
}
