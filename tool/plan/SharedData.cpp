//===-- SharedData.cpp - what an extension would have to reach -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/plan/SharedData.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include <deque>
#include <set>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// Statements that are to run in the extension, and where they stand.
struct Region {
  FunctionRef Fn;
  const std::vector<Step> *Steps;
  Range Where;
  unsigned Depth;
};

/// Where a store keeps its data, as far as its file tells.
struct StoreLocation {
  bool InGroup = false, InAppContainer = false;
};

class Search {
public:
  Search(Project &P, const JudgedHandler &H, const ProjectFacts &Facts)
      : P(P), H(H), Facts(Facts) {}

  std::vector<SharedItem> run(const std::vector<WorkItem> &Items) {
    for (const WorkItem &W : Items)
      if (W.D == Destination::NotificationService)
        begin(W);
    // Callees are followed as far as moved code is likely to reach, not
    // through the whole app.
    constexpr unsigned MaxDepth = 4, MaxFunctions = 60;
    unsigned Looked = 0;
    while (!ToDo.empty() && Looked++ != MaxFunctions) {
      Region R = ToDo.front();
      ToDo.pop_front();
      look(R);
      if (R.Depth == MaxDepth)
        continue;
      for (const Step &S : *R.Steps)
        forEachCall(S, [&](const Call &C) {
          if (!P.apis().find(C, R.Fn.In->Source->language()))
            for (FunctionRef Callee : P.functions().callees(C, R.Fn))
              follow(Callee, R.Depth + 1);
        });
    }
    return std::move(Found);
  }

private:
  void begin(const WorkItem &W) {
    FunctionRef Handler{H.In, &H.function()};
    if (W.InArm) {
      if (Arms.insert(W.InArm).second)
        ToDo.push_back({Handler, &W.InArm->Steps, W.InArm->Where, 0});
      return;
    }
    // No arm is its own: the statement that leads to it, at least.
    Place At = W.HandlerAt ? W.HandlerAt : W.At;
    for (const Step &S : H.function().Steps)
      if (At.In == H.In && S.Where.Begin <= At.Where.Begin &&
          At.Where.Begin < S.Where.End && Alone.insert(&S).second) {
        Single.push_back(std::make_unique<std::vector<Step>>(1, S));
        ToDo.push_back({Handler, Single.back().get(), S.Where, 0});
      }
  }
  void follow(FunctionRef F, unsigned Depth) {
    if (F.Fn == &H.function() || !Seen.insert(F.Fn).second)
      return;
    ToDo.push_back({F, &F.Fn->Steps, F.Fn->Where, Depth});
    // Its object comes along, with what its properties are made from.
    if (F.Fn->Owner == H.function().Owner ||
        !SeenTypes.insert(F.Fn->Owner).second)
      return;
    for (FunctionSource::TypeRef T : P.functions().types(F.Fn->Owner))
      for (const Property &Prop : T.T->Properties)
        if (!Prop.Initializer.empty())
          ToDo.push_back({{T.In, F.Fn}, &NoSteps, Prop.Where, Depth});
    for (const Function &Init : F.In->Functions)
      if (Init.Owner == F.Fn->Owner && Init.K == Function::Kind::Init)
        follow({F.In, &Init}, Depth);
  }

  void add(std::string What, Place At, Reach R, std::string Why,
           std::string ToDo) {
    if (Known.insert(What).second)
      Found.push_back({std::move(What), At.In->Source->path().str(), At.line(),
                       R, std::move(Why), std::move(ToDo)});
  }

  void look(const Region &R) {
    names(R);
    Language L = R.Fn.In->Source->language();
    for (const Step &S : *R.Steps)
      forEachCall(S, [&](const Call &C) {
        const Api *A = P.apis().find(C, L);
        if (!A)
          return;
        Place At{R.Fn.In, C.Where};
        if (A->E == Effect::Keychain)
          keychain(At);
        else if (A->E == Effect::Database || A->E == Effect::File)
          store(*A, At);
      });
  }

  void names(const Region &R) {
    const SourceFile &S = *R.Fn.In->Source;
    std::vector<Word> All = words(S.bytes(), R.Where, S.language());
    for (std::size_t I = 0; I + 1 < All.size(); ++I) {
      StringRef Name = All[I].Text, Next = All[I + 1].Text;
      Place At{R.Fn.In, All[I].Where};
      if ((Name == "UserDefaults" && Next == "standard") ||
          (Name == "NSUserDefaults" && Next == "standardUserDefaults"))
        add(Name.str() + "." + Next.str(), At, Reach::No,
            "each process has standard defaults of its own",
            "Keep the values in the app group's suite, and copy them there "
            "once at the first launch of the new version.");
      else if (Next == "suiteName" || Next == "initWithSuiteName")
        add("settings of a suite (UserDefaults)", At,
            Facts.AppGroups.empty() ? Reach::Perhaps : Reach::Yes,
            Facts.AppGroups.empty()
                ? "no app group was found in an .entitlements file"
                : "the project has the app group " + Facts.AppGroups.front(),
            "Check that the suite is the app group's name, and give the group "
            "to the extension too.");
      else if (Name == "UIApplication" &&
               (Next == "shared" || Next == "sharedApplication"))
        add(Name.str() + "." + Next.str(), At, Reach::No,
            "an extension has no UIApplication",
            "Do without it: a badge goes into content.badge.");
      else if (isShared(Next))
        singleton(Name, Next, At);
    }
  }
  static bool isShared(StringRef Member) {
    return Member == "shared" || Member == "default" || Member == "current" ||
           Member == "instance" || Member.starts_with("shared") ||
           Member == "defaultManager" || Member == "manager";
  }

