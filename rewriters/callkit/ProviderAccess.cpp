//===-- ProviderAccess.cpp - how a handler reaches the CXProvider --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ProviderAccess.h"
#include "rewriters/callkit/TypeNames.h"
#include "rewriters/capture/Scope.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <set>

using namespace ringfence;

namespace {
/// A property that holds a CXProvider, and the declaration that it stands in.
struct Candidate {
  const File *In = nullptr;
  const Type *Owner = nullptr;
  const Property *P = nullptr;
  bool OnOwnType = false;
  bool Reports = false; ///< its type holds a call that reports for the handler
};

class Search {
public:
  Search(const ProposeInput &In, const JudgedHandler &H)
      : In(In), H(H), Here(*H.In), Fn(H.function()),
        Swift(Here.Source->language() == Language::Swift),
        Lineage(lineageOf(Fn.Owner, Here, In.Functions)) {}

  std::optional<ProviderAccess> run();

private:
  const ProposeInput &In;
  const JudgedHandler &H;
  const File &Here;
  const Function &Fn;
  const bool Swift;
  const std::vector<std::string> Lineage;

  std::vector<const File *> filesOfProviders() const;
  std::vector<Candidate> candidates() const;
  std::set<std::string> reportingTypes() const;
  bool fill(const Candidate &C, ProviderAccess &Out) const;
  bool reach(llvm::StringRef Owner, ProviderAccess &Out) const;
  bool reachDirectly(llvm::StringRef Owner, ProviderAccess &Out) const;
  bool reachThroughHolder(llvm::StringRef Owner, ProviderAccess &Out) const;
  bool reachAsUsed(llvm::StringRef Owner, ProviderAccess &Out) const;
  bool reachByProperty(llvm::StringRef Owner, ProviderAccess &Out) const;
  bool reachBySingleton(llvm::StringRef Owner, ProviderAccess &Out) const;
  bool inSameApp(const File &F) const;
  bool isSeenFromObjC(const Candidate &C) const;
  bool isStablePath(llvm::StringRef Receiver) const;
  bool isOwnProperty(llvm::StringRef Name) const;
  bool isOptionalProperty(llvm::StringRef Name) const;
  std::string unshadowed(llvm::StringRef Path) const;
};
} // namespace

bool ringfence::isForeign(llvm::StringRef Path) {
  for (llvm::StringRef Part : llvm::split(Path, '/'))
    if (Part == "Pods" || Part == "Carthage" || Part == "node_modules" ||
        Part.ends_with("Tests") || Part.starts_with("."))
      return true;
  return false;
}

static bool isSwift(const File &F) {
  return F.Source->language() == Language::Swift;
}

static bool isPrivate(const Property &P) {
  return P.Access == "private" || P.Access == "fileprivate";
}

/// The folder of the Info.plist that lies nearest above \p Path; "" if none.
static llvm::StringRef appFolder(llvm::StringRef Path,
                                 const std::vector<std::string> &Plists) {
  llvm::StringRef Best;
  for (llvm::StringRef Plist : Plists) {
    llvm::StringRef Folder = Plist.rsplit('/').first;
    if (Folder != Plist && Path.starts_with(Folder) &&
        Path.drop_front(Folder.size()).starts_with("/") &&
        Folder.size() > Best.size())
      Best = Folder;
  }
  return Best;
}

/// False if \p F lies in another app of the tree than the handler.
bool Search::inSameApp(const File &F) const {
  std::vector<std::string> Plists = In.Project.infoPlists();
  llvm::StringRef Mine = appFolder(Here.Source->path(), Plists);
  llvm::StringRef Its = appFolder(F.Source->path(), Plists);
  return Mine.empty() || Its.empty() || Mine == Its;
}

/// How many leading bytes two paths share.
static size_t nearness(llvm::StringRef A, llvm::StringRef B) {
  size_t N = 0;
  while (N < A.size() && N < B.size() && A[N] == B[N])
    ++N;
  return N;
}

std::vector<const File *> Search::filesOfProviders() const {
  std::vector<const File *> Out{&Here};
  std::vector<std::string> Paths = In.Project.filesWith("CXProvider");
  llvm::sort(Paths);
  for (const std::string &Path : Paths)
    if (!isForeign(Path))
      if (const File *F = In.Project.file(Path);
          F && !llvm::is_contained(Out, F) && inSameApp(*F))
        Out.push_back(F);
  return Out;
}

