//===-- SpellingTest.cpp - API names taken apart -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Spelling.h"
#include "Calls.h"
#include "matchers/effects/Receiver.h"
#include "gtest/gtest.h"

using namespace ringfence;
using namespace ringfence::effects;

static std::string problem(llvm::Expected<Spelling> S) {
  return S ? std::string() : llvm::toString(S.takeError());
}

static bool mayBe(const Spelling &S, const Call &C) {
  return fits(S, C) != LabelFit::No;
}

TEST(Spelling, WordsOfIdentifiers) {
  using Words = llvm::SmallVector<std::string, 6>;
  EXPECT_EQ(wordsOf("callProvider"), (Words{"call", "provider"}));
  EXPECT_EQ(wordsOf("UNUserNotificationCenter"),
            (Words{"un", "user", "notification", "center"}));
  EXPECT_EQ(wordsOf("dispatch_async"), (Words{"dispatch", "async"}));
  EXPECT_EQ(wordsOf("urlSession2"), (Words{"url", "session2"}));
  EXPECT_TRUE(wordsOf("_").empty());
}

TEST(Spelling, TakesSwiftApart) {
  Spelling S =
      llvm::cantFail(parseSwift("URLSession.data(for:[delegate:]...)"));
  EXPECT_EQ(S.K, Spelling::Kind::Method);
  EXPECT_EQ(S.Type, "URLSession");
  EXPECT_EQ(S.Name, "data");
  ASSERT_EQ(S.Labels.size(), 2u);
  EXPECT_FALSE(S.Labels[0].Optional);
  EXPECT_TRUE(S.Labels[1].Optional);
  EXPECT_TRUE(S.Rest);
  EXPECT_EQ(llvm::cantFail(parseSwift("print(_:)")).K,
            Spelling::Kind::Function);
  EXPECT_EQ(llvm::cantFail(parseSwift("UUID()")).K, Spelling::Kind::Init);
  EXPECT_EQ(llvm::cantFail(parseSwift("A.b = _")).K, Spelling::Kind::Write);
  EXPECT_EQ(llvm::cantFail(parseSwift("A.b")).K, Spelling::Kind::Read);
  EXPECT_EQ(llvm::cantFail(parseSwift("A.*")).K, Spelling::Kind::Any);
}

TEST(Spelling, TakesObjectiveCApart) {
  Spelling S = llvm::cantFail(parseObjC("+[NSUUID UUID]"));
  EXPECT_TRUE(S.OnType);
  EXPECT_EQ(S.Type, "NSUUID");
  EXPECT_EQ(S.Name, "UUID");
  EXPECT_EQ(llvm::cantFail(parseObjC("NSLog")).K, Spelling::Kind::Function);
  EXPECT_EQ(llvm::cantFail(parseObjC("-[A initWithB:]")).K,
            Spelling::Kind::Init);
}

TEST(Spelling, RefusesWhatIsNone) {
  EXPECT_NE(problem(parseSwift("A.b(c)")), "");
  EXPECT_NE(problem(parseSwift("A.b(")), "");
  EXPECT_NE(problem(parseSwift("A.b([c:)")), "");
  EXPECT_NE(problem(parseSwift("A.b(...c:)")), "");
  EXPECT_NE(problem(parseSwift("word")), "");
  EXPECT_NE(problem(parseSwift("")), "");
  EXPECT_NE(problem(parseObjC("-[A b:c]")), "");
  EXPECT_NE(problem(parseObjC("-[A]")), "");
  EXPECT_NE(problem(parseObjC("-A b")), "");
  EXPECT_NE(problem(parseObjC("two words")), "");
}

