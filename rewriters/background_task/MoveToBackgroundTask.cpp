//===-- MoveToBackgroundTask.cpp - upkeep moves ---------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/MoveToBackgroundTask.h"
#include "rewriters/background_task/MovedWork.h"
#include "rewriters/background_task/OwnObject.h"
#include "rewriters/background_task/TaskText.h"
#include "rewriters/background_task/Upkeep.h"
#include "rewriters/capture/Clauses.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/launch/Launch.h"
#include "rewriters/xcode/AppPlist.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

/// Proposes the move of one handler's upkeep.
class Move {
public:
  explicit Move(const FixRequest &R) : R(R), In(R.In), JH(R.handler()) {}

  std::optional<FixSet> run();

private:
  bool choose();
  TaskText text() const;
  std::string howItLogs() const;
  std::string self(const Style &S) const;
  bool registerAtLaunch(FixSet &Set, const TaskText &T);
  void takeSilentPush(FixSet &Set, const TaskText &T);
  void permit(FixSet &Set, const TaskText &T);
  void declareInHeader(FixSet &Set, const TaskText &T);
  bool isSwift() const { return JH.In->Source->language() == Language::Swift; }
  StringRef owner() const { return JH.function().Owner; }

  const FixRequest &R;
  const ProposeInput &In;
  const JudgedHandler &JH;
  std::vector<Upkeep> All;
  Upkeep *U = nullptr; ///< the one that moves
  std::vector<std::string> Why;
  std::optional<LaunchPlace> Launch;
  bool TakesSilentPush = false; ///< by a method of the set
  Builders Edits;
};

} // namespace

bool Move::choose() {
  std::vector<const Work *> Works;
  for (unsigned I : R.Findings)
    for (unsigned S : In.Findings[I].Steps)
      Works.push_back(&JH.V.Steps[S]);
  All = upkeepOf(In, JH, Works);
  if (owner().empty())
    Why.push_back("the handler is no method");
  for (StringRef Name :
       {"refreshInBackground", "refreshInBackground:",
        "refreshInBackground:finished:", "registerBackgroundRefresh",
        "scheduleBackgroundRefresh", "scheduleBackgroundRefresh:",
        "submitBackgroundRefresh", "keptPushes:", "withoutNulls:"})
    if (!In.Functions.members(owner(), Name).empty())
      Why.push_back("its type has a " + Name.str() + " already");
  if (!Why.empty())
    return false;
  for (Upkeep &Each : All) {
    if (Each.Blockers.empty() && !U)
      U = &Each;
    for (const std::string &B : Each.Blockers)
      if (!llvm::is_contained(Why, B))
        Why.push_back(B);
  }
  return U != nullptr;
}

std::string Move::howItLogs() const {
  std::string Found;
  for (const Function &F : JH.In->Functions) {
    if (!Found.empty() || F.Owner != owner())
      continue;
    for (const Step &S : F.Steps)
      forEachCall(S, [&](const Call &C) {
        const Api *A = In.Apis.find(C, JH.In->Source->language());
        if (!Found.empty() || !A || A->E != Effect::Log)
          return;
        StringRef Member = C.Receiver;
        Member.consume_front("self.");
        if (C.Receiver.empty() &&
            (C.Name == "print" || C.Name == "NSLog" || C.Name == "DDLogError"))
          Found = C.Name;
        else if (isSwift() && !Member.empty() && !C.OnType &&
                 !Member.contains('.') && llvm::isLower(Member.front()) &&
                 (C.Name == "error" || C.Name == "info" || C.Name == "debug" ||
                  C.Name == "warning"))
          Found = Member.str() + ".error";
      });
  }
  if (!isSwift() && Found == "print")
    return "NSLog";
  return Found.empty() ? "NSLog" : Found;
}

/// What stands in front of a member's name where the statements stood. In a
/// closure Swift wants it said that the object is captured.
std::string Move::self(const Style &S) const {
  if (!isSwift())
    return "";
  bool InClosure = llvm::any_of(
      U->Levels, [](const Level &L) { return L.InClosure != nullptr; });
  if (InClosure && selfIsOptional(U->Levels))
    return "self?.";
  return InClosure || S.SelfDot ? "self." : "";
}

/// "12.4" is below 13.
static bool isBelow13(StringRef Target) {
  unsigned Major = 0;
  return !Target.split('.').first.getAsInteger(10, Major) && Major < 13;
}

