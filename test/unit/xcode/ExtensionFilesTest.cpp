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
