//===-- MessageWork.cpp - content work in a call handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>
using namespace ringfence;

/// Types that the project's notification services make or ask.
static std::set<std::string> typesOfServices(const CheckInput &In) {
  std::set<std::string> Names;
  std::set<std::string> Services;
  for (const File *F : In.Services)
    for (const Type &T : F->Types)
      if (llvm::is_contained(T.Supertypes, "UNNotificationServiceExtension"))
        Services.insert(T.Name);
  auto AddFrom = [&](const File &F, llvm::StringRef Service) {
    for (const Type &T : F.Types)
      if (T.Name == Service)
        for (const Property &P : T.Properties)
          for (llvm::StringRef Text :
               {llvm::StringRef(P.Type), llvm::StringRef(P.Initializer)})
            Names.insert(
                Text.take_while([](char C) { return llvm::isAlnum(C); }).str());
    auto AddCalls = [&](auto &&Self, const std::vector<Step> &Steps) -> void {
      for (const Step &S : Steps) {
        for (const Call &C : S.Calls) {
          Names.insert(C.ReceiverType);
          if (C.K == Call::Kind::Init)
            Names.insert(C.Name);
        }
        for (const Closure &C : S.Closures)
          Self(Self, C.Steps);
        for (const Arm &A : S.Arms)
          Self(Self, A.Steps);
      }
    };
    for (const Function &Fn : F.Functions)
      if (Fn.Owner == Service)
        AddCalls(AddCalls, Fn.Steps);
  };
  for (const std::string &Service : Services)
    for (const FunctionSource::TypeRef &R : In.Functions.types(Service))
      AddFrom(*R.In, Service);
  Names.erase("");
  return Names;
}

static bool names(llvm::StringRef Text, const std::set<std::string> &Types) {
  auto IsWord = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  while (!Text.empty()) {
    llvm::StringRef Word = Text.take_while(IsWord);
    if (!Word.empty() && Types.count(Word.str()))
      return true;
    Text = Text.drop_front(std::max<std::size_t>(1, Word.size()));
  }
  return false;
}

/// The step 'move' leaves the handler calling what the service calls: beside
/// showing the notification, nothing is done that the service does not do.
static bool isShared(const Finding &F, const JudgedHandler &J,
                     const std::set<std::string> &Types) {
  bool Any = false;
  for (unsigned I : F.Steps) {
    const Work &W = J.V.Steps[I];
    const Place &At = W.HandlerAt ? W.HandlerAt : W.At;
    if (names(At.In->Source->text(At.Where), Types))
      Any = true;
    else if (W.E != Effect::LocalNotification)
      return false;
  }
  return Any;
}

void checks::messageWork(const CheckInput &In, std::vector<Finding> &Out) {
  std::size_t First = Out.size();
  findWorks(
      In, "ringfence-message-work",
      [](const Work &W) {
        return W.E != Effect::Pure &&
               (W.D == Destination::NotificationService ||
                W.D == Destination::BackgroundPush);
      },
      [](const Work &W) {
        return phraseFor(W) +
               (W.D == Destination::BackgroundPush
                    ? "; this belongs to a silent push"
                    : "; this belongs in a notification service extension");
      },
      "", Out);
  if (First == Out.size())
    return;
  std::set<std::string> Types = typesOfServices(In);
  for (Finding &F : llvm::MutableArrayRef(Out).drop_front(First))
    if (F.HandlerIndex >= 0 &&
        isShared(F, In.Handlers[static_cast<unsigned>(F.HandlerIndex)],
                 Types)) {
      F.S = Severity::Note;
      F.Message = "shows what the notification service shows as well; take it "
                  "out of the handler once the server sends alert pushes";
    }
}