TaskText Move::text() const {
  TaskText T;
  T.IsSwift = isSwift();
  T.UsesARC = JH.In->UsesARC;
  T.Prefix = In.Options.TaskIdentifierPrefix;
  T.Guarded = isBelow13(In.Options.DeploymentTarget);
  T.Logs = howItLogs();
  for (const Registration &Reg : JH.In->Registrations)
    if (Reg.Owner == owner())
      T.OnMain = Reg.Queue.empty() || Reg.Queue == "nil" ||
                 StringRef(Reg.Queue).contains("main");
  // An identifier of ours must not meet one that the project has.
  for (const std::string &Path : In.Project.filesWith("BGTaskScheduler")) {
    std::optional<std::string> Text = In.Project.read(Path);
    if (Text && StringRef(*Text).contains("." + T.Suffix + "\""))
      T.Suffix = "pushed-" + T.Suffix;
  }
  T.IsCalledFromOutside = Launch && (Launch->Launch.In != JH.In ||
                                     Launch->Launch.Fn->Owner != owner());
  T.Values = U->values();
  T.Body = bodyInMethod(*U);
  T.NeedsFinish = U->End.K == Ending::Kind::Returns && !U->Suspends;
  T.IsNonisolated = isSwift() && JH.function().Isolation == "nonisolated";
  return T;
}

bool Move::registerAtLaunch(FixSet &Set, const TaskText &T) {
  const std::optional<LaunchPlace> &P = Launch;
  if (!P) {
    auto [Some, Where] = madeInABranch(In.Functions, owner());
    if (Where)
      R.advise("The work cannot become a background task as it stands: "
               "launching makes or uses the handler's object in a branch only "
               "(" +
               Some.In->Source->path().str() + ":" +
               std::to_string(Some.In->Source->line(Where->Where.Begin)) +
               "), and a task has to be registered by every launch: the system "
               "ends an app that it starts for a task that is not.");
    else
      R.advise(
          "The work cannot become a background task as it stands: no launch "
          "method that makes the handler's object is in sight, and a task has "
          "to be registered there.");
    return false;
  }
  Builder &B = Edits.of(*P->Launch.In);
  std::string Line = T.registration(P->Receiver) + "\n";
  bool Placed = P->After ? B.insertAfter(*P->After, Line)
                         : B.insertAtHead(*P->Launch.Fn, Line);
  if (!Placed) {
    R.advise("The task has to be registered in " + P->Launch.Fn->Symbol +
             ", which a macro makes.");
    return false;
  }
  if (!isSwift() && P->Launch.In != JH.In)
    declareInHeader(Set, T);
  return true;
}

/// Lets the app delegate catch up when the server says so by a silent push,
/// which is what VoIP pushes were misused for.
void Move::takeSilentPush(FixSet &Set, const TaskText &T) {
  const Function *Own =
      silentPushMethod(In.Functions, Launch->Launch.Fn->Owner);
  if (!Own && Launch->IsKept) {
    Edits.of(*Launch->Launch.In)
        .insertMemberAfter(*Launch->Launch.Fn, T.silentPush(Launch->Receiver));
    TakesSilentPush = true;
    Set.LeftToDo.push_back(
        "Every silent push starts the catch-up now. Let the server send one "
        "(apns-push-type: background, apns-priority: 5, content-available: 1 "
        "and nothing else in aps" +
        std::string(T.Values.empty() ? ""
                                     : "; beside aps what the VoIP push "
                                       "holds now") +
        ") instead of the VoIP push, to the APNs token that "
        "registerForRemoteNotifications brings.");
    return;
  }
  Set.LeftToDo.push_back(
      "The system decides when the task runs; let the server send a silent "
      "push (content-available) where that is too late, and call "
      "refreshInBackground " +
      (Own ? "in " + Own->Symbol + "."
           : std::string("where the app delegate receives it.")));
}

/// Declares the registration where other files see the type.
void Move::declareInHeader(FixSet &Set, const TaskText &T) {
  for (const FunctionSource::TypeRef &Ref : In.Functions.types(owner())) {
    if (Ref.T->K != Type::Kind::Interface ||
        !Ref.In->Source->path().ends_with(".h"))
      continue;
    Edits.of(*Ref.In).insertMember(
        *Ref.T, std::string("/// Registers the catch-up that VoIP pushes used "
                            "to start. Launching calls it,\n/// once and "
                            "before it ends.\n- (void)"
                            "registerBackgroundRefresh") +
                    (T.Guarded ? " API_AVAILABLE(ios(13.0))" : "") + ";\n" +
                    "/// The catch-up. Calls finished when it is done.\n" +
                    T.workHead() + ";\n");
    return;
  }
  Set.LeftToDo.push_back(
      "Declare -registerBackgroundRefresh and -refreshInBackground:" +
      std::string(T.Values.empty() ? "" : "finished:") + " in the header of " +
      owner().str() + ".");
}

/// Adds the identifier and the mode to the app's Info.plist.
void Move::permit(FixSet &Set, const TaskText &T) {
  std::vector<std::string> Modes = {"fetch"};
  if (TakesSilentPush)
    Modes.push_back("remote-notification");
  xcode::addToPlists(
      Set,
      xcode::plistsToEdit(In.Project.infoPlists(), In.Project.targets(),
                          JH.In->Source->path()),
      [&](StringRef Path) { return In.Project.read(Path); },
      {{"BGTaskSchedulerPermittedIdentifiers", {T.plistIdentifier()}},
       {"UIBackgroundModes", Modes}},
      "Add " + T.plistIdentifier() +
          " to BGTaskSchedulerPermittedIdentifiers and " + listed(Modes) +
          " to UIBackgroundModes");
}

