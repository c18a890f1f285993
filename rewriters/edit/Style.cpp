//===-- Style.cpp - how a file is written --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/Style.h"
#include "rewriters/edit/Indentation.h"

using namespace ringfence;

namespace {
/// Counts of the two ways of doing one thing.
struct Votes {
  unsigned Yes = 0;
  unsigned No = 0;
  void cast(bool Vote) { ++(Vote ? Yes : No); }
  bool won() const { return Yes > No; }
};

/// Walks the statements of a file and counts.
class Observer {
public:
  explicit Observer(const File &In)
      : Source(*In.Source), Bytes(Source.bytes()) {}

  Votes ControlBrace, FunctionBrace, Else, SelfDot;

  void function(const Function &F) {
    if (!F.Body.empty())
      brace(F.Body.Begin, FunctionBrace);
    steps(F.Steps);
  }

private:
  const SourceFile &Source;
  llvm::StringRef Bytes;

  /// \p Offset is that of a "{": the first token of its line, or not?
  void brace(std::uint32_t Offset, Votes &V) {
    if (Offset >= Bytes.size() || Bytes[Offset] != '{')
      return;
    std::uint32_t Line = Source.lineBegin(Source.line(Offset));
    V.cast(Bytes.slice(Line, Offset).trim(" \t").empty());
  }

  void calls(const std::vector<Call> &Calls) {
    for (const Call &C : Calls)
      if (C.OnSelf && !C.OnType)
        SelfDot.cast(C.Receiver == "self");
  }

  void steps(const std::vector<Step> &Steps) {
    for (const Step &S : Steps) {
      calls(S.Calls);
      for (const Closure &C : S.Closures)
        steps(C.Steps);
      for (const Arm &A : S.Arms) {
        if (S.K != Step::Kind::Configuration && A.K != Arm::Kind::Case &&
            A.K != Arm::Kind::Default)
          brace(A.Where.Begin, ControlBrace);
        if (A.K == Arm::Kind::Else || A.K == Arm::Kind::Catch)
          elseKeyword(A.Where.Begin);
        calls(A.Calls);
        steps(A.Steps);
      }
    }
  }

  /// Whether the "else" or "catch" in front of the arm at \p Arm begins its
  /// line, or follows the "}" of the arm before.
  void elseKeyword(std::uint32_t Arm) {
    size_t Close = Bytes.take_front(Arm).rfind('}');
    if (Close == llvm::StringRef::npos)
      return;
    llvm::StringRef Between = Bytes.slice(Close + 1, Arm).ltrim(" \t");
    Else.cast(Between.starts_with("\n") || Between.starts_with("\r"));
  }
};
} // namespace

Style ringfence::styleOf(const File &In) {
  Style S;
  llvm::StringRef Bytes = In.Source->bytes();
  S.Unit = indentUnit(*In.Source);
  S.LineEnding = In.Source->lineEnding().str();
  S.EndsInNewline =
      Bytes.empty() || Bytes.back() == '\n' || Bytes.back() == '\r';

  Observer Seen(In);
  for (const Function &F : In.Functions)
    Seen.function(F);
  S.ControlBraceOnOwnLine = Seen.ControlBrace.won();
  S.FunctionBraceOnOwnLine = Seen.FunctionBrace.won();
  S.ElseOnOwnLine = Seen.Else.Yes + Seen.Else.No != 0 ? Seen.Else.won()
                                                      : S.ControlBraceOnOwnLine;
  S.SelfDot = Seen.SelfDot.won();

  Votes Sign;
  for (const Function &F : In.Functions)
    if (llvm::StringRef Head = In.Source->text(F.Head);
        Head.starts_with("-") || Head.starts_with("+"))
      Sign.cast(Head.drop_front().starts_with(" "));
  S.SpaceAfterMethodSign = Sign.Yes + Sign.No == 0 || Sign.won();
  return S;
}
