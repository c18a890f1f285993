//===-- ConditionTest.cpp - what branches ask -*- C++ -*-===//
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

/// The condition of "if (Text)" in a method that has the parameters below.
std::string condition(const std::string &Text) {
  File F =
      readText("@interface Box : NSObject\n@property CXProvider *provider;\n"
               "@property BOOL busy;\n@end\n"
               "@implementation Box\n"
               "- (void)run:(PKPushPayload *)payload type:(PKPushType)type "
               "metadata:(PKVoIPPushMetadata *)metadata {\n"
               "  BOOL known = [self isKnown];\n  id call = [self call];\n"
               "  if (" +
               Text + ") { [self f]; }\n}\n@end\n");
  if (F.Functions.empty() || F.Functions[0].Steps.size() != 3)
    return "not read";
  return dump(F.Functions[0].Steps[2].Arms.at(0).When);
}

TEST(Conditions, PushTypes) {
  EXPECT_EQ(condition("type == PKPushTypeVoIP"), "push-type voIP");
  EXPECT_EQ(condition("[type isEqualToString:PKPushTypeVoIP]"),
            "push-type voIP");
  EXPECT_EQ(condition("[PKPushTypeVoIP isEqual:payload.type]"),
            "push-type voIP");
  EXPECT_EQ(condition("payload.type != PKPushTypeFileProvider"),
            "not(push-type fileProvider)");
  EXPECT_EQ(condition("![type isEqualToString:PKPushTypeVoIP]"),
            "not(push-type voIP)");
}

TEST(Conditions, Versions) {
  EXPECT_EQ(condition("@available(iOS 13.0, *)"), "os 13.0");
  EXPECT_EQ(condition("@available(iOS 11, macOS 10.13, *)"), "os 11.0");
  EXPECT_EQ(condition("[UIDevice currentDevice].systemVersion.floatValue >= "
                      "13.0"),
            "os 13.0");
  EXPECT_EQ(condition("[[[UIDevice currentDevice] systemVersion] floatValue] "
                      "< 10"),
            "not(os 10.0)");
  EXPECT_EQ(condition("SYSTEM_VERSION_GREATER_THAN_OR_EQUAL_TO(@\"13.0\")"),
            "os 13.0");
  EXPECT_EQ(condition("SYSTEM_VERSION_LESS_THAN(@\"12.2\")"), "not(os 12.2)");
  EXPECT_EQ(condition("NSFoundationVersionNumber > "
                      "NSFoundationVersionNumber_iOS_9_x_Max"),
            "os 10.0");
  EXPECT_EQ(condition("[[NSProcessInfo processInfo] "
                      "isOperatingSystemAtLeastVersion:"
                      "(NSOperatingSystemVersion){13, 1, 0}]"),
            "os 13.1");
  EXPECT_EQ(condition("[[UIDevice currentDevice].systemVersion compare:@\"13.0"
                      "\" options:NSNumericSearch] != NSOrderedAscending"),
            "os 13.0");
}

TEST(Conditions, StateAndFlags) {
  EXPECT_EQ(condition("metadata.mustReport"), "must-report");
  EXPECT_EQ(condition("!metadata.mustReport"), "not(must-report)");
  EXPECT_EQ(condition("[UIApplication sharedApplication].applicationState == "
                      "UIApplicationStateActive"),
            "app-state active");
  EXPECT_EQ(condition("known"), "flag known");
  EXPECT_EQ(condition("known == NO"), "not(flag known)");
  EXPECT_EQ(condition("self.busy"), "flag self.busy");
  EXPECT_EQ(condition("YES"), "constant true");
  EXPECT_EQ(condition("0"), "constant false");
}

TEST(Conditions, Nil) {
  EXPECT_EQ(condition("call"), "non-nil call");
  EXPECT_EQ(condition("call == nil"), "not(non-nil call)");
  EXPECT_EQ(condition("nil != self.provider"), "non-nil self.provider");
  EXPECT_EQ(condition("self.provider"), "non-nil self.provider");
}

TEST(Conditions, Trees) {
  EXPECT_EQ(condition("known && (call || !self.busy) && YES"),
            "and(flag known, or(non-nil call, not(flag self.busy)), constant "
            "true)");
  EXPECT_EQ(condition("[self count] > 3"), "other [self count] > 3");
}

} // namespace
