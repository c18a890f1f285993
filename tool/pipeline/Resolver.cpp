//===-- Resolver.cpp - which function a call runs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Resolver.h"
#include "tool/discover/IgnoreRules.h"
#include "tool/pipeline/ImportNames.h"
#include "tool/pipeline/Matching.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <algorithm>

using namespace ringfence;
using llvm::StringRef;

// A name with more definitions than that says nothing about which one runs.
static constexpr std::size_t MaxDefinitions = 12;
// Larger files are generated tables and mocks; one costs more than all else.
static constexpr std::size_t MaxHelperBytes = 1u << 20;
static constexpr std::size_t MaxLineage = 32;

/// "Inner" of "Outer.Inner".
static StringRef lastPart(StringRef Name) {
  return Name.substr(Name.rfind('.') + 1); // npos + 1 is 0
}

static bool isOwnedBy(const Function &F, StringRef Type) {
  return lastPart(F.Owner) == Type;
}

bool Resolver::isSearched(StringRef Path) {
  if (Store.isRead(Path))
    return true;
  auto [It, IsNew] = Searched.try_emplace(Path, true);
  if (!IsNew)
    return It->second;
  StringRef Stem = llvm::sys::path::stem(Path);
  bool IsMock = Stem.ends_with("Mocks") || Stem.ends_with(".generated");
  std::optional<std::string> Bytes;
  if (!IsMock)
    Bytes = Store.bytes(Path);
  if (Bytes && Bytes->size() <= MaxHelperBytes)
    return true;
  It->second = false;
  Problems.push_back({Path.str(), 0,
                      IsMock  ? "generated code: not searched for helpers"
                      : Bytes ? "larger than 1 MiB: not searched for helpers"
                              : "cannot be read: not searched for helpers"});
  return false;
}

const File *Resolver::helperFile(StringRef Path) {
  return isSearched(Path) ? Store.file(Path) : nullptr;
}

const File *Resolver::declarations(StringRef Path) {
  return isSearched(Path) ? Store.declarations(Path) : nullptr;
}

static bool isHeader(StringRef Path) {
  return languageOf(Path) != Language::Swift &&
         Path.ends_with_insensitive(".h");
}

std::vector<const File *>
Resolver::helperFiles(const std::vector<std::string> &Paths) {
  std::vector<const File *> Result;
  for (const std::string &P : Paths)
    if (const File *F = isHeader(P) ? nullptr : helperFile(P))
      Result.push_back(F);
  return Result;
}

std::vector<const File *>
Resolver::declarations(const std::vector<std::string> &Paths) {
  std::vector<const File *> Result;
  for (const std::string &P : Paths)
    if (const File *F = isHeader(P) ? nullptr : declarations(P))
      Result.push_back(F);
  return Result;
}

std::vector<FunctionRef>
Resolver::whole(const std::vector<FunctionRef> &Found) {
  std::vector<FunctionRef> Result;
  for (const FunctionRef &D : Found)
    if (const File *F = helperFile(D.In->Source->path()); F == D.In)
      Result.push_back(D);
    else if (F)
      for (const Function &Fn : F->Functions)
        if (Fn.Body == D.Fn->Body && Fn.K == D.Fn->K)
          Result.push_back({F, &Fn});
  return Result;
}

std::vector<std::string> Resolver::holding(std::vector<std::string> Paths,
                                           StringRef Word) {
  llvm::erase_if(Paths, [&](const std::string &P) {
    if (Store.isRead(P)) {
      const File *F = Store.file(P);
      return !F || !F->Source->bytes().contains(Word);
    }
    return !Store.holds(P, Word);
  });
  return Paths;
}

std::vector<std::string> Resolver::lineage(StringRef Type) {
  std::vector<std::string> Result{Type.str()};
  for (std::size_t I = 0; I != Result.size() && I < MaxLineage; ++I)
    for (std::string &Super : Names.supertypesOf(Result[I]))
      if (!llvm::is_contained(Result, Super))
        Result.push_back(std::move(Super));
  return Result;
}

