//===-- ExtensionFilesTest.cpp - project files of a new extension ---------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/ExtensionFiles.h"
#include "rewriters/xcode/PropertyList.h"
#include <gtest/gtest.h>

using namespace ringfence::xcode;

namespace {

TEST(ExtensionFiles, StandBesideTheApp) {
  AppLayout L = appLayout({"ios/Courier/Resources/Info.plist"}, "x/H.swift");
  EXPECT_EQ(L.Target, "Courier");
  EXPECT_EQ(L.Folder, "ios/Courier");
  EXPECT_EQ(L.serviceFolder(), "ios/CourierNotificationService");
  L = appLayout({}, "My App/Push/Handler.m");
  EXPECT_EQ(L.Target, "My App");
  EXPECT_EQ(L.serviceFolder(), "MyAppNotificationService");
  EXPECT_EQ(appLayout({}, "Handler.m").serviceFolder(),
            "AppNotificationService");
}

TEST(ExtensionFiles, OfAppsSideBySideAreNotShared) {
  std::vector<std::string> Two = {"Chat/Info.plist", "Phone/Info.plist"};
  EXPECT_FALSE(
      mayShareAnApp(Two, {}, "Chat/Push/Pushes.swift", "Phone/Calls.m"));
  EXPECT_TRUE(mayShareAnApp(Two, {}, "Chat/Pushes.swift", "Chat/Calls.m"));
  EXPECT_TRUE(mayShareAnApp(Two, {}, "Chat/Pushes.swift", "Pods/Calls.m"));
  // A library, and the example in its folder.
  EXPECT_TRUE(mayShareAnApp({"Info.plist", "Example/Info.plist"}, {},
                            "Lib/Pushes.m", "Example/Calls.m"));
  TargetList Targets;
  for (const char *Name : {"A", "B"}) {
    Target T;
    T.Name = Name;
    T.K = Target::Kind::App;
    T.Sources = {"Shared/Calls.m", std::string(Name) + "/Pushes.m"};
    Targets.All.push_back(T);
  }
  EXPECT_FALSE(mayShareAnApp({}, Targets, "A/Pushes.m", "B/Pushes.m"));
  EXPECT_TRUE(mayShareAnApp({}, Targets, "A/Pushes.m", "Shared/Calls.m"));
}

// "Classes" holds the sources of old templates, whatever the target is called.
TEST(ExtensionFiles, AreNotNamedAfterAFolderOfAllSources) {
  AppLayout L =
      appLayout({"Heron-Info.plist"}, "Classes/Push/PushController.m");
  EXPECT_EQ(L.Target, "Heron");
  EXPECT_EQ(L.Folder, "");
  EXPECT_EQ(L.serviceFolder(), "HeronNotificationService");
  EXPECT_EQ(appLayout({}, "Classes/Push.m").serviceFolder(),
            "AppNotificationService");
  EXPECT_EQ(appLayout({"Heron/Classes/Info.plist"}, "Heron/Classes/Push.m")
                .serviceFolder(),
            "HeronNotificationService");
}

TEST(ExtensionFiles, ArePropertyLists) {
  for (bool IsSwift : {true, false}) {
    std::string Text = serviceInfoPlist("A & B", IsSwift);
    PropertyList P = llvm::cantFail(PropertyList::read("Info.plist", Text));
    EXPECT_EQ(P.string("CFBundleDisplayName"), "A & B");
    EXPECT_EQ(P.string("CFBundlePackageType"), "XPC!");
    EXPECT_NE(Text.find("com.apple.usernotifications.service"),
              std::string::npos);
  }
  PropertyList E = llvm::cantFail(PropertyList::read(
      "e.entitlements", serviceEntitlements("group.org.example.courier")));
  EXPECT_EQ(E.strings("com.apple.security.application-groups"),
            std::vector<std::string>{"group.org.example.courier"});
  llvm::cantFail(PropertyList::read("e", serviceEntitlements("")));
}

} // namespace
