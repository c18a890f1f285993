//===-- Builder.cpp - makes the edits of one file --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/Builder.h"
#include "rewriters/edit/Indentation.h"
#include "rewriters/edit/LineCuts.h"
#include "rewriters/edit/TextEdits.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace ringfence;

Builder::Builder(const File &TheFile)
    : In(TheFile), Bytes(TheFile.Source->bytes()), S(styleOf(TheFile)) {}

std::string Builder::layOut(llvm::StringRef Template,
                            llvm::StringRef Base) const {
  return laidOut(braced(Template, S), Base, S.Unit, S.LineEnding);
}

std::string Builder::shifted(llvm::StringRef Text, std::size_t By,
                             llvm::StringRef Base) const {
  llvm::SmallVector<llvm::StringRef, 4> Lines;
  Text.split(Lines, '\n');
  std::string Out = Lines.front().str();
  for (llvm::StringRef Line : llvm::drop_begin(Lines)) {
    std::size_t Indent = Line.find_first_not_of(' ');
    bool Aligned = Indent != llvm::StringRef::npos &&
                   Indent > Base.size() + 2 * S.Unit.size();
    Out += "\n" + (Aligned ? std::string(By, ' ') : "") + Line.str();
  }
  return Out;
}

void Builder::replace(Range R, std::string Text) {
  if (R.empty() && Text.empty())
    return;
  Edits.push_back(
      {In.Source->path().str(), R.Begin, R.size(), std::move(Text)});
}

void Builder::cut(Range R) {
  llvm::erase_if(Edits, [&](const Edit &E) {
    Range Of{E.Offset, E.Offset + E.Length};
    bool AtBorder = Of.empty() && (Of.Begin == R.Begin || Of.Begin == R.End);
    return R.contains(Of) && !AtBorder;
  });
  replace(R, "");
}

std::vector<Edit> Builder::take() {
  // Placements are made of whole tokens and lines; should two collide, both
  // are handed on and whoever merges them says so.
  std::vector<Edit> Out = std::move(Edits);
  Edits.clear();
  if (llvm::Expected<std::vector<Edit>> Sorted = sortedEdits(Out))
    return std::move(*Sorted);
  else
    llvm::consumeError(Sorted.takeError());
  return Out;
}

void Builder::addTo(FixSet &Set) {
  Set.Files[In.Source->path().str()] = contentHash(Bytes);
  llvm::append_range(Set.Edits, take());
}

//===----------------------------------------------------------------------===//
// Lines and blanks
//===----------------------------------------------------------------------===//

static bool isBlank(char C) { return C == ' ' || C == '\t'; }

std::uint32_t Builder::lineStart(std::uint32_t Offset) const {
  return In.Source->lineBegin(In.Source->line(Offset));
}

std::uint32_t Builder::nextLine(std::uint32_t Offset) const {
  return In.Source->lineBegin(In.Source->line(Offset) + 1);
}

bool Builder::sameLine(std::uint32_t A, std::uint32_t B) const {
  return In.Source->line(A) == In.Source->line(B);
}

bool Builder::isFirstOnLine(std::uint32_t Offset) const {
  return llvm::all_of(Bytes.slice(lineStart(Offset), Offset), isBlank);
}

bool Builder::isLastOnLine(std::uint32_t Offset) const {
  llvm::StringRef Rest = Bytes.substr(Offset).ltrim(" \t");
  return Rest.empty() || Rest.front() == '\n' || Rest.front() == '\r';
}

bool Builder::isBlankLine(unsigned Line) const {
  return Line >= 1 && llvm::all_of(In.Source->lineText(Line), isBlank);
}

std::uint32_t Builder::skipSpaceAndComments(std::uint32_t Offset) const {
  llvm::StringRef Rest = Bytes.substr(Offset);
  while (true) {
    Rest = Rest.ltrim(" \t\r\n");
    if (Rest.starts_with("//"))
      Rest = Rest.drop_until([](char C) { return C == '\n' || C == '\r'; });
    else if (size_t End = Rest.find("*/", 2);
             Rest.starts_with("/*") && End != llvm::StringRef::npos)
      Rest = Rest.drop_front(End + 2);
    else
      return static_cast<std::uint32_t>(Bytes.size() - Rest.size());
  }
}

