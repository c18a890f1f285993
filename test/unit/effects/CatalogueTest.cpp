//===-- CatalogueTest.cpp - the shipped rows -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Catalogue.h"
#include "Calls.h"
#include "matchers/effects/Receiver.h"
#include "matchers/effects/Spelling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "gtest/gtest.h"

using namespace ringfence;
using namespace ringfence::effects;

/// A call spelled like \p S, every argument given, its receiver's type known.
static Call callLike(const Spelling &S) {
  Call C;
  C.Name = S.Name;
  C.ReceiverType = S.Type;
  C.Receiver = S.Type.empty() ? "" : "x";
  C.OnType = S.OnType;
  switch (S.K) {
  case Spelling::Kind::Function:
    C.K = Call::Kind::Function;
    break;
  case Spelling::Kind::Method:
    C.K = Call::Kind::Method;
    break;
  case Spelling::Kind::Init:
    C.K = Call::Kind::Init;
    if (S.Swift) {
      C.Name = S.Type; // nested types are called with their dots
      C.Receiver = C.ReceiverType = "";
    }
    break;
  case Spelling::Kind::Read:
    C.K = Call::Kind::PropertyRead;
    break;
  case Spelling::Kind::Write:
    C.K = Call::Kind::PropertyWrite;
    break;
  case Spelling::Kind::Subscript:
    C.K = Call::Kind::Subscript;
    break;
  case Spelling::Kind::Any:
    C.K = Call::Kind::Method;
    C.Name = S.Swift ? "anythingAtAll" : "anythingAtAll:";
    break;
  }
  for (const Spelling::Label &L : S.Labels) {
    C.Arguments.emplace_back();
    C.Arguments.back().Label = L.Name == "_" ? "" : L.Name;
  }
  return C;
}

TEST(Catalogue, EveryRowIsWellFormed) {
  const Catalogue &C = Catalogue::builtin();
  ASSERT_GT(C.rows().size(), 223u);
  for (const Api &A : C.rows()) {
    const std::string &Name = A.Swift.empty() ? A.ObjC : A.Swift;
    SCOPED_TRACE(Name);
    EXPECT_FALSE(Name.empty());
    EXPECT_FALSE(A.Source.empty());
    EXPECT_FALSE(A.FromUser);
    EXPECT_TRUE(A.E != Effect::Unknown || !A.Note.empty());
    EXPECT_TRUE(A.D != Destination::Unknown || A.E == Effect::Unknown);
    if (A.Reports) {
      EXPECT_EQ(A.E, Effect::CallReport);
      EXPECT_EQ(A.D, Destination::Report);
    }
    if (A.NoReturn) {
      EXPECT_EQ(A.E, Effect::Pure);
    }
    // A closure of an API that finishes later is not run before it returns,
    // save by what says otherwise.
    if (A.IsAsync) {
      EXPECT_NE(A.ClosuresRun, Runs::Unknown);
    }
    EXPECT_FALSE(A.IsAsync && A.Blocks);
  }
}

TEST(Catalogue, EverySpellingFindsItsRow) {
  const Catalogue &C = Catalogue::builtin();
  for (const Api &A : C.rows()) {
    if (A.Keyword)
      continue;
    auto check = [&](llvm::Expected<Spelling> S, Language L) {
      ASSERT_TRUE(bool(S)) << llvm::toString(S.takeError());
      const Api *Found = C.find(callLike(*S), L);
      ASSERT_NE(Found, nullptr);
      EXPECT_EQ(Found, &A) << "found " << Found->Swift << " / " << Found->ObjC;
    };
    if (!A.Swift.empty()) {
      SCOPED_TRACE(A.Swift);
      check(parseSwift(A.Swift), Language::Swift);
    }
    if (!A.ObjC.empty()) {
      SCOPED_TRACE(A.ObjC);
      check(parseObjC(A.ObjC), Language::ObjC);
      check(parseObjC(A.ObjC), Language::ObjCXX);
    }
  }
}

