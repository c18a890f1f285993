//===-- JoinedTask.cpp - upkeep in a launch handler that is there ---------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/JoinedTask.h"
#include "matchers/model/EachStep.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

static bool isSwift(const File &F) {
  return F.Source->language() == Language::Swift;
}

/// Whether one target compiles both files, as far as targets tell.
static bool areOneModule(const ProposeInput &In, StringRef A, StringRef B) {
  bool Both = false, One = false;
  for (const xcode::Target &T : In.Project.targets().All) {
    bool HasA = T.compiles(A), HasB = T.compiles(B);
    Both |= HasA && HasB;
    One |= HasA || HasB;
  }
  return A == B || Both || !One;
}

/// The object that \p Launch names, if it can be named everywhere or \p At is
/// of the launch method's type.
static std::string keptBy(const std::optional<LaunchPlace> &Launch,
                          FunctionRef At) {
  if (!Launch)
    return "";
  StringRef Receiver = Launch->Receiver;
  bool IsStatic = llvm::isUpper(Receiver.ltrim("[ ").front());
  bool IsMember = Launch->IsKept && Receiver != "self" &&
                  Launch->Launch.Fn->Owner == At.Fn->Owner && !At.Fn->IsStatic;
  return IsStatic || IsMember ? Receiver.str() : "";
}

/// The weak reference to self that \p Fn holds for its blocks, or "self".
static std::string objcSelf(const Function &Fn, const Closure *Block) {
  std::string Name = "self";
  forEachStep(Fn.Steps, [&](const Step &S) {
    for (const Declaration &D : S.Declares)
      if (Block && S.Where.Begin < Block->Where.Begin &&
          StringRef(D.Init.Text).trim() == "self" &&
          StringRef(D.Name).contains_insensitive("weak"))
        Name = D.Name;
  });
  return Name;
}

/// How the launch handler of \p T names the object of type \p Owner.
static void nameReceiver(JoinedTask &J, StringRef Owner,
                         const std::optional<LaunchPlace> &Launch) {
  const RegisteredTask &T = J.Task;
  FunctionRef At = T.Method ? T.Method : T.In;
  bool Swift = isSwift(*At.In);
  if (At.Fn->Owner == Owner && !At.Fn->IsStatic && T.In.Fn->Owner == Owner) {
    J.Receiver = J.ReceiverAtRegistration = "self";
    if (!T.Handler)
      return;
    if (!Swift)
      J.Receiver = objcSelf(*T.In.Fn, T.Handler);
    else if (llvm::is_contained(T.Handler->CaptureList, "weak self"))
      J.Receiver = "self?";
    return;
  }
  J.Receiver = J.ReceiverAtRegistration = keptBy(Launch, At);
  // A closure names a member by its object.
  StringRef Bare = J.Receiver;
  if (!Swift || !T.Handler || Bare.empty() || Bare.starts_with("self.") ||
      llvm::isUpper(Bare.front()))
    return;
  bool IsWeak = llvm::is_contained(T.Handler->CaptureList, "weak self");
  J.Receiver = (IsWeak ? "self?." : "self.") + J.Receiver;
}

/// The identifier as the handler's type can name it, or "".
static std::string identifierFor(const ProposeInput &In,
                                 const RegisteredTask &T, FunctionRef Handler) {
  StringRef Text = StringRef(T.Identifier).trim();
  bool Swift = isSwift(*Handler.In);
  // A type's constant or a global one that is seen from there.
  bool IsTyped = Swift && llvm::isUpper(Text.front()) && Text.contains('.') &&
                 !Text.starts_with("Self.") && !Text.contains('(');
  if (IsTyped) {
    auto [Type, Name] = Text.rsplit('.');
    StringRef Last = Type.contains('.') ? Type.rsplit('.').second : Type;
    for (const FunctionSource::TypeRef &Ref : In.Functions.types(Last))
      for (const Property &P : Ref.T->Properties)
        if (P.Name == Name &&
            (!StringRef(P.Access).contains("private") || Ref.In == Handler.In))
          return Text.str();
  }
  StringRef Value = T.Value;
  if (Value.empty())
    return "";
  if (Value.consume_front("$(PRODUCT_BUNDLE_IDENTIFIER)"))
    return Swift ? "(Bundle.main.bundleIdentifier ?? \"\") + \"" + Value.str() +
                       "\""
                 : "[[NSBundle mainBundle].bundleIdentifier "
                   "stringByAppendingString:@\"" +
                       Value.str() + "\"]";
  return (Swift ? "\"" : "@\"") + Value.str() + "\"";
}

