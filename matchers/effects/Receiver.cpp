//===-- Receiver.cpp - of which type a receiver is -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Receiver.h"
#include "matchers/effects/Spelling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using namespace ringfence::effects;
using llvm::StringRef;

static bool isNameChar(char C) { return llvm::isAlnum(C) || C == '_'; }

/// Whether "[…]" has a colon of its own: not one of a tuple or nested type.
static bool isDictionary(StringRef Type) {
  int Depth = 0;
  for (char C : Type) {
    Depth += C == '[' || C == '(' ? 1 : C == ']' || C == ')' ? -1 : 0;
    if (C == ':' && Depth == 1)
      return true;
  }
  return false;
}

std::string effects::normalType(StringRef Type) {
  Type = Type.trim();
  for (StringRef Word : {"__kindof ", "const ", "some ", "any ", "inout "})
    if (Type.consume_front(Word))
      Type = Type.ltrim();
  // id<P> is a P as far as members go.
  if (Type.consume_front("id<"))
    Type = Type.take_until([](char C) { return C == '>' || C == ','; });
  if (Type.starts_with("["))
    return isDictionary(Type) ? "Dictionary" : "Array";
  Type = Type.take_while([](char C) { return isNameChar(C) || C == '.'; });
  Type.consume_back(".Type");
  std::size_t Dot = Type.rfind('.');
  if (Dot != StringRef::npos)
    Type = Type.drop_front(Dot + 1);
  if (Type.size() > 3 && Type.starts_with("NS") && llvm::isUpper(Type[2]))
    Type = Type.drop_front(2);
  return Type.str();
}

/// Names that say nothing of the object behind them.
static bool isUntyped(StringRef Type) {
  return llvm::StringSwitch<bool>(Type)
      .Cases("", "id", "Any", "AnyObject", "instancetype", "Object", "auto",
             "Self", true)
      .Default(false);
}

/// "shared", "standardUserDefaults", "current()", "mainQueue": a member that
/// hands out an instance of the type it is asked of.
static bool handsOutInstance(StringRef Member, StringRef Type) {
  auto Words = wordsOf(Member);
  if (Words.empty())
    return false;
  static constexpr StringRef First[] = {
      "shared",   "default", "standard",    "current", "main",
      "instance", "global",  "ephemeral",   "alloc",   "new",
      "init",     "with",    "processinfo", "private"};
  if (llvm::is_contained(First, Words.front()) || Words.back() == "instance")
    return true;
  // Crashlytics.crashlytics(), [FIRMessaging messaging], processInfo
  return Type.ends_with_insensitive(Member) ||
         llvm::is_contained(Words, "with"); // +stringWithFormat: and the like
}

/// Splits "a.b(c).d" at its last top-level dot; First is "" without one.
static std::pair<StringRef, StringRef> splitLastMember(StringRef Text) {
  int Depth = 0;
  for (std::size_t I = Text.size(); I-- > 0;) {
    char C = Text[I];
    if (C == ')' || C == ']' || C == '}')
      ++Depth;
    else if (C == '(' || C == '[' || C == '{')
      --Depth;
    else if (C == '.' && Depth == 0)
      return {Text.take_front(I), Text.drop_front(I + 1)};
  }
  return {StringRef(), Text};
}

/// "[Class selector…]", brackets balanced: class and first selector piece.
static std::pair<StringRef, StringRef> splitMessage(StringRef Text) {
  Text = Text.drop_front().drop_back().trim();
  if (Text.starts_with("[")) { // [[Class alloc] init…]
    int Depth = 0;
    for (std::size_t I = 0; I != Text.size(); ++I) {
      Depth += Text[I] == '[' ? 1 : Text[I] == ']' ? -1 : 0;
      if (Depth == 0) {
        auto [Class, Piece] = splitMessage(Text.take_front(I + 1));
        return Piece == "alloc"
                   ? std::pair(Class, StringRef("alloc"))
                   : std::pair(
                         StringRef(),
                         Text.drop_front(I + 1).ltrim().take_while(isNameChar));
      }
    }
    return {};
  }
  StringRef Class = Text.take_while(isNameChar);
  StringRef Piece =
      Text.drop_front(Class.size()).ltrim().take_while(isNameChar);
  return {Class, Piece};
}

