//===-- PushKitCode.cpp - all that ties an app to PushKit -----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/PushKitCode.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/edit/LineCuts.h"
#include "rewriters/pushkit/HandlerTail.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

using namespace ringfence;
using llvm::StringRef;

static constexpr StringRef Delegate = "PKPushRegistryDelegate";

namespace {

class Removal {
public:
  Removal(const ProposeInput &In, const JudgedHandler &J) : In(In), J(J) {}
  PushKitRemoval run();

private:
  void gatherFiles();
  void cutMethods(const File &F);
  void cutConformance(const File &F);
  void cutProperties(const File &F);
  void cutSetup(const File &F);
  bool cutSteps(const File &F, const Function &Fn,
                const std::vector<Step> &Steps);
  bool cutUnused(const File &F, const Function &Fn,
                 const std::vector<Step> &Steps);
  bool isSetup(const File &F, const Step &S, const Function &Fn) const;
  void cutEmptied();
  bool cutFunction(const File &F, const Function &Fn);
  void cutImports(const File &F);
  void checkMentions(const File &F);
  void checkMembers();
  bool isCut(const File &F, const Step &S) {
    return cuts(F).has(S.Where.Begin) && cuts(F).has(S.Where.End - 1);
  }
  bool isDelegateMethod(const Function &Fn) const {
    return Fn.Owner == J.function().Owner &&
           (Fn.Name == "pushRegistry" ||
            StringRef(Fn.Name).starts_with("pushRegistry:"));
  }
  LineCuts &cuts(const File &F) {
    return Cuts.try_emplace(&F, *F.Source).first->second;
  }
  std::string at(const File &F, std::uint32_t Offset) const {
    return F.Source->path().str() + ":" +
           std::to_string(F.Source->line(Offset));
  }
  void block(std::string Why) {
    if (Result.Blocker.empty())
      Result.Blocker = std::move(Why);
  }

  const ProposeInput &In;
  const JudgedHandler &J;
  std::vector<const File *> Files; ///< that hold something of it, by path
  std::map<const File *, LineCuts> Cuts;
  std::map<const File *, std::vector<Range>> Words; ///< single words that go
  std::set<std::string> Registries; ///< properties that hold a registry
  std::set<const Function *> Touched;
  Builders Edits;
  PushKitRemoval Result;
};

} // namespace

/// The files of the handler's app that name PushKit's types and hold a part of
/// it: the delegate's type, or a registry.
void Removal::gatherFiles() {
  std::vector<std::string> Plists = In.Project.infoPlists();
  std::set<std::string> Types = {J.function().Owner};
  // Another handler's type is that handler's to leave.
  auto IsOthers = [&](StringRef Owner) {
    return Owner != J.function().Owner &&
           llvm::any_of(In.Handlers, [&](const JudgedHandler &H) {
             return H.function().Owner == Owner;
           });
  };
  std::vector<const File *> All;
  for (const std::string &Path : In.Project.filesWith("PKPush"))
    if (xcode::belongsTogether(Plists, J.In->Source->path(), Path))
      if (const File *F = In.Project.file(Path)) {
        All.push_back(F);
        for (const Registration &R : F->Registrations)
          if (!IsOthers(R.Owner))
            Types.insert(R.Owner);
      }
  for (const File *F : All)
    if (llvm::any_of(
            F->Registrations,
            [&](const Registration &R) { return Types.count(R.Owner) != 0; }) ||
        llvm::any_of(F->Types, [&](const Type &T) {
          return Types.count(T.Name) && T.K != Type::Kind::Protocol;
        }))
      Files.push_back(F);
}

void Removal::cutMethods(const File &F) {
  for (const Function &Fn : F.Functions) {
    if (!isDelegateMethod(Fn) || Fn.Body.empty())
      continue;
    if (!cuts(F).addWithComments(Fn.Where))
      block("other code stands on the lines of " + Fn.Symbol);
    if (&Fn == &J.function())
      continue;
    auto Work = llvm::find_if(Fn.Steps, [&](const Step &S) {
      return !isQuiet(S, In.Apis, F.Source->language(), "");
    });
    if (Work != Fn.Steps.end())
      Result.LeftToDo.push_back(
          "What " + Fn.Symbol + " did with the VoIP token (" +
          at(F, Work->Where.Begin) + ") is not done any more.");
  }
}