std::uint32_t Builder::endWithComment(const Step &St) const {
  return std::max(St.Where.End, St.WithComments.End);
}

//===----------------------------------------------------------------------===//
// Beside a step
//===----------------------------------------------------------------------===//

/// Where statements beside \p S begin. Directives may stand at the head of
/// their lines, whatever they are around.
llvm::StringRef Builder::indentationBeside(const Step &S) const {
  llvm::StringRef Own = indentation(S.Where.Begin);
  if (S.K != Step::Kind::Configuration || !Own.empty())
    return Own;
  for (const Arm &A : S.Arms)
    if (!A.Steps.empty())
      return indentationBeside(A.Steps.front());
  return Own;
}

bool Builder::insertBefore(const Step &Before, llvm::StringRef Lines) {
  if (Before.InMacro)
    return false;
  llvm::StringRef Base = indentationBeside(Before);
  std::uint32_t At = Before.Where.Begin;
  if (!isFirstOnLine(At)) {
    // Behind another statement on its line: the new lines push it down.
    insert(At, layOut(Lines, Base).substr(Base.size()) + Base.str());
    return true;
  }
  if (!Before.WithComments.empty() && isFirstOnLine(Before.WithComments.Begin))
    At = Before.WithComments.Begin;
  insert(lineStart(At), layOut(Lines, Base));
  return true;
}

bool Builder::insertAfter(const Step &After, llvm::StringRef Lines) {
  if (After.InMacro)
    return false;
  llvm::StringRef Base = indentationBeside(After);
  std::uint32_t End = endWithComment(After);
  std::string Text = layOut(Lines, Base);
  if (isLastOnLine(End) && nextLine(End) > End) {
    insert(nextLine(End), std::move(Text));
    return true;
  }
  // Something follows on the line, or the file ends without a line end.
  llvm::StringRef Trimmed = llvm::StringRef(Text).rtrim("\r\n");
  insert(End, S.LineEnding + Trimmed.str());
  return true;
}

bool Builder::remove(const Step &Gone) {
  if (Gone.InMacro)
    return false;
  Range R = Gone.WithComments.empty() ? Gone.Where : Gone.WithComments;
  R.End = std::max(R.End, Gone.Where.End);
  if (Bytes.substr(R.End).ltrim(" \t").starts_with(";"))
    R.End = static_cast<std::uint32_t>(Bytes.find(';', R.End)) + 1;
  if (!isFirstOnLine(R.Begin) || !isLastOnLine(R.End)) {
    // The line stays for what else is on it; a blank before a closing brace
    // stays with the brace.
    R.Begin = Gone.Where.Begin;
    std::uint32_t Next = R.End;
    while (Next < Bytes.size() && isBlank(Bytes[Next]))
      ++Next;
    if (!Bytes.substr(Next).starts_with("}"))
      R.End = Next;
    else
      while (R.Begin > 0 && isBlank(Bytes[R.Begin - 1]))
        --R.Begin;
    replace(R, "");
    return true;
  }
  unsigned First = In.Source->line(R.Begin);
  std::uint32_t Next = nextLine(R.End);
  // A blank line that set the step off goes as well, if it would now stand
  // before a closing brace or another blank line.
  llvm::StringRef After = In.Source->lineText(In.Source->line(R.End) + 1);
  bool Closes = After.ltrim(" \t").empty() || After.ltrim(" \t").front() == '}';
  if (First > 1 && isBlankLine(First - 1) && Closes)
    --First;
  replace({In.Source->lineBegin(First), Next}, "");
  return true;
}

//===----------------------------------------------------------------------===//
// Inside braces
//===----------------------------------------------------------------------===//