static StringRef unwrapped(StringRef Text) {
  Text = Text.trim();
  for (;;) {
    StringRef Before = Text;
    Text = Text.rtrim("?! \t\r\n");
    if (Text.size() > 2 && Text.front() == '(' && Text.back() == ')' &&
        Text.drop_front().drop_back().find_first_of("()") == StringRef::npos) {
      Text = Text.drop_front().drop_back().trim();
      // (expression as? Type)
      std::size_t As = Text.rfind(" as");
      if (As != StringRef::npos)
        Text = Text.drop_front(As + 3).ltrim("?! ");
    }
    if (Text == Before)
      return Text;
  }
}

Receiver::Receiver(const Call &C) {
  StringRef Text = unwrapped(C.Receiver);
  Absent = Text.empty();
  std::string Type = normalType(C.ReceiverType);
  if (!isUntyped(Type))
    Declared = std::move(Type);
  if (Text.empty())
    return;

  if (Text.starts_with("\"") || Text.starts_with("@\"")) {
    Made = "String";
    return;
  }
  if (Text.starts_with("@[") || Text.starts_with("@{")) {
    Made = Text[1] == '[' ? "Array" : "Dictionary";
    return;
  }
  StringRef Owner, Last;
  if (Text.starts_with("[") && Text.ends_with("]")) {
    std::tie(Owner, Last) = splitMessage(Text);
  } else {
    std::tie(Owner, Last) = splitLastMember(Text);
    Owner = unwrapped(Owner);
    if (Owner.empty() && Last.find_first_of("(<") != StringRef::npos &&
        llvm::isUpper(Last.front())) { // Type(…), Type<T>(…)
      Made = normalType(Last);
      return;
    }
    Last = Last.take_while([](char Ch) { return isNameChar(Ch); });
  }
  if (!Owner.empty() && llvm::isUpper(Owner.front()) &&
      llvm::all_of(Owner, isNameChar) && handsOutInstance(Last, Owner))
    Made = normalType(Owner);
  if (Owner.empty() && !Last.empty() && llvm::isUpper(Last.front())) {
    Made = normalType(Last);
    IsType = true;
  }
  VariableName = Last.trim("_").str();
  Variable = wordsOf(Last.trim("_0123456789"));
}

static bool isKindOf(StringRef Type, StringRef Wanted, const TypeFacts &Facts) {
  for (unsigned Steps = 0; Steps != 8; ++Steps) {
    if (Type == Wanted)
      return true;
    auto It = Facts.Super.find(Type);
    if (It == Facts.Super.end())
      return false;
    Type = It->second;
  }
  return false;
}

/// Vendor prefixes ("cx", "un", "ns") are words of their own at the front of a
/// type's name; a variable seldom repeats them.
static bool isPrefix(StringRef Word, StringRef Type) {
  return Word.size() <= 3 &&
         llvm::all_of(Type.take_front(Word.size()),
                      [](char C) { return llvm::isUpper(C); });
}

static bool sayTheSame(llvm::ArrayRef<std::string> Variable, StringRef Type) {
  auto Words = wordsOf(Type);
  if (Variable.empty() || Words.empty())
    return false;
  std::size_t Common = 0;
  while (Common < Variable.size() && Common < Words.size() &&
         Variable[Variable.size() - 1 - Common] ==
             Words[Words.size() - 1 - Common])
    ++Common;
  std::size_t Core =
      Words.size() - (Words.size() > 1 && isPrefix(Words.front(), Type));
  return Common != 0 && (Common == Variable.size() || Common >= Core);
}

bool Receiver::spells(StringRef Type) const {
  auto Words = wordsOf(Type);
  return Variable.size() >= Words.size() &&
         std::equal(Words.rbegin(), Words.rend(), Variable.rbegin());
}

Fit Receiver::fit(StringRef Type, const TypeFacts &Facts) const {
  if (!Declared.empty()) {
    if (Type == "Object") // NSObject: whatever it is, it has these members
      return Fit::Made;
    if (isKindOf(Declared, Type, Facts))
      return Fit::Typed;
    // A type of the project may conform to or inherit from anything; asked
    // itself, it is what it is called.
    bool IsOther = Facts.Known.count(Declared) || Facts.Super.count(Declared) ||
                   (IsType && Made == Declared);
    return IsOther ? Fit::No : Fit::Open;
  }
  if (!Made.empty()) {
    if (isKindOf(Made, Type, Facts))
      return Fit::Made;
    if (IsType || Facts.Known.count(Made))
      return Fit::No;
  }
  if (sayTheSame(Variable, Type))
    return Fit::Named;
  auto It = Facts.Variables.find(Type);
  if (It != Facts.Variables.end() &&
      llvm::any_of(It->second, [&](const std::string &Name) {
        return StringRef(VariableName).equals_insensitive(Name);
      }))
    return Fit::Named;
  return Fit::Open;
}
