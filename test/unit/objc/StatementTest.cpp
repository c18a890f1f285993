//===-- StatementTest.cpp - statements, calls and values -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reading.h"
#include "gtest/gtest.h"

using namespace ringfence;

namespace {

TEST(Expressions, ReceiversAndArguments) {
  EXPECT_EQ(
      steps("CXCallUpdate *update = [[CXCallUpdate alloc] init];\n"
            "update.hasVideo = YES;\n"
            "[self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] "
            "update:update completion:^(NSError *e) { [self log:e]; }];",
            "@interface Box : NSObject\n@property CXProvider *provider;\n@end"),
      "  declare update: CXCallUpdate * = #0\n"
      "    #0 init init() on [CXCallUpdate alloc] <CXCallUpdate>\n"
      "  do update.hasVideo := YES\n"
      "    #0 write hasVideo(YES) on update <CXCallUpdate>\n"
      "  do\n"
      "    #0 read provider() on self <Box> self\n"
      "    #1 method UUID() on NSUUID <NSUUID> type\n"
      "    #2 method reportNewIncomingCallWithUUID:update:completion:("
      "reportNewIncomingCallWithUUID: #1, update: local update, completion: "
      "closure 0) on #0 <CXProvider>\n"
      "    closure 0 (e: NSError *)\n"
      "      do\n"
      "        #0 method log:(log: param e) on self <Box> self\n");
}

TEST(Expressions, UnknownNames) {
  EXPECT_EQ(steps("[[CallStore sharedStore] add:@(entry.age) when:kNow];\n"
                  "dispatch_async(dispatch_get_main_queue(), ^{ done(); });\n"
                  "[_lock with:nil sel:@selector(a:b:) num:3];"),
            "  do\n"
            "    #0 method sharedStore() on CallStore <CallStore> type\n"
            "    #1 read age() on entry\n"
            "    #2 method add:when:(add: ?@(entry.age), when: ?kNow) on #0 "
            "<CallStore>\n"
            "  do\n"
            "    #0 function dispatch_get_main_queue()\n"
            "    #1 function dispatch_async(#0, closure 0)\n"
            "    closure 0 ()\n"
            "      do\n"
            "        #0 function done()\n"
            "  do\n"
            "    #0 method with:sel:num:(with: nil, sel: selector a:b:, num: "
            "3) on _lock\n");
}

// A comment that ends like a sentence stands in front of an unknown class.
TEST(Expressions, DeclarationBehindAComment) {
  EXPECT_EQ(steps("// The server never sees the text.\n"
                  "Cipher *cipher = [[Cipher alloc] init]; // it's made here,\n"
                  "Other *other = nil;"),
            "  declare cipher: Cipher * = #0\n"
            "    #0 init init() on [Cipher alloc] <Cipher>\n"
            "  declare other: Other * = nil\n");
}

TEST(Expressions, SubscriptsOfUnknownObjects) {
  EXPECT_EQ(steps("[self.calls[@(x.hash)] end];\nentry.info[key] = value;\n"
                  "id a = _list[i];"),
            "  do\n"
            "    #0 read calls() on self <Box> self\n"
            "    #1 read hash() on x\n"
            "    #2 subscript (?@(x.hash)) on #0\n"
            "    #3 method end() on #2\n"
            "  do entry.info[key] := ?value\n"
            "    #0 read info() on entry\n"
            "    #1 subscript (?key) on #0\n"
            "  declare a: id = #0\n"
            "    #0 subscript (?i) on _list\n");
}

TEST(Expressions, Conditional) {
  EXPECT_EQ(steps("BOOL a = [self x] && [self y];\n"
                  "id b = a ? [self x] : [self y];\n"
                  "id c = [self x] ?: [self y];"),
            "  declare a: BOOL = ?[self x] && [self y]\n"
            "    #0 method x() on self <Box> self\n"
            "    #1 method y() on self <Box> self conditional\n"
            "  declare b: id = ?a ? [self x] : [self y]\n"
            "    #0 method x() on self <Box> self conditional\n"
            "    #1 method y() on self <Box> self conditional\n"
            "  declare c: id = ?[self x] ?: [self y]\n"
            "    #0 method x() on self <Box> self\n"
            "    #1 method y() on self <Box> self conditional\n");
}

TEST(Expressions, Blocks) {
  EXPECT_EQ(steps("void (^done)(int) = ^(int n) { [self use:n]; };\n"
                  "done(3);\nself.finish(nil);\n_later();"),
            "  declare done: void (^)(int) = closure 0\n"
            "    closure 0 (n: int)\n"
            "      do\n"
            "        #0 method use:(use: param n) on self <Box> self\n"
            "  do\n"
            "    #0 closure-call done(3)\n"
            "  do\n"
            "    #0 read finish() on self <Box> self\n"
            "    #1 closure-call self.finish(nil) on #0\n"
            "  do\n"
            "    #0 closure-call _later()\n");
}

TEST(Expressions, Macros) {
  EXPECT_EQ(steps("LOG(@\"a\");\nQUIET([self x]);\n@weakify(self);\n[self y];",
                  "#define LOG(x) NSLog(x)\n#define QUIET(x)"),
            "  do in-macro\n"
            "    #0 function NSLog(@\"a\")\n"
            "  do in-macro\n"
            "    #0 macro QUIET(?[self x])\n"
            "  do in-macro\n"
            "    #0 macro weakify(?self)\n"
            "  do\n"
            "    #0 method y() on self <Box> self\n");
}

TEST(Statements, BranchesWithAndWithoutBraces) {
  EXPECT_EQ(steps("if (a) [self x];\nelse if ([self b]) { return; }\n"
                  "else [self y];"),
            "  if has-else\n"
            "    then non-nil a\n"
            "      do\n"
            "        #0 method x() on self <Box> self\n"
            "    else\n"
            "      if has-else\n"
            "        then non-nil self.b\n"
            "          #0 method b() on self <Box> self\n"
            "          return\n"
            "        else\n"
            "          do\n"
            "            #0 method y() on self <Box> self\n");
}

TEST(Statements, Switch) {
  EXPECT_EQ(steps("switch (kind) {\n  case A:\n  case B: [self x]; break;\n"
                  "  case C: [self y];\n  default: return;\n}"),
            "  switch has-else\n"
            "    case or(equal kind to A, equal kind to B)\n"
            "      do\n"
            "        #0 method x() on self <Box> self\n"
            "      break\n"
            "    case equal kind to C falls-through\n"
            "      do\n"
            "        #0 method y() on self <Box> self\n"
            "    default\n"
            "      return\n");
}

TEST(Statements, LoopsAndScopes) {
  EXPECT_EQ(steps("for (Call *c in self.calls) { [c end]; continue; }\n"
                  "for (int i = 0; i < 3; i++) [self x];\n"
                  "while ([self more]) { break; }\n"
                  "do { [self x]; } while (NO);\n"
                  "@autoreleasepool { [self x]; }\n"
                  "@synchronized (self) { [self x]; }"),
            "  for\n"
            "    #0 read calls() on self <Box> self\n"
            "    body binds c\n"
            "      do\n"
            "        #0 method end() on c <Call>\n"
            "      continue\n"
            "  for i: int = 0\n"
            "    body other i < 3\n"
            "      do\n"
            "        #0 method x() on self <Box> self\n"
            "  while\n"
            "    body non-nil self.more\n"
            "      #0 method more() on self <Box> self\n"
            "      break\n"
            "  repeat-while\n"
            "    body constant false\n"
            "      do\n"
            "        #0 method x() on self <Box> self\n"
            "  scope\n"
            "    body\n"
            "      do\n"
            "        #0 method x() on self <Box> self\n"
            "  scope\n"
            "    body\n"
            "      do\n"
            "        #0 method x() on self <Box> self\n");
}

TEST(Statements, TryAndGoto) {
  EXPECT_EQ(steps("@try { [self x]; } @catch (NSException *e) { @throw e; } "
                  "@finally { [self y]; }\ngoto out;\nout: [self x];"),
            "  try\n"
            "    body\n"
            "      do\n"
            "        #0 method x() on self <Box> self\n"
            "    catch binds e\n"
            "      throw result local e\n"
            "    finally\n"
            "      do\n"
            "        #0 method y() on self <Box> self\n"
            "  goto out\n"
            "  do out\n"
            "    #0 method x() on self <Box> self\n");
}

TEST(Statements, RangesAndComments) {
  File F = readText("@implementation A\n- (void)x {\n  [self a];\n\n"
                    "  // one\n  /* two */\n  [self b]; // three\n"
                    "  if (c) {\n    [self d];\n  }\n}\n@end\n");
  const std::vector<Step> &S = F.Functions.at(0).Steps;
  ASSERT_EQ(S.size(), 3u);
  EXPECT_EQ(F.Source->text(S[0].WithComments), "[self a];");
  EXPECT_EQ(F.Source->text(S[1].Where), "[self b];");
  EXPECT_EQ(F.Source->text(S[1].WithComments),
            "// one\n  /* two */\n  [self b]; // three");
  EXPECT_EQ(F.Source->text(S[2].Arms.at(0).Inside), "\n    [self d];\n  ");
  EXPECT_EQ(F.Source->text(F.Functions[0].Head), "- (void)x ");
}

TEST(Statements, BothArmsOfConfigurations) {
  EXPECT_EQ(steps("[self a];\n#if WITH_CALLS\n[self b];\n#else\n[self c];\n"
                  "#endif\nif (x) {\n#ifdef DEBUG\n  [self d];\n#endif\n}"),
            "  do\n"
            "    #0 method a() on self <Box> self\n"
            "  configuration has-else\n"
            "    conditional other WITH_CALLS\n"
            "      do\n"
            "        #0 method b() on self <Box> self\n"
            "    conditional\n"
            "      do\n"
            "        #0 method c() on self <Box> self\n"
            "  if\n"
            "    then non-nil x\n"
            "      configuration\n"
            "        conditional other defined(DEBUG)\n"
            "          do\n"
            "            #0 method d() on self <Box> self\n");
}

TEST(Statements, AsksForMacrosAsIfWould) {
  EXPECT_EQ(steps("#ifndef X\n[self a];\n#else\n[self b];\n#endif"),
            "  configuration has-else\n"
            "    conditional other !defined(X)\n"
            "      do\n"
            "        #0 method a() on self <Box> self\n"
            "    conditional\n"
            "      do\n"
            "        #0 method b() on self <Box> self\n");
}

TEST(Statements, ConfigurationThatSplitsAStatementIsSaid) {
  File F = readText("@implementation A\n- (void)x {\n#if B\n  if (a) {\n"
                    "#else\n  if (b) {\n#endif\n    [self c];\n  }\n}\n@end\n");
  ASSERT_EQ(F.Problems.size(), 1u);
  EXPECT_EQ(F.Problems[0].Line, 3u);
  EXPECT_EQ(F.Functions.at(0).Steps.size(), 1u);
}

/// Members that no header declares are there in Objective-C++, too.
TEST(Statements, CxxHasMembersOnDemand) {
  for (const char *Path : {"Source.m", "Source.mm"})
    EXPECT_EQ(steps("Note *module = [[Note alloc] init];\n"
                    "module.badge = @([store unreadCount]);",
                    "", Path),
              "  declare module: Note * = #0\n"
              "    #0 init init() on [Note alloc] <Note>\n"
              "  do module.badge := ?@([store unreadCount])\n"
              "    #0 method unreadCount() on store\n"
              "    #1 write badge(?@([store unreadCount])) on module <Note>\n")
        << Path;
}

TEST(Statements, Cxx) {
  EXPECT_EQ(steps("auto f = [=](int n) { [self use:n]; };\nf(3);\n"
                  "engine->start();\n[Switchboard.manager go];",
                  "", "Source.mm"),
            "  declare f: auto = closure 0\n"
            "    closure 0 (n: int) [=]\n"
            "      do\n"
            "        #0 method use:(use: param n) on self <Box> self\n"
            "  do\n"
            "    #0 closure-call f(3)\n"
            "  do\n"
            "    #0 method start() on engine\n"
            "  do\n"
            "    #0 read manager() on Switchboard <Switchboard> type\n"
            "    #1 method go() on #0\n");
}

} // namespace
