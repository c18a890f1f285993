//===-- RereadTest.cpp - reads what an edit changed, and no more -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Reread.h"
#include "matchers/model/Dump.h"
#include "tool/pipeline/SourceStore.h"
#include <gtest/gtest.h>

using namespace ringfence;

namespace {

const char Swift[] = R"~(import PushKit
final class Push: NSObject, PKPushRegistryDelegate {
    private var count = 0 { didSet { print(count) } }
    var isEmpty: Bool { count == 0 }
    private let registry = PKPushRegistry(queue: nil)
    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }
    func pushRegistry(_ r: PKPushRegistry, didReceiveIncomingPushWith p: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard let id = p.dictionaryPayload["id"] as? String else {
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: .init()) { _ in
            print("shown \(id) for \(p.dictionaryPayload["from"] ?? "nobody")")
            completion()
        }
    }
    func after(_ x: Int) -> Int {
        switch x {
        case 1: return 2
        default:
            DispatchQueue.main.async { [weak self] in self?.count += x }
            return x
        }
    }
}
)~";

const char ObjC[] = R"~(#import <PushKit/PushKit.h>
@interface Push : NSObject <PKPushRegistryDelegate>
@property (nonatomic) NSInteger count;
@end
@implementation Push
- (void)start {
    PKPushRegistry *r = [[PKPushRegistry alloc] initWithQueue:nil];
    r.delegate = self;
    r.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}
- (void)pushRegistry:(PKPushRegistry *)r didReceiveIncomingPushWithPayload:(PKPushPayload *)p
             forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    if (!p.dictionaryPayload[@"id"]) {
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:nil completion:^(NSError *e) {
        completion();
    }];
}
- (NSInteger)after:(NSInteger)x {
    if (x > self.count && [self known:x]) {
        dispatch_async(dispatch_get_main_queue(), ^{ self.count += x; });
    }
    return x;
}
@end
)~";

class Reread : public ::testing::Test {
protected:
  File whole(std::shared_ptr<const SourceFile> Source) {
    ++Readings;
    return R.read(std::move(Source));
  }
  File whole(const std::string &Path, const std::string &Text) {
    return whole(std::make_shared<SourceFile>(Path, Text));
  }

  /// What became of \p Old in \p Before when it is \p New: the file that was
  /// read in part, or null.
  std::shared_ptr<File> edited(const std::string &Path, std::string Before,
                               llvm::StringRef Old, llvm::StringRef New) {
    File Was = whole(Path, Before);
    std::size_t At = Before.find(Old.str());
    EXPECT_NE(At, std::string::npos) << Old.str();
    Before.replace(At, Old.size(), New.str());
    return edited(Was, std::nullopt, Path, Before);
  }
  std::shared_ptr<File> edited(File &Was, std::optional<std::size_t> HeldBack,
                               const std::string &Path, std::string Text) {
    After = std::move(Text);
    Rereading R =
        reread(Was, HeldBack, std::make_shared<SourceFile>(Path, After),
               [&](std::shared_ptr<const SourceFile> S) {
                 return whole(std::move(S));
               });
    Held = R.HeldBack;
    return R.Reading;
  }

  /// Everything that the model says of a file.
  static std::string all(const File &F) {
    std::string Result = dump(F, {.Ranges = true});
    for (const Problem &P : F.Problems)
      Result += std::to_string(P.Line) + P.Message + "\n";
    for (const Handler &H : F.Handlers)
      Result += "handler " + std::to_string(H.FunctionIndex) + H.Payload + "\n";
    for (const Registration &G : F.Registrations)
      Result += "registration " + F.Source->text(G.Where).str() + G.Delegate +
                G.Function + "\n";
    for (const Function &Fn : F.Functions)
      for (const Step &S : Fn.Steps)
        texts(F, S, Result);
    return Result;
  }
  static void texts(const File &F, const Step &S, std::string &Result) {
    auto Say = [&](Range R) { Result += F.Source->text(R).str() + "|"; };
    Say(S.Where);
    Say(S.WithComments);
    Say(S.Result.Where);
    auto Calls = [&](const std::vector<Call> &All) {
      for (const Call &C : All) {
        Say(C.Where);
        Say(C.NameRange);
        for (const Argument &A : C.Arguments)
          Say(A.V.Where);
      }
    };
    auto Closures = [&](const std::vector<Closure> &All) {
      for (const Closure &C : All) {
        Say(C.Body);
        for (const Step &Inner : C.Steps)
          texts(F, Inner, Result);
      }
    };
    Calls(S.Calls);
    Closures(S.Closures);
    for (const Declaration &D : S.Declares)
      Say(D.Init.Where);
    for (const Assignment &A : S.Assigns)
      Say(A.Where);
    for (const Arm &A : S.Arms) {
      Say(A.When.Where);
      for (const Condition &C : A.When.Operands)
        Say(C.Where);
      Calls(A.Calls);
      Closures(A.Closures);
      for (const Step &Inner : A.Steps)
        texts(F, Inner, Result);
    }
  }