/// "A, B, C" without B; with \p Open and \p Close around it, if B is alone.
static Range itemOf(const SourceFile &S, Range Word, StringRef Open) {
  StringRef Bytes = S.bytes();
  StringRef Before = Bytes.take_front(Word.Begin).rtrim();
  StringRef Behind = Bytes.substr(Word.End);
  if (Before.ends_with(","))
    return {static_cast<std::uint32_t>(Before.size()) - 1, Word.End};
  if (Behind.ltrim().starts_with(",")) {
    StringRef Rest = Behind.ltrim().drop_front(1).ltrim();
    return {Word.Begin, static_cast<std::uint32_t>(Rest.data() - Bytes.data())};
  }
  if (!Before.ends_with(Open))
    return {};
  Before = Before.drop_back(Open.size()).rtrim();
  Range R{static_cast<std::uint32_t>(Before.size()), Word.End};
  if (Open == "<") {
    StringRef Rest = Behind.ltrim();
    if (!Rest.starts_with(">"))
      return {};
    R.End = static_cast<std::uint32_t>(Rest.data() + 1 - Bytes.data());
  }
  return R;
}

void Removal::cutConformance(const File &F) {
  bool IsSwift = F.Source->language() == Language::Swift;
  for (const Type &T : F.Types) {
    if (T.Name != J.function().Owner ||
        !llvm::is_contained(T.Supertypes, Delegate))
      continue;
    // An extension for nothing else goes as a whole.
    bool Keeps = !T.Properties.empty(), Cuts = false;
    for (const Function &Fn : F.Functions)
      if (T.Inside.contains(Fn.Where)) {
        Keeps |= !isDelegateMethod(Fn);
        Cuts = true;
      }
    if (T.K == Type::Kind::Extension && Cuts && !Keeps &&
        T.Supertypes.size() == 1 && cuts(F).addWithComments(T.Where))
      continue;
    bool Done = false;
    for (const Word &W :
         words(F.Source->bytes(), {T.Where.Begin, T.Inside.Begin},
               F.Source->language()))
      if (W.Text == Delegate) {
        Range R = itemOf(*F.Source, W.Where, IsSwift ? ":" : "<");
        if (R.empty())
          break;
        Words[&F].push_back(R);
        Done = true;
        break;
      }
    if (!Done)
      block("the conformance to " + Delegate.str() + " in " +
            at(F, T.Where.Begin) + " is not understood");
  }
}

static bool holdsRegistry(StringRef Type, StringRef Init) {
  return Type.rtrim("?! *").ends_with("PKPushRegistry") ||
         (Type.empty() && (Init.starts_with("PKPushRegistry(") ||
                           Init.starts_with("[[PKPushRegistry alloc]")));
}

void Removal::cutProperties(const File &F) {
  auto Cut = [&](const Property &P) {
    if (!holdsRegistry(P.Type, P.Initializer))
      return;
    Registries.insert(StringRef(P.Name).ltrim('_').str());
    if (!cuts(F).addWithComments(P.Where))
      block("other code stands on the line of '" + P.Name + "' (" +
            at(F, P.Where.Begin) + ")");
    // "{ }" around it, if it was the only instance variable.
    const SourceFile &S = *F.Source;
    unsigned Line = S.line(P.Where.Begin);
    if (Line > 1 && Line < S.lineCount() &&
        S.lineText(Line - 1).trim() == "{" &&
        S.lineText(Line + 1).trim() == "}") {
      auto Whole = [&](unsigned L) {
        return Range{S.lineBegin(L),
                     S.lineBegin(L) +
                         static_cast<std::uint32_t>(S.lineText(L).size())};
      };
      cuts(F).add(Whole(Line - 1));
      cuts(F).add(Whole(Line + 1));
    }
  };
  for (const Type &T : F.Types)
    llvm::for_each(T.Properties, Cut);
  llvm::for_each(F.Globals, Cut);
}

/// "self.registry.delegate = self": "registry".
static std::string rootOf(const File &F, Range R) {
  for (const Word &W : words(F.Source->bytes(), R, F.Source->language()))
    if (W.Text != "self")
      return W.Text.ltrim('_').str();
  return "";
}