bool Builder::insertInBraces(Range Braces, llvm::StringRef Base,
                             const std::vector<Step> &Steps,
                             llvm::StringRef Lines, bool AtHead) {
  if (Braces.size() < 2 || Bytes[Braces.Begin] != '{' ||
      Bytes[Braces.End - 1] != '}')
    return false;
  const std::uint32_t Open = Braces.Begin, Close = Braces.End - 1;
  const std::string Inner = Base.str() + S.Unit;
  const bool OneLine = sameLine(Open, Close);

  std::uint32_t AfterOpen = Open + 1, BeforeClose = Close;
  while (AfterOpen < Close && isBlank(Bytes[AfterOpen]))
    ++AfterOpen;
  while (BeforeClose > AfterOpen && isBlank(Bytes[BeforeClose - 1]))
    --BeforeClose;

  if (AfterOpen == Close) {
    replace({Open + 1, Close},
            S.LineEnding + layOut(Lines, Inner) + Base.str());
    return true;
  }
  if (Steps.empty() && !OneLine) {
    // Nothing but comments; they stay where they are.
    if (AtHead || !isFirstOnLine(Close))
      insert(nextLine(Open), layOut(Lines, Inner));
    else
      insert(lineStart(Close), layOut(Lines, Inner));
    return true;
  }

  if (AtHead) {
    std::uint32_t First = Steps.empty() ? AfterOpen : Steps.front().Where.Begin;
    if (!sameLine(Open, First)) {
      const Step &St = Steps.front();
      llvm::StringRef Indent = indentationBeside(St);
      std::uint32_t At = St.Where.Begin;
      if (!St.WithComments.empty() && !sameLine(Open, St.WithComments.Begin) &&
          isFirstOnLine(St.WithComments.Begin))
        At = St.WithComments.Begin;
      insert(lineStart(At), layOut(Lines, Indent));
      return true;
    }
    replace({Open + 1, AfterOpen}, S.LineEnding + layOut(Lines, Inner) + Inner);
    if (OneLine)
      replace({BeforeClose, Close}, S.LineEnding + Base.str());
    return true;
  }

  if (!OneLine && !sameLine(Close, endWithComment(Steps.back())))
    return insertAfter(Steps.back(), Lines);
  if (OneLine)
    replace({Open + 1, AfterOpen}, S.LineEnding + Inner);
  replace({BeforeClose, Close},
          S.LineEnding + layOut(Lines, Inner) + Base.str());
  return true;
}

bool Builder::insertAtHead(const Function &F, llvm::StringRef Lines) {
  return insertInBraces(F.Body, indentation(F.Where.Begin), F.Steps, Lines,
                        /*AtHead=*/true);
}

bool Builder::insertAtEnd(const Function &F, llvm::StringRef Lines) {
  return insertInBraces(F.Body, indentation(F.Where.Begin), F.Steps, Lines,
                        /*AtHead=*/false);
}

//===----------------------------------------------------------------------===//
// Arms
//===----------------------------------------------------------------------===//

bool Builder::isBraced(const Arm &A) const {
  return A.Where.size() >= 2 && Bytes[A.Where.Begin] == '{' &&
         Bytes[A.Where.End - 1] == '}';
}

bool Builder::insertAtHead(const Step &Of, const Arm &A,
                           llvm::StringRef Lines) {
  if (Of.InMacro)
    return false;
  if (isBraced(A)) {
    // A braced case hangs on its label, any other arm on its statement.
    bool IsCase = A.K == Arm::Kind::Case || A.K == Arm::Kind::Default;
    std::uint32_t Head = IsCase ? A.Where.Begin : Of.Where.Begin;
    return insertInBraces(A.Where, indentation(Head), A.Steps, Lines,
                          /*AtHead=*/true);
  }
  if (A.K == Arm::Kind::Case || A.K == Arm::Kind::Default)
    return insertInCase(A, Lines);
  return wrap(Of, A, Lines);
}

