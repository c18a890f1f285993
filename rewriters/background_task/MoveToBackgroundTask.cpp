//===-- MoveToBackgroundTask.cpp - upkeep moves ---------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/MoveToBackgroundTask.h"
#include "rewriters/background_task/JoinedTask.h"
#include "rewriters/background_task/Logging.h"
#include "rewriters/background_task/MovedWork.h"
#include "rewriters/background_task/OwnObject.h"
#include "rewriters/background_task/TaskText.h"
#include "rewriters/background_task/Upkeep.h"
#include "rewriters/background_task/WorkStarts.h"
#include "rewriters/capture/Clauses.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/launch/Launch.h"
#include "rewriters/xcode/AppPlist.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

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
  TaskText text();
  unsigned handlersBefore() const;
  void findLaunch();
  bool fitsScene(const TaskText &T) const;
  std::string self(const Style &S) const;
  void permit(FixSet &Set, const TaskText &T);
  bool startWork(FixSet &Set, const TaskText &T);
  bool isSwift() const { return JH.In->Source->language() == Language::Swift; }
  StringRef owner() const { return JH.function().Owner; }

  const FixRequest &R;
  const ProposeInput &In;
  const JudgedHandler &JH;
  std::vector<Upkeep> All;
  Upkeep *U = nullptr; ///< the one that moves
  std::vector<std::string> Why;
  std::optional<LaunchPlace> Launch;
  /// The app, if it is SwiftUI's and has no app delegate with a launch method,
  /// and how it names the handler's object ("" if it does not).
  std::optional<SwiftUIApp> App;
  std::string InApp;
  std::optional<JoinedTask> Joined;
  std::vector<std::string> NotJoined; ///< why, for each task that would fit
  unsigned Before = 0;                ///< handlersBefore()
  bool TakesSilentPush = false;       ///< by a method of the set
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
        "scheduleBackgroundRefresh",
        "scheduleBackgroundRefresh:", "submitBackgroundRefresh",
        "keptPushes:", "withoutNulls:", "joinBackgroundRefresh",
        "joinBackgroundRefresh:", "resumeBackgroundRefresh"})
    if (!In.Functions.members(owner(), Name).empty())
      Why.push_back("its type has a " + Name.str() + " already");
  for (const Type &T : JH.In->Types)
    if (isSwift() &&
        (T.Name == "BackgroundRun" || T.Name == "BackgroundRefreshQueue"))
      Why.push_back("its file has a " + T.Name + " already");
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

/// Scenes have background tasks from iOS 16 on; "" is not known to be that.
static bool isAtLeast16(StringRef Target) {
  unsigned Major = 0;
  return !Target.split('.').first.getAsInteger(10, Major) && Major >= 16;
}

/// How many other types of the app have upkeep that moves, in handlers before
/// this one: each takes a task of its own, and all may move in one run.
unsigned Move::handlersBefore() const {
  std::set<StringRef> Types;
  std::vector<std::string> Plists = In.Project.infoPlists();
  for (int I = 0; I < R.HandlerIndex; ++I) {
    FixRequest Other{In, R.Step, I, {}};
    Other.Findings = Other.others(In.Findings[R.Findings.front()].Check);
    StringRef Type = Other.handler().function().Owner;
    if (!Other.Findings.empty() && Type != owner() &&
        xcode::belongsTogether(Plists, In.Project.targets(),
                               JH.In->Source->path(),
                               Other.handler().In->Source->path()) &&
        Move(Other).choose())
      Types.insert(Type);
  }
  return static_cast<unsigned>(Types.size());
}

/// Finds out where launching, or a SwiftUI app, makes the handler's object.
void Move::findLaunch() {
  StringRef Path = JH.In->Source->path();
  std::vector<const File *> Mains;
  std::vector<std::string> Plists = In.Project.infoPlists();
  for (const std::string &Main : In.Project.filesWith("@main"))
    if (xcode::belongsTogether(Plists, In.Project.targets(), Path, Main))
      if (const File *F = In.Project.file(Main))
        Mains.push_back(F);
  Launch = launchPlace(In.Functions, owner(), Path, appInitializers(Mains));
  if (Launch && Launch->Launch.Fn->K != Function::Kind::Init)
    return;
  std::vector<SwiftUIApp> Apps = swiftUIApps(In.Functions, Mains, Path);
  if (Apps.empty())
    return;
  App = Apps.front();
  InApp = objectInApp(In.Functions, *App, owner());
}

/// Whether a scene of the app can run the task. A scene has none for processing
/// (developer.apple.com/documentation/swiftui/backgroundtask).
bool Move::fitsScene(const TaskText &T) const {
  if (!App || InApp.empty() || !T.IsSwift || T.IsProcessing ||
      T.IsNonisolated || !isAtLeast16(In.Options.DeploymentTarget) ||
      !App->Body || App->Body->Steps.empty())
    return false;
  const Step &Scene = App->Body->Steps.front();
  return !Scene.InMacro &&
         (Scene.K == Step::Kind::Do || Scene.K == Step::Kind::Exit);
}

