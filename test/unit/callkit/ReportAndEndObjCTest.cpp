//===-- ReportAndEndObjCTest.cpp - report-and-end, from Objective-C to Objective-C --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallProject.h"
#include "gtest/gtest.h"

using namespace ringfence;

static const std::string HandlerHead =
    "- (void)pushRegistry:(PKPushRegistry *)registry "
    "didReceiveIncomingPushWithPayload:(PKPushPayload *)payload "
    "forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion";

/// A delegate that owns its provider, with \p Body as its handler's.
static std::string delegate(std::string Body) {
  return "#import \"Pushes.h\"\n"
         "#import <CallKit/CallKit.h>\n"
         "\n"
         "@interface Pushes () <PKPushRegistryDelegate>\n"
         "@property (nonatomic, strong) CXProvider *provider;\n"
         "@end\n"
         "\n"
         "@implementation Pushes\n"
         "\n" +
         HandlerHead + " {\n" + Body +
         "}\n"
         "\n"
         "@end\n";
}

static const std::string Helper =
    "\n"
    "/// Reports a call and ends it at once, for a VoIP push that leads to no "
    "call:\n"
    "/// iOS terminates an app that receives such a push and reports none.\n"
    "- (void)reportAndEndCallWithUUID:(NSUUID *)uuid\n"
    "                          reason:(CXCallEndedReason)reason\n"
    "                      completion:(void (^)(void))completion {\n"
    "    CXCallUpdate *update = [[CXCallUpdate alloc] init];\n"
    "    update.remoteHandle = [[CXHandle alloc] "
    "initWithType:CXHandleTypeGeneric value:@\"Unknown\"];\n"
    "    CXProvider *callProvider = self.provider;\n"
    "    [callProvider reportNewIncomingCallWithUUID:uuid update:update "
    "completion:^(NSError *error) {\n"
    "        [callProvider reportCallWithUUID:uuid endedAtDate:nil "
    "reason:reason];\n"
    "        if (completion) completion();\n"
    "    }];\n"
    "}\n";

static std::string fixedDelegate(std::string Body) {
  std::string All = delegate(std::move(Body));
  All.insert(All.rfind("\n@end"), Helper);
  return All;
}

static const std::string Report =
    "    [self.provider reportNewIncomingCallWithUUID:uuid update:update "
    "completion:^(NSError *error) { completion(); }];\n";

static const std::string Ended = "[self reportAndEndCallWithUUID:[NSUUID UUID] "
                                 "reason:CXCallEndedReasonFailed completion:";

TEST(ReportAndEndObjC, CallThatAHelperEndsIsTheOneReported) {
  std::string Text = delegate("    if (hangsUp) {\n"
                              "        [self stop:uuid because:@\"away\"];\n"
                              "        return;\n"
                              "    }\n" +
                              Report);
  Text.insert(Text.rfind("\n@end"),
              "\n- (void)stop:(NSUUID *)call because:(NSString *)why {\n"
              "    [self.provider reportCallWithUUID:call endedAtDate:nil "
              "reason:CXCallEndedReasonRemoteEnded];\n"
              "}\n");
  std::string After = fixed("A.m", Text);
  EXPECT_NE(After.find("        [self reportAndEndCallWithUUID:uuid "
                       "reason:CXCallEndedReasonRemoteEnded completion:"),
            std::string::npos)
      << After;
}

TEST(ReportAndEndObjC, UUIDReadFromTextMayBeNil) {
  std::string After = fixed(
      "A.m", delegate("    if (hangsUp) {\n"
                      "        NSUUID *call = [[NSUUID alloc] "
                      "initWithUUIDString:text];\n"
                      "        [self.provider reportCallWithUUID:call "
                      "endedAtDate:nil reason:CXCallEndedReasonRemoteEnded];\n"
                      "        return;\n"
                      "    }\n" +
                      Report));
  EXPECT_NE(After.find("        [self reportAndEndCallWithUUID:call ?: [NSUUID "
                       "UUID] reason:CXCallEndedReasonRemoteEnded"),
            std::string::npos)
      << After;
}

TEST(ReportAndEndObjC, CancelledCallThatMayBeNilEndsItself) {
  EXPECT_EQ(
      fixed("Pushes.m",
            delegate("    if ([payload.event isEqualToString:@\"hangup\"]) {\n"
                     "        NSUUID *call = [payload callUUID];\n"
                     "        [self.calls end:call];\n"
                     "        completion();\n"
                     "        return;\n"
                     "    }\n" +
                     Report)),
      fixedDelegate("    if ([payload.event isEqualToString:@\"hangup\"]) {\n"
                    "        NSUUID *call = [payload callUUID];\n"
                    "        [self reportAndEndCallWithUUID:call ?: [NSUUID "
                    "UUID] reason:CXCallEndedReasonRemoteEnded "
                    "completion:completion];\n"
                    "        [self.calls end:call];\n"
                    "        return;\n"
                    "    }\n" +
                    Report));
}

TEST(ReportAndEndObjC, UnbracedReturn) {
  EXPECT_EQ(fixed("Pushes.m", delegate("    if (![payload isValid])\n"
                                       "        return;\n" +
                                       Report)),
            fixedDelegate("    if (![payload isValid]) {\n"
                          "        " +
                          Ended +
                          "nil];\n"
                          "        return;\n"
                          "    }\n" +
                          Report));
}

TEST(ReportAndEndObjC, CompletionGoesAlongWithTheReport) {
  EXPECT_EQ(fixed("Pushes.m", delegate("    if (![payload isValid]) {\n"
                                       "        // Done.\n"
                                       "        completion();\n"
                                       "        return;\n"
                                       "    }\n" +
                                       Report)),
            fixedDelegate("    if (![payload isValid]) {\n"
                          "        // Done.\n"
                          "        " +
                          Ended +
                          "completion];\n"
                          "        return;\n"
                          "    }\n" +
                          Report));
}

