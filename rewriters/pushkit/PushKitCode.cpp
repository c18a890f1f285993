//===-- PushKitCode.cpp - all that ties an app to PushKit -----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "rewriters/pushkit/HandlerTail.h"
#include "rewriters/pushkit/Removal.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

static constexpr StringRef Delegate = "PKPushRegistryDelegate";

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
    if (xcode::belongsTogether(Plists, In.Project.targets(),
                               J.In->Source->path(), Path))
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

bool ringfence::holdsRegistry(StringRef Type, StringRef Init) {
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