/// Types whose functions hold the reports that the handler reaches.
std::set<std::string> Search::reportingTypes() const {
  std::set<std::string> Out;
  for (const Place &P : H.V.ReportSites)
    for (const Function &F : P.In->Functions)
      if (F.Body.contains(P.Where))
        Out.insert(F.Owner);
  return Out;
}

std::vector<Candidate> Search::candidates() const {
  std::vector<Candidate> Out;
  std::set<std::string> Reporting = reportingTypes();
  for (const File *F : filesOfProviders())
    for (const Type &T : F->Types) {
      if (T.K == Type::Kind::Protocol)
        continue;
      // Another app's type may bear the name of ours.
      bool OnOwnType = llvm::is_contained(Lineage, T.Name);
      if (OnOwnType && llvm::none_of(declarationsOf(T.Name, Here, In.Functions),
                                     [&](const auto &R) { return R.T == &T; }))
        continue;
      for (const Property &P : T.Properties) {
        bool Holds = P.Type.empty() ? typeOf(P) == "CXProvider"
                                    : namesType(P.Type, "CXProvider");
        if (!Holds || P.Type.find("->") != std::string::npos)
          continue;
        Out.push_back({F, &T, &P, OnOwnType, Reporting.count(T.Name) != 0});
      }
    }
  std::stable_sort(Out.begin(), Out.end(),
                   [&](const Candidate &A, const Candidate &B) {
                     if (A.OnOwnType != B.OnOwnType)
                       return A.OnOwnType;
                     if (A.Reports != B.Reports)
                       return A.Reports;
                     // Several apps in one tree: the neighbour's is ours.
                     llvm::StringRef Mine = Here.Source->path();
                     return nearness(Mine, A.In->Source->path()) >
                            nearness(Mine, B.In->Source->path());
                   });
  return Out;
}

bool Search::isOwnProperty(llvm::StringRef Name) const {
  for (const std::string &T : Lineage)
    for (auto [F, Decl] : declarationsOf(T, Here, In.Functions))
      for (const Property &P : Decl->Properties)
        if (P.Name == Name || (Name.consume_front("_") && P.Name == Name))
          return true;
  return false;
}

/// A receiver that means the same wherever it stands in the handler's type:
/// a path from self, from a property or from a type, without locals.
bool Search::isStablePath(llvm::StringRef Receiver) const {
  llvm::StringRef R = Receiver.trim();
  if (R.consume_front("[")) { // "[CallManager sharedManager]"
    if (!R.consume_back("]"))
      return false;
    auto [Class, Selector] = R.split(' ');
    // A new object is not the one that the app uses.
    if (Selector == "alloc" || Selector == "new" || Selector == "class")
      return false;
    return !Class.empty() && llvm::isUpper(Class.front()) &&
           llvm::all_of(Class, llvm::isAlnum) &&
           llvm::all_of(Selector, llvm::isAlnum);
  }
  if (!llvm::all_of(R,
                    [](char C) {
                      return llvm::isAlnum(C) ||
                             llvm::StringRef("_.?!()").contains(C);
                    }) ||
      R.empty())
    return false;
  // Only calls without arguments: "CallManager.sharedInstance()".
  for (size_t I = 0; I < R.size(); ++I)
    if (R[I] == '(' && (I + 1 == R.size() || R[I + 1] != ')'))
      return false;
  llvm::StringRef Root =
      R.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
  if (Root == "self")
    return R.size() > Root.size();
  if (Root.empty())
    return false;
  return llvm::isUpper(Root.front()) || isOwnProperty(Root);
}

/// A property of this type that Swift hands out as an optional.
bool Search::isOptionalProperty(llvm::StringRef Name) const {
  if (!Swift)
    return false;
  for (const std::string &T : Lineage)
    for (auto [F, Decl] : declarationsOf(T, Here, In.Functions))
      for (const Property &P : Decl->Properties)
        if (P.Name == Name)
          return llvm::StringRef(P.Type).ends_with("?");
  return false;
}

/// "guard let bridge" lets "bridge.calls" stand where the property "bridge" is
/// an optional; elsewhere in the type that is "bridge?.calls".
std::string Search::unshadowed(llvm::StringRef Path) const {
  auto [Root, Rest] = Path.split('.');
  if (Rest.empty() || !isOptionalProperty(Root))
    return Path.str();
  return (Root + "?." + Rest).str();
}

