//===-- CompiledFor.cpp - what #if leaves of the code on a device ---------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/CompiledFor.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using llvm::StringRef;
using Answer = std::optional<bool>;

namespace {
/// Reads one condition; what it does not know makes the rest unknown.
class Reader {
public:
  explicit Reader(StringRef Text) : Rest(Text) {}

  Answer read() {
    Answer A = either();
    return Rest.trim().empty() ? A : std::nullopt;
  }

private:
  StringRef Rest;

  bool eat(StringRef Token) {
    Rest = Rest.ltrim();
    return Rest.consume_front(Token);
  }
  Answer either() {
    Answer A = both();
    while (eat("||")) {
      Answer B = both();
      if ((A && *A) || (B && *B))
        A = true;
      else if (!A || !B)
        A = std::nullopt;
    }
    return A;
  }
  Answer both() {
    Answer A = one();
    while (eat("&&")) {
      Answer B = one();
      if ((A && !*A) || (B && !*B))
        A = false;
      else if (!A || !B)
        A = std::nullopt;
    }
    return A;
  }
  Answer one() {
    if (eat("!")) {
      Answer A = one();
      return A ? Answer(!*A) : A;
    }
    if (eat("(")) {
      Answer A = either();
      return eat(")") ? A : std::nullopt;
    }
    auto IsName = [](char C) { return llvm::isAlnum(C) || C == '_'; };
    StringRef Name = Rest.ltrim().take_while(IsName);
    if (Name.empty())
      return std::nullopt;
    eat(Name);
    StringRef Of;
    if (eat("(")) {
      Of = Rest.take_until([](char C) { return C == ')'; }).trim();
      Rest = Rest.drop_until([](char C) { return C == ')'; });
      eat(")");
    }
    return known(Name, Of);
  }
  static Answer known(StringRef Name, StringRef Of) {
    // However it is asked for: no push reaches a simulator.
    if (Name.contains_insensitive("simulator") ||
        Of.contains_insensitive("simulator"))
      return false;
    if (Name == "os")
      return Of == "iOS";
    if (Name == "targetEnvironment" && Of == "macCatalyst")
      return false;
    if (Name == "canImport")
      return llvm::StringSwitch<Answer>(Of)
          .Cases("CallKit", "PushKit", "UIKit", "Foundation", true)
          .Cases("AppKit", "Cocoa", false)
          .Default(std::nullopt);
    return llvm::StringSwitch<Answer>(Name)
        .Cases("TARGET_OS_IPHONE", "TARGET_OS_IOS", "1", "true", true)
        .Cases("TARGET_OS_OSX", "TARGET_OS_MACCATALYST", "TARGET_OS_TV",
               "TARGET_OS_WATCH", "0", "false", false)
        .Default(std::nullopt);
  }
};
} // namespace

Answer flow::holdsOnDevice(StringRef Condition) {
  Condition = Condition.trim();
  Condition.consume_front("#");
  for (StringRef Word : {"elseif", "elif", "if"})
    if (StringRef After = Condition; After.consume_front(Word) &&
                                     !After.empty() &&
                                     !llvm::isAlnum(After.front()))
      Condition = After;
  return Reader(Condition).read();
}
