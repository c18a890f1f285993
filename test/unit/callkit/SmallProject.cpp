//===-- SmallProject.cpp - a project in memory, fixed and read again --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallProject.h"
#include "matchers/objc/Reader.h"
#include "matchers/swift/Reader.h"
#include "rewriters/edit/Merge.h"
#include "rewriters/edit/TextEdits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "gtest/gtest.h"

using namespace ringfence;

SmallProject::SmallProject(std::map<std::string, std::string> Texts,
                           llvm::StringRef Check) {
  swift::Reader Swift;
  objc::Reader ObjC({});
  for (auto &[Path, Text] : Texts) {
    auto Source = std::make_shared<const SourceFile>(Path, Text);
    bool IsSwift = Source->language() == Language::Swift;
    Files[Path] = std::make_unique<File>(IsSwift ? Swift.read(Source)
                                                 : ObjC.read(Source));
  }
  std::vector<const File *> All;
  for (auto &[Path, F] : Files) {
    All.push_back(F.get());
    for (const Handler &H : F->Handlers)
      Handlers.push_back(
          {F.get(), &H, judge(*F, H, *this, Catalogue::builtin())});
  }
  // Exits that another check speaks of first are that check's.
  if (Check != "ringfence-unreported-path") {
    Findings = runChecks({Handlers, All, {}, *this, Catalogue::builtin()},
                         [&](llvm::StringRef Id) { return Id == Check; });
    return;
  }
  for (unsigned I = 0; I < Handlers.size(); ++I) {
    const Verdict &V = Handlers[I].V;
    for (unsigned E = 0; E < V.Exits.size(); ++E) {
      if (V.Exits[E].Late)
        continue;
      Finding Found;
      Found.Check = Check.str();
      Found.At = V.Exits[E].At;
      Found.HandlerIndex = static_cast<int>(I);
      Found.Exits = {E};
      Findings.push_back(std::move(Found));
    }
  }
}

std::vector<FixSet> SmallProject::proposals(MigrationStep Step) {
  return propose({Handlers, Findings, *this, Catalogue::builtin(), *this, {}},
                 Step);
}

std::map<std::string, std::string>
SmallProject::after(const std::vector<FixSet> &Sets) {
  Merged M = merge(Sets);
  EXPECT_TRUE(M.LeftOut.empty());
  std::map<std::string, std::string> Out;
  for (auto &[Path, F] : Files) {
    llvm::Expected<std::string> Text =
        applyEdits(Path, F->Source->bytes(), M.Edits);
    EXPECT_TRUE(static_cast<bool>(Text));
    Out[Path] = Text ? *Text : llvm::toString(Text.takeError());
  }
  return Out;
}

std::vector<std::string> SmallProject::problems() const {
  std::vector<std::string> Out;
  for (auto &[Path, F] : Files)
    for (const Problem &P : F->Problems)
      Out.push_back(Path + ":" + std::to_string(P.Line) + ": " + P.Message);
  return Out;
}

std::vector<FunctionRef> SmallProject::named(llvm::StringRef Name) {
  std::vector<FunctionRef> Out;
  for (auto &[Path, F] : Files)
    for (const Function &Fn : F->Functions)
      if (Fn.Name == Name)
        Out.push_back({F.get(), &Fn});
  return Out;
}

std::vector<FunctionRef> SmallProject::members(llvm::StringRef Type,
                                               llvm::StringRef Member) {
  std::vector<FunctionRef> Out = named(Member);
  llvm::erase_if(Out, [&](FunctionRef R) { return R.Fn->Owner != Type; });
  return Out;
}

std::vector<FunctionRef> SmallProject::callees(const Call &C,
                                               FunctionRef Caller) {
  std::vector<FunctionRef> Out = named(C.Name);
  std::string Wanted = C.ReceiverType;
  if (C.OnSelf || C.Receiver.empty())
    Wanted = Caller.Fn->Owner;
  llvm::SmallVector<llvm::StringRef, 4> Path;
  llvm::StringRef(C.Receiver).trim("[]").split(Path, '.');
  std::string Holder = Caller.Fn->Owner;
  for (llvm::StringRef Part : Path) {
    Part = Part.split(' ').first.trim("?!");
    if (!types(Part).empty())
      Holder = Wanted = Part.str();
    std::string Next = Holder;
    for (auto [F, T] : types(Holder))
      for (const Property &P : T->Properties)
        if (P.Name == Part && !P.Type.empty())
          Next = Wanted = llvm::StringRef(P.Type).trim(" *?!").str();
    Holder = Next;
  }
  llvm::erase_if(Out, [&](FunctionRef R) {
    return !Wanted.empty() && R.Fn->Owner != Wanted;
  });
  return Out;
}

std::vector<FunctionSource::TypeRef> SmallProject::types(llvm::StringRef Name) {
  std::vector<TypeRef> Out;
  for (auto &[Path, F] : Files)
    for (const Type &T : F->Types)
      if (T.Name == Name)
        Out.push_back({F.get(), &T});
  return Out;
}

std::optional<std::string> SmallProject::read(llvm::StringRef Path) {
  const File *F = file(Path);
  if (!F)
    return std::nullopt;
  return F->Source->bytes().str();
}

std::vector<std::string> SmallProject::filesWith(llvm::StringRef Token) {
  std::vector<std::string> Out;
  for (auto &[Path, F] : Files)
    if (F->Source->bytes().contains(Token))
      Out.push_back(Path);
  return Out;
}

const File *SmallProject::file(llvm::StringRef Path) {
  auto It = Files.find(Path.str());
  return It == Files.end() ? nullptr : It->second.get();
}

std::map<std::string, std::string>
ringfence::fixedFiles(std::map<std::string, std::string> Files,
                      llvm::StringRef Check) {
  SmallProject Before(Files, Check);
  std::vector<FixSet> Sets = Before.proposals();
  std::map<std::string, std::string> Fixed = Before.after(Sets);
  SmallProject After(Fixed, Check);
  EXPECT_EQ(After.problems(), Before.problems());

  size_t Closed = 0, Unfixable = 0;
  for (const FixSet &S : Sets) {
    Closed += S.Findings.size();
    EXPECT_FALSE(S.Title.empty());
    EXPECT_FALSE(S.Why.empty());
    EXPECT_FALSE(S.Id.empty());
  }
  for (const Finding &F : Before.Findings)
    Unfixable += !F.Advice.empty();
  EXPECT_EQ(Before.Findings.size(), Closed + Unfixable);
  EXPECT_EQ(After.Findings.size(), Unfixable);
  if (Unfixable == 0 && Check == "ringfence-unreported-path")
    for (const JudgedHandler &H : After.Handlers)
      EXPECT_NE(H.V.R, Reports::Never) << H.function().Symbol;
  EXPECT_EQ(After.after(After.proposals()), Fixed) << "not done at once";
  return Fixed;
}

std::string ringfence::fixed(std::string Path, std::string Text,
                             llvm::StringRef Check) {
  return fixedFiles({{Path, std::move(Text)}}, Check)[Path];
}