TEST(Spelling, LabelsMatchAsSwiftCallsThem) {
  Spelling Add =
      llvm::cantFail(parseSwift("Center.add(_:[withCompletionHandler:])"));
  EXPECT_TRUE(mayBe(Add, swiftCall("c", "add", {"", "withCompletionHandler"})));
  EXPECT_TRUE(mayBe(Add, swiftCall("c", "add", {""})));
  EXPECT_TRUE(mayBe(Add, swiftCall("c", "add", {"", "{"})));
  EXPECT_FALSE(mayBe(Add, swiftCall("c", "add", {})));
  EXPECT_FALSE(mayBe(Add, swiftCall("c", "add", {"item"})));
  EXPECT_FALSE(mayBe(Add, swiftCall("c", "add", {"", "{", "{"})));

  EXPECT_EQ(fits(Add, swiftCall("c", "add", {"", "{"})), LabelFit::Exact);
  EXPECT_EQ(fits(Add, swiftCall("c", "add", {""})), LabelFit::Loose);

  Spelling Timer = llvm::cantFail(
      parseSwift("Timer.scheduledTimer(withTimeInterval:repeats:block:)"));
  EXPECT_TRUE(mayBe(Timer, swiftCall("Timer", "scheduledTimer",
                                     {"withTimeInterval", "repeats", "{"})));
  EXPECT_FALSE(mayBe(Timer, swiftCall("Timer", "scheduledTimer",
                                      {"withTimeInterval", "repeats"})));
}

TEST(Receiver, NormalTypes) {
  EXPECT_EQ(normalType("NSURLSession *"), "URLSession");
  EXPECT_EQ(normalType("UserDefaults?"), "UserDefaults");
  EXPECT_EQ(normalType("CallKit.CXProvider!"), "CXProvider");
  EXPECT_EQ(normalType("[String: Any]"), "Dictionary");
  EXPECT_EQ(normalType("[UInt8]"), "Array");
  EXPECT_EQ(normalType("[(id: Int, at: Date)]"), "Array");
  EXPECT_EQ(normalType("id<CXProviderDelegate>"), "CXProviderDelegate");
  EXPECT_EQ(normalType("Activity<CallAttributes>"), "Activity");
  EXPECT_EQ(normalType("__kindof NSManagedObject * _Nullable"),
            "ManagedObject");
  EXPECT_EQ(normalType(""), "");
}

// How the texts of receivers are understood.
TEST(Receiver, FitsByWhatItSays) {
  TypeFacts Facts;
  for (const char *T :
       {"CXProvider", "UserDefaults", "UNUserNotificationCenter",
        "NotificationCenter", "UIApplication", "FileManager"})
    Facts.Known[T] = true;
  auto fit = [&](const char *Text, const char *Type) {
    return Receiver(swiftCall(Text, "f")).fit(Type, Facts);
  };
  EXPECT_EQ(fit("UserDefaults.standard", "UserDefaults"), Fit::Made);
  EXPECT_EQ(fit("UserDefaults(suiteName: group)?", "UserDefaults"), Fit::Made);
  EXPECT_EQ(fit("[NSUserDefaults standardUserDefaults]", "UserDefaults"),
            Fit::Made);
  EXPECT_EQ(
      fit("[[NSUserDefaults alloc] initWithSuiteName:@\"g\"]", "UserDefaults"),
      Fit::Made);
  EXPECT_EQ(
      fit("UNUserNotificationCenter.current()", "UNUserNotificationCenter"),
      Fit::Made);
  EXPECT_EQ(fit("NotificationCenter.default", "UNUserNotificationCenter"),
            Fit::No);
  EXPECT_EQ(fit("self.callProvider", "CXProvider"), Fit::Named);
  EXPECT_EQ(fit("_provider", "CXProvider"), Fit::Named);
  EXPECT_EQ(fit("callManager.provider?", "CXProvider"), Fit::Named);
  EXPECT_EQ(fit("center", "UNUserNotificationCenter"), Fit::Named);
  EXPECT_EQ(fit("messageCenter", "UNUserNotificationCenter"), Fit::Open);
  EXPECT_EQ(fit("store", "CXProvider"), Fit::Open);
  EXPECT_EQ(fit("UIApplication.shared.delegate", "UIApplication"), Fit::Open);
  EXPECT_EQ(fit("", "CXProvider"), Fit::Open);
}
