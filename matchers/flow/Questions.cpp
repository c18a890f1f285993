//===-- Questions.cpp - answers what a branch asks -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Questions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

std::string flow::flagKey(llvm::StringRef Name) {
  return ("flag " + plainName(Name)).str();
}

std::string flow::nonNilKey(llvm::StringRef Name) {
  return ("value " + plainName(Name)).str();
}

std::string flow::resultKey(Range Where) {
  return "result " + std::to_string(Where.Begin) + " " +
         std::to_string(Where.End);
}

/// "a != b" asks what "a == b" asks, spaces and parentheses around it aside.
static std::string comparison(llvm::StringRef Text) {
  Text = Text.trim();
  while (Text.starts_with("(") && Text.find(')') == Text.size() - 1)
    Text = Text.drop_front().drop_back().trim();
  std::size_t At = Text.find("!=");
  if (At == llvm::StringRef::npos)
    At = Text.find("==");
  if (At == llvm::StringRef::npos)
    return Text.str();
  llvm::StringRef Left = Text.take_front(At).rtrim();
  llvm::StringRef Right = Text.drop_front(At + 2).ltrim("= \t\n");
  return (Left + " == " + Right).str();
}

std::string flow::factKey(const Condition &C) {
  switch (C.K) {
  case Condition::Kind::Flag:
    return flagKey(C.Name);
  case Condition::Kind::NonNil:
    return nonNilKey(C.Name.empty() ? C.Text : C.Name);
  case Condition::Kind::AppState:
    return "state " + C.Name;
  case Condition::Kind::Equal:
    return C.Text.empty() ? "" : "text " + comparison(C.Text);
  case Condition::Kind::Other:
    return C.Text.empty() ? "" : "text " + C.Text;
  default:
    return "";
  }
}

static StateSet just(PathState S) {
  StateSet Set;
  Set.add(std::move(S));
  return Set;
}

static Parted known(const PathState &S, bool Answer) {
  Parted P;
  (Answer ? P.Yes : P.No).add(S);
  return P;
}

/// The rule binds from iOS 13 on. A question for that version sends older
/// systems down the other way, where no report is due; what lies below iOS 11
/// has no handler with completion and is left out.
static Parted partByVersion(const PathState &S, const Condition &C) {
  static const char *const Key = "system 13";
  Parted P;
  if (C.Major < 12)
    return known(S, true);
  if (C.Major > 13 || (C.Major == 13 && C.Minor > 0))
    return {just(S), just(S)};
  if (auto It = S.F->find(Key); It != S.F->end())
    return known(S, It->second);
  PathState New = S, Old = S;
  New.F.edit()[Key] = true;
  Old.F.edit()[Key] = false;
  Old.Exempt = true;
  return {just(std::move(New)), just(std::move(Old))};
}

static bool namesProvider(const Condition &C) {
  std::string Lower = plainName(C.Name.empty() ? C.Text : C.Name).lower();
  llvm::StringRef L = Lower;
  return L == "provider" ||
         (L.ends_with("provider") && (L.contains("call") || L.contains("cx")));
}

static Parted partByFact(const PathState &S, const Condition &C) {
  std::string Result = resultKey(C.Where);
  if (auto It = S.F->find(Result); It != S.F->end() && !C.Where.empty())
    return known(S, It->second);
  std::string Key = factKey(C);
  if (Key.empty())
    return {just(S), just(S)};
  if (auto It = S.F->find(Key); It != S.F->end())
    return known(S, It->second);
  PathState Yes = S, No = S;
  // Without a provider there is nothing to report with: like a nil receiver,
  // that is no way that the app means to take.
  if (C.K == Condition::Kind::NonNil && namesProvider(C))
    No.Exempt = true;
  if (C.K == Condition::Kind::AppState) {
    // The app is in one state at a time.
    for (const auto &[K, V] : *S.F)
      if (V && llvm::StringRef(K).starts_with("state "))
        return known(S, false);
  }
  Yes.F.edit()[Key] = true;
  No.F.edit()[Key] = false;
  return {just(std::move(Yes)), just(std::move(No))};
}

Parted flow::part(const PathState &S, const Condition &C) {
  switch (C.K) {
  case Condition::Kind::And: {
    Parted P;
    P.Yes.add(S);
    for (const Condition &O : C.Operands) {
      StateSet Next;
      for (const PathState &T : P.Yes) {
        Parted Q = part(T, O);
        Next.add(Q.Yes);
        P.No.add(Q.No);
      }
      P.Yes = std::move(Next);
    }
    return P;
  }
  case Condition::Kind::Or: {
    Parted P;
    P.No.add(S);
    for (const Condition &O : C.Operands) {
      StateSet Next;
      for (const PathState &T : P.No) {
        Parted Q = part(T, O);
        P.Yes.add(Q.Yes);
        Next.add(Q.No);
      }
      P.No = std::move(Next);
    }
    return P;
  }
  case Condition::Kind::Not: {
    if (C.Operands.empty())
      break;
    Parted P = part(S, C.Operands.front());
    std::swap(P.Yes, P.No);
    return P;
  }
  case Condition::Kind::PushType:
    return known(S, llvm::StringRef(C.Name).equals_insensitive("voIP"));
  case Condition::Kind::OSVersion:
    return partByVersion(S, C);
  case Condition::Kind::MustReport: {
    // Handed to a helper as a literal.
    if (auto It = S.F->find(flagKey(C.Name.empty() ? "mustReport" : C.Name));
        It != S.F->end())
      return known(S, It->second);
    Parted P;
    P.Yes.add(S);
    PathState Free = S;
    Free.Exempt = true;
    P.No.add(std::move(Free));
    return P;
  }
  case Condition::Kind::Constant:
    return known(S, C.Name == "true");
  default:
    return partByFact(S, C);
  }
  return {just(S), just(S)};
}

static bool speaksOfCalls(llvm::StringRef Text) {
  std::string Lower = Text.lower();
  llvm::StringRef L = Lower;
  if (!L.contains("call") && !L.contains("conversation"))
    return false;
  for (const char *Word : {"active", "ongoing", "current", "existing", "incall",
                           "received", ".calls", "hascall"})
    if (L.contains(Word))
      return true;
  return false;
}

bool flow::asksForAppState(const Condition &C) {
  switch (C.K) {
  case Condition::Kind::And:
  case Condition::Kind::Or:
  case Condition::Kind::Not:
    return !C.Operands.empty() && llvm::all_of(C.Operands, asksForAppState);
  case Condition::Kind::AppState:
    return true;
  case Condition::Kind::Flag:
  case Condition::Kind::NonNil:
  case Condition::Kind::Equal:
  case Condition::Kind::Other:
    return speaksOfCalls(C.Text.empty() ? C.Name : C.Text);
  default:
    return false;
  }
}

bool flow::speaksOfRegion(llvm::StringRef Text) {
  for (const char *Word :
       {"regionCode", "countryCode", "NSLocaleCountryCode", "isoCountryCode",
        "currentLocale", "\"CN\"", "\"CHN\"", "storefront"})
    if (Text.contains(Word))
      return true;
  return false;
}
