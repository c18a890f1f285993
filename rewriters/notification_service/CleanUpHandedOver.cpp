//===-- CleanUpHandedOver.cpp - the handler decrypts no more --------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/CleanUpHandedOver.h"
#include "rewriters/capture/Host.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/notification_service/HandOverText.h"
#include "rewriters/notification_service/HandedOverCall.h"
#include "rewriters/notification_service/Services.h"
#include "rewriters/sweep/Sweep.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/VersionTuple.h"

using namespace ringfence;
using llvm::StringRef;

/// The statement of \p H that reports what was handed over; none if it is not
/// one of its own list.
static std::optional<unsigned> reportOfHandedOver(const Host &H) {
  const std::vector<Step> &Steps = H.Fn->Steps;
  for (unsigned I = 0; I != Steps.size(); ++I) {
    if (!H.In->Source->text(Steps[I].Where).contains(HandedOverKey))
      continue;
    // Objective-C takes it out first.
    unsigned At = Steps[I].K == Step::Kind::Declare ? I + 1 : I;
    if (At < Steps.size() && Steps[At].K == Step::Kind::Branch)
      return At;
    return std::nullopt;
  }
  return std::nullopt;
}

/// A statement behind \p Index that reports a call, ends it and completes the
/// push, and needs nothing that is made there; "" if there is none.
static std::string reportAndEnd(const Host &H, unsigned Index) {
  std::string Found;
  const std::vector<Step> &Steps = H.Fn->Steps;
  for (unsigned I = Index + 1; I < Steps.size(); ++I)
    forEachStep(Steps[I], [&](const Step &S) {
      bool Does = S.K == Step::Kind::Do && S.Closures.empty() &&
                  llvm::any_of(S.Calls, [](const Call &C) {
                    return StringRef(C.Name).starts_with("reportAndEnd");
                  });
      if (!Found.empty() || !Does ||
          (!H.Completion.empty() && !mentions(*H.In, S.Where, H.Completion)))
        return;
      for (const Local &L : localsAt(*H.Fn, levelsAt(*H.Fn, S.Where.Begin)))
        if (L.K != Local::Kind::Parameter && mentions(*H.In, S.Where, L.Name))
          return;
      Found = H.In->Source->text(S.Where).str();
    });
  return Found;
}

/// Why the extension cannot be relied upon, as a clause; "" if it can.
static std::string whyNotServed(const ProposeInput &In, const JudgedHandler &JH,
                                std::string &Extension) {
  llvm::VersionTuple Target;
  if (Target.tryParse(In.Options.DeploymentTarget) ||
      Target < llvm::VersionTuple(14, 5))
    return "before iOS 14.5 the extension cannot hand calls over, and the "
           "deployment target is lower or not known";
  std::vector<std::string> Services = servicesOf(In, JH);
  if (Services.empty())
    return "no notification service extension is in sight";
  std::vector<const xcode::Target *> Targets =
      In.Project.targets().extensionsOf(Services.front());
  if (Targets.empty())
    return In.Project.targets().whyNoExtension(Services.front());
  Extension = Targets.front()->Name;
  std::optional<std::string> Text = In.Project.read(Services.front());
  if (!Text || !StringRef(*Text).contains("reportNewIncomingVoIPPushPayload"))
    return Services.front() + " hands no calls over";
  return "";
}

std::optional<FixSet> ringfence::cleanUpHandedOver(const FixRequest &R) {
  // Without a finding there is nothing left to take away.
  if (R.HandlerIndex < 0 || R.handler().IsDead || R.Findings.empty())
    return std::nullopt;
  const JudgedHandler &JH = R.handler();
  Host H = hostOf(JH);
  if (!isHandedOver(H))
    return std::nullopt;
  auto Refuse = [&](const std::string &Why) {
    R.refuse(JH.function().Symbol + " goes on decrypting: " + Why);
    return std::nullopt;
  };
  std::string Extension;
  if (!JH.V.Exits.empty())
    return Refuse("it does not report a call on every path yet, which is the "
                  "step report");
  if (std::string Why = whyNotServed(R.In, JH, Extension); !Why.empty())
    return Refuse(Why);
  std::optional<unsigned> Reported = reportOfHandedOver(H);
  std::string Otherwise = Reported ? reportAndEnd(H, *Reported) : "";
  if (Otherwise.empty())
    return Refuse("no statement is there that reports a call and ends it for "
                  "a push that no extension has handed over");
  Builders Edits;
  Sweep Swept(R.In, Edits);
  const std::vector<Step> &Steps = H.Fn->Steps;
  std::vector<unsigned> Goes;
  for (unsigned I = *Reported + 2; I < Steps.size(); ++I)
    Goes.push_back(I);
  Swept.replace(*H.In, Steps[*Reported + 1], Otherwise);
  std::vector<Level> Body = {
      {&Steps, *Reported + 1, nullptr, nullptr, nullptr}};
  if (Steps[*Reported + 1].InMacro ||
      (!Goes.empty() && !Swept.remove(*H.In, Body, Goes)))
    return Refuse("a statement of it stands in a macro");
  Swept.takeDeadCode();
  FixSet Set;
  Set.Findings = R.Findings;
  Set.Title = "Leave decrypting to the extension in " + JH.function().Symbol;
  Set.Why =
      "The server sends alert pushes, which the extension '" + Extension +
      "' decrypts; it hands calls over. A VoIP push of an old server still "
      "reports a call, so that iOS does not end the app, and leads to "
      "nothing else.";
  Set.LeftToDo = {
      "Ship this once the server sends VoIP pushes to no version of the app "
      "that is in use: it loses the calls of such pushes.",
      "Keep the PushKit registry and the background mode 'voip': iOS starts "
      "the "
      "app through them when the extension hands a call over."};
  Edits.addTo(Set);
  return Set;
}
