//===-- WordsTest.cpp - identifiers of a piece of source ------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Words.h"
#include <gtest/gtest.h>

using namespace ringfence;

namespace {

/// The words of \p Text; members get a dot in front, labels a colon behind.
std::string scanned(llvm::StringRef Text, Language L) {
  std::string Out;
  for (const Word &W :
       words(Text, {0, static_cast<std::uint32_t>(Text.size())}, L)) {
    Out += (W.IsMember ? " ." : " ") + W.Text.str() + (W.IsLabel ? ":" : "");
    EXPECT_EQ(Text.slice(W.Where.Begin, W.Where.End), W.Text);
  }
  return Out;
}

TEST(Words, Swift) {
  auto S = [](llvm::StringRef T) { return scanned(T, Language::Swift); };
  EXPECT_EQ(S("content.title = info[\"x\"] as? String ?? text // no\n"),
            " content .title info as String text");
  EXPECT_EQ(S("f(body: body, [key: value, other: 1])"),
            " f body: body key value other");
  EXPECT_EQ(S("\"a \\(name + g(\"b \\(inner)\")) c\" + d"), " name g inner d");
  EXPECT_EQ(S("#\"no \\(no) \\#(yes)\"# /* a /* b */ c */ z"), " yes z");
  EXPECT_EQ(S("\"\"\"\n one \"two\" \\(three)\n\"\"\""), " three");
  EXPECT_EQ(S("x ? a : b"), " x a b");
  EXPECT_EQ(S("\"open"), "");
  EXPECT_EQ(S("0xFF + 1.5e3 + v1"), " v1");
}

TEST(Words, ObjectiveC) {
  auto O = [](llvm::StringRef T) { return scanned(T, Language::ObjC); };
  EXPECT_EQ(O("content.body = [self.cipher open:info[@\"b\"] with:key];"),
            " content .body self .cipher open: info with: key");
  EXPECT_EQ(O("[center add:request done:^(NSError *e) { [log note:e]; }]"),
            " center add: request done: NSError e log note: e");
  EXPECT_EQ(O("[a set:b ? c : d]"), " a set: b c d");
  EXPECT_EQ(O("self->_box = 'x'; [NSDate date]"), " self ._box NSDate date:");
  EXPECT_EQ(O("@{ key : value }"), " key value");
  EXPECT_EQ(O("[a set:(NSString *)text to:(id)who]"),
            " a set: NSString text to: id who");
  EXPECT_EQ(O("[[a first] next]; [f(x) next]; [(A *)b c]"),
            " a first: next: f x next: A b c:");
}

TEST(Words, Replaced) {
  EXPECT_EQ(replaced("a + b", {{{4, 5}, "cc"}, {{0, 1}, "x"}}), "x + cc");
}

} // namespace
