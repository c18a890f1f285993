//===-- HandlerFindings.cpp - findings about handlers -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/OldSystems.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace ringfence;
using namespace ringfence::checks;

bool checks::mayReceiveVoIP(const CheckInput &In) {
  bool SaysTypes = false;
  for (const File *F : In.Files)
    for (const Registration &R : F->Registrations) {
      if (R.HasVoIP && !isBelow13Only(*F, R))
        return true;
      SaysTypes |= R.SetsTypes;
    }
  return !SaysTypes;
}

void checks::forEachLive(
    const CheckInput &In,
    llvm::function_ref<void(const JudgedHandler &, int)> Do) {
  if (!mayReceiveVoIP(In))
    return;
  for (std::size_t I = 0; I < In.Handlers.size(); ++I)
    if (!In.Handlers[I].IsDead)
      Do(In.Handlers[I], int(I));
}

Place checks::headOf(const JudgedHandler &J) {
  const Function &F = J.function();
  return {J.In, F.Head.empty() ? F.Where : F.Head};
}

const char *checks::reportCall(const JudgedHandler &J) {
  return J.In->Source->language() == Language::Swift
             ? "reportNewIncomingCall(with:update:completion:)"
             : "reportNewIncomingCallWithUUID:update:completion:";
}

static bool samePlace(const Place &A, const Place &B) {
  return A.In == B.In && A.Where == B.Where;
}

void checks::findExits(const CheckInput &In, llvm::StringRef Check, Severity S,
                       llvm::function_ref<bool(const UnreportedExit &)> Wanted,
                       llvm::function_ref<std::string(const JudgedHandler &,
                                                      const UnreportedExit &)>
                           Message,
                       std::vector<Finding> &Out) {
  forEachLive(In, [&](const JudgedHandler &J, int Index) {
    std::size_t First = Out.size();
    for (unsigned E = 0; E < J.V.Exits.size(); ++E) {
      const UnreportedExit &Exit = J.V.Exits[E];
      if (!Wanted(Exit))
        continue;
      // Several ways may leave at one place, such as the handler's end.
      auto Same =
          std::find_if(Out.begin() + First, Out.end(), [&](const Finding &F) {
            return samePlace(F.At, Exit.At);
          });
      if (Same != Out.end()) {
        Same->Exits.push_back(E);
        for (const PathNote &N : Exit.Path)
          if (llvm::none_of(Same->Notes, [&](const PathNote &O) {
                return samePlace(O.At, N.At) && O.Message == N.Message;
              }))
            Same->Notes.insert(Same->Notes.end() - !Same->Notes.empty(), N);
        continue;
      }
      Finding F;
      F.Check = Check.str();
      F.S = S;
      F.At = Exit.At;
      F.Message = Message(J, Exit);
      F.Notes = Exit.Path;
      if (Exit.HandlerAt)
        F.Notes.insert(F.Notes.begin(),
                       {Exit.HandlerAt, "reached from the push handler here"});
      F.HandlerIndex = Index;
      F.Exits.push_back(E);
      Out.push_back(std::move(F));
    }
  });
}

namespace {

/// The finding about the works of one arm, while they are gathered.
struct ArmFinding {
  const Arm *InArm;
  std::size_t At; ///< its index among the findings
  std::set<std::string> Said;
  unsigned Unsaid = 0;
};

} // namespace

/// A person reads a handful of notes; JSON lists every step.
static constexpr std::size_t MaxWorkNotes = 6;

void checks::findWorks(const CheckInput &In, llvm::StringRef Check,
                       llvm::function_ref<bool(const Work &)> Wanted,
                       llvm::function_ref<std::string(const Work &)> Message,
                       llvm::StringRef Advice, std::vector<Finding> &Out) {
  forEachLive(In, [&](const JudgedHandler &J, int Index) {
    std::vector<ArmFinding> ByArm;
    for (unsigned I = 0; I < J.V.Steps.size(); ++I) {
      const Work &W = J.V.Steps[I];
      if (!Wanted(W))
        continue;
      Place At = W.HandlerAt ? W.HandlerAt : W.At;
      auto Known = llvm::find_if(
          ByArm, [&](const ArmFinding &A) { return A.InArm == W.InArm; });
      std::string Phrase = phraseFor(W);
      if (Known == ByArm.end()) {
        Finding F;
        F.Check = Check.str();
        F.S = Severity::Warning;
        F.At = At;
        F.Message = Message(W);
        F.HandlerIndex = Index;
        F.Advice = Advice.str();
        ByArm.push_back({W.InArm, Out.size(), {Phrase}});
        Known = std::prev(ByArm.end());
        Out.push_back(std::move(F));
        if (W.HandlerAt)
          Out.back().Notes.push_back({W.At, Phrase + " here"});
      } else if (Known->Said.size() < MaxWorkNotes &&
                 Known->Said.insert(Phrase).second) {
        Out[Known->At].Notes.push_back({W.At, std::move(Phrase)});
      } else {
        ++Known->Unsaid;
      }
      Out[Known->At].Steps.push_back(I);
    }
    for (const ArmFinding &A : ByArm)
      if (A.Unsaid) {
        Finding &F = Out[A.At];
        F.Notes.push_back(
            {F.At, "and the like in " + std::to_string(A.Unsaid) +
                       (A.Unsaid == 1 ? " more place" : " more places") +
                       "; --format json lists every step"});
      }
  });
}

std::string checks::phraseFor(const Work &W) {
  std::string Api = "'" + W.Api + "'";
  switch (W.E) {
  case Effect::LocalNotification:
    return "shows or takes back a notification with " + Api;
  case Effect::Badge:
    return "sets the badge with " + Api;
  case Effect::Network:
    return "uses the network with " + Api;
  case Effect::Database:
    return "uses the database with " + Api;
  case Effect::File:
    return "uses files with " + Api;
  case Effect::Crypto:
    return "decrypts with " + Api;
  case Effect::Keychain:
    return "uses the keychain with " + Api;
  case Effect::Defaults:
    return "writes settings with " + Api;
  case Effect::UI:
    return "shows user interface with " + Api;
  case Effect::Location:
    return "reads the location with " + Api;
  case Effect::PersonalData:
    return "reads personal data with " + Api;
  case Effect::Analytics:
    return "sends analytics with " + Api;
  case Effect::AsyncHop:
    return "waits or hops with " + Api;
  default:
    return "calls " + Api;
  }
}
