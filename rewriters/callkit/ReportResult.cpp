//===-- ReportResult.cpp - has a function say whether it reported a call --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportResult.h"
#include "rewriters/callkit/BoolResult.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

ReportResult::ReportResult(const ProposeInput &In, const Verdict &V)
    : Common(new Shared{In, SureReports(In, V)}) {}

ReportResult::ReportResult(std::shared_ptr<Shared> TheCommon, FunctionRef TheF)
    : Common(std::move(TheCommon)), F(TheF) {}

llvm::ArrayRef<const Function *> ReportResult::written() const {
  return Common->Written;
}

std::string ringfence::nameForReported(FunctionRef F) {
  std::vector<Word> All =
      words(F.In->Source->bytes(), F.Fn->Where, F.In->Source->language());
  for (llvm::StringRef Name : {"reported", "hasReported", "callWasReported"})
    if (llvm::none_of(All, [&](const Word &W) { return W.Text == Name; }))
      return Name.str();
  return "";
}

bool ReportResult::fail(const Step &S, llvm::StringRef What) {
  Why = "line " + std::to_string(F.In->Source->line(S.Where.Begin)) + " of " +
        F.Fn->Symbol + " " + What.str();
  return false;
}

std::string ReportResult::literal(bool Value) const {
  if (isSwift())
    return Value ? "true" : "false";
  return Value ? "YES" : "NO";
}

static bool isReturn(const Step &S) {
  return S.K == Step::Kind::Exit && S.Exit == Step::ExitKind::Return;
}

static bool returns(const Step &S) {
  bool Found = false;
  for (const Arm &A : S.Arms)
    for (const Step &Inner : A.Steps)
      Found |= isReturn(Inner) || returns(Inner);
  return Found;
}

//===----------------------------------------------------------------------===//
// Functions that are asked
//===----------------------------------------------------------------------===//

/// \p S is a plain call of a function that can say whether it reported.
std::optional<ReportResult::Question> ReportResult::questionIn(const Step &S) {
  bool IsStatement = S.K == Step::Kind::Do && !S.InMacro && S.Assigns.empty() &&
                     !S.Calls.empty();
  if (!MayAsk || !IsStatement)
    return std::nullopt;
  const Call &C = S.Calls.back();
  if (S.Where.Begin != C.Where.Begin || C.Try != Call::TryForm::None ||
      C.Awaited || C.Conditional)
    return std::nullopt;
  // Nothing that it is made from may report besides.
  Step Rest;
  Rest.Where = {S.Where.Begin, S.Where.Begin};
  Rest.Calls.assign(S.Calls.begin(), std::prev(S.Calls.end()));
  if (Common->Sure.of(Rest, F) != Answer::No)
    return std::nullopt;
  std::vector<FunctionRef> Callees = Common->In.Functions.callees(C, F);
  if (!canSay(Callees))
    return std::nullopt;
  return Question{&S, &C, std::move(Callees)};
}

/// All that one call may mean say whether they reported, and some do.
bool ReportResult::canSay(llvm::ArrayRef<FunctionRef> Callees) {
  NotAsked.clear();
  bool AnyReports = llvm::any_of(Callees, [&](FunctionRef Callee) {
    return llvm::any_of(Callee.Fn->Steps, [&](const Step &S) {
      return Common->Sure.of(S, Callee) != Answer::No;
    });
  });
  return AnyReports && llvm::all_of(Callees, [&](FunctionRef Callee) {
           if (!llvm::is_contained(Common->Open, Callee.Fn) && canSay(Callee))
             return true;
           NotAsked = ": " + Common->WhyNot[Callee.Fn];
           return false;
         });
}

bool ReportResult::canSay(FunctionRef Callee) {
  auto [Entry, New] = Common->WhyNot.try_emplace(Callee.Fn, "it calls itself");
  if (!New)
    return Entry->second.empty();
  Builders Scratch;
  ReportResult Inner(Common, Callee);
  Common->Open.push_back(Callee.Fn);
  bool Can = Inner.plan(Scratch);
  for (FunctionRef Other : Inner.Alike)
    if (Can && !llvm::is_contained(Common->Open, Other.Fn) && !canSay(Other)) {
      Inner.Why = Common->WhyNot[Other.Fn];
      Can = false;
    }
  Common->Open.pop_back();
  Common->WhyNot[Callee.Fn] = Can ? "" : Inner.Why;
  return Can;
}

/// The result of the call that is asked, as a Boolean.
std::string ReportResult::resultOf(const Question &Q, const Builder &B) const {
  std::string Text = B.text(Q.S->Where).rtrim(" \t\r\n;").str();
  if (isSwift() && Q.C->OptionalChain)
    Text += " == true";
  return Text;
}

//===----------------------------------------------------------------------===//
// A variable
//===----------------------------------------------------------------------===//

static bool hasBraces(const Arm &A, const File &In) {
  return A.K == Arm::Kind::Case || A.K == Arm::Kind::Default ||
         In.Source->text(A.Where).starts_with("{");
}

/// What has been reported before stays reported.
void ReportResult::markByResult(const Question &Q, llvm::StringRef Name,
                                bool IsFirst, Builder &B) const {
  const std::string Base = B.indentation(Q.S->Where.Begin).str();
  const std::string Open = IsFirst     ? Name.str() + " = "
                           : isSwift() ? "if "
                                       : "if (";
  std::string Text = Open + B.shifted(resultOf(Q, B), Open.size(), Base);
  if (IsFirst)
    Text += isSwift() ? "" : ";";
  else
    Text += (isSwift() ? "" : ")") + B.style().controlBrace(Base) +
            B.style().LineEnding +
            B.layOut(Name.str() + " = " + literal(true) +
                         (isSwift() ? "\n" : ";\n"),
                     Base + B.style().Unit) +
            Base + "}";
  B.replace(Q.S->Where, std::move(Text));
}

