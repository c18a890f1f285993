//===-- TargetsTest.cpp - which target compiles which file ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/Targets.h"
#include "rewriters/xcode/AppPlist.h"
#include "rewriters/xcode/OldStylePlist.h"
#include <gtest/gtest.h>
#include <map>

using namespace ringfence::xcode;
using llvm::StringRef;
using Strings = std::vector<std::string>;

namespace {

TEST(OldStylePlist, ReadsWhatXcodeWrites) {
  PlistValue V = llvm::cantFail(parseOldStylePlist("p", R"(// !$*UTF8*$!
{
	/* a comment */ key = word;
	"quoted key" = "a \"b\"\n\U00e9\303";
	list = (one, "two", ); empty = {}; data = <00 ff>;
})"));
  EXPECT_EQ(V.string("key"), "word");
  EXPECT_EQ(V.string("quoted key"), "a \"b\"\n\xC3\xA9\xC3");
  EXPECT_EQ(V.strings("list"), (std::vector<StringRef>{"one", "two"}));
  EXPECT_EQ(V.string("data"), "00 ff");
  EXPECT_EQ(V.find("none"), nullptr);
}

TEST(OldStylePlist, SaysWhereItFails) {
  auto Why = [](StringRef Text) {
    auto V = parseOldStylePlist("a/p", Text);
    return V ? std::string("read") : llvm::toString(V.takeError());
  };
  EXPECT_EQ(Why("{\n  a = b\n}"), "a/p:3: ';' is expected");
  EXPECT_EQ(Why("{ a = \"b"), "a/p:1: a string does not end");
  EXPECT_EQ(Why("{} x"), "a/p:1: something stands behind the list");
  EXPECT_EQ(Why(std::string(100, '(')), "a/p:1: the list nests too deep");
  EXPECT_EQ(Why("/* "), "a/p:1: a string is expected");
  EXPECT_EQ(Why("<?xml version=\"1.0\"?>"),
            "a/p:1: data is made of hexadecimal digits");
}

constexpr StringRef Project = R"(// !$*UTF8*$!
{ rootObject = P; objects = {
P = { isa = PBXProject; mainGroup = G; projectDirPath = ""; targets = (A, E, W, F); buildConfigurationList = PC; };
G = { isa = PBXGroup; children = (GA, GE, GS, X); sourceTree = "<group>"; };
GA = { isa = PBXGroup; children = (S1, S2); path = App; sourceTree = "<group>"; };
GE = { isa = PBXGroup; children = (S3); name = Service; sourceTree = "<group>"; };
S1 = { isa = PBXFileReference; path = Push.swift; sourceTree = "<group>"; };
S2 = { isa = PBXFileReference; path = "Shared/Text.swift"; sourceTree = "<group>"; };
S3 = { isa = PBXFileReference; path = Service/Service.swift; sourceTree = SOURCE_ROOT; };
X = { isa = PBXFileReference; path = A.app; sourceTree = BUILT_PRODUCTS_DIR; };
GS = { isa = PBXFileSystemSynchronizedRootGroup; path = New; exceptions = (Y1, Y2); sourceTree = "<group>"; };
Y1 = { isa = PBXFileSystemSynchronizedBuildFileExceptionSet; target = A; membershipExceptions = (Info.plist, Old); };
Y2 = { isa = PBXFileSystemSynchronizedBuildFileExceptionSet; target = E; membershipExceptions = (Both.swift); };
A = { isa = PBXNativeTarget; name = "My App"; productType = "com.apple.product-type.application"; buildPhases = (PA, R);
  fileSystemSynchronizedGroups = (GS); dependencies = (D1, D2); buildConfigurationList = AC; };
E = { isa = PBXNativeTarget; name = Service; productType = "com.apple.product-type.app-extension"; buildPhases = (PE); };
W = { isa = PBXAggregateTarget; name = Lint; };
F = { isa = PBXNativeTarget; name = Core; productType = "com.apple.product-type.framework"; buildPhases = (PF); };
PA = { isa = PBXSourcesBuildPhase; files = (B1, B2, B4); };
PE = { isa = PBXSourcesBuildPhase; files = (B3, B2); };
PF = { isa = PBXSourcesBuildPhase; files = (B5); };
R = { isa = PBXResourcesBuildPhase; files = (B3); };
B1 = { isa = PBXBuildFile; fileRef = S1; };
B2 = { isa = PBXBuildFile; fileRef = S2; };
B3 = { isa = PBXBuildFile; fileRef = S3; };
B4 = { isa = PBXBuildFile; fileRef = X; };
B5 = { isa = PBXBuildFile; fileRef = S5; };
S5 = { isa = PBXFileReference; path = Core/Core.m; sourceTree = SOURCE_ROOT; };
D1 = { isa = PBXTargetDependency; target = F; };
D2 = { isa = PBXTargetDependency; target = E; };
PC = { isa = XCConfigurationList; buildConfigurations = (C1); };
C1 = { isa = XCBuildConfiguration; name = Debug; buildSettings = { PLISTS = "$(SRCROOT)/Plists"; }; };
AC = { isa = XCConfigurationList; buildConfigurations = (C2, C3); };
C2 = { isa = XCBuildConfiguration; name = Debug; baseConfigurationReference = S6;
  buildSettings = { INFOPLIST_FILE = "$(PLISTS)/$(TARGET_NAME)-Info.plist"; }; };
C3 = { isa = XCBuildConfiguration; name = Release;
  buildSettings = { INFOPLIST_FILE = "$(SOMETHING)/Info.plist"; CODE_SIGN_ENTITLEMENTS = "App/My.entitlements"; }; };
S6 = { isa = PBXFileReference; path = Config/Debug.xcconfig; sourceTree = SOURCE_ROOT; };
}; })";

TargetList read(std::map<std::string, std::string> Files) {
  Strings Manifests;
  for (const auto &File : Files)
    if (StringRef(File.first).contains("project.") ||
        StringRef(File.first).contains("Project."))
      Manifests.push_back(File.first);
  return readTargets(Manifests, [&](StringRef Path) {
    auto At = Files.find(Path.str());
    return At == Files.end() ? std::nullopt : std::optional(At->second);
  });
}

Strings names(const std::vector<const Target *> &Targets) {
  Strings Names;
  for (const Target *T : Targets)
    Names.push_back(T->Name);
  return Names;
}

TEST(Targets, OfXcodeListSourcesAndSettings) {
  TargetList L =
      read({{"ios/A.xcodeproj/project.pbxproj", Project.str()},
            {"ios/Config/Debug.xcconfig", "#include \"../Base.xcconfig\"\n"},
            {"ios/Base.xcconfig",
             "CODE_SIGN_ENTITLEMENTS = Debug.entitlements // one\n"}});
  ASSERT_EQ(L.All.size(), 4U);
  EXPECT_TRUE(L.NotRead.empty());
  const Target &App = L.All[0];
  EXPECT_EQ(App.K, Target::Kind::App);
  EXPECT_EQ(App.Manifest, "ios/A.xcodeproj/project.pbxproj");
  EXPECT_EQ(App.Sources,
            (Strings{"ios/App/Push.swift", "ios/App/Shared/Text.swift"}));
  EXPECT_EQ(App.InfoPlists, Strings{"ios/Plists/My App-Info.plist"});
  EXPECT_EQ(App.Entitlements,
            (Strings{"ios/Debug.entitlements", "ios/App/My.entitlements"}));
  EXPECT_EQ(L.All[1].Sources,
            (Strings{"ios/Service/Service.swift", "ios/App/Shared/Text.swift",
                     "ios/New/Both.swift"}));
}

TEST(Targets, AreFoundByWhatTheyCompile) {
  TargetList L = read({{"A.xcodeproj/project.pbxproj", Project.str()}});
  EXPECT_EQ(names(L.extensionsOf("Service/Service.swift")), Strings{"Service"});
  EXPECT_EQ(names(L.extensionsOf("New/Both.swift")), Strings{"Service"});
  EXPECT_EQ(names(L.extensionsOf("App/Push.swift")), Strings{});
  EXPECT_EQ(names(L.appsOf("App/Push.swift")), Strings{"My App"});
  // A folder of Xcode 16, but for its exceptions.
  EXPECT_EQ(names(L.appsOf("New/Deep/File.swift")), Strings{"My App"});
  EXPECT_EQ(names(L.appsOf("New/Old/File.swift")), Strings{});
  EXPECT_EQ(names(L.appsOf("New/File.h")), Strings{});
  EXPECT_EQ(names(L.appsOf("Newer/File.swift")), Strings{});
  // By way of a framework, but not of the extension that the app embeds.
  EXPECT_EQ(names(L.appsOf("Core/Core.m")), Strings{"My App"});
  EXPECT_EQ(names(L.appsOf("Service/Service.swift")), Strings{});
}

TEST(Targets, OfXcodeGenAreReadWithWhatTheManifestIncludes) {
  TargetList L = read(
      {{"project.yml", "name: A\ninclude:\n  - path: NSE/target.yml\n"
                       "targets:\n  A:\n    type: application\n"
                       "    dependencies:\n      - target: NSE\n"
                       "    sources:\n      - path: App\n"
                       "        excludes: [Old/**, '*.txt']\n"
                       "    info:\n      path: App/Info.plist\n"
                       "      properties: {UIBackgroundModes: [voip]}\n"},
       {"NSE/target.yml", "targets:\n  NSE:\n    type: app-extension\n"
                          "    sources: [., ../App/Shared.swift]\n"
                          "    entitlements: {path: NSE.entitlements}\n"}});
  EXPECT_TRUE(L.NotRead.empty());
  EXPECT_EQ(names(L.appsOf("App/Push.swift")), Strings{"A"});
  EXPECT_EQ(names(L.appsOf("App/Old/Push.swift")), Strings{});
  EXPECT_EQ(names(L.extensionsOf("NSE/Service.swift")), Strings{"NSE"});
  EXPECT_EQ(names(L.extensionsOf("App/Shared.swift")), Strings{"NSE"});
  ASSERT_EQ(L.All.size(), 2U);
  EXPECT_EQ(L.All[0].InfoPlists, Strings{"App/Info.plist"});
  EXPECT_EQ(L.All[1].Entitlements, Strings{"NSE/NSE.entitlements"});
}

TEST(Targets, ThatCannotBeReadAreSaid) {
  auto Why = [](std::map<std::string, std::string> Files) {
    return read(std::move(Files)).whyNoExtension("S.swift");
  };
  EXPECT_EQ(Why({}), "no extension target compiles S.swift: neither an Xcode "
                     "project nor a manifest of XcodeGen is in sight");
  EXPECT_EQ(Why({{"Project.swift", "import ProjectDescription\n"}}),
            "no extension target compiles S.swift: Project.swift: the targets "
            "of Tuist are Swift code");
  EXPECT_EQ(Why({{"Project.swift", "struct Project {}\n"}}), Why({}));
  EXPECT_EQ(Why({{"A.xcodeproj/project.pbxproj", "{"}}),
            "no extension target compiles S.swift: A.xcodeproj/"
            "project.pbxproj:1: a string is expected");
  EXPECT_EQ(Why({{"A.xcodeproj/project.pbxproj", "{}"}}),
            "no extension target compiles S.swift: A.xcodeproj/"
            "project.pbxproj: holds no project");
  EXPECT_EQ(Why({{"project.yml", "- a\n"}}),
            "no extension target compiles S.swift: project.yml: is no manifest "
            "of XcodeGen");
  EXPECT_EQ(Why({{"A.xcodeproj/project.pbxproj", Project.str()}}),
            "no extension target compiles S.swift: 'Service' does not list it");
  EXPECT_EQ(Why({{"project.yml", "targets: {A: {type: application}}\n"}}),
            "no extension target compiles S.swift: the project has no "
            "extension target");
}

TEST(Targets, TellTheInfoPlistOfASource) {
  TargetList L = read({{"A.xcodeproj/project.pbxproj", Project.str()}});
  Strings All = {"Sample/Info.plist", "Plists/My App-Info.plist",
                 "Other/Info.plist"};
  EXPECT_EQ(infoPlistsFor(All, L, "App/Push.swift"),
            Strings{"Plists/My App-Info.plist"});
  // No target compiles it: folders tell, if they do.
  EXPECT_EQ(infoPlistsFor(All, {}, "Other/Push.swift").front(),
            "Other/Info.plist");
  EXPECT_EQ(infoPlistsFor(All, {}, "Modules/Push.swift"), Strings{});
  EXPECT_EQ(infoPlistsFor({"submodules/a/Sample/Info.plist", "B/Info.plist"},
                          {}, "submodules/UI/Push.swift"),
            Strings{});
  EXPECT_EQ(infoPlistsFor({"Sample/Info.plist"}, {}, "Modules/Push.swift"),
            Strings{"Sample/Info.plist"});
}

/// Two apps and an extension of the first, made of what their folders hold.
TargetList twoApps() {
  TargetList L;
  Target App;
  App.Manifest = "project.yml";
  App.Name = "Chat";
  App.K = Target::Kind::App;
  App.Folders = {"Chat", "Core"};
  App.InfoPlists = {"Config/Chat.plist", "Config/Chat-Debug.plist"};
  App.Entitlements = {"Config/Chat.entitlements"};
  App.Dependencies = {"ChatService"};
  Target Service = App;
  Service.Name = "ChatService";
  Service.K = Target::Kind::Extension;
  Service.Folders = {"Service"};
  Service.Dependencies.clear();
  Target Sample = App;
  Sample.Name = "Sample";
  Sample.Folders = {"Sample", "Core"};
  Sample.InfoPlists = {"Sample/Info.plist"};
  Sample.Entitlements = {"Sample/Sample.entitlements"};
  Sample.Dependencies.clear();
  L.All = {App, Service, Sample};
  return L;
}

TEST(Targets, TellWhetherFilesAreOneApps) {
  TargetList L = twoApps();
  EXPECT_EQ(L.shareAnApp("Chat/A.swift", "Chat/B.swift"), true);
  EXPECT_EQ(L.shareAnApp("Chat/A.swift", "Service/S.swift"), true);
  EXPECT_EQ(L.shareAnApp("Chat/A.swift", "Core/C.swift"), true);
  EXPECT_EQ(L.shareAnApp("Sample/A.swift", "Chat/A.swift"), false);
  EXPECT_EQ(L.shareAnApp("Sample/A.swift", "Service/S.swift"), false);
  EXPECT_EQ(L.shareAnApp("Sample/A.swift", "Else/S.swift"), std::nullopt);
}

TEST(Targets, TellWhichPropertyListsAnAppHas) {
  TargetList L = twoApps();
  Strings Plists = {"Config/Chat-Debug.plist", "Config/Chat.plist",
                    "Sample/Info.plist"};
  EXPECT_EQ(plistsToEdit(Plists, L, "Chat/A.swift"),
            (Strings{"Config/Chat-Debug.plist", "Config/Chat.plist"}));
  EXPECT_EQ(plistsToEdit(Plists, L, "Core/C.swift").size(), 3u);
  EXPECT_EQ(plistsToEdit(Plists, {}, "Sample/A.swift"),
            (Strings{"Sample/Info.plist"}));
  EXPECT_EQ(plistsToEdit(Plists, {}, "Else/A.swift"), Strings());
  Strings Entitlements = {"Config/Chat.entitlements",
                          "Sample/Sample.entitlements"};
  EXPECT_EQ(entitlementsFor(Entitlements, L, "Chat/A.swift"),
            (Strings{"Config/Chat.entitlements"}));
  EXPECT_EQ(entitlementsFor(Entitlements, {}, "Sample/A.swift").front(),
            "Sample/Sample.entitlements");
}

} // namespace