TaskText Move::text() {
  TaskText T;
  T.IsSwift = isSwift();
  T.UsesARC = JH.In->UsesARC;
  T.Prefix = In.Options.TaskIdentifierPrefix;
  T.Guarded = isBelow13(In.Options.DeploymentTarget);
  T.Logs = howItLogs(In, *JH.In, owner());
  for (const Registration &Reg : JH.In->Registrations)
    if (Reg.Owner == owner())
      T.OnMain = Reg.Queue.empty() || Reg.Queue == "nil" ||
                 StringRef(Reg.Queue).contains("main");
  T.Type = owner().str();
  // An identifier of ours must not meet one that the project has, nor one that
  // another handler takes now.
  Before = handlersBefore();
  T.Suffix = freeSuffix(In, JH.In->Source->path(), Before);
  T.IsProcessing = Before != 0 || asksForRefresh(In, JH.In->Source->path());
  if (Before == 0 && In.Functions.types("BackgroundRun").empty())
    Joined =
        taskToJoin(In, {JH.In, &JH.function()}, Launch, T.OnMain, NotJoined);
  if (Joined) {
    T.StartedBy = TaskText::Start::Joined;
    T.JoinedIdentifier = Joined->Identifier;
    T.Hops = Joined->Task.OnMain != T.OnMain;
    T.IsProcessing = false;
  }
  T.IsNonisolated = isSwift() && JH.function().Isolation == "nonisolated";
  if (!Joined && fitsScene(T))
    T.StartedBy = TaskText::Start::OfScene;
  T.IsCalledFromOutside =
      App.has_value() || (Launch && (Launch->Launch.In != JH.In ||
                                     Launch->Launch.Fn->Owner != owner()));
  T.Values = U->values();
  T.Body = bodyInMethod(*U);
  T.NeedsFinish = U->End.K == Ending::Kind::Returns && !U->Suspends;
  return T;
}

/// Lets the task and the silent push start the work. Returns false, with the
/// advice why, where there is no place for that.
bool Move::startWork(FixSet &Set, const TaskText &T) {
  WorkStarts Starts(R, Edits, Set, T);
  if (Joined          ? !Starts.join(*Joined)
      : T.isOfScene() ? !Starts.addToScene(*App, InApp)
                      : !Starts.registerAtLaunch(Launch))
    return false;
  // One method takes silent pushes; an earlier handler of this run writes it.
  bool MayWrite = Before == 0;
  TakesSilentPush = App && !InApp.empty()
                        ? Starts.takeSilentPush(*App, InApp, MayWrite)
                        : Starts.takeSilentPush(Launch, MayWrite);
  if (Joined) {
    Set.LeftToDo.push_back(
        "The catch-up runs whenever the task of '" + Joined->Task.Identifier +
        "' does, and asks for it in a minute: a request for it that is pending "
        "is replaced.");
    return true;
  }
  if (T.IsProcessing)
    Set.LeftToDo.push_back(
        "The system keeps one request for an app refresh at a time, and other "
        "code asks for that: this is a processing task, which may wait until "
        "the device is not in use.");
  for (const std::string &Each : NotJoined)
    Set.LeftToDo.push_back("Of the background tasks that the app has, " + Each +
                           ".");
  return true;
}

/// Adds the identifier and the mode to the app's Info.plist.
void Move::permit(FixSet &Set, const TaskText &T) {
  std::vector<std::string> Modes = {T.IsProcessing ? "processing" : "fetch"};
  if (TakesSilentPush)
    Modes.push_back("remote-notification");
  std::vector<xcode::ArrayAddition> Values = {{"UIBackgroundModes", Modes}};
  std::string Missing = listed(Modes) + " to UIBackgroundModes";
  // One that is joined is permitted already.
  if (!T.joins()) {
    Values.insert(Values.begin(), {"BGTaskSchedulerPermittedIdentifiers",
                                   {T.plistIdentifier()}});
    Missing = T.plistIdentifier() +
              " to BGTaskSchedulerPermittedIdentifiers and " + Missing;
  }
  xcode::addToPlists(
      Set,
      xcode::plistsToEdit(In.Project.infoPlists(), In.Project.targets(),
                          JH.In->Source->path()),
      [&](StringRef Path) { return In.Project.read(Path); }, Values,
      "Add " + Missing);
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
  if (!U->values().empty()) {
    Set.Why += " What was pushed waits in a queue of property lists until the "
               "work for it has ended.";
    Set.LeftToDo.push_back(
        "The work for a push begins anew in the next run if the system ends "
        "the app in the middle of it: see to it that it may be done twice.");
  }

  findLaunch();
  TaskText T = text();
  Set.Why = "The statements become refreshInBackground, which " +
            (Joined           ? "the task of '" + Joined->Task.Identifier + "'"
             : T.IsProcessing ? std::string("a processing task")
                              : std::string("an app refresh task")) +
            " and a silent push run; the handler asks for that task and is "
            "done." +
            Set.Why;
  if (!startWork(Set, T))
    return std::nullopt;
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
