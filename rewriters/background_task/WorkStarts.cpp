//===-- WorkStarts.cpp - what starts moved upkeep -------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/WorkStarts.h"
#include "rewriters/background_task/JoinedText.h"
#include "rewriters/background_task/SceneText.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

bool WorkStarts::registerAtLaunch(const std::optional<LaunchPlace> &P) {
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
  if (!T.IsSwift && P->Launch.In != JH.In)
    declare(std::string("/// Registers the catch-up that VoIP pushes used to "
                        "start. Launching calls it,\n/// once and before it "
                        "ends.\n- (void)registerBackgroundRefresh") +
                (T.Guarded ? " API_AVAILABLE(ios(13.0))" : "") + ";\n",
            "-registerBackgroundRefresh");
  return true;
}

bool WorkStarts::join(const JoinedTask &Task) {
  if (!ringfence::join(Edits, Task, owner(), !T.Values.empty())) {
    R.advise("The work cannot join the task " + Task.Task.Identifier +
             " as it stands: a macro makes the code there.");
    return false;
  }
  bool IsElsewhere = Task.Task.In.In != JH.In;
  for (const auto *Places : {&Task.Use.Completions, &Task.Use.Expiries})
    for (const TaskUse::Place &P : *Places)
      IsElsewhere |= P.In != JH.In;
  if (!T.IsSwift) {
    importRuntime();
    if (IsElsewhere)
      declare(joiningDeclarations(T), "what joins the task");
  }
  return true;
}

/// Associated objects keep what is known of a task.
void WorkStarts::importRuntime() {
  const SourceFile &Source = *JH.In->Source;
  if (!Source.bytes().contains("objc/runtime.h"))
    Edits.of(*JH.In).insert(JH.In->ImportInsertion,
                            "#import <objc/runtime.h>" +
                                Source.lineEnding().str());
}

bool WorkStarts::addToScene(const SwiftUIApp &App, StringRef Receiver) {
  if (!App.Body || App.Body->Steps.empty() || App.Body->Steps.front().InMacro)
    return false;
  const Step &Scene = App.Body->Steps.front();
  if (Scene.K != Step::Kind::Do && Scene.K != Step::Kind::Exit)
    return false;
  Builder &B = Edits.of(*App.In);
  // Behind a closing brace modifiers stand below it.
  std::string Base = B.indentation(Scene.Where.End - 1).str();
  if (!B.text(Scene.Where).contains('\n'))
    Base += B.style().Unit;
  bool IsMember = !llvm::isUpper(Receiver.front());
  std::string Text = B.layOut(sceneModifier(T, Receiver, IsMember), Base);
  B.insert(Scene.Where.End,
           B.style().LineEnding + StringRef(Text).rtrim().str());
  return true;
}

void WorkStarts::sayWhatServerSends() {
  Set.LeftToDo.push_back(
      "Every silent push starts the catch-up now. Let the server send one "
      "(apns-push-type: background, apns-priority: 5, content-available: 1 "
      "and nothing else in aps" +
      std::string(T.Values.empty() ? ""
                                   : "; beside aps what the VoIP push "
                                     "holds now") +
      ") instead of the VoIP push, to the APNs token that "
      "registerForRemoteNotifications brings.");
}

void WorkStarts::sayWhoCalls(const Function *Own) {
  Set.LeftToDo.push_back(
      "The system decides when the task runs; let the server send a silent "
      "push (content-available) where that is too late, and call "
      "refreshInBackground " +
      (Own ? "in " + Own->Symbol + "."
           : std::string("where the app delegate receives it.")));
}

/// Lets the app delegate catch up when the server says so by a silent push,
/// which is what VoIP pushes were misused for.
bool WorkStarts::takeSilentPush(const std::optional<LaunchPlace> &Launch,
                                bool MayWrite) {
  const Function *Own =
      Launch ? silentPushMethod(In.Functions, Launch->Launch.Fn->Owner)
             : nullptr;
  if (Own || !Launch || !Launch->IsKept || !MayWrite) {
    sayWhoCalls(Own);
    return false;
  }
  Edits.of(*Launch->Launch.In)
      .insertMemberAfter(*Launch->Launch.Fn, T.silentPush(Launch->Receiver));
  sayWhatServerSends();
  return true;
}

bool WorkStarts::takeSilentPush(const SwiftUIApp &App, StringRef Receiver,
                                bool MayWrite) {
  const Function *Own = silentPushMethod(In.Functions, App.DelegateName);
  if (Own || !MayWrite || !llvm::isUpper(Receiver.front())) {
    sayWhoCalls(Own);
    return false;
  }
  addToDelegate(Edits, App, T.silentPush(Receiver));
  sayWhatServerSends();
  return true;
}

/// Declares \p Members, and the work itself, where other files see the type.
void WorkStarts::declare(StringRef Members, StringRef Names) {
  for (const FunctionSource::TypeRef &Ref : In.Functions.types(owner())) {
    if (Ref.T->K != Type::Kind::Interface ||
        !Ref.In->Source->path().ends_with(".h"))
      continue;
    Builder &B = Edits.of(*Ref.In);
    B.insertMember(*Ref.T, (Members +
                            "/// The catch-up. Calls finished when it is "
                            "done.\n" +
                            T.workHead() + ";\n")
                               .str());
    if (T.joins())
      B.importModule("BackgroundTasks");
    return;
  }
  Set.LeftToDo.push_back(("Declare " + Names + " and -refreshInBackground:" +
                          (T.Values.empty() ? "" : "finished:") +
                          " in the header of " + owner() + ".")
                             .str());
}
