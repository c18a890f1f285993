//===-- StoredCode.cpp - code that is kept to be called later -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/model/EachStep.h"
#include "tool/pipeline/Resolver.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

// A notification that so many files may observe is no way to call anyone.
static constexpr std::size_t MaxObservingFiles = 12;

FunctionRef Resolver::asFunction(const Closure &C, FunctionRef Home) {
  auto [It, New] = FunctionOf.try_emplace(&C);
  if (New) {
    Function Fn;
    Fn.K = Function::Kind::Function;
    Fn.Symbol = "closure in " + Home.Fn->Symbol;
    Fn.Owner = Home.Fn->Owner;
    Fn.Parameters = C.Parameters;
    // Called by position, whatever the closure calls them.
    for (Parameter &P : Fn.Parameters)
      P.Label = "_";
    Fn.Where = Fn.Body = C.Where;
    Fn.Inside = C.Body;
    Fn.IsAsync = C.IsAsync;
    Fn.Steps = C.Steps;
    Closures.push_back(std::move(Fn));
    It->second = {Home.In, &Closures.back()};
  }
  return It->second;
}

namespace {
/// "onCall" of "self?.handler.onCall!".
StringRef lastName(StringRef Path) {
  Path = Path.rtrim("?!) \t");
  std::size_t At = Path.find_last_of(".> ?");
  return At == StringRef::npos ? Path : Path.drop_front(At + 1);
}

/// What names a notification: what its first literal says, else the last name
/// of the expression.
std::string notificationKey(StringRef Written) {
  std::size_t Begin = Written.find('"');
  std::size_t End = Written.find('"', Begin + 1);
  if (Begin != StringRef::npos && End != StringRef::npos)
    return Written.slice(Begin + 1, End).str();
  return lastName(Written).str();
}
} // namespace

std::vector<FunctionRef> Resolver::stored(const Call &C, FunctionRef Caller) {
  StringRef Path = C.Receiver.empty() ? StringRef(C.Name) : C.Receiver;
  StringRef Name = lastName(C.Name == "callAsFunction" ? Path : C.Name);
  Name.consume_front("_");
  std::string Owner = Caller.Fn->Owner;
  Owner = Owner.substr(Owner.rfind('.') + 1);
  bool IsName = !Name.empty() && llvm::all_of(Name, [](char Ch) {
    return llvm::isAlnum(Ch) || Ch == '_';
  });
  // "self.onCall" is a property even where no declaration of it is in sight.
  bool IsProperty =
      StringRef(C.Name).contains("self.") || StringRef(C.Name).starts_with("_");
  if (Owner.empty() || !IsName)
    return {};
  auto [It, New] = Kept.try_emplace({Owner, Name.str()});
  if (!New || (!IsProperty && propertyType(Owner, Name).empty()))
    return It->second;
  std::vector<FunctionRef> Found;
  for (const File *F : helperFiles(holding(Names.filesOfType(Owner), Name)))
    for (const Function &Fn : F->Functions)
      forEachStep(Fn.Steps, [&](const Step &S) {
        for (const Assignment &A : S.Assigns) {
          StringRef Target = lastName(A.Target);
          Target.consume_front("_");
          if (Target == Name && A.V.K == Value::Kind::Closure &&
              A.V.ClosureIndex >= 0 &&
              unsigned(A.V.ClosureIndex) < S.Closures.size())
            Found.push_back(asFunction(S.Closures[A.V.ClosureIndex], {F, &Fn}));
        }
      });
  It->second = std::move(Found);
  return It->second;
}

std::vector<FunctionRef> Resolver::observers(StringRef Name) {
  std::string Key = notificationKey(Name);
  auto [It, New] = Observers.try_emplace(Key);
  if (!New || Key.empty())
    return It->second;
  if (!Observing)
    Observing = holding(Names.paths(), "addObserver");
  std::vector<std::string> Paths = holding(*Observing, Key);
  if (Paths.size() > MaxObservingFiles) {
    Problems.push_back({"", 0,
                        "more than " + std::to_string(MaxObservingFiles) +
                            " files may observe '" + Key +
                            "': not searched for observers"});
    return It->second;
  }
  std::vector<FunctionRef> Found;
  auto Look = [&](FunctionRef Home, const Step &S, const Call &C,
                  const std::vector<Closure> &Closures) {
    StringRef N = C.Name;
    if (!N.starts_with("addObserver"))
      return;
    const Value *Named = nullptr, *Selector = nullptr, *Block = nullptr;
    bool HasQueue = false;
    for (const Argument &A : C.Arguments) {
      StringRef L = A.Label;
      if (L == "name" || L == "forName" || L == "addObserverForName")
        Named = &A.V;
      else if (L == "selector")
        Selector = &A.V;
      else if (L == "queue")
        HasQueue = A.V.K != Value::Kind::Nil;
      if (A.V.K == Value::Kind::Closure)
        Block = &A.V;
    }
    if (!Named || notificationKey(Named->Text) != Key)
      return;
    if (Block && !HasQueue && Block->ClosureIndex >= 0 &&
        unsigned(Block->ClosureIndex) < Closures.size())
      Found.push_back(asFunction(Closures[Block->ClosureIndex], Home));
    if (!Selector || Selector->K != Value::Kind::Selector)
      return;
    StringRef Method = Selector->Name;
    if (Home.In->Source->language() == Language::Swift)
      Method = lastName(Method.split('(').first);
    for (const FunctionRef &R : members(Home.Fn->Owner, Method))
      if (!llvm::is_contained(Found, R))
        Found.push_back(R);
  };
  for (const File *F : helperFiles(Paths))
    for (const Function &Fn : F->Functions)
      forEachStep(Fn.Steps, [&](const Step &S) {
        for (const Call &C : S.Calls)
          Look({F, &Fn}, S, C, S.Closures);
      });
  It->second = std::move(Found);
  return It->second;
}