std::vector<std::string> Resolver::definedAs(const Call &C, Language L) {
  StringRef Name = C.Name;
  if (L == Language::Swift) {
    std::vector<std::string> Result{C.Name};
    for (std::string &Piece : Names.selectorPieces(C.Name))
      if (llvm::isUpper(Piece[C.Name.size()]))
        Result.push_back(std::move(Piece));
    return Result;
  }
  // A message: the piece itself, and what a Swift function behind it may be
  // called.
  return Name.contains(':') || C.K == Call::Kind::Method
             ? baseNamesOf(Name)
             : std::vector<std::string>{C.Name};
}

/// Keeps the functions of the best fit among \p In that \p Accept takes.
static void collect(const File &In, const Call &C, Language CallIn, Fit &Best,
                    llvm::function_ref<bool(const Function &)> Accept,
                    std::vector<FunctionRef> &Result) {
  for (const Function &F : In.Functions) {
    if (F.Body.empty() || !Accept(F))
      continue;
    Fit How = fits(C, CallIn, F, In.Source->language());
    if (How == Fit::None || How < Best)
      continue;
    if (How > Best)
      Result.clear();
    Best = How;
    Result.push_back({&In, &F});
  }
}

/// The files in both lists, in the order of the first.
static std::vector<std::string> common(const std::vector<std::string> &A,
                                       const std::vector<std::string> &B) {
  std::vector<std::string> Result;
  for (const std::string &S : A)
    if (llvm::is_contained(B, S))
      Result.push_back(S);
  return Result;
}

std::vector<FunctionRef> Resolver::methods(StringRef Type, const Call &C,
                                           FunctionRef Caller) {
  Language L = Caller.In->Source->language();
  bool IsInit = C.K == Call::Kind::Init && L == Language::Swift;
  // Initialisers are not in the index by name; Objective-C's are.
  std::vector<std::string> Defining;
  if (!IsInit)
    for (const std::string &Name : definedAs(C, L))
      for (std::string &P : Names.filesDefining(Name))
        if (!llvm::is_contained(Defining, P))
          Defining.push_back(std::move(P));
  for (const std::string &T : lineage(Type)) {
    std::vector<std::string> Paths = Names.filesOfType(T);
    if (!IsInit)
      Paths = common(Paths, Defining);
    std::vector<FunctionRef> Result;
    Fit Best = Fit::None;
    for (const File *F : declarations(Paths))
      collect(
          *F, C, L, Best, [&](const Function &Fn) { return isOwnedBy(Fn, T); },
          Result);
    if (!Result.empty())
      return whole(Result);
  }
  // A protocol's requirement, or a class that only its subclasses complete:
  // whoever implements it may run.
  std::vector<FunctionRef> Result;
  std::vector<std::string> Below = Names.subtypesOf(Type);
  if (Below.size() > MaxDefinitions)
    return Result;
  Fit Best = Fit::None;
  for (const std::string &T : Below)
    for (const File *F : declarations(common(Names.filesOfType(T), Defining)))
      collect(
          *F, C, L, Best, [&](const Function &Fn) { return isOwnedBy(Fn, T); },
          Result);
  return whole(Result);
}

std::vector<FunctionRef> Resolver::accessors(StringRef Type, const Call &C,
                                             FunctionRef Caller) {
  std::vector<FunctionRef> Result;
  bool IsRead = C.K == Call::Kind::PropertyRead;
  std::string Setter = "set" + C.Name + ":";
  Setter[3] = llvm::toUpper(Setter[3]);
  for (FunctionRef F : members(Type, C.Name)) {
    bool Plain = F.Fn->K == Function::Kind::Method && F.Fn->Parameters.empty();
    if (IsRead ? F.Fn->K == Function::Kind::Getter ||
                     (Plain && F.In->Source->language() != Language::Swift)
               : F.Fn->K == Function::Kind::Setter ||
                     F.Fn->K == Function::Kind::Observer)
      Result.push_back(F);
  }
  if (!IsRead && Result.empty())
    Result = members(Type, Setter);
  return Result;
}