  void expectAsWhole(const std::string &Path, const char *Text,
                     llvm::StringRef Old, llvm::StringRef New) {
    std::shared_ptr<File> Part = edited(Path, Text, Old, New);
    ASSERT_TRUE(Part) << Old.str() << " -> " << New.str();
    EXPECT_EQ(all(*Part), all(whole(Path, After)));
    EXPECT_EQ(Part->Source->bytes(), After);
  }

  Readers R{objc::ReaderOptions()};
  std::string After;
  std::optional<std::size_t> Held;
  unsigned Readings = 0;
};

TEST_F(Reread, OfAnEditedSwiftBodyIsWhatTheWholeReadsAs) {
  expectAsWhole("a.swift", Swift, "print(\"shown", "print(1); print(\"shown");
  expectAsWhole("a.swift", Swift,
                "            completion()\n            return",
                "            return");
  expectAsWhole("a.swift", Swift, "return 2", "return 2 + after(x - 1) // new");
}

TEST_F(Reread, OfAnEditedObjectiveCBodyIsWhatTheWholeReadsAs) {
  expectAsWhole("a.m", ObjC, "return x;", "return [self after:x - 1];");
  expectAsWhole("a.m", ObjC, "        completion();\n        return;",
                "        return;");
}

TEST_F(Reread, TakesStatementsThatAreNotComplete) {
  expectAsWhole("a.swift", Swift, "return 2", "return 2 +");
  expectAsWhole("a.m", ObjC, "return x;", "x\n    return x;");
}

TEST_F(Reread, KeepsWhatWasNotUnderstoodElsewhere) {
  std::string Torn = Swift;
  Torn.replace(Torn.find("        switch x"), 0, "        let = = 3\n");
  expectAsWhole("a.swift", Torn.c_str(), "print(\"shown",
                "print(1)\n        print(\"shown");
}

TEST_F(Reread, IsRefusedWhereDeclarationsChange) {
  EXPECT_FALSE(edited("a.swift", Swift, "func after(", "func later("));
  EXPECT_FALSE(edited("a.swift", Swift, "count = 0", "count = 1"));
  EXPECT_FALSE(edited("a.m", ObjC, "- (NSInteger)after:", "- (int)after:"));
}

TEST_F(Reread, ReadsTheEditedFunctionAndNoOtherBody) {
  expectAsWhole("a.swift", Swift, "return 2", "return 3");
  File Was = whole("a.swift", Swift);
  std::string Text = Swift;
  Text.replace(Text.find("return 2"), 8, "return 3");
  std::string Seen;
  reread(Was, std::nullopt, std::make_shared<SourceFile>("a.swift", Text),
         [&](std::shared_ptr<const SourceFile> S) {
           Seen = S->bytes();
           return whole(std::move(S));
         });
  EXPECT_NE(Seen.find("return 3"), std::string::npos);
  EXPECT_NE(Seen.find("func start() {}"), std::string::npos);
  EXPECT_EQ(Seen.find("reportNewIncomingCall"), std::string::npos);
}