/// Whether \p S makes a registry or sets it up, and does nothing else.
bool Removal::isSetup(const File &F, const Step &S, const Function &Fn) const {
  if (S.InMacro || !S.Closures.empty())
    return false;
  for (const Call &C : S.Calls) {
    static constexpr StringRef Known[] = {"PKPushRegistry",
                                          "initWithQueue:",
                                          "setDelegate:",
                                          "setDesiredPushTypes:",
                                          "delegate",
                                          "desiredPushTypes",
                                          "setWithObject:",
                                          "setWithObjects:",
                                          "setWithArray:",
                                          "Set",
                                          "DispatchQueue",
                                          "dispatch_queue_create",
                                          "alloc",
                                          "init",
                                          "set",
                                          "dispatch_get_main_queue",
                                          "dispatch_get_global_queue"};
    const Api *A = In.Apis.find(C, F.Source->language());
    if (!llvm::is_contained(Known, C.Name) && C.K != Call::Kind::PropertyRead &&
        C.K != Call::Kind::PropertyWrite && C.K != Call::Kind::Subscript &&
        !(A && A->E == Effect::Pure))
      return false;
  }
  if (S.K == Step::Kind::Declare)
    return !S.Declares.empty() &&
           llvm::all_of(S.Declares, [&](const Declaration &D) {
             return holdsRegistry(D.Type, D.Init.Text);
           });
  bool Sets = !S.Assigns.empty() || llvm::any_of(S.Calls, [](const Call &C) {
    return C.K == Call::Kind::PropertyWrite ||
           StringRef(C.Name).starts_with("setDe");
  });
  if (S.K != Step::Kind::Do || !Sets)
    return false;
  std::string Root = rootOf(F, S.Where);
  if (Registries.count(Root))
    return true;
  // A local registry.
  bool IsLocal = false;
  for (const Step &Outer : Fn.Steps)
    forEachStep(Outer, [&](const Step &Inner) {
      for (const Declaration &D : Inner.Declares)
        IsLocal |= D.Name == Root && holdsRegistry(D.Type, D.Init.Text);
    });
  return IsLocal;
}

/// Cuts the set-up among \p Steps, and what holds nothing else. True if
/// nothing of them is left.
bool Removal::cutSteps(const File &F, const Function &Fn,
                       const std::vector<Step> &Steps) {
  bool All = true;
  for (const Step &S : Steps) {
    if (isCut(F, S))
      continue;
    if (isSetup(F, S, Fn)) {
      Touched.insert(&Fn);
      Range R = S.WithComments.empty() ? S.Where : S.WithComments;
      R.End = std::max(R.End, S.Where.End);
      if (!cuts(F).add(R) && !cuts(F).add(S.Where))
        block("other code stands on the line of the registry's set-up (" +
              at(F, S.Where.Begin) + ")");
      continue;
    }
    bool Inner = !S.Arms.empty() || !S.Closures.empty(), Some = false;
    for (const Arm &A : S.Arms) {
      Inner &= cutSteps(F, Fn, A.Steps) && A.Closures.empty();
      Some |= llvm::any_of(A.Steps, [&](const Step &T) { return isCut(F, T); });
    }
    for (const Closure &C : S.Closures) {
      Inner &= cutSteps(F, Fn, C.Steps);
      Some |= llvm::any_of(C.Steps, [&](const Step &T) { return isCut(F, T); });
    }
    // A hop, or a question that is answered for nothing now.
    bool IsShell =
        S.K == Step::Kind::Branch || S.K == Step::Kind::Scope ||
        (S.K == Step::Kind::Do && S.Closures.size() == 1 &&
         llvm::all_of(S.Calls, [&](const Call &C) {
           const Api *A = In.Apis.find(C, F.Source->language());
           return C.K == Call::Kind::PropertyRead ||
                  C.Name == "dispatch_get_main_queue" ||
                  (A && (A->E == Effect::AsyncHop || A->E == Effect::Pure));
         }));
    if (Inner && Some && IsShell && cuts(F).add(S.Where)) {
      Range R = S.WithComments.empty() ? S.Where : S.WithComments;
      cuts(F).add(R);
      continue;
    }
    All = false;
  }
  return All;
}