/// The expression by which this type already talks to the owner.
bool Search::reachAsUsed(llvm::StringRef Owner, ProviderAccess &Out) const {
  std::vector<const Function *> Mine{&Fn};
  for (const Function &F : Here.Functions)
    if (F.Owner == Fn.Owner && &F != &Fn && !F.IsStatic)
      Mine.push_back(&F);
  for (const Function *F : Mine) {
    std::string Found;
    for (const Step &S : F->Steps)
      forEachCall(S, [&](const Call &C) {
        if (!Found.empty() || C.Receiver.empty() || C.OnSelf || C.OnSuper ||
            !isStablePath(C.Receiver))
          return;
        bool Is = C.ReceiverType == Owner && !C.OnType;
        if (!Is && C.ReceiverType.empty() && !C.OnType)
          for (FunctionRef R : In.Functions.callees(C, {&Here, F}))
            Is |= R.Fn->Owner == Owner && !R.Fn->IsStatic;
        if (Is)
          Found = C.Receiver;
      });
    if (Found.empty())
      continue;
    llvm::StringRef Path = Found;
    Out.ReachOptional = Path.consume_back("?");
    Path.consume_back("!");
    Out.Reach = unshadowed(Path);
    Out.ReachOptional |= Out.Reach == Path && isOptionalProperty(Path);
    Out.ReachChained = llvm::StringRef(Out.Reach).contains("?.");
    return true;
  }
  return false;
}

bool Search::reachByProperty(llvm::StringRef Owner, ProviderAccess &Out) const {
  for (const std::string &T : Lineage)
    for (auto [F, Decl] : declarationsOf(T, Here, In.Functions))
      for (const Property &P : Decl->Properties) {
        if (typeOf(P) != Owner || P.IsStatic || isSwift(*F) != Swift)
          continue;
        if (F != &Here && isPrivate(P))
          continue;
        bool Declared = F->Source->text(P.Where).starts_with("@property");
        Out.Reach = Swift || !Declared ? P.Name : "self." + P.Name;
        Out.ReachOptional = llvm::StringRef(P.Type).ends_with("?") ||
                            (Swift && P.IsWeak && P.Type.back() != '!');
        return true;
      }
  return false;
}

/// "CallManager.shared", "[CallManager sharedManager]".
bool Search::reachBySingleton(llvm::StringRef Owner,
                              ProviderAccess &Out) const {
  for (auto [F, Decl] : declarationsOf(Owner, Here, In.Functions)) {
    if (isSwift(*F) != Swift)
      continue;
    for (const Property &P : Decl->Properties) {
      bool OfItself = typeOf(P) == Owner || typeOf(P) == "Self";
      if (!P.IsStatic || !OfItself || (F != &Here && isPrivate(P)))
        continue;
      Out.Reach = (Owner + "." + P.Name).str();
      Out.ReachOptional = llvm::StringRef(P.Type).ends_with("?");
      return true;
    }
    for (const Function &M : F->Functions) {
      llvm::StringRef Result = plainType(M.ReturnType);
      bool OfItself = Result == Owner || Result == "instancetype" ||
                      Result == "Self" || Result == "id";
      static constexpr llvm::StringRef Usual[] = {
          "shared", "default", "instance", "current", "main", "get"};
      bool Named = llvm::any_of(Usual, [&](llvm::StringRef Prefix) {
        return llvm::StringRef(M.Name).starts_with(Prefix);
      });
      if (M.Owner != Owner || !M.IsStatic || !M.Parameters.empty() ||
          !OfItself || !Named)
        continue;
      Out.Reach = Swift ? (Owner + "." + M.Name + "()").str()
                        : ("[" + Owner + " " + M.Name + "]").str();
      return true;
    }
  }
  return false;
}

bool Search::reachDirectly(llvm::StringRef Owner, ProviderAccess &Out) const {
  return reachAsUsed(Owner, Out) || reachByProperty(Owner, Out) ||
         reachBySingleton(Owner, Out);
}

