//===-- DeclarationTest.cpp - handlers, types and registrations -*- C++ -*-===//
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

std::string handlers(const std::string &Methods,
                     const std::string &Path = "Source.m") {
  File F = readText("@implementation Box\n" + Methods + "@end\n", Path);
  std::string All;
  for (const Handler &H : F.Handlers)
    All += nameOf(H.S).str() + " " + H.Registry + " " + H.Payload + " " +
           H.PushType + H.Metadata + " " + H.Completion + "@" +
           std::to_string(
               F.Source->line(F.Functions[H.FunctionIndex].Where.Begin)) +
           "\n";
  return All;
}

TEST(Handlers, AllSignatures) {
  EXPECT_EQ(handlers("- (void)pushRegistry:(PKPushRegistry *)r "
                     "didReceiveIncomingPushWithPayload:(PKPushPayload *)p "
                     "forType:(PKPushType)t {}\n"
                     "- (void)pushRegistry:(PKPushRegistry *)reg\n"
                     "didReceiveIncomingPushWithPayload:(PKPushPayload *)load\n"
                     "forType:(NSString *)kind\n"
                     "withCompletionHandler:(dispatch_block_t)done\n{\n}\n"
                     "- (void)pushRegistry:(PKPushRegistry *)r "
                     "didReceiveIncomingVoIPPushWithPayload:(PKPushPayload *)p "
                     "metadata:(PKVoIPPushMetadata *)m "
                     "withCompletionHandler:(void (^)(void))c {}\n"
                     "- (void)managedPush:(id)s "
                     "didReceiveIncomingPushWithPayload:(NSDictionary *)p "
                     "forType:(NSString *)t {}\n"),
            "no-completion r p t @2\n"
            "completion reg load kind done@3\n"
            "metadata r p m c@9\n"
            "no-completion s p t @10\n");
}

TEST(Handlers, SameInObjectiveCxx) {
  EXPECT_EQ(handlers("- (void)pushRegistry:(PKPushRegistry *)r "
                     "didReceiveIncomingPushWithPayload:(PKPushPayload *)p "
                     "forType:(PKPushType)t {}\n",
                     "Source.mm"),
            "no-completion r p t @2\n");
}

TEST(Handlers, NearMisses) {
  EXPECT_EQ(
      handlers("+ (void)pushRegistry:(id)r "
               "didReceiveIncomingPushWithPayload:(id)p "
               "forType:(id)t {}\n"
               "+ (void)didReceiveIncomingPushWithPayload:(id)p "
               "forType:(id)t {}\n"
               "- (void)didReceiveIncomingPushWithPayload:(id)p "
               "withCompletionHandler:(id)c {}\n"
               "// - (void)pushRegistry:(id)r "
               "didReceiveIncomingPushWithPayload:(id)p forType:(id)t {}\n"
               "- (void)pushRegistry:(id)r "
               "didUpdatePushCredentials:(id)p forType:(id)t {}\n"),
      "");
  File F = readText("@protocol P\n- (void)pushRegistry:(id)r "
                    "didReceiveIncomingPushWithPayload:(id)p forType:(id)t;\n"
                    "@end\n");
  EXPECT_TRUE(F.Handlers.empty());
}

TEST(Handlers, TwoHeadsOverOneBodyAreOne) {
  std::string Old = "- (void)pushRegistry:(id)r "
                    "didReceiveIncomingPushWithPayload:(id)p forType:(id)t {\n";
  std::string New = "- (void)pushRegistry:(id)r "
                    "didReceiveIncomingPushWithPayload:(id)p forType:(id)t "
                    "withCompletionHandler:(void (^)(void))c {\n";
  EXPECT_EQ(handlers("#ifdef __IPHONE_11_0\n" + New + "#else\n" + Old +
                     "#endif\n  [self wake];\n}\n"),
            "completion r p t c@3\n");
}

TEST(Handlers, InABranchThatIsNotTaken) {
  EXPECT_EQ(handlers("#if USE_PUSHKIT\n- (void)pushRegistry:(id)r "
                     "didReceiveIncomingPushWithPayload:(id)p "
                     "forType:(id)t {\n  [self wake];\n}\n#endif\n"),
            "no-completion r p t @3\n");
}

TEST(Declarations, Types) {
  File F = readText("@interface Box : UIResponder <Lid, PKPushRegistryDelegate>"
                    " {\n  BOOL _open;\n}\n"
                    "@property (nonatomic, weak) CXProvider *provider;\n@end\n"
                    "@interface Box ()\n@property (class) id one;\n@end\n"
                    "@implementation Box\nstatic int count = 3;\n"
                    "int twice(int a) { return a; }\n"
                    "- (instancetype)initWith:(id)a { return self; }\n@end\n");
  EXPECT_EQ(dump(F),
            "interface Box : UIResponder, Lid, PKPushRegistryDelegate\n"
            "  property _open: BOOL\n"
            "  property provider: CXProvider * weak\n"
            "interface Box\n"
            "  property one: id static\n"
            "implementation Box\n"
            "global count: int = 3 static\n"
            "function twice (a: int) -> int\n"
            "  return result param a\n"
            "function -[Box initWith:] (initWith a: id) -> instancetype\n"
            "  return result member self\n");
  EXPECT_EQ(F.Source->text(F.Types[1].Where),
            "@interface Box ()\n@property (class) id one;\n@end");
  EXPECT_EQ(F.Source->text(F.Types[1].Inside), "\n@property (class) id one;\n");
}

TEST(Declarations, AForwardDeclarationWithTypeParametersEnds) {
  File F = readText("@class Box<Element>;\n\n@interface A : NSObject\n@end\n");
  ASSERT_FALSE(F.Types.empty());
  EXPECT_EQ(F.Types.back().Name, "A");
}

TEST(Declarations, Registrations) {
  File F = readText(
      "@implementation Box\n- (void)start {\n"
      "  PKPushRegistry *registry = [[PKPushRegistry alloc] "
      "initWithQueue:dispatch_get_main_queue()];\n"
      "  registry.delegate = self;\n"
      "  registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];\n"
      "}\n- (void)stop {\n  self.voipRegistry.desiredPushTypes = nil;\n}\n"
      "@end\n");
  ASSERT_EQ(F.Registrations.size(), 2u);
  const Registration &R = F.Registrations[0];
  EXPECT_EQ(R.Function, "-[Box start]");
  EXPECT_EQ(R.Queue, "dispatch_get_main_queue()");
  EXPECT_EQ(R.Delegate, "self");
  EXPECT_TRUE(R.SetsTypes);
  EXPECT_TRUE(R.HasVoIP);
  EXPECT_FALSE(F.Registrations[1].HasVoIP);
}

TEST(Declarations, ManualReferenceCounting) {
  EXPECT_TRUE(
      readText("@implementation A\n- (void)x { [self y]; }\n@end").UsesARC);
  EXPECT_FALSE(
      readText("@implementation A\n- (void)x { [y release]; }\n@end").UsesARC);
}

TEST(Declarations, ImportsGoBehindTheLastOne) {
  File F = readText("// Head.\n#import \"Box.h\"\n@import CallKit;\n"
                    "#include <stdio.h>\n\n@implementation A\n@end\n");
  EXPECT_EQ(F.Source->line(F.ImportInsertion), 5u);
  File None = readText("// Head.\n\n@implementation A\n@end\n");
  EXPECT_EQ(None.Source->line(None.ImportInsertion), 3u);
}

} // namespace
