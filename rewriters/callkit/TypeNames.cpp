//===-- TypeNames.cpp - types as they are written --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/TypeNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

static bool isWordByte(char C) { return llvm::isAlnum(C) || C == '_'; }

llvm::StringRef ringfence::plainType(llvm::StringRef Written) {
  if (Written.contains('(') || Written.contains('['))
    if (!Written.contains("NS_") && !Written.contains("API_"))
      return "";
  static constexpr llvm::StringRef Qualifiers[] = {
      "const",     "nullable",
      "nonnull",   "_Nullable",
      "_Nonnull",  "__nullable",
      "__nonnull", "__strong",
      "__weak",    "weak",
      "some",      "any",
      "lazy",      "__unsafe_unretained"};
  while (true) {
    Written = Written.drop_until(isWordByte);
    llvm::StringRef Word = Written.take_while(isWordByte);
    if (Word.empty() || !llvm::is_contained(Qualifiers, Word))
      return Word;
    Written = Written.drop_front(Word.size());
  }
}

bool ringfence::namesType(llvm::StringRef Written, llvm::StringRef Type) {
  for (size_t At = Written.find(Type); At != llvm::StringRef::npos;
       At = Written.find(Type, At + 1)) {
    bool Begins = At == 0 || !isWordByte(Written[At - 1]);
    size_t End = At + Type.size();
    if (Begins && (End == Written.size() || !isWordByte(Written[End])))
      return true;
  }
  return false;
}

llvm::StringRef ringfence::typeOf(const Property &P) {
  if (!P.Type.empty())
    return plainType(P.Type);
  // "X(…)", "X.shared", "[[X alloc] init]": a type's name begins with a
  // capital.
  llvm::StringRef Made = llvm::StringRef(P.Initializer).ltrim("[ ");
  llvm::StringRef Word = Made.take_while(isWordByte);
  return !Word.empty() && llvm::isUpper(Word.front()) ? Word : "";
}

std::vector<FunctionSource::TypeRef>
ringfence::declarationsOf(llvm::StringRef Name, const File &Near,
                          FunctionSource &Functions) {
  std::vector<FunctionSource::TypeRef> Out;
  for (const Type &T : Near.Types)
    if (T.Name == Name)
      Out.push_back({&Near, &T});
  // Swift declares a type once: another one of its name is another app's.
  auto Declares = [](const FunctionSource::TypeRef &R) {
    return R.In->Source->language() == Language::Swift &&
           (R.T->K == Type::Kind::Class || R.T->K == Type::Kind::Struct ||
            R.T->K == Type::Kind::Enum || R.T->K == Type::Kind::Actor);
  };
  bool IsHere = llvm::any_of(Out, Declares);
  for (FunctionSource::TypeRef R : Functions.types(Name))
    if (!llvm::any_of(Out, [&](const auto &O) { return O.T == R.T; }) &&
        !(IsHere && Declares(R)))
      Out.push_back(R);
  return Out;
}

std::vector<std::string> ringfence::lineageOf(llvm::StringRef Name,
                                              const File &Near,
                                              FunctionSource &Functions) {
  std::vector<std::string> Out{Name.str()};
  for (size_t I = 0; I < Out.size() && Out.size() < 16; ++I)
    for (auto [In, T] : declarationsOf(Out[I], Near, Functions)) {
      bool MayInherit =
          T->K == Type::Kind::Class || T->K == Type::Kind::Interface;
      if (!MayInherit || T->Supertypes.empty())
        continue;
      llvm::StringRef Super = plainType(T->Supertypes.front());
      if (!Super.empty() && !llvm::is_contained(Out, Super))
        Out.push_back(Super.str());
    }
  return Out;
}

const Type *ringfence::typeAround(const File &In, llvm::StringRef Owner,
                                  std::uint32_t Offset) {
  // Nested types: the innermost one of the name.
  const Type *Best = nullptr;
  for (const Type &T : In.Types)
    if (T.Name == Owner && T.Where.contains(Offset) &&
        (!Best || Best->Where.contains(T.Where)))
      Best = &T;
  return Best;
}