std::vector<FunctionRef> Resolver::anywhere(const Call &C, FunctionRef Caller) {
  Language L = Caller.In->Source->language();
  std::vector<std::string> Paths;
  for (const std::string &Name : definedAs(C, L))
    for (std::string &P : Names.filesDefining(Name))
      if (!llvm::is_contained(Paths, P))
        Paths.push_back(std::move(P));
  if (Paths.size() > MaxDefinitions)
    return {};
  std::vector<FunctionRef> Result;
  Fit Best = Fit::None;
  bool FreeOnly = C.K == Call::Kind::Function && C.Receiver.empty();
  auto SeveralOwners = [&] {
    return llvm::any_of(Result, [&](const FunctionRef &R) {
      return R.Fn->Owner != Result.front().Fn->Owner;
    });
  };
  // Several types with such a member, and nothing says which: none. No file
  // needs to be read to see that twice, and those read already come first.
  std::stable_partition(Paths.begin(), Paths.end(),
                        [&](const std::string &P) { return Store.isRead(P); });
  for (const std::string &P : Paths) {
    for (const File *F : declarations(std::vector{P}))
      collect(
          *F, C, L, Best,
          [&](const Function &Fn) { return Fn.Owner.empty() == FreeOnly; },
          Result);
    if (Best == Fit::Exact && SeveralOwners())
      return {};
  }
  if (SeveralOwners())
    return {};
  llvm::stable_sort(Result, [](const FunctionRef &A, const FunctionRef &B) {
    return A.In->Source->path() < B.In->Source->path();
  });
  return whole(Result);
}

std::string Resolver::receiverType(const Call &C, FunctionRef Caller) {
  if (C.OnSuper) {
    std::vector<std::string> Supers = Names.supertypesOf(Caller.Fn->Owner);
    return Supers.empty() ? "" : Supers.front();
  }
  if (std::string T = bareType(C.ReceiverType); !T.empty())
    return T;
  if (C.OnSelf)
    return Caller.Fn->Owner;
  if (std::string T = typeOfExpression(C.Receiver, Caller, *this); !T.empty())
    return T;
  // "callManager" is probably a CallManager.
  StringRef Last = stripped(C.Receiver);
  Last = Last.substr(Last.rfind('.') + 1).ltrim('_');
  std::string Guess = Last.str();
  if (!Guess.empty() && llvm::all_of(Guess, [](char Ch) {
        return llvm::isAlnum(Ch) || Ch == '_';
      })) {
    Guess[0] = llvm::toUpper(Guess[0]);
    if (Names.knowsType(Guess))
      return Guess;
  }
  return "";
}

std::vector<FunctionRef> Resolver::callees(const Call &C, FunctionRef Caller) {
  auto [It, New] = Known.try_emplace(
      {Caller.Fn, C.NameRange.Begin, C.Where.End, C.Name + C.Receiver});
  if (New) {
    std::vector<FunctionRef> Found = find(C, Caller);
    It->second = std::move(Found);
  }
  return It->second;
}

std::vector<FunctionRef> Resolver::find(const Call &C, FunctionRef Caller) {
  bool IsSwift = Caller.In->Source->language() == Language::Swift;
  StringRef Owner = lastPart(Caller.Fn->Owner);
  switch (C.K) {
  case Call::Kind::ClosureCall:
  case Call::Kind::Subscript:
  case Call::Kind::Macro:
    return {};
  case Call::Kind::PropertyRead:
  case Call::Kind::PropertyWrite: {
    std::string T = receiverType(C, Caller);
    return T.empty() ? std::vector<FunctionRef>() : accessors(T, C, Caller);
  }
  case Call::Kind::Init: {
    std::string T = C.ReceiverType.empty() && IsSwift ? bareType(C.Name)
                                                      : receiverType(C, Caller);
    return T.empty() ? std::vector<FunctionRef>() : methods(T, C, Caller);
  }
  case Call::Kind::Function:
    if (C.Receiver.empty() && !Owner.empty() && IsSwift) {
      std::vector<FunctionRef> Mine = methods(Owner, C, Caller);
      if (!Mine.empty())
        return Mine;
    }
    return anywhere(C, Caller);
  case Call::Kind::Method: {
    std::string T = receiverType(C, Caller);
    if (T.empty())
      return anywhere(C, Caller);
    return methods(lastPart(T), C, Caller);
  }
  }
  return {};
}