bool Builder::insertInCase(const Arm &A, llvm::StringRef Lines) {
  // "case X: { … }" in C: the braces are a scope of their own.
  if (!A.Steps.empty() && A.Steps.front().K == Step::Kind::Scope &&
      A.Steps.front().Arms.size() == 1 && isBraced(A.Steps.front().Arms[0])) {
    const Arm &Body = A.Steps.front().Arms[0];
    return insertInBraces(Body.Where, indentation(Body.Where.Begin), Body.Steps,
                          Lines, /*AtHead=*/true);
  }
  if (A.Inside.Begin == 0)
    return false;
  std::uint32_t Colon = A.Inside.Begin - 1;
  std::string Inner = indentation(Colon).str() + S.Unit;
  if (A.Steps.empty()) {
    std::string Text = S.LineEnding + layOut(Lines, Inner);
    insert(A.Inside.Begin, llvm::StringRef(Text).rtrim("\r\n").str());
    return true;
  }
  const Step &First = A.Steps.front();
  if (First.InMacro)
    return false;
  if (!sameLine(Colon, First.Where.Begin)) {
    Step Anchor = First;
    // A comment on the label's line belongs to the label.
    if (sameLine(Colon, First.WithComments.Begin))
      Anchor.WithComments = First.Where;
    return insertBefore(Anchor, Lines);
  }
  replace({A.Inside.Begin, First.Where.Begin},
          S.LineEnding + layOut(Lines, Inner) + Inner);
  return true;
}

/// Where the body of the unbraced arm \p A may open its brace: behind the
/// condition's parenthesis or the "else"; 0 if that place is not found.
bool Builder::insertAtEnd(const Step &Of, const Arm &A, llvm::StringRef Lines) {
  if (Of.InMacro)
    return false;
  if (isBraced(A)) {
    bool IsCase = A.K == Arm::Kind::Case || A.K == Arm::Kind::Default;
    std::uint32_t Head = IsCase ? A.Where.Begin : Of.Where.Begin;
    return insertInBraces(A.Where, indentation(Head), A.Steps, Lines,
                          /*AtHead=*/false);
  }
  if (A.K != Arm::Kind::Case && A.K != Arm::Kind::Default)
    return wrap(Of, A, "", Lines);
  if (A.Steps.empty())
    return insertInCase(A, Lines);
  std::uint32_t Colon = A.Inside.Begin - 1;
  const Step &First = A.Steps.front();
  if (A.Inside.Begin == 0 || First.InMacro)
    return false;
  if (!sameLine(Colon, First.Where.Begin))
    return insertAfter(A.Steps.back(), Lines);
  std::string Inner = indentation(Colon).str() + S.Unit;
  replace({A.Inside.Begin, First.Where.Begin}, S.LineEnding + Inner);
  insert(endWithComment(A.Steps.back()),
         S.LineEnding +
             llvm::StringRef(layOut(Lines, Inner)).rtrim("\r\n").str());
  return true;
}

bool Builder::insertAtEnd(const Step &Of, const Closure &C,
                          llvm::StringRef Lines) {
  if (Of.InMacro || C.Body.End < C.Body.Begin || Bytes[C.Body.End] != '}')
    return false;
  llvm::StringRef Base = indentation(C.Where.Begin);
  const std::string Inner = Base.str() + S.Unit;
  const bool OneLine = sameLine(C.Body.Begin, C.Body.End);
  if (C.Steps.empty()) {
    if (!OneLine && isFirstOnLine(C.Body.End)) {
      insert(lineStart(C.Body.End), layOut(Lines, Inner));
      return true;
    }
    if (!Bytes.slice(C.Body.Begin, C.Body.End).trim().empty())
      return false;
    replace(C.Body, " " + Lines.rtrim("\n").str() + " ");
    return true;
  }
  if (!OneLine) {
    if (!sameLine(C.Body.End, endWithComment(C.Steps.back())))
      return insertAfter(C.Steps.back(), Lines);
    return false;
  }
  replace({C.Body.Begin, C.Steps.front().Where.Begin}, S.LineEnding + Inner);
  replace({endWithComment(C.Steps.back()), C.Body.End},
          S.LineEnding + layOut(Lines, Inner) + Base.str());
  return true;
}