/// Cuts declarations among \p Steps that only what went has used. True if some
/// went.
bool Removal::cutUnused(const File &F, const Function &Fn,
                        const std::vector<Step> &Steps) {
  bool Cut = false;
  for (const Step &S : Steps) {
    for (const Arm &A : S.Arms)
      Cut |= cutUnused(F, Fn, A.Steps);
    for (const Closure &C : S.Closures)
      Cut |= cutUnused(F, Fn, C.Steps);
    if (S.K != Step::Kind::Declare || isCut(F, S) || S.Declares.size() != 1)
      continue;
    bool Used = false, WasUsed = false;
    for (const Word &W :
         words(F.Source->bytes(), Fn.Inside, F.Source->language())) {
      if (W.Text != S.Declares.front().Name || W.IsMember || W.IsLabel ||
          S.Where.contains(W.Where))
        continue;
      (cuts(F).has(W.Where.Begin) ? WasUsed : Used) = true;
    }
    bool IsQuiet =
        isSetup(F, S, Fn) || isQuiet(S, In.Apis, F.Source->language(), "") ||
        llvm::all_of(S.Calls, [](const Call &C) {
          return StringRef(C.Name).starts_with("setWith") ||
                 StringRef(C.Name).starts_with("dispatch_") || C.Name == "Set";
        });
    if (!Used && WasUsed && IsQuiet &&
        cuts(F).add(S.WithComments.empty() ? S.Where : S.WithComments))
      Cut = true;
  }
  return Cut;
}

void Removal::cutSetup(const File &F) {
  for (const Function &Fn : F.Functions) {
    if (isDelegateMethod(Fn))
      continue;
    cutSteps(F, Fn, Fn.Steps);
    // What was only needed for it may have kept a block from going.
    if (Touched.count(&Fn))
      while (cutUnused(F, Fn, Fn.Steps))
        cutSteps(F, Fn, Fn.Steps);
  }
}

/// Functions that did nothing else go, with their calls.
void Removal::cutEmptied() {
  for (const File *F : Files)
    for (const Function &Fn : F->Functions) {
      if (!Touched.count(&Fn) || Fn.Steps.empty() ||
          !llvm::all_of(Fn.Steps, [&](const Step &S) { return isCut(*F, S); }))
        continue;
      if (!cutFunction(*F, Fn))
        Result.LeftToDo.push_back(Fn.Symbol +
                                  " is empty now: take it and its calls away.");
    }
}

bool Removal::cutFunction(const File &F, const Function &Fn) {
  if (!Fn.Parameters.empty() || Fn.IsOverride || Fn.K != Function::Kind::Method)
    return false;
  struct Found {
    const File *In;
    Range Where;
  };
  std::vector<Found> Calls;
  for (const std::string &Path : In.Project.filesWith(Fn.Name)) {
    const File *Other = In.Project.file(Path);
    if (!Other)
      return false;
    for (const Word &W :
         words(Other->Source->bytes(),
               {0, static_cast<std::uint32_t>(Other->Source->bytes().size())},
               Other->Source->language())) {
      if (W.Text != Fn.Name)
        continue;
      if (Other == &F && Fn.Where.contains(W.Where))
        continue;
      StringRef Line =
          Other->Source->lineText(Other->Source->line(W.Where.Begin)).trim();
      std::uint32_t LineBegin =
          Other->Source->lineBegin(Other->Source->line(W.Where.Begin));
      if (Line.starts_with("-") && Line.ends_with(";")) {
        Calls.push_back(
            {Other,
             {LineBegin +
                  static_cast<std::uint32_t>(
                      Line.data() - Other->Source->bytes().data() - LineBegin),
              static_cast<std::uint32_t>(Line.data() + Line.size() -
                                         Other->Source->bytes().data())}});
        continue;
      }
      const Step *Caller = nullptr;
      for (const Function &G : Other->Functions)
        if (G.Body.contains(W.Where))
          if (std::vector<Level> L = levelsAt(G, W.Where.Begin); !L.empty())
            Caller = &L.back().step();
      if (!Caller || Caller->K != Step::Kind::Do || Caller->InMacro ||
          Caller->Calls.size() != 1 || Caller->Calls.front().Name != Fn.Name ||
          !Caller->Calls.front().OnSelf || !Caller->Assigns.empty())
        return false;
      Calls.push_back({Other, Caller->Where});
    }
  }
  if (llvm::none_of(Calls, [](const Found &C) {
        return !C.In->Source->text(C.Where).starts_with("-");
      }))
    return false;
  for (const Found &C : Calls)
    if (!cuts(*C.In).add(C.Where))
      return false;
  return cuts(F).addWithComments(Fn.Where);
}

