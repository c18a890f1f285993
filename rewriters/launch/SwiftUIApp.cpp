//===-- SwiftUIApp.cpp - the App type and its delegate --------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/launch/SwiftUIApp.h"
#include "matchers/model/EachStep.h"
#include "rewriters/launch/Launch.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

using namespace ringfence;
using llvm::StringRef;

/// "AppDelegate" of "@UIApplicationDelegateAdaptor(AppDelegate.self) var …" and
/// of "@UIApplicationDelegateAdaptor var delegate: AppDelegate".
static std::string adaptorNamed(const File &F, const Type &T) {
  StringRef Text = F.Source->text(T.Inside);
  llvm::SmallVector<StringRef> Match;
  StringRef Adaptor = "@UIApplicationDelegateAdaptor";
  if (llvm::Regex((Adaptor + "[ \t]*\\([ \t]*([A-Za-z_0-9]+)\\.self").str())
          .match(Text, &Match) ||
      llvm::Regex((Adaptor + "[ \t\n]+[^:\n]*:[ \t]*([A-Za-z_0-9]+)").str())
          .match(Text, &Match))
    return Match[1].str();
  return "";
}

/// How many bytes \p A and \p B begin with alike.
static std::size_t alike(StringRef A, StringRef B) {
  std::size_t N = 0;
  while (N < A.size() && N < B.size() && A[N] == B[N])
    ++N;
  return N;
}

std::vector<SwiftUIApp>
ringfence::swiftUIApps(FunctionSource &Functions,
                       const std::vector<const File *> &Files, StringRef Path) {
  std::vector<SwiftUIApp> All;
  for (const File *F : Files)
    for (const Type &T : F->Types) {
      if (T.K != Type::Kind::Struct || !llvm::is_contained(T.Supertypes, "App"))
        continue;
      SwiftUIApp App{F, &T, nullptr, adaptorNamed(*F, T), {}};
      for (const Function &Fn : F->Functions)
        if (Fn.Owner == T.Name && Fn.K == Function::Kind::Getter &&
            StringRef(Fn.Symbol).ends_with(".body"))
          App.Body = &Fn;
      for (const FunctionSource::TypeRef &D : Functions.types(App.DelegateName))
        if (D.T->K == Type::Kind::Class)
          App.Delegate = D;
      // A delegate that is named and not in sight cannot be added to.
      if (!App.DelegateName.empty() && !App.Delegate.T)
        continue;
      for (StringRef Name : {"AppDelegate", "PushAppDelegate"})
        if (App.DelegateName.empty() && Functions.types(Name).empty())
          App.DelegateName = Name;
      if (!App.DelegateName.empty())
        All.push_back(std::move(App));
    }
  llvm::stable_sort(All, [&](const SwiftUIApp &A, const SwiftUIApp &B) {
    return alike(A.In->Source->path(), Path) >
           alike(B.In->Source->path(), Path);
  });
  return All;
}

std::string ringfence::objectInApp(FunctionSource &Functions,
                                   const SwiftUIApp &App, StringRef Owner) {
  for (const Property &P : App.T->Properties) {
    StringRef Made = P.Initializer;
    bool IsIt = P.Type.empty()
                    ? Made.consume_front(Owner) &&
                          (Made.starts_with("(") || Made.starts_with("."))
                    : StringRef(P.Type).rtrim("?! ") == Owner;
    if (IsIt && !P.IsComputed && !P.IsLazy)
      return StringRef(P.Type).ends_with("?") ? P.Name + "?" : P.Name;
  }
  std::string Found;
  for (const Function &Fn : App.In->Functions)
    if (Fn.Owner == App.T->Name)
      forEachCall(Fn.Steps, [&](const Call &C) {
        std::string Named = objectCalled(Functions, C, {App.In, &Fn}, Owner);
        if (Found.empty() && !Named.empty() && llvm::isUpper(Named.front()))
          Found = Named;
      });
  return Found;
}

void ringfence::addToDelegate(Builders &Edits, const SwiftUIApp &App,
                              StringRef Members) {
  if (App.Delegate.T) {
    Edits.of(*App.Delegate.In).insertMember(*App.Delegate.T, Members);
    return;
  }
  Builder &B = Edits.of(*App.In);
  std::string Unit = B.style().Unit, End = B.style().LineEnding;
  std::string Base = B.indentation(App.T->Where.Begin).str();
  // A blank line in front of what is no stored property.
  bool IsAlone =
      App.T->Properties.empty() || App.T->Properties.front().IsComputed ||
      llvm::any_of(App.In->Functions, [&](const Function &Fn) {
        return App.T->Inside.contains(Fn.Where.Begin) &&
               Fn.Where.Begin < App.T->Properties.front().Where.Begin;
      });
  B.insert(App.T->Inside.Begin,
           End + Base + Unit + "@UIApplicationDelegateAdaptor(" +
               App.DelegateName + ".self) private var appDelegate" +
               (IsAlone ? End : ""));
  std::string Indented;
  llvm::SmallVector<StringRef> Lines;
  Members.rtrim().split(Lines, '\n');
  for (StringRef Line : Lines)
    Indented += (Line.empty() ? "" : "\t" + Line.str()) + "\n";
  std::string Text =
      B.layOut("\n/// Receives what the system tells an app's delegate alone.\n"
               "final class " +
                   App.DelegateName + ": NSObject, UIApplicationDelegate {\n" +
                   Indented + "}\n",
               "");
  StringRef Bytes = App.In->Source->bytes();
  if (!Bytes.ends_with("\n"))
    Text = End + Text;
  B.insert(static_cast<std::uint32_t>(Bytes.size()), Text);
  B.importModule("UIKit");
}