TEST(ReportAndEndObjC, GuardedCompletion) {
  EXPECT_EQ(
      fixed("Pushes.m", delegate("    if ([payload isCall]) {\n    " + Report +
                                 "    } else {\n"
                                 "        [self sync];\n"
                                 "        if (completion) "
                                 "completion();\n"
                                 "    }\n")),
      fixedDelegate("    if ([payload isCall]) {\n    " + Report +
                    "    } else {\n"
                    "        " +
                    Ended +
                    "completion];\n"
                    "        [self sync];\n"
                    "    }\n"));
}

TEST(ReportAndEndObjC, MissingElseInTheFilesBraces) {
  std::string Body = "    if ([payload isCall])\n"
                     "    {\n    " +
                     Report + "    }\n";
  EXPECT_EQ(fixed("Pushes.m", delegate(Body)), fixedDelegate(Body +
                                                             "    else\n"
                                                             "    {\n"
                                                             "        " +
                                                             Ended +
                                                             "nil];\n"
                                                             "    }\n"));
}

TEST(ReportAndEndObjC, SwitchWithoutDefault) {
  EXPECT_EQ(fixed("Pushes.m", delegate("    switch ([payload kind]) {\n"
                                       "        case 1: {\n        " +
                                       Report +
                                       "            break;\n"
                                       "        }\n"
                                       "        case 2:\n"
                                       "            [self sync];\n"
                                       "            break;\n"
                                       "    }\n")),
            fixedDelegate("    switch ([payload kind]) {\n"
                          "        case 1: {\n        " +
                          Report +
                          "            break;\n"
                          "        }\n"
                          "        case 2:\n"
                          "            " +
                          Ended +
                          "nil];\n"
                          "            [self sync];\n"
                          "            break;\n"
                          "        default:\n"
                          "            " +
                          Ended +
                          "nil];\n"
                          "            break;\n"
                          "    }\n"));
}

TEST(ReportAndEndObjC, OwnerInAnotherFileDeclaresTheHelper) {
  std::string Delegate = "#import \"App.h\"\r\n"
                         "#import \"Calls.h\"\r\n"
                         "\r\n"
                         "@implementation App\r\n"
                         "\r\n" +
                         HandlerHead +
                         " {\r\n"
                         "\tif ([payload isCall]) {\r\n"
                         "\t\t[[Calls sharedCalls] reportCall];\r\n"
                         "\t}\r\n"
                         "}\r\n"
                         "@end";
  std::string Header = "#import <Foundation/Foundation.h>\n"
                       "\n"
                       "NS_ASSUME_NONNULL_BEGIN\n"
                       "\n"
                       "@interface Calls : NSObject\n"
                       "+ (instancetype)sharedCalls;\n"
                       "- (void)reportCall;\n"
                       "@end\n"
                       "\n"
                       "NS_ASSUME_NONNULL_END\n";
  std::string Calls =
      "#import \"Calls.h\"\n"
      "#import <CallKit/CallKit.h>\n"
      "\n"
      "@implementation Calls {\n"
      "  CXProvider *_provider;\n"
      "}\n"
      "\n"
      "+ (instancetype)sharedCalls\n"
      "{\n"
      "  return nil;\n"
      "}\n"
      "\n"
      "- (void)reportCall\n"
      "{\n"
      "  [_provider reportNewIncomingCallWithUUID:[NSUUID UUID] "
      "update:[CXCallUpdate new] completion:^(NSError *e) {}];\n"
      "}\n"
      "\n"
      "@end\n";
  auto Fixed = fixedFiles(
      {{"App.m", Delegate}, {"Calls.h", Header}, {"Calls.m", Calls}});
  std::string WantedDelegate = Delegate;
  WantedDelegate.insert(WantedDelegate.find("\r\n}\r\n@end"),
                        " else {\r\n"
                        "\t\t[[Calls sharedCalls] "
                        "reportAndEndCallWithUUID:[NSUUID UUID] "
                        "reason:CXCallEndedReasonFailed completion:nil];\r\n"
                        "\t}");
  EXPECT_EQ(Fixed["App.m"], WantedDelegate);
  EXPECT_NE(Fixed["Calls.h"].find("#import <CallKit/CallKit.h>\n"),
            std::string::npos);
  EXPECT_NE(Fixed["Calls.h"].find(
                "- (void)reportAndEndCallWithUUID:(NSUUID *)uuid\n"
                "                          reason:(CXCallEndedReason)reason\n"
                "                      completion:(nullable void "
                "(^)(void))completion;\n@end\n"),
            std::string::npos);
  EXPECT_NE(Fixed["Calls.m"].find(
                "completion:(void (^)(void))completion\n{\n"
                "  CXCallUpdate *update = [[CXCallUpdate alloc] init];\n"),
            std::string::npos);
  EXPECT_NE(Fixed["Calls.m"].find("  CXProvider *callProvider = _provider;\n"),
            std::string::npos);

  // A header that imports CallKit gives it to the implementation.
  Header.replace(0, Header.find('\n'), "#import <CallKit/CallKit.h>");
  Calls.erase(Calls.find("#import <CallKit"), 28);
  Fixed = fixedFiles(
      {{"App.m", Delegate}, {"Calls.h", Header}, {"Calls.m", Calls}});
  EXPECT_NE(Fixed["Calls.m"].find("callProvider"), std::string::npos);
  EXPECT_EQ(Fixed["Calls.m"].find("<CallKit/CallKit.h>"), std::string::npos);
}