TEST_F(Reread, HoldsAFunctionBackWhileABracketIsOpen) {
  File Was = whole("a.swift", Swift);
  std::string Text = Swift;
  std::size_t At = Text.find("        guard let id");
  auto Insert = [&](llvm::StringRef New) {
    Text.insert(At, New.str());
    At += New.size();
  };
  Insert("        if x {\n");
  unsigned Before = Readings;
  auto Open = edited(Was, std::nullopt, "a.swift", Text);
  ASSERT_TRUE(Open);
  EXPECT_EQ(Readings, Before);
  EXPECT_TRUE(Held);
  EXPECT_EQ(Open->Source->bytes(), Text);
  // What was known, where it is now.
  ASSERT_EQ(Open->Handlers.size(), 1u);
  const Function &Fn = Open->Functions[Open->Handlers.front().FunctionIndex];
  EXPECT_TRUE(
      Open->Source->text(Fn.Steps.front().Where).starts_with("guard let id"));
  EXPECT_TRUE(Open->Source->text(Fn.Where).ends_with("        }\n    }"));

  Insert("            print(\"");
  auto Still = edited(*Open, Held, "a.swift", Text);
  ASSERT_TRUE(Still);
  EXPECT_EQ(Readings, Before);
  EXPECT_TRUE(Held);

  Insert("\")\n        }\n");
  auto Closed = edited(*Still, Held, "a.swift", Text);
  ASSERT_TRUE(Closed);
  EXPECT_EQ(Readings, Before + 1);
  EXPECT_FALSE(Held);
  EXPECT_EQ(all(*Closed), all(whole("a.swift", Text)));
}

TEST_F(Reread, KeepsRangesInOrderWhenPartOfAHeldBackBodyGoes) {
  File Was = whole("a.m", ObjC);
  std::string Text = ObjC;
  llvm::StringRef Gone = "        completion();\n        return;\n    }";
  Text.erase(Text.find(Gone.str()), Gone.size());
  auto Open = edited(Was, std::nullopt, "a.m", Text);
  ASSERT_TRUE(Open);
  EXPECT_TRUE(Held);
  for (const Function &Fn : Open->Functions)
    for (const Step &S : Fn.Steps) {
      EXPECT_LE(S.Where.Begin, S.Where.End);
      EXPECT_TRUE(Fn.Inside.contains(S.Where));
    }
  EXPECT_TRUE(Open->Source->text(Open->Functions.back().Where)
                  .ends_with("return x;\n}"));
}

TEST_F(Reread, HoldsBackOneFunctionOnly) {
  File Was = whole("a.swift", Swift);
  std::string Text = Swift;
  Text.insert(Text.find("        guard let id"), "        if x {\n");
  auto Open = edited(Was, std::nullopt, "a.swift", Text);
  ASSERT_TRUE(Open);
  Text.replace(Text.find("return 2"), 8, "return 3");
  EXPECT_FALSE(edited(*Open, Held, "a.swift", Text));
}

TEST_F(Reread, HoldsNothingBackInATextThatWasTornBefore) {
  std::string Torn = Swift;
  Torn.insert(Torn.find("    func start()"), "    func torn() {\n");
  EXPECT_FALSE(edited("a.swift", Torn, "return 2", "return { 2"));
}

TEST_F(Reread, HoldsBackBesideStringsOfSeveralLines) {
  std::string Text = Swift;
  Text.insert(Text.find("    func start()"),
              "    let text = \"\"\"\n  it's \"(\"\n  \"\"\"\n");
  EXPECT_TRUE(edited("a.swift", Text, "return 2", "return { 2"));
  EXPECT_TRUE(Held);
}

TEST_F(Reread, IsRefusedWhereTheBodyReachesOutOfItself) {
  EXPECT_FALSE(edited("a.m", ObjC, "return x;", "\n#define y x\nreturn y;"));
  std::string Torn = Swift;
  Torn.insert(Torn.find("        switch x"), "        if x {\n");
  EXPECT_FALSE(edited("a.swift", Torn, "return 2", "return 3"));
}

TEST_F(Reread, IsRefusedWhereRegistriesAreSetUp) {
  EXPECT_FALSE(edited("a.swift", Swift, "registry.delegate = self", ""));
}

TEST_F(Reread, LeavesTheOldReadingAloneWhenRefused) {
  File Was = whole("a.swift", Swift);
  std::string Before = all(Was);
  EXPECT_FALSE(edited(Was, std::nullopt, "a.swift", "x"));
  EXPECT_EQ(all(Was), Before);
}

} // namespace