std::optional<FixSet> Move::run() {
  if (!choose()) {
    if (!Why.empty())
      R.advise("The work cannot become a background task as it stands: " +
               listed(Why) + ".");
    else
      R.advise(
          "The work is done where the handler's own text does not show it; "
          "it has to be given to a background task by hand.");
    return std::nullopt;
  }
  FixSet Set;
  Set.Findings = R.Findings;
  Set.Title = "Let a background task do the upkeep";
  Set.Why =
      "The statements become refreshInBackground, which an app refresh "
      "task and a silent push run; the handler asks for that task and is done.";
  if (!U->values().empty()) {
    Set.Why += " What was pushed waits in a queue of property lists until the "
               "work for it has ended.";
    Set.LeftToDo.push_back(
        "The work for a push begins anew in the next run if the system ends "
        "the app in the middle of it: see to it that it may be done twice.");
  }

  std::vector<const File *> Mains;
  for (const std::string &Path : In.Project.filesWith("@main"))
    if (const File *F = In.Project.file(Path))
      Mains.push_back(F);
  Launch = launchPlace(In.Functions, owner(), JH.In->Source->path(),
                       appInitializers(Mains));
  TaskText T = text();
  if (!registerAtLaunch(Set, T))
    return std::nullopt;
  takeSilentPush(Set, T);
  Builder &B = Edits.of(*JH.In);
  removeSteps(B, U->list(), llvm::ArrayRef(U->Moved).drop_back());
  const Step &Last = U->list()[U->Moved.back()];
  StringRef Base = B.indentation(Last.WithComments.Begin);
  std::string Also;
  if (U->End.K == Ending::Kind::Completes) {
    const std::string &Name = U->H.Completion;
    Also =
        isSwift() ? Name + "()" : "if (" + Name + ") {\n\t" + Name + "();\n}";
  }
  StringRef Mark = "$OTHERWISE";
  std::string Laid = B.layOut(
      T.ask(self(B.style()),
            T.Values.empty() ? "" : U->Need->dictionaryInHost(), Also, Mark),
      Base);
  std::string Line = Base.str() + Mark.str();
  if (std::size_t At = Laid.find(Line); At != std::string::npos)
    Laid.replace(At, Line.size(), asTheyStand(*U, Base) + Base.str());
  // The first line stands where the statement began.
  Laid = StringRef(Laid).trim().str();
  B.replace(Last.WithComments, Laid);

  B.insertMemberAfter(JH.function(), T.members());
  if (std::string End = T.atFileEnd(); !End.empty()) {
    std::string Text = B.layOut(End, "");
    StringRef Bytes = JH.In->Source->bytes();
    if (!Bytes.ends_with("\n"))
      Text = B.style().LineEnding + Text;
    B.insert(static_cast<std::uint32_t>(Bytes.size()), Text);
  }
  B.importModule("BackgroundTasks");
  if (U->End.K == Ending::Kind::Helper) {
    const Function &F = *U->End.Helper;
    StringRef Head = B.text(F.Head);
    std::size_t Parens = Head.rfind("()");
    if (Parens == StringRef::npos) {
      R.advise("The work cannot become a background task as it stands: " +
               F.Symbol + " does not tell when it is done.");
      return std::nullopt;
    }
    B.insert(F.Head.Begin + static_cast<std::uint32_t>(Parens) + 1,
             "finished: @escaping (Bool) -> Void = { _ in }");
    // Whatever way the closure ends, it tells.
    const Closure &C = *U->End.C;
    if (!C.Steps.empty())
      B.insertBefore(C.Steps.front(), "defer { finished(true) }\n");
    else
      B.insert(C.Body.End, " finished(true) ");
  }
  Edits.addTo(Set);
  permit(Set, T);

  if (U->End.K == Ending::Kind::Unknown) {
    Set.A = Applicability::Placeholders;
    Set.LeftToDo.push_back(
        U->End.Goes + " goes on after refreshInBackground has returned: call "
                      "finished from where it ends. The system suspends the "
                      "app as soon as the task is completed.");
  }
  if (!Why.empty())
    Set.LeftToDo.push_back(
        "Other upkeep of this handler stays: " + listed(Why) + ".");
  Set.LeftToDo.push_back("Try the task on a device: "
                         "_simulateLaunchForTaskWithIdentifier in the "
                         "debugger starts it.");
  return Set;
}

std::optional<FixSet> ringfence::moveToBackgroundTask(const FixRequest &R) {
  if (R.HandlerIndex < 0 || R.handler().IsDead)
    return std::nullopt;
  return Move(R).run();
}
