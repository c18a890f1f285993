//===-- Names.cpp - what the names of a Swift file stand for -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Names.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using namespace ringfence::swift;

static const std::string *
lookUp(const llvm::StringMap<llvm::StringMap<std::string>> &Map,
       llvm::StringRef Owner, llvm::StringRef Name) {
  auto Members = Map.find(Owner);
  if (Members == Map.end())
    return nullptr;
  auto It = Members->second.find(Name);
  return It == Members->second.end() ? nullptr : &It->second;
}

llvm::StringRef FileFacts::propertyType(llvm::StringRef Owner,
                                        llvm::StringRef Name) const {
  const std::string *T = lookUp(PropertyTypes, Owner, Name);
  return T ? llvm::StringRef(*T) : "";
}

llvm::StringRef FileFacts::returnType(llvm::StringRef Owner,
                                      llvm::StringRef Name) const {
  const std::string *T = lookUp(ReturnTypes, Owner, Name);
  return T ? llvm::StringRef(*T) : "";
}

bool FileFacts::hasFunction(llvm::StringRef Owner, llvm::StringRef Name) const {
  return lookUp(ReturnTypes, Owner, Name) != nullptr;
}

bool FileFacts::hasProperty(llvm::StringRef Owner, llvm::StringRef Name) const {
  return lookUp(PropertyTypes, Owner, Name) != nullptr;
}

std::string swift::bareType(llvm::StringRef Written) {
  llvm::StringRef T = Written.trim();
  while (T.consume_front("(") && T.ends_with(")"))
    T = T.drop_back().trim();
  T = T.rtrim("?!");
  while (T.consume_front("any ") || T.consume_front("some ") ||
         T.consume_front("inout "))
    T = T.ltrim();
  return T.str();
}

bool swift::isClosureType(llvm::StringRef Written) {
  return Written.contains("->");
}

bool swift::looksLikeType(llvm::StringRef Name) {
  Name = Name.ltrim("_`");
  return !Name.empty() && Name[0] >= 'A' && Name[0] <= 'Z';
}

bool swift::isSingletonName(llvm::StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("shared", "main", "current", "default", "standard", true)
      .Cases("instance", "sharedInstance", "getInstance", "singleton", true)
      .Cases("sharedApplication", "defaultCenter", "standardUserDefaults", true)
      .Cases("defaultManager", "mainBundle", "currentDevice", "processInfo",
             true)
      .Cases("global", "system", true)
      .Default(false);
}

const Binding *Scope::find(llvm::StringRef Name) const {
  for (auto It = Bindings.rbegin(); It != Bindings.rend(); ++It)
    if (It->Name == Name)
      return &*It;
  return nullptr;
}
