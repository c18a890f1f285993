//===-- Purpose.cpp - what work is for, and where it belongs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Purpose.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
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

static Purpose purposeOfWords(llvm::StringRef Text) {
  static const std::pair<Purpose, std::vector<const char *>> Table[] = {
      {Purpose::Deletion,
       {"delete", "deleted", "deletion", "revoke", "revoked", "unread", "read",
        "clear", "dismiss", "retract", "seen"}},
      {Purpose::Call,
       {"call", "calls", "invite", "ring", "ringing", "hangup", "sip",
        "conference", "callkit"}},
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

static Purpose purposeOfCondition(const Condition &C) {
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
    return Side.contains('[') ? Purpose::None : purposeOfWords(Side);
  }
  case Condition::Kind::Other:
    return purposeOfWords(literalsIn(C.Text));
  default:
    return Purpose::None;
  }
}

/// Inside \p A, or anywhere if it is null.
static bool isIn(const FoundWork &W, const Arm *A) {
  return !A || llvm::is_contained(W.Arms, A);
}

/// Shows something, other than asking for or taking back what is shown.
static bool posts(const FoundWork &W) {
  llvm::StringRef Api = W.W.Api;
  for (const char *Word :
       {"add(", "addNotificationRequest", "schedule", "present", "display",
        "show", "donate", "Alert", "push"})
    if (Api.contains(Word))
      return true;
  return false;
}

/// Another work that the same statement of the handler leads to is \p Such.
static bool sharesStatement(const FoundWork &W,
                            const std::vector<FoundWork> &Works,
                            llvm::function_ref<bool(const FoundWork &)> Such) {
  return W.W.HandlerAt && llvm::any_of(Works, [&](const FoundWork &O) {
           return O.W.HandlerAt.Where == W.W.HandlerAt.Where && Such(O);
         });
}

static bool isNamedFor(const FoundWork &W, Purpose P) {
  return llvm::any_of(W.Through, [&](const std::string &Name) {
    return purposeOfWords(Name) == P;
  });
}

/// Interface that shows what the push says, rather than any interface.
static bool showsContent(const FoundWork &W) {
  return posts(W) || (W.TakesPush && isNamedFor(W, Purpose::Message));
}

/// What the works in \p A that lead to no report (in the whole handler, if
/// null) say together.
static Purpose purposeOf(const Arm *A, const std::vector<FoundWork> &Works) {
  bool Shows = false, Counts = false, Signals = false, Fetches = false,
       Stores = false, Collects = false, Removes = false;
  bool SaysUpkeep = false, SaysCall = false, SaysMessage = false;
  for (const FoundWork &W : Works) {
    if (!isIn(W, A) || W.ForReport)
      continue;
    switch (W.W.E) {
    case Effect::LocalNotification:
      (posts(W) ? Shows : Removes) = true;
      break;
    case Effect::Badge:
      // A helper that also connects sets the badge by the way.
      Counts |= !sharesStatement(W, Works, [](const FoundWork &O) {
        return O.W.E == Effect::Signalling;
      });
      break;
    case Effect::UI:
      Shows |= showsContent(W);
      break;
    case Effect::Signalling:
    case Effect::AudioSession:
    case Effect::CallUpdate:
    case Effect::CallSetup:
      Signals = true;
      break;
    case Effect::Network:
      Fetches = true;
      break;
    case Effect::Database:
    case Effect::File:
    case Effect::Crypto:
      Stores = true;
      break;
    case Effect::Location:
    case Effect::PersonalData:
      Collects = true;
      break;
    default:
      break;
    }
    for (const std::string &Name : W.Through)
      switch (purposeOfWords(Name)) {
      case Purpose::Upkeep:
        SaysUpkeep = true;
        break;
      case Purpose::Call:
        SaysCall |= W.W.E != Effect::Log;
        break;
      case Purpose::Message:
        SaysMessage |= W.W.E != Effect::Log;
        break;
      default:
        break;
      }
  }
  if (A)
    if (Purpose P = purposeOfCondition(A->When); P != Purpose::None)
      return P;
  if (Shows)
    return Purpose::Message;
  if (Signals)
    return Purpose::Call;
  if (Counts)
    return Purpose::Message;
  if (SaysUpkeep)
    return Purpose::Upkeep;
  if (Collects)
    return Purpose::Collection;
  if (Removes && !Fetches && !Stores)
    return Purpose::Deletion;
  if (Fetches || Stores)
    return SaysCall ? Purpose::Call : Purpose::Message;
  if (SaysCall)
    return Purpose::Call;
  if (SaysMessage)
    return Purpose::Message;
  return Purpose::None;
}

static Destination forCall(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Log:
  case Effect::Completion:
  case Effect::Pure:
    return Destination::Keep;
  case Effect::CallReport:
    return W.Reports ? Destination::Report : Destination::AfterReport;
  case Effect::CallSetup:
    return Destination::Report;
  default:
    break;
  }
  if (W.W.BeforeReport && W.Needed)
    return Destination::Report;
  if (W.W.E == Effect::Unknown || W.W.E == Effect::AsyncHop)
    return W.W.BeforeReport ? Destination::Keep : Destination::AfterReport;
  if (W.W.D == Destination::Report && W.W.BeforeReport)
    return Destination::Report;
  return Destination::AfterReport;
}