bool Builder::insertInLine(const Step &Before, llvm::StringRef Line) {
  constexpr size_t Longest = 100;
  const std::uint32_t At = Before.Where.Begin;
  if (Before.InMacro || isFirstOnLine(At) ||
      Bytes.slice(At, Before.Where.End).contains('\n'))
    return false;
  std::uint32_t Gap = At;
  while (isBlank(Bytes[Gap - 1]))
    --Gap;
  char Last = Bytes[Gap - 1];
  std::string Text = Line.rtrim("\n").str();
  if ((Last != '{' && Last != ';') || llvm::StringRef(Text).contains('\n'))
    return false;
  Text += llvm::StringRef(Text).ends_with(";") ? " " : "; ";
  if (In.Source->lineText(In.Source->line(At)).size() + Text.size() > Longest)
    return false;
  // The blank in front is part of the change, so that whoever spreads the line
  // sees it.
  replace({Gap, At}, " " + Text);
  return true;
}

std::uint32_t Builder::bodyStart(const Step &Of, const Arm &A) const {
  if (A.K == Arm::Kind::Then) {
    std::uint32_t At = A.When.Where.End;
    if (At == 0)
      return 0;
    while (true) {
      std::uint32_t Next = skipSpaceAndComments(At);
      if (Next >= A.Where.Begin || Bytes[Next] != ')')
        break;
      At = Next + 1;
    }
    return Bytes[At - 1] == ')' ? At : 0;
  }
  if (A.K != Arm::Kind::Else)
    return 0;
  // Several arms: this one follows the "else" behind the arm before it.
  const Arm *Previous = nullptr;
  for (const Arm &Other : Of.Arms)
    if (Other.Where.End <= A.Where.Begin)
      Previous = &Other;
  if (!Previous)
    return 0;
  std::uint32_t At = skipSpaceAndComments(Previous->Where.End);
  if (Bytes.substr(At).starts_with(";")) // the statement's own semicolon
    At = skipSpaceAndComments(At + 1);
  return Bytes.substr(At).starts_with("else") ? At + 4 : 0;
}

bool Builder::wrap(const Step &Of, const Arm &A, llvm::StringRef Head,
                   llvm::StringRef Tail) {
  if (Of.K != Step::Kind::Branch || A.Steps.size() != 1 ||
      A.Steps.front().InMacro)
    return false;
  const Step &Only = A.Steps.front();
  // "else if" is one line of a chain, not an arm without braces.
  if (A.K == Arm::Kind::Else && Only.K == Step::Kind::Branch)
    return false;
  std::uint32_t Open = bodyStart(Of, A);
  if (Open == 0 || skipSpaceAndComments(Open) != Only.Where.Begin)
    return false;
  llvm::StringRef Base = indentation(Of.Where.Begin);
  std::string Inner = Base.str() + S.Unit;
  llvm::StringRef Gap = Bytes.slice(Open, Only.Where.Begin);
  if (Gap.trim(" \t\r\n").empty()) {
    replace({Open, Only.Where.Begin},
            S.controlBrace(Base) + S.LineEnding + layOut(Head, Inner) + Inner);
  } else {
    if (!isFirstOnLine(Only.Where.Begin))
      return false;
    insert(Open, S.controlBrace(Base));
    insert(lineStart(Only.Where.Begin), layOut(Head, Inner));
  }
  std::uint32_t End = std::max(Only.Where.End, A.Where.End);
  if (Bytes.substr(End).ltrim(" \t").starts_with(";"))
    End = static_cast<std::uint32_t>(Bytes.find(';', End)) + 1;
  if (isLastOnLine(endWithComment(Only)))
    End = std::max(End, endWithComment(Only));
  insert(End, S.LineEnding + layOut(Tail, Inner) + Base.str() + "}");
  return true;
}

