//===-- TaskUse.cpp - what code does with a background task ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/TaskUse.h"
#include "matchers/model/EachStep.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// Functions that the task is handed through, one inside the other.
constexpr unsigned MaxDepth = 4;

class Trace {
public:
  Trace(const ProposeInput &In, TaskUse &Use) : In(In), Use(Use) {}

  void follow(FunctionRef At, const std::vector<Step> &Steps, Range Body,
              const Parameter &Task);

private:
  struct Region {
    FunctionRef At;
    std::set<std::string> Names; ///< of the task
    std::vector<Range> Known;    ///< where they are understood
  };

  void lookAtCall(Region &R, const Call &C);
  void lookAtArgument(Region &R, const Call &C, unsigned Index);
  void lookAtAssignment(Region &R, const Step &S, const Assignment &A);
  void lookAtDeclaration(Region &R, const Declaration &D);
  void lookAtRest(Region &R, Range Body);
  void noteType(StringRef Text);
  void block(const Region &R, std::uint32_t At, const std::string &Why);
  std::string nameIn(const Region &R, StringRef Text) const;

  const ProposeInput &In;
  TaskUse &Use;
  std::set<const Function *> Seen;
  unsigned Depth = 0;
};

} // namespace

void Trace::block(const Region &R, std::uint32_t At, const std::string &Why) {
  if (Use.Blocker.empty())
    Use.Blocker = R.At.In->Source->path().str() + ":" +
                  std::to_string(R.At.In->Source->line(At)) + " " + Why;
}

void Trace::noteType(StringRef Text) {
  Use.IsRefresh |= Text.contains("BGAppRefreshTask");
  Use.IsProcessing |= Text.contains("BGProcessingTask");
}

/// The task's name if \p Text is nothing but that, casts aside; else "".
std::string Trace::nameIn(const Region &R, StringRef Text) const {
  Text = Text.trim();
  if (Text.starts_with("(") && Text.contains("*)"))
    Text = Text.split("*)").second.trim();
  for (StringRef Cast : {" as! ", " as? ", " as "})
    Text = Text.split(Cast).first.trim();
  return R.Names.count(Text.str()) ? Text.str() : "";
}

/// Which parameter of \p Fn argument \p Index of \p C goes to, or null.
static const Parameter *parameterOf(const Function &Fn, const Call &C,
                                    unsigned Index) {
  StringRef Label = C.Arguments[Index].Label;
  if (Fn.Parameters.size() == C.Arguments.size())
    return &Fn.Parameters[Index];
  for (const Parameter &P : Fn.Parameters)
    if (!Label.empty() && P.Label == Label)
      return &P;
  return nullptr;
}

void Trace::lookAtArgument(Region &R, const Call &C, unsigned Index) {
  const Argument &A = C.Arguments[Index];
  if (nameIn(R, A.V.Text).empty())
    return;
  noteType(A.V.Text);
  if (C.K == Call::Kind::PropertyWrite)
    return block(R, C.Where.Begin, "keeps the task in '" + C.Name + "'");
  std::vector<FunctionRef> Callees = In.Functions.callees(C, R.At);
  llvm::erase_if(Callees,
                 [](const FunctionRef &To) { return To.Fn->Body.empty(); });
  const Parameter *P =
      Callees.size() == 1 ? parameterOf(*Callees[0].Fn, C, Index) : nullptr;
  Language L = R.At.In->Source->language();
  if (!P || Callees[0].In->Source->language() != L ||
      !In.Project.isOwn(Callees[0].In->Source->path()) || Depth == MaxDepth)
    return block(R, C.Where.Begin,
                 "hands the task to '" + C.Name +
                     "', which cannot be followed");
  R.Known.push_back(A.V.Where);
  ++Depth;
  follow(Callees[0], Callees[0].Fn->Steps, Callees[0].Fn->Inside, *P);
  --Depth;
}

void Trace::lookAtCall(Region &R, const Call &C) {
  StringRef Name = C.Name;
  bool OnTask = R.Names.count(C.Receiver) != 0;
  if (OnTask &&
      (Name == "setTaskCompleted" || Name == "setTaskCompletedWithSuccess:")) {
    if (C.OptionalChain || C.Arguments.size() != 1)
      return block(R, C.Where.Begin, "completes a task that may be gone");
    Use.Completions.push_back({R.At.In, &C, nullptr, C.Receiver, nullptr});
    R.Known.push_back({C.Where.Begin, C.NameRange.End});
  } else if (OnTask && C.K == Call::Kind::Method &&
             Name != "setExpirationHandler:") {
    R.Known.push_back({C.Where.Begin, C.NameRange.End});
  }
  for (unsigned I = 0; I != C.Arguments.size(); ++I)
    lookAtArgument(R, C, I);
}