static Destination forMessage(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Log:
  case Effect::Completion:
  case Effect::Analytics:
  case Effect::AsyncHop:
    return Destination::Keep;
  case Effect::Signalling:
  case Effect::AudioSession:
  case Effect::BackgroundTime:
  case Effect::CallUpdate:
  case Effect::CallSetup:
  case Effect::CallReport:
    return Destination::AfterReport;
  case Effect::LocalNotification:
    return posts(W) ? Destination::NotificationService
           : W.W.D == Destination::BackgroundPush ? W.W.D
                                                  : Destination::AfterReport;
  case Effect::UI:
    return showsContent(W) ? Destination::NotificationService
                           : Destination::AfterReport;
  case Effect::Unknown:
    return W.TakesPush ? Destination::NotificationService
                       : Destination::AfterReport;
  case Effect::Network:
  case Effect::Defaults:
    // Probing the network or registering serves what comes next.
    return W.W.D == Destination::Launch || W.W.D == Destination::AfterReport
               ? W.W.D
               : Destination::NotificationService;
  default:
    return Destination::NotificationService;
  }
}

static Destination forUpkeep(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Network:
  case Effect::File:
  case Effect::Database:
  case Effect::Crypto:
    return Destination::BackgroundTask;
  // It may run hours later or never: not for what must not be lost.
  case Effect::Keychain:
  case Effect::Defaults:
    return Destination::AfterReport;
  case Effect::LocalNotification:
  case Effect::Badge:
    return forMessage(W);
  case Effect::Unknown:
    return isNamedFor(W, Purpose::Upkeep) ? Destination::BackgroundTask
                                          : Destination::AfterReport;
  default:
    return forMessage(W);
  }
}

static Destination forDeletion(const FoundWork &W) {
  switch (W.W.E) {
  case Effect::Log:
  case Effect::Completion:
  case Effect::AsyncHop:
    return Destination::Keep;
  case Effect::LocalNotification:
  case Effect::Badge:
  case Effect::Database:
  case Effect::File:
    return W.W.D == Destination::AfterReport ? Destination::AfterReport
                                             : Destination::BackgroundPush;
  default:
    return forMessage(W);
  }
}

void flow::sendToDestinations(std::vector<FoundWork> &Works) {
  std::map<const Arm *, Purpose> Known;
  auto Of = [&](const Arm *A) {
    auto [It, New] = Known.try_emplace(A, Purpose::None);
    if (New)
      It->second = purposeOf(A, Works);
    return It->second;
  };
  // Destinations replace what the catalogue says, which purposeOf reads.
  std::vector<std::pair<Destination, std::string>> Where;
  for (const FoundWork &W : Works) {
    Purpose P = Purpose::None;
    // A way that reports is there for the call, and so are the other ways of
    // a helper that reports, unless they are asked for by name.
    bool ReportsBeside =
        sharesStatement(W, Works, [](const FoundWork &O) { return O.Reports; });
    if (W.ForReport) {
      P = Purpose::Call;
    } else if (ReportsBeside) {
      P = Purpose::Call;
      for (const Arm *A : llvm::reverse(W.Arms))
        if (Purpose Asked = purposeOfCondition(A->When);
            Asked != Purpose::None) {
          P = Asked;
          break;
        }
    } else {
      for (const Arm *A : llvm::reverse(W.Arms))
        if (P = Of(A); P != Purpose::None)
          break;
      if (P == Purpose::None)
        P = Of(nullptr);
    }
    switch (P) {
    case Purpose::Call:
      Where.emplace_back(forCall(W), W.Needed && W.W.BeforeReport
                                         ? "the report needs it"
                                         : "it serves the call");
      break;
    case Purpose::Message:
      Where.emplace_back(forMessage(W), "this way shows or stores content");
      break;
    case Purpose::Deletion:
      Where.emplace_back(forDeletion(W), "this way takes something back");
      break;
    case Purpose::Upkeep:
      Where.emplace_back(forUpkeep(W), "this way is upkeep");
      break;
    case Purpose::Collection:
      Where.emplace_back(Destination::Unknown,
                         "a push is no occasion to gather this");
      break;
    case Purpose::None:
      Where.emplace_back(W.W.E == Effect::Log || W.W.E == Effect::Completion ||
                                 W.W.E == Effect::AsyncHop
                             ? Destination::Keep
                         : W.W.E == Effect::Unknown ? Destination::AfterReport
                                                    : W.W.D,
                         "nothing says what this way is for");
      break;
    }
  }
  // A helper that asks for a background task is where such work should be.
  auto AsksForTask = [&](const Work &Outer) {
    return llvm::any_of(Works, [&](const FoundWork &W) {
      return W.W.HandlerAt && W.W.HandlerAt.Where == Outer.At.Where &&
             llvm::StringRef(W.W.Api).contains("BGTaskScheduler");
    });
  };
  for (std::size_t I = 0; I < Works.size(); ++I)
    if (Works[I].W.E == Effect::Unknown && !Works[I].W.HandlerAt &&
        AsksForTask(Works[I].W))
      Where[I] = {Destination::AfterReport, "it asks for a background task"};
  for (std::size_t I = 0; I < Works.size(); ++I) {
    Works[I].W.D = Where[I].first;
    Works[I].W.Reason = Where[I].second;
  }
}