/// Why \p J cannot be joined by the upkeep of \p Handler, as a clause; "" if it
/// can be.
static std::string whyNot(const ProposeInput &In, JoinedTask &J,
                          FunctionRef Handler, bool WorkIsOnMain) {
  const File &F = *J.Task.In.In;
  if (F.Source->language() != Handler.In->Source->language())
    return "it is registered in the other language";
  J.Use = useOf(In, J.Task);
  if (!J.Use.Blocker.empty())
    return J.Use.Blocker;
  if (J.Use.IsProcessing)
    return "it is a processing task";
  if (J.Receiver.empty())
    return "its launch handler has no way to the handler's object";
  if (J.Identifier.empty())
    return "its identifier is not known to the handler's type";
  std::vector<const File *> Files = {&F};
  for (const auto *Places : {&J.Use.Completions, &J.Use.Expiries})
    for (const TaskUse::Place &P : *Places)
      Files.push_back(P.In);
  for (const File *Each : Files)
    if (!areOneModule(In, Each->Source->path(), Handler.In->Source->path()))
      return "another module registers it";
  // Main-actor code is reached from the main queue alone.
  for (const FunctionSource::TypeRef &T :
       In.Functions.types(Handler.Fn->Owner)) {
    if (T.T->Isolation.empty())
      continue;
    if (Handler.Fn->Isolation == "nonisolated" || !J.Task.OnMain ||
        !WorkIsOnMain || J.Task.In.Fn->Owner != Handler.Fn->Owner)
      return "the handler's type belongs to an actor";
  }
  return "";
}

std::optional<JoinedTask>
ringfence::taskToJoin(const ProposeInput &In, FunctionRef Handler,
                      const std::optional<LaunchPlace> &Launch,
                      bool WorkIsOnMain, std::vector<std::string> &WhyNot) {
  for (const RegisteredTask &T :
       registeredTasks(In, Handler.In->Source->path())) {
    JoinedTask J{T, useOf(In, T), "", "", ""};
    bool IsRefresh = T.IsRefresh || J.Use.IsRefresh;
    if (!IsRefresh || T.IsProcessing)
      continue;
    nameReceiver(J, Handler.Fn->Owner, Launch);
    J.Identifier = identifierFor(In, T, Handler);
    std::string Why = whyNot(In, J, Handler, WorkIsOnMain);
    if (Why.empty())
      return J;
    WhyNot.push_back("that of '" + T.Identifier + "' is not joined: " + Why);
  }
  return std::nullopt;
}

/// \p Line in front of \p First: on a line of its own, or on the same one where
/// the whole body stands on one line.
static bool insertFirst(Builder &B, Range Body, const std::vector<Step> &Steps,
                        StringRef Line) {
  bool IsOneLine = !B.text(Body).contains('\n');
  if (Steps.empty()) {
    B.insert(Body.End, (" " + Line + " ").str());
    return true;
  }
  if (!IsOneLine)
    return B.insertBefore(Steps.front(), (Line + "\n").str());
  B.insert(Steps.front().Where.Begin,
           (Line + (Line.ends_with(";") ? " " : "; ")).str());
  return true;
}

static std::string startLine(const JoinedTask &J, bool Swift, StringRef Task) {
  if (!Swift)
    return ("[" + J.Receiver + " joinBackgroundRefresh:" + Task + "];").str();
  std::string Front = J.Receiver + ".";
  if (J.Task.Method && J.Receiver == "self")
    Front = "";
  return Front + ("joinBackgroundRefresh(of: " + Task + ")").str();
}

bool ringfence::join(Builders &Edits, const JoinedTask &J, StringRef Type,
                     bool Resumes) {
  const RegisteredTask &T = J.Task;
  bool Swift = isSwift(*T.In.In);
  std::string Start = startLine(J, Swift, taskName(T));
  bool Placed = T.Handler
                    ? insertFirst(Edits.of(*T.In.In), T.Handler->Body,
                                  T.Handler->Steps, Start)
                    : insertFirst(Edits.of(*T.Method.In), T.Method.Fn->Inside,
                                  T.Method.Fn->Steps, Start);
  for (const TaskUse::Place &P : J.Use.Completions)
    Edits.of(*P.In).replace(
        {P.Completes->Where.Begin,
         P.Completes->Arguments.front().V.Where.Begin},
        Swift ? "BackgroundRun.finishOtherWork(of: " + P.Task + ", success: "
              : "[" + Type.str() + " endOtherWorkOf:" + P.Task + " success:");
  for (const TaskUse::Place &P : J.Use.Expiries) {
    Builder &B = Edits.of(*P.In);
    // A block of a task that names it would keep it; it is set anew.
    Placed &= Swift
                  ? insertFirst(B, P.Expires->Body, P.Expires->Steps,
                                "BackgroundRun.expire(" + P.Task + ")")
                  : B.insertAfter(*P.Statement,
                                  "[" + Type.str() +
                                      " expireBackgroundRefreshWith:" + P.Task +
                                      "];\n");
  }
  if (Resumes) {
    const std::string &Object = J.ReceiverAtRegistration;
    std::string Line = Swift ? (Object == "self" ? "" : Object + ".") +
                                   "resumeBackgroundRefresh()\n"
                             : "[" + Object + " resumeBackgroundRefresh];\n";
    Builder &B = Edits.of(*T.In.In);
    Placed &= T.Statement->K == Step::Kind::Exit
                  ? B.insertBefore(*T.Statement, Line)
                  : B.insertAfter(*T.Statement, Line);
  }
  return Placed;
}