bool ReportResult::mark(const List &L, llvm::StringRef Name, Builder &B,
                        unsigned &Marked) {
  for (const Step &S : *L.Steps) {
    const Answer Reports = Common->Sure.of(S, F);
    if (isReturn(S)) {
      if (!S.Calls.empty() || !S.Result.Text.empty() || S.InMacro)
        return fail(S, "returns the result of a call");
      bool Semicolon = B.text(S.Where).ends_with(";");
      bool IsSet = Marked > 0 || Loops > 0;
      B.replace(S.Where, "return " + (IsSet ? Name.str() : literal(false)) +
                             (Semicolon ? ";" : ""));
      continue;
    }
    bool HasArms = S.K == Step::Kind::Branch || S.K == Step::Kind::Scope ||
                   S.K == Step::Kind::Loop || S.K == Step::Kind::Try;
    if (HasArms) {
      for (const Arm &A : S.Arms) {
        if (Common->Sure.ofCondition(A, F) != Answer::No)
          return fail(S, "reports while it asks");
        Loops += S.K == Step::Kind::Loop;
        if (!mark({&A.Steps, &S, &A}, Name, B, Marked))
          return false;
        Loops -= S.K == Step::Kind::Loop;
      }
      continue;
    }
    if (S.K == Step::Kind::Configuration && returns(S))
      return fail(S, "is compiled conditionally");
    if (Reports == Answer::No)
      continue;
    if (Reports == Answer::Maybe) {
      std::optional<Question> Q = questionIn(S);
      if (!Q || !S.Closures.empty() || (L.A && !hasBraces(*L.A, *F.In)))
        return fail(S, "reports on some conditions only" + NotAsked);
      markByResult(*Q, Name, /*IsFirst=*/Marked == 0 && Loops == 0, B);
      Questions.push_back(*Q);
      ++Marked;
      continue;
    }
    if ((L.A && !hasBraces(*L.A, *F.In)) ||
        !B.insertAfter(S, Name.str() + " = " + literal(true) +
                              (isSwift() ? "\n" : ";\n")))
      return fail(S, "has no place for a statement");
    ++Marked;
  }
  return true;
}

bool ReportResult::markIn(FunctionRef TheF, const Step &Loop,
                          llvm::StringRef Name, Builder &B) {
  F = TheF;
  Loops = 1;
  if (returns(Loop))
    return fail(Loop, "returns");
  unsigned Marked = 0;
  for (const Arm &A : Loop.Arms)
    if (Common->Sure.ofCondition(A, F) != Answer::No ||
        !mark({&A.Steps, &Loop, &A}, Name, B, Marked))
      return false;
  return Marked > 0;
}

bool ReportResult::writeVariable(Builder &B) {
  std::string Name = nameForReported(F);
  unsigned Marked = 0;
  Questions.clear();
  Loops = 0;
  if (Name.empty() || F.Fn->Steps.empty() ||
      !mark({&F.Fn->Steps}, Name, B, Marked) || Marked == 0)
    return false;
  std::string Head =
      isSwift() ? "var " + Name + " = false\n" : "BOOL " + Name + " = NO;\n";
  if (!B.insertAtHead(*F.Fn, Head))
    return false;
  return leaves(F.Fn->Steps) ||
         B.insertAtEnd(*F.Fn, "return " + Name + (isSwift() ? "\n" : ";\n"));
}

//===----------------------------------------------------------------------===//
// The whole function
//===----------------------------------------------------------------------===//

/// Writes F alone; Questions are left for those that it asks.
bool ReportResult::plan(Builders &Files) {
  MayAsk = true;
  BoolResult Head =
      addBoolResult(F, "Whether a call was reported.", Common->In, Files);
  Alike = std::move(Head.Alike);
  if (!(Why = std::move(Head.WhyNot)).empty())
    return false;
  // What does not work out leaves no edits behind.
  Builder Literals(*F.In), Variable(*F.In);
  Builder *Body = nullptr;
  if (writeReturns(Literals))
    Body = &Literals;
  else if (writeVariable(Variable))
    Body = &Variable;
  if (!Body)
    return false;
  Why.clear();
  for (const Edit &E : Body->take())
    Files.of(*F.In).replace({E.Offset, E.Offset + E.Length}, E.Text);
  return true;
}

bool ReportResult::writeOne(FunctionRef TheF, Builders &Files) {
  if (llvm::is_contained(Common->Written, TheF.Fn))
    return true;
  ReportResult One(Common, TheF);
  if (!One.plan(Files)) {
    Why = One.Why;
    return false;
  }
  Common->Written.push_back(TheF.Fn);
  auto WriteAll = [&](llvm::ArrayRef<FunctionRef> All) {
    return llvm::all_of(All,
                        [&](FunctionRef Fn) { return writeOne(Fn, Files); });
  };
  return WriteAll(One.Alike) &&
         llvm::all_of(One.Questions,
                      [&](const Question &Q) { return WriteAll(Q.Callees); });
}

bool ReportResult::write(llvm::ArrayRef<FunctionRef> Functions,
                         Builders &Files) {
  if (!canSay(Functions)) {
    llvm::StringRef Reason = NotAsked;
    Reason.consume_front(": ");
    Why = Reason.empty() ? "it reports nothing itself" : Reason.str();
    return false;
  }
  return llvm::all_of(Functions,
                      [&](FunctionRef Fn) { return writeOne(Fn, Files); });
}
