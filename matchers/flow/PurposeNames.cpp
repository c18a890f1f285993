//===-- PurposeNames.cpp - what names and questions say work is for -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/PurposeNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

/// The words of "launchBackgroundSync" are launch, background and sync.
static std::vector<std::string> wordsOf(llvm::StringRef Text) {
  std::vector<std::string> Words;
  std::string Word;
  auto Flush = [&] {
    if (!Word.empty())
      Words.push_back(Word);
    Word.clear();
  };
  for (std::size_t I = 0; I < Text.size(); ++I) {
    char C = Text[I];
    if (!llvm::isAlpha(C)) {
      Flush();
      continue;
    }
    bool Upper = C >= 'A' && C <= 'Z';
    bool AfterLower = I > 0 && Text[I - 1] >= 'a' && Text[I - 1] <= 'z';
    if (Upper && AfterLower)
      Flush();
    Word += llvm::toLower(C);
  }
  Flush();
  return Words;
}

/// Words by which functions and kinds of pushes are called after calls.
static const std::vector<const char *> CallWords = {
    "call",   "calls", "invite",     "ring",   "ringing",
    "hangup", "sip",   "conference", "callkit"};

bool flow::saysCall(llvm::StringRef Name) {
  std::vector<std::string> Words = wordsOf(Name);
  return llvm::any_of(
      CallWords, [&](const char *W) { return llvm::is_contained(Words, W); });
}

bool flow::saysIncomingCall(llvm::StringRef Name) {
  return llvm::is_contained(wordsOf(Name), "incoming") && saysCall(Name);
}

Purpose flow::purposeOfWords(llvm::StringRef Text) {
  static const std::pair<Purpose, std::vector<const char *>> Table[] = {
      {Purpose::Deletion,
       {"delete", "deleted", "deletion", "revoke", "revoked", "unread", "read",
        "clear", "dismiss", "retract", "seen"}},
      {Purpose::Call, CallWords},
      {Purpose::Message,
       {"message", "messages", "msg", "chat", "mail", "text", "alert", "badge",
        "reply"}},
      {Purpose::Upkeep,
       {"sync",    "synchronize",   "synchronise", "upload",   "prefetch",
        "refresh", "cleanup",       "clean",       "purge",    "prune",
        "tidy",    "vacuum",        "backup",      "retry",    "flush",
        "config",  "configuration", "contacts",    "settings", "index",
        "reindex", "maintenance",   "compact"}},
  };
  std::vector<std::string> Words = wordsOf(Text);
  auto Says = [&](const char *W) { return llvm::is_contained(Words, W); };
  // "addNotification" shows one; "handleNotification" may be for anything.
  if ((Says("notification") || Says("notifications")) &&
      (Says("add") || Says("show") || Says("schedule") || Says("present") ||
       Says("display") || Says("deliver")))
    return Purpose::Message;
  for (const auto &[P, Names] : Table)
    for (const char *N : Names)
      if (llvm::is_contained(Words, N))
        return P;
  return Purpose::None;
}

/// Only literals speak for a condition: "type == "message"" asks for messages,
/// "message != nil" does not.
static std::string literalsIn(llvm::StringRef Text) {
  std::string Out;
  while (true) {
    std::size_t Begin = Text.find('"');
    if (Begin == llvm::StringRef::npos)
      break;
    std::size_t End = Text.find('"', Begin + 1);
    if (End == llvm::StringRef::npos)
      break;
    // A subscript names a key, not a kind: info["message"].
    bool IsKey =
        Begin > 0 &&
        (Text[Begin - 1] == '[' ||
         (Begin > 1 && Text[Begin - 1] == '@' && Text[Begin - 2] == '['));
    if (!IsKey)
      Out += (Text.slice(Begin + 1, End) + " ").str();
    Text = Text.drop_front(End + 1);
  }
  // Enumeration cases: ".message", "PushKindMessage".
  return Out;
}

/// The enumerators that \p Side names, without the types around them:
/// "MessageKind.call.rawValue, .ring" names call and ring.
static std::string membersIn(llvm::StringRef Side) {
  std::string Out;
  llvm::SmallVector<llvm::StringRef> Parts;
  Side.split(Parts, ',');
  for (llvm::StringRef Part : Parts) {
    Part = Part.trim();
    Part.consume_back(".rawValue");
    // An associated value is no part of the name.
    llvm::StringRef Name = Part.take_until([](char C) { return C == '('; });
    if (std::size_t At = Name.rfind('.'); At != llvm::StringRef::npos)
      Part = Part.drop_front(At + 1);
    Out += (Part + " ").str();
  }
  return Out;
}

Purpose flow::purposeOfCondition(const Condition &C) {
  switch (C.K) {
  case Condition::Kind::And:
  case Condition::Kind::Or:
    for (const Condition &O : C.Operands)
      if (Purpose P = purposeOfCondition(O); P != Purpose::None)
        return P;
    return Purpose::None;
  case Condition::Kind::Equal: {
    Purpose P = purposeOfWords(literalsIn(C.Text));
    if (P != Purpose::None)
      return P;
    // ".message" of a switch, or an enumerator behind "==".
    llvm::StringRef Side = C.Text;
    if (std::size_t At = Side.find("=="); At != llvm::StringRef::npos)
      Side = Side.drop_front(At + 2);
    return Side.contains('[') ? Purpose::None : purposeOfWords(membersIn(Side));
  }
  case Condition::Kind::Other:
    return purposeOfWords(literalsIn(C.Text));
  default:
    return Purpose::None;
  }
}