/// A type that this one reaches has a property that holds the owner:
/// "calls.delegate", "CallManager.shared.delegate".
bool Search::reachThroughHolder(llvm::StringRef Owner,
                                ProviderAccess &Out) const {
  std::vector<std::string> Paths = In.Project.filesWith(Owner);
  llvm::sort(Paths);
  for (const std::string &Path : Paths) {
    const File *F = isForeign(Path) ? nullptr : In.Project.file(Path);
    if (!F || isSwift(*F) != Swift || !inSameApp(*F))
      continue;
    for (const Type &T : F->Types) {
      if (T.Name == Owner || T.K == Type::Kind::Protocol ||
          llvm::is_contained(Lineage, T.Name))
        continue;
      for (const Property &P : T.Properties) {
        bool Seen = Swift
                        ? F == &Here || !isPrivate(P)
                        : F->Source->path().ends_with(".h") &&
                              F->Source->text(P.Where).starts_with("@property");
        ProviderAccess Holder;
        if (typeOf(P) != Owner || P.IsStatic || !Seen ||
            !reachDirectly(T.Name, Holder))
          continue;
        Out.Reach = Holder.Reach + (Holder.ReachOptional ? "?." : ".") + P.Name;
        Out.ReachOptional = Swift && llvm::StringRef(P.Type).ends_with("?");
        Out.ReachChained = llvm::StringRef(Out.Reach).contains("?.");
        return true;
      }
    }
  }
  return false;
}

bool Search::reach(llvm::StringRef Owner, ProviderAccess &Out) const {
  return reachDirectly(Owner, Out) || reachThroughHolder(Owner, Out);
}

/// A static property of Swift that the handler's file, Objective-C, can name.
bool Search::isSeenFromObjC(const Candidate &C) const {
  if (Swift || !isSwift(*C.In) || !C.P->IsStatic || isPrivate(*C.P))
    return false;
  bool Imports = Here.Source->bytes().contains("-Swift.h");
  llvm::StringRef Declared =
      C.In->Source->lineText(C.In->Source->line(C.P->Where.Begin));
  llvm::StringRef OfType =
      C.In->Source->text({0, C.Owner->Inside.Begin}).rsplit('}').second;
  return Imports &&
         (Declared.contains("@objc ") ||
          (OfType.contains("@objcMembers") && !Declared.contains("@nonobjc")));
}

/// Makes \p Out of \p C: where the helper stands and how it says "provider".
/// False if nothing that this handler can call reaches it.
bool Search::fill(const Candidate &C, ProviderAccess &Out) const {
  Out = {};
  const Property &P = *C.P;
  if (isSwift(*C.In) != Swift && !isSeenFromObjC(C))
    return false;
  Out.Optional = Swift && llvm::StringRef(P.Type).ends_with("?");
  bool Declared = C.In->Source->text(P.Where).starts_with("@property");
  Out.Provider = !Swift && Declared ? "self." + P.Name : P.Name;
  const Type *Own = typeAround(Here, Fn.Owner, Fn.Where.Begin);
  if (P.IsStatic) {
    // Reached by the type's name from anywhere that may see it.
    if (C.In != &Here && isPrivate(P))
      return false;
    Out.Provider = C.Owner->Name + "." + P.Name;
    Out.IsMember = false;
    Out.In = &Here;
    Out.Owner = Own;
    return Own != nullptr;
  }
  if (C.OnOwnType) {
    Out.In = &Here;
    Out.Owner = Own;
    if (C.In == &Here || (Swift && !isPrivate(P)) ||
        (!Swift && C.In->Source->path().ends_with(".h")))
      return Own != nullptr;
    // Private to another file of the type: the method goes there.
  } else if (!reach(C.Owner->Name, Out)) {
    return false;
  }
  Out.In = C.In;
  Out.Owner = C.Owner;
  if (Swift)
    return true;
  // The method's body goes into an @implementation, beside the property's
  // declaration if that is in the same file.
  const Type *Body = nullptr;
  const File *BodyIn = nullptr;
  for (auto [F, T] : declarationsOf(C.Owner->Name, *C.In, In.Functions))
    if (T->K == Type::Kind::Implementation && (!Body || F == C.In)) {
      Body = T;
      BodyIn = F;
    }
  Out.In = BodyIn;
  Out.Owner = Body;
  return Body != nullptr;
}

std::optional<ProviderAccess> Search::run() {
  std::vector<Candidate> All = candidates();
  ProviderAccess Out;
  for (const Candidate &C : All)
    if (fill(C, Out))
      return Out;
  bool HasReports = !H.V.ReportSites.empty() || !All.empty() ||
                    !In.Project.filesWith("reportNewIncomingCall").empty();
  const Type *Own = typeAround(Here, Fn.Owner, Fn.Where.Begin);
  if (!HasReports || !Own)
    return std::nullopt;
  Out = {};
  Out.In = &Here;
  Out.Owner = Own;
  Out.Provider = "<#CXProvider#>";
  Out.IsMember = false;
  Out.Placeholder = true;
  return Out;
}

std::optional<ProviderAccess> ringfence::findProvider(const ProposeInput &In,
                                                      const JudgedHandler &H) {
  return Search(In, H).run();
}