void Trace::lookAtAssignment(Region &R, const Step &S, const Assignment &A) {
  StringRef Target = A.Target;
  if (!Target.consume_back(".expirationHandler") ||
      !R.Names.count(Target.str()))
    return;
  int I = A.V.ClosureIndex;
  if (A.V.K != Value::Kind::Closure || I < 0 ||
      unsigned(I) >= S.Closures.size())
    return block(R, A.Where.Begin,
                 "sets an expiration handler that is no closure");
  Use.Expiries.push_back({R.At.In, nullptr, &S.Closures[I], Target.str(), &S});
  R.Known.push_back({A.Where.Begin, A.V.Where.Begin});
}

/// "guard let refresh = task as? BGAppRefreshTask".
void Trace::lookAtDeclaration(Region &R, const Declaration &D) {
  if (nameIn(R, D.Init.Text).empty())
    return;
  noteType(D.Init.Text);
  noteType(D.Type);
  R.Known.push_back(D.Init.Where);
  R.Names.insert(D.Name);
}

/// Every other word that is the task's name.
void Trace::lookAtRest(Region &R, Range Body) {
  const SourceFile &Source = *R.At.In->Source;
  for (const Word &W : words(Source.bytes(), Body, Source.language())) {
    if (!R.Names.count(W.Text.str()) || W.IsMember || W.IsLabel ||
        llvm::any_of(R.Known, [&](Range K) { return K.contains(W.Where); }))
      continue;
    // A declaration's own name, a list of captures, and what only reads.
    StringRef Rest = Source.bytes().substr(W.Where.End).ltrim();
    bool IsCaptured = (W.Before == '[' || W.Before == ',') &&
                      (W.After == ']' || W.After == ',') &&
                      Source.language() == Language::Swift;
    bool IsDeclared = W.After == '=' && !Rest.starts_with("==");
    bool IsRead = W.After == '.' && !Rest.starts_with(".setTask") &&
                  !Rest.starts_with(".expirationHandler");
    if (!IsCaptured && !IsDeclared && !IsRead)
      return block(R, W.Where.Begin, "does more with the task");
  }
}

void Trace::follow(FunctionRef At, const std::vector<Step> &Steps, Range Body,
                   const Parameter &Task) {
  if (!Seen.insert(At.Fn).second && Depth != 0)
    return;
  Region R{At, {Task.Name}, {}};
  noteType(Task.Type);
  forEachStep(Steps, [&](const Step &S) {
    for (const Declaration &D : S.Declares)
      lookAtDeclaration(R, D);
    for (const Call &C : S.Calls)
      lookAtCall(R, C);
    for (const Assignment &A : S.Assigns)
      lookAtAssignment(R, S, A);
    for (const Arm &A : S.Arms) {
      for (const Declaration &D : A.Declares)
        lookAtDeclaration(R, D);
      for (const Call &C : A.Calls)
        lookAtCall(R, C);
    }
    for (const Closure &C : S.Closures) {
      for (const Parameter &P : C.Parameters)
        if (R.Names.count(P.Name))
          block(R, C.Where.Begin, "gives another value the task's name");
      if (llvm::any_of(C.CaptureList, [&](const std::string &Captured) {
            return StringRef(Captured).starts_with("weak ") &&
                   R.Names.count(StringRef(Captured).drop_front(5).str());
          }))
        block(R, C.Where.Begin, "holds the task weakly");
    }
    if (S.InMacro)
      block(R, S.Where.Begin, "is made by a macro");
  });
  lookAtRest(R, Body);
}

std::string ringfence::taskName(const RegisteredTask &T) {
  const std::vector<Parameter> *Parameters = T.Handler ? &T.Handler->Parameters
                                             : T.Method
                                                 ? &T.Method.Fn->Parameters
                                                 : nullptr;
  if (!Parameters || Parameters->size() != 1)
    return "";
  StringRef Name = Parameters->front().Name;
  return Name == "_" || Name.starts_with("$") ? "" : Name.str();
}

TaskUse ringfence::useOf(const ProposeInput &In, const RegisteredTask &T) {
  TaskUse Use;
  if (taskName(T).empty()) {
    Use.Blocker = "its launch handler does not name the task";
    return Use;
  }
  Trace Of(In, Use);
  if (T.Handler)
    Of.follow(T.In, T.Handler->Steps, T.Handler->Body,
              T.Handler->Parameters.front());
  else
    Of.follow(T.Method, T.Method.Fn->Steps, T.Method.Fn->Inside,
              T.Method.Fn->Parameters.front());
  if (Use.Blocker.empty() && Use.Completions.empty())
    Use.Blocker = "nothing in sight completes the task";
  return Use;
}