std::vector<FunctionRef> Resolver::members(StringRef Type, StringRef Member) {
  return whole(declared(Type, Member));
}

/// What members() finds, in declarations.
std::vector<FunctionRef> Resolver::declared(StringRef Type, StringRef Member) {
  Type = lastPart(Type);
  StringRef Base = Member.split(':').first;
  std::vector<FunctionRef> Result;
  for (const std::string &T : lineage(Type)) {
    for (const File *F : declarations(holding(Names.filesOfType(T), Base)))
      for (const Function &Fn : F->Functions)
        if (isOwnedBy(Fn, T) && !Fn.Body.empty() &&
            (Fn.Name == Member || Fn.ObjCName == Member ||
             (Member.contains(':') && Fn.Name == Base &&
              F->Source->language() == Language::Swift &&
              selectorOf(Fn) == Member)))
          Result.push_back({F, &Fn});
    if (!Result.empty())
      break;
  }
  return Result;
}

std::vector<FunctionSource::TypeRef> Resolver::types(StringRef Name) {
  Name = lastPart(Name);
  std::vector<TypeRef> Result;
  for (const std::string &Path : Names.filesOfType(Name))
    if (const File *F = helperFile(Path))
      for (const Type &T : F->Types)
        if (lastPart(T.Name) == Name)
          Result.push_back({F, &T});
  // The demonstration apps of vendored libraries have an AppDelegate, too.
  auto IsOwn = [](const TypeRef &R) {
    return !isVendored(R.In->Source->path());
  };
  if (llvm::any_of(Result, [&](const TypeRef &R) {
        return IsOwn(R) && R.T->K != Type::Kind::Extension;
      }))
    llvm::erase_if(Result, [&](const TypeRef &R) { return !IsOwn(R); });
  return Result;
}

std::vector<FunctionRef> Resolver::named(StringRef Name) {
  std::vector<std::string> Paths = Names.filesDefining(Name.split(':').first);
  std::vector<FunctionRef> Result;
  // Libraries bring demonstration apps along, each with an app delegate.
  if (Paths.size() > MaxDefinitions)
    llvm::erase_if(Paths, [](StringRef Path) { return isVendored(Path); });
  if (Paths.size() > MaxDefinitions)
    return Result;
  for (const File *F : declarations(Paths))
    for (const Function &Fn : F->Functions)
      if (!Fn.Body.empty() && (Fn.Name == Name || Fn.ObjCName == Name))
        Result.push_back({F, &Fn});
  return whole(Result);
}

bool Resolver::knowsType(StringRef Name) { return Names.knowsType(Name); }

std::string Resolver::propertyType(StringRef Owner, StringRef Name) {
  for (const std::string &T : lineage(lastPart(Owner)))
    for (const std::string &Path : holding(Names.filesOfType(T), Name))
      if (const File *F = declarations(Path))
        for (const Type &Decl : F->Types)
          if (lastPart(Decl.Name) == T)
            for (const Property &P : Decl.Properties)
              if (P.Name == Name)
                return P.Type.empty() ? P.Initializer : P.Type;
  return "";
}

std::string Resolver::returnType(StringRef Owner, StringRef Name) {
  std::vector<FunctionRef> Found = declared(Owner, Name);
  return Found.empty() ? "" : Found.front().Fn->ReturnType;
}