bool Builder::addElse(const Step &Branch, llvm::StringRef Lines) {
  if (Branch.InMacro || Branch.K != Step::Kind::Branch || Branch.HasElse ||
      Branch.Arms.empty())
    return false;
  llvm::StringRef Base = indentation(Branch.Where.Begin);
  const Arm &Last = Branch.Arms.back();
  if (Branch.Branch == Step::BranchKind::Switch) {
    std::uint32_t Close = Branch.Where.End - 1;
    if (Bytes[Close] != '}' || !isFirstOnLine(Close) || Last.Inside.Begin == 0)
      return false;
    llvm::StringRef Label = indentation(Branch.Arms.front().Inside.Begin - 1);
    std::string Text = Label.str() + "default:" + S.LineEnding +
                       layOut(Lines, Label.str() + S.Unit);
    if (In.Source->language() != Language::Swift)
      Text += Label.str() + S.Unit + "break;" + S.LineEnding;
    insert(lineStart(Close), std::move(Text));
    return true;
  }
  if (Branch.Branch != Step::BranchKind::If)
    return false;
  std::uint32_t End = Last.Where.End;
  if (!isBraced(Last)) {
    if (!wrap(Branch, Last, ""))
      return false;
    End = Edits.back().Offset; // right behind the brace that wrap added
  }
  std::string Text = S.ElseOnOwnLine ? S.LineEnding + Base.str() : " ";
  Text += "else" + S.controlBrace(Base) + S.LineEnding +
          layOut(Lines, Base.str() + S.Unit) + Base.str() + "}";
  insert(End, std::move(Text));
  return true;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void Builder::insertMember(const Type &T, llvm::StringRef Lines) {
  // Objective-C's members stand as far left as their type.
  std::string Base = indentation(T.Where.Begin).str();
  if (In.Source->language() == Language::Swift)
    Base += S.Unit;
  std::uint32_t Close = T.Inside.End;
  if (In.Source->language() != Language::Swift)
    if (size_t End = Bytes.find("@end", Close == 0 ? 0 : Close - 1);
        End != llvm::StringRef::npos)
      Close = static_cast<std::uint32_t>(End);
  std::string Text = layOut(Lines, Base);
  if (!isFirstOnLine(Close)) { // "class A {}"
    insert(Close, S.LineEnding + Text + indentation(T.Where.Begin).str());
    return;
  }
  // A type that sets its end off by a blank line keeps that habit.
  unsigned Above = In.Source->line(Close) - 1;
  if (isBlankLine(Above))
    Text += S.LineEnding;
  else
    Text = S.LineEnding + Text;
  insert(lineStart(Close), std::move(Text));
}

void Builder::insertMemberAfter(const Function &F, llvm::StringRef Lines,
                                llvm::StringRef Body) {
  std::string Text = S.LineEnding + layOut(Lines, indentation(F.Where.Begin));
  constexpr llvm::StringRef Mark = "$BODY";
  if (std::size_t At = Text.find(Mark.str()); At != std::string::npos) {
    std::size_t Line = Text.rfind('\n', At) + 1;
    Text.replace(Line, At + Mark.size() - Line, Body.rtrim("\r\n").str());
  }
  if (isLastOnLine(F.Where.End) && nextLine(F.Where.End) > F.Where.End)
    insert(nextLine(F.Where.End), std::move(Text));
  else
    insert(F.Where.End,
           S.LineEnding + llvm::StringRef(Text).rtrim("\r\n").str());
}

void Builder::importModule(llvm::StringRef Module) {
  for (llvm::StringRef Import : In.Imports) {
    llvm::StringRef Name = Import.trim("<>\"");
    if (Name.split('/').first == Module || Name.split('.').first == Module)
      return;
  }
  std::string Line;
  if (In.Source->language() == Language::Swift)
    Line = ("import " + Module).str();
  else if (Bytes.contains("@import ") && !Bytes.contains("#import <"))
    Line = ("@import " + Module + ";").str();
  else
    Line = ("#import <" + Module + "/" + Module + ".h>").str();
  std::uint32_t At = In.ImportInsertion;
  insert(std::max(At, byteOrderMark(*In.Source)), Line + S.LineEnding);
}
