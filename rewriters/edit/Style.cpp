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

static bool startsFunction(llvm::StringRef Line) {
  for (llvm::StringRef Word : {"private ", "fileprivate ", "static ",
                               "override ", "nonisolated ", "final "})
    while (Line.consume_front(Word))
      ;
  return Line.starts_with("- (") || Line.starts_with("+ (") ||
         Line.starts_with("func ") || Line.starts_with("init(") ||
         Line.starts_with("class ") || Line.starts_with("struct ") ||
         Line.starts_with("extension ");
}

static bool startsControl(llvm::StringRef Line) {
  for (llvm::StringRef Word :
       {"if ", "for ", "while ", "switch ", "guard ", "do {", "else ",
        "@synchronized", "@autoreleasepool", "} else"})
    if (Line.starts_with(Word))
      return true;
  return false;
}

std::string ringfence::braced(llvm::StringRef Template, const Style &S) {
  if (!S.FunctionBraceOnOwnLine && !S.ControlBraceOnOwnLine)
    return Template.str();
  std::string Out;
  while (!Template.empty()) {
    auto [Line, Rest] = Template.split('\n');
    bool Ended = Line.size() < Template.size();
    Template = Rest;
    llvm::StringRef Text = Line.ltrim('\t');
    std::string Tabs = Line.take_front(Line.size() - Text.size()).str();
    bool Moves =
        Text.ends_with(" {") && (startsFunction(Text) ? S.FunctionBraceOnOwnLine
                                 : startsControl(Text) ? S.ControlBraceOnOwnLine
                                                       : false);
    if (Moves) {
      Text = Text.drop_back(2);
      if (S.ElseOnOwnLine && Text.consume_front("} "))
        Out += Tabs + "}\n";
      Out += Tabs + Text.str() + "\n" + Tabs + "{";
    } else {
      Out += Line.str();
    }
    if (Ended)
      Out += '\n';
  }
  return Out;
}