// Exactly what iOS accepts: a new incoming call, reported by the call itself.
TEST(Catalogue, OnlyReportsReport) {
  const Catalogue &C = Catalogue::builtin();
  llvm::StringSet<> Apple;
  for (const Api &A : C.rows())
    if (A.Reports &&
        (llvm::StringRef(A.Swift).starts_with("CXProvider.") ||
         llvm::StringRef(A.Swift).starts_with("ConversationManager.")))
      Apple.insert(A.Swift);
  EXPECT_EQ(Apple.size(), 3u);
  EXPECT_TRUE(Apple.contains(
      "CXProvider.reportNewIncomingCall(with:update:completion:)"));
  EXPECT_TRUE(Apple.contains("CXProvider.reportNewIncomingCall(with:update:)"));
  EXPECT_TRUE(Apple.contains(
      "ConversationManager.reportNewIncomingConversation(uuid:update:)"));
  for (const Api &A : C.rows())
    EXPECT_FALSE(A.Reports && llvm::StringRef(A.Swift).contains("PushPayload"))
        << A.Swift;
}

TEST(Catalogue, WordsAreThoseOfTheInterface) {
  EXPECT_EQ(nameOf(Effect::LocalNotification), "local-notification");
  EXPECT_EQ(nameOf(Destination::NotificationService), "notification-service");
  for (unsigned I = 0; I <= unsigned(Effect::Unknown); ++I)
    EXPECT_EQ(effectNamed(nameOf(Effect(I))), Effect(I));
  for (unsigned I = 0; I <= unsigned(Destination::Unknown); ++I)
    EXPECT_EQ(destinationNamed(nameOf(Destination(I))), Destination(I));
  EXPECT_FALSE(effectNamed("nonsense"));
}

TEST(Catalogue, SearchIsForPartsOfSpellings) {
  const Catalogue &C = Catalogue::builtin();
  auto Found = C.search("REPORTNEWINCOMINGCALL");
  EXPECT_GT(Found.size(), 3u);
  for (const Api *A : Found)
    EXPECT_TRUE(
        llvm::StringRef(A->Swift).contains_insensitive(
            "reportNewIncomingCall") ||
        llvm::StringRef(A->ObjC).contains_insensitive("reportNewIncomingCall"));
  EXPECT_TRUE(C.search("no such API anywhere").empty());
  EXPECT_FALSE(C.search("await").empty());
}

TEST(Catalogue, UserRowsWin) {
  llvm::Expected<Catalogue> C =
      Catalogue::withRows("- swift: UserDefaults.set(_:forKey:)\n"
                          "  effect: log\n"
                          "- objc: -[MyKit ring:]\n"
                          "  effect: call-report\n"
                          "  reports: true\n",
                          ".ringfence.yaml");
  ASSERT_TRUE(bool(C)) << llvm::toString(C.takeError());
  const Api *Set =
      C->find(swiftCall("UserDefaults.standard", "set", {"", "forKey"}),
              Language::Swift);
  ASSERT_NE(Set, nullptr);
  EXPECT_EQ(Set->E, Effect::Log);
  EXPECT_TRUE(Set->FromUser);
  EXPECT_EQ(Set->Source, ".ringfence.yaml");
  const Api *Ring = C->find(message("[MyKit shared]", "ring:"), Language::ObjC);
  ASSERT_NE(Ring, nullptr);
  EXPECT_TRUE(Ring->Reports);
}

static std::string problemIn(llvm::StringRef Yaml) {
  llvm::Expected<Catalogue> C = Catalogue::withRows(Yaml, "rows.yaml");
  return C ? std::string() : llvm::toString(C.takeError());
}

TEST(Catalogue, ErrorsNameTheLine) {
  EXPECT_EQ(problemIn(""), "");
  EXPECT_EQ(
      problemIn("- swift: f()\n  effect: nonsense\n").find("rows.yaml:2:11: "),
      0u);
  EXPECT_EQ(problemIn("- swift: f()\n  effect: log\n  efect: log\n")
                .find("rows.yaml:3:"),
            0u);
  EXPECT_NE(problemIn("- swift: f()\n").find("effect"), std::string::npos);
  EXPECT_NE(problemIn("- effect: log\n").find("swift"), std::string::npos);
  EXPECT_NE(problemIn("- swift: f(\n  effect: log\n").find("')' is missing"),
            std::string::npos);
  EXPECT_NE(problemIn("- [unclosed\n"), "");
  EXPECT_NE(problemIn("just words"), "");
}