  void singleton(StringRef Owner, StringRef Member, Place At) {
    const File *In = nullptr;
    // A type that the project only extends is the system's or a library's.
    for (FunctionSource::TypeRef T : P.functions().types(Owner))
      if (T.T->K != Type::Kind::Extension &&
          (!In || T.T->K == Type::Kind::Implementation))
        In = T.In;
    if (!In)
      return;
    StringRef Path = In->Source->path();
    StoreLocation Where = locationIn(*In);
    std::string Name = Owner.str() + "." + Member.str();
    std::string Why =
        "the extension makes an object of its own from " + Path.str();
    if (Where.InAppContainer && !Where.InGroup)
      add(Name, At, Reach::No,
          Why + ", which keeps its data in the app's own container",
          "Move the data into the app group's container first; until then "
          "the object is empty in the extension.");
    else if (Where.InGroup)
      add(Name, At, Reach::Yes,
          Why + ", which keeps its data in a group container",
          "Expect app and extension to use it at the same time.");
    else
      add(Name, At, Reach::Perhaps,
          Why + "; what the app has put into its own is not there",
          "Add the file to the extension's target and see that the object "
          "needs nothing that only the app sets up.");
  }

  void keychain(Place At) {
    bool Named = namesGroup(*At.In);
    add("keychain items (" + At.In->Source->path().str() + ")", At,
        Named && !Facts.KeychainGroups.empty() ? Reach::Yes : Reach::Perhaps,
        Named ? "the code names an access group"
              : "the code names no access group, so that the first group of "
                "each target's entitlements decides",
        "List the same keychain-access-groups entry first in both targets, "
        "and keep the items readable after first unlock "
        "(kSecAttrAccessibleAfterFirstUnlock): pushes arrive at locked "
        "devices.");
  }
  static bool namesGroup(const File &F) {
    StringRef Text = F.Source->bytes();
    return Text.contains("kSecAttrAccessGroup") || Text.contains("accessGroup");
  }

  StoreLocation locationIn(const File &F) {
    StringRef Text = F.Source->bytes();
    StoreLocation L;
    L.InGroup =
        Text.contains("forSecurityApplicationGroupIdentifier") ||
        Text.contains("containerURLForSecurityApplicationGroupIdentifier");
    for (const char *Own :
         {"documentDirectory", "applicationSupportDirectory", "cachesDirectory",
          "libraryDirectory", "NSDocumentDirectory",
          "NSApplicationSupportDirectory", "NSCachesDirectory",
          "NSLibraryDirectory", "NSHomeDirectory", "documentsDirectory"})
      L.InAppContainer |= Text.contains(Own);
    return L;
  }

  void store(const Api &A, Place At) {
    StringRef Path = At.In->Source->path();
    bool IsFile = A.E == Effect::File;
    std::string What =
        (IsFile ? "files of " : "the database behind ") + Path.str();
    StoreLocation L = locationIn(*At.In);
    if (L.InGroup)
      add(What, At, Reach::Yes, "it is in a group container",
          IsFile ? "Write whole files, so that the other process sees all or "
                   "nothing."
                 : "Keep transactions short: a process that is suspended with "
                   "a lock on a shared file is ended (0xdead10cc).");
    else if (L.InAppContainer)
      add(What, At, Reach::No, "it is in the app's own container",
          IsFile ? "Move it into the app group's container."
                 : "Move it into the app group's container, or let the "
                   "extension leave what it found in a file of the group for "
                   "the app to take over.");
    else
      add(What, At, Reach::Perhaps, "where it is kept is not seen here",
          "Find out whether it is in the app group's container.");
  }

  Project &P;
  const JudgedHandler &H;
  const ProjectFacts &Facts;
  std::deque<Region> ToDo;
  std::set<const Arm *> Arms;
  std::set<const Step *> Alone;
  std::set<const Function *> Seen;
  llvm::StringSet<> SeenTypes;
  const std::vector<Step> NoSteps;
  std::vector<std::unique_ptr<std::vector<Step>>> Single;
  llvm::StringSet<> Known;
  std::vector<SharedItem> Found;
};

} // namespace

std::vector<SharedItem>
ringfence::sharedData(Project &P, const JudgedHandler &H,
                      const std::vector<WorkItem> &Items,
                      const ProjectFacts &Facts) {
  return Search(P, H, Facts).run(Items);
}

StringRef ringfence::nameOf(Reach R) {
  switch (R) {
  case Reach::Yes:
    return "yes";
  case Reach::No:
    return "no";
  case Reach::Perhaps:
    return "perhaps";
  }
  return "";
}