/// Whether \p Text names something of PushKit.
static bool isOfPushKit(StringRef Text) {
  return Text.starts_with("PKPush") || Text == "PKVoIPPushMetadata";
}

void Removal::cutImports(const File &F) {
  if (cuts(F).empty() && Words[&F].empty())
    return;
  const SourceFile &S = *F.Source;
  for (unsigned L = 1; L <= S.lineCount(); ++L) {
    StringRef Line = S.lineText(L).trim();
    std::uint32_t Begin =
        static_cast<std::uint32_t>(Line.data() - S.bytes().data());
    if (Line == "import PushKit" || Line == "@import PushKit;" ||
        Line == "#import <PushKit/PushKit.h>" ||
        Line == "#import \"PushKit/PushKit.h\"")
      cuts(F).add({Begin, Begin + static_cast<std::uint32_t>(Line.size())});
  }
}

/// What is left of the file names nothing of PushKit.
void Removal::checkMentions(const File &F) {
  const SourceFile &S = *F.Source;
  for (const Word &W :
       words(S.bytes(), {0, static_cast<std::uint32_t>(S.bytes().size())},
             S.language())) {
    if (!isOfPushKit(W.Text) || cuts(F).has(W.Where.Begin) ||
        llvm::any_of(Words[&F], [&](Range R) { return R.contains(W.Where); }))
      continue;
    StringRef Line = S.lineText(S.line(W.Where.Begin)).trim();
    if (Line.starts_with("@class ") || Line.starts_with("@protocol "))
      continue;
    block("'" + W.Text.str() + "' is used in " + at(F, W.Where.Begin) +
          " for something else than receiving pushes");
  }
}

/// No other code names the registries.
void Removal::checkMembers() {
  for (const std::string &Name : Registries)
    for (const std::string &Path : In.Project.filesWith(Name)) {
      const File *F = In.Project.file(Path);
      if (!F || !xcode::belongsTogether(In.Project.infoPlists(),
                                        J.In->Source->path(), Path))
        continue;
      const SourceFile &S = *F->Source;
      auto InDelegateMethod = [&](Range R) {
        return llvm::any_of(F->Functions, [&](const Function &Fn) {
          return llvm::any_of(
                     Fn.Parameters,
                     [&](const Parameter &P) { return P.Name == Name; }) &&
                 Fn.Where.contains(R);
        });
      };
      bool IsOurs = llvm::is_contained(Files, F);
      bool HasItsOwn = llvm::any_of(F->Types, [&](const Type &T) {
        return llvm::any_of(T.Properties, [&](const Property &P) {
          return StringRef(P.Name).ltrim('_') == Name;
        });
      });
      for (const Word &W :
           words(S.bytes(), {0, static_cast<std::uint32_t>(S.bytes().size())},
                 S.language())) {
        if (W.Text.ltrim('_') != Name || W.IsLabel || InDelegateMethod(W.Where))
          continue;
        if (!IsOurs && (!W.IsMember || HasItsOwn))
          continue; // a name of its own
        if (!cuts(*F).has(W.Where.Begin))
          block("'" + Name + "' is used in " + at(*F, W.Where.Begin));
      }
    }
}

PushKitRemoval Removal::run() {
  gatherFiles();
  if (!llvm::is_contained(Files, J.In))
    Files.push_back(J.In);
  for (const File *F : Files)
    cutProperties(*F);
  for (const File *F : Files) {
    cutMethods(*F);
    cutConformance(*F);
    cutSetup(*F);
  }
  cutEmptied();
  for (const File *F : Files) {
    cutImports(*F);
    cuts(*F).cutHeadings({"PushKit", "PKPush", "pushRegistry", "VoIP"});
    checkMentions(*F);
  }
  checkMembers();
  for (auto &[F, Cut] : Cuts)
    for (Range R : Cut.ranges()) {
      if (cutsConditional(F->Source->text(R)))
        block("part of an #if would go in " + at(*F, R.Begin));
      Edits.of(*F).replace(R, "");
    }
  for (auto &[F, Single] : Words)
    for (Range R : Single)
      if (!cuts(*F).has(R.Begin))
        Edits.of(*F).replace(R, "");
  Edits.addTo(Result.Edits);
  return std::move(Result);
}

PushKitRemoval ringfence::removePushKit(const ProposeInput &In,
                                        const JudgedHandler &J) {
  return Removal(In, J).run();
}
