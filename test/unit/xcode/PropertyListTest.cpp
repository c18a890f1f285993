//===-- PropertyListTest.cpp - edits of property lists --------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/PropertyList.h"
#include "llvm/Support/Error.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::xcode;

namespace {

std::string with(std::string Body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
         "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
         "<plist version=\"1.0\">\n" +
         Body + "\n</plist>\n";
}

PropertyList read(const std::string &Bytes) {
  return llvm::cantFail(PropertyList::read("App/Info.plist", Bytes));
}

std::string errorOf(const std::string &Bytes) {
  llvm::Expected<PropertyList> P = PropertyList::read("App/Info.plist", Bytes);
  return P ? "" : llvm::toString(P.takeError());
}

std::string applied(std::string Bytes, std::vector<ArrayAddition> Additions) {
  std::vector<Edit> Edits = llvm::cantFail(read(Bytes).add(Additions));
  for (auto E = Edits.rbegin(); E != Edits.rend(); ++E)
    Bytes.replace(E->Offset, E->Length, E->Text);
  return Bytes;
}

const std::vector<ArrayAddition> Refresh = {
    {"UIBackgroundModes", {"fetch"}},
    {"BGTaskSchedulerPermittedIdentifiers",
     {"$(PRODUCT_BUNDLE_IDENTIFIER).refresh"}}};

TEST(PropertyList, AddsKeysAtTheirAlphabeticalPlace) {
  std::string Out = applied(with("<dict>\n"
                                 "\t<key>CFBundleName</key>\n"
                                 "\t<string>A &amp; B</string>\n"
                                 "\t<key>UIBackgroundModes</key>\n"
                                 "\t<array>\n"
                                 "\t\t<string>voip</string>\n"
                                 "\t</array>\n"
                                 "</dict>"),
                            Refresh);
  EXPECT_EQ(Out, with("<dict>\n"
                      "\t<key>BGTaskSchedulerPermittedIdentifiers</key>\n"
                      "\t<array>\n"
                      "\t\t<string>$(PRODUCT_BUNDLE_IDENTIFIER).refresh"
                      "</string>\n"
                      "\t</array>\n"
                      "\t<key>CFBundleName</key>\n"
                      "\t<string>A &amp; B</string>\n"
                      "\t<key>UIBackgroundModes</key>\n"
                      "\t<array>\n"
                      "\t\t<string>voip</string>\n"
                      "\t\t<string>fetch</string>\n"
                      "\t</array>\n"
                      "</dict>"));
}

TEST(PropertyList, AddsAtTheEndWhereKeysAreNotSorted) {
  std::string Out = applied(with("<dict>\n"
                                 "  <key>Z</key>\n"
                                 "  <dict>\n"
                                 "    <key>UIBackgroundModes</key>\n"
                                 "    <string>not this one</string>\n"
                                 "  </dict>\n"
                                 "  <key>A</key>\n"
                                 "  <true/>\n"
                                 "</dict>"),
                            {{"UIBackgroundModes", {"fetch"}}});
  EXPECT_NE(Out.find("  <true/>\n"
                     "  <key>UIBackgroundModes</key>\n"
                     "  <array>\n"
                     "    <string>fetch</string>\n"
                     "  </array>\n"
                     "</dict>"),
            std::string::npos)
      << Out;
}

TEST(PropertyList, KeepsLineEndsByteOrderMarkAndComments) {
  std::string In = "\xEF\xBB\xBF<plist version=\"1.0\">\r\n<dict>\r\n"
                   "\t<!-- <array> </dict> -->\r\n"
                   "\t<key>UIBackgroundModes</key>\r\n"
                   "\t<array><!-- modes --></array>\r\n"
                   "</dict>\r\n</plist>";
  std::string Out = applied(In, {{"UIBackgroundModes", {"fetch"}}});
  EXPECT_EQ(Out, "\xEF\xBB\xBF<plist version=\"1.0\">\r\n<dict>\r\n"
                 "\t<!-- <array> </dict> -->\r\n"
                 "\t<key>UIBackgroundModes</key>\r\n"
                 "\t<array><!-- modes -->\r\n"
                 "\t\t<string>fetch</string>\r\n"
                 "\t</array>\r\n"
                 "</dict>\r\n</plist>");
}

TEST(PropertyList, OpensEmptyContainers) {
  std::string Out = applied(with("<dict/>"), Refresh);
  EXPECT_EQ(llvm::cantFail(PropertyList::read("p", Out))
                .strings("BGTaskSchedulerPermittedIdentifiers"),
            std::vector<std::string>{"$(PRODUCT_BUNDLE_IDENTIFIER).refresh"});
  EXPECT_EQ(read(Out).strings("UIBackgroundModes"),
            std::vector<std::string>{"fetch"});
  Out = applied(
      with("<dict>\n\t<key>UIBackgroundModes</key>\n\t<array/>\n</dict>"),
      {{"UIBackgroundModes", {"a<b", "fetch"}}});
  EXPECT_EQ(read(Out).strings("UIBackgroundModes"),
            (std::vector<std::string>{"a<b", "fetch"}));
}

TEST(PropertyList, ASecondRunAddsNothing) {
  for (std::string In : {with("<dict/>"), with("<dict>\n</dict>"),
                         with("<dict><key>B</key><true/></dict>")}) {
    std::string Once = applied(In, Refresh);
    EXPECT_NE(Once, In);
    EXPECT_EQ(applied(Once, Refresh), Once);
  }
}

/// \p Bytes without voip among the background modes.
static std::string withoutVoip(std::string Bytes) {
  std::vector<Edit> Edits = read(Bytes).remove("UIBackgroundModes", "voip");
  for (auto E = Edits.rbegin(); E != Edits.rend(); ++E)
    Bytes.replace(E->Offset, E->Length, E->Text);
  return Bytes;
}

TEST(PropertyList, TakesAValueOutWithItsLine) {
  EXPECT_EQ(
      withoutVoip(with("<dict>\n\t<key>UIBackgroundModes</key>\n\t<array>\n"
                       "\t\t<string>fetch</string>\n"
                       "\t\t<string>voip</string>\n\t</array>\n</dict>")),
      with("<dict>\n\t<key>UIBackgroundModes</key>\n\t<array>\n"
           "\t\t<string>fetch</string>\n\t</array>\n</dict>"));
  EXPECT_EQ(withoutVoip(with("<dict><key>UIBackgroundModes</key><array>"
                             "<string>voip</string><string>audio</string>"
                             "</array></dict>")),
            with("<dict><key>UIBackgroundModes</key><array>"
                 "<string>audio</string></array></dict>"));
}

TEST(PropertyList, TakesTheKeyAlongWithItsLastValue) {
  EXPECT_EQ(withoutVoip(with("<dict>\r\n\t<key>A</key>\r\n\t<true/>\r\n"
                             "\t<key>UIBackgroundModes</key>\r\n\t<array>\r\n"
                             "\t\t<string>voip</string>\r\n\t</array>\r\n"
                             "</dict>")),
            with("<dict>\r\n\t<key>A</key>\r\n\t<true/>\r\n</dict>"));
}

TEST(PropertyList, TakesNothingOutThatIsNotThere) {
  std::string In = with("<dict>\n\t<key>UIBackgroundModes</key>\n\t<array>\n"
                        "\t\t<string>fetch</string>\n\t</array>\n</dict>");
  EXPECT_EQ(withoutVoip(In), In);
  EXPECT_EQ(withoutVoip(with("<dict/>")), with("<dict/>"));
}

TEST(PropertyList, SaysWhatItCannotRead) {
  EXPECT_EQ(errorOf("bplist00\x01"),
            "App/Info.plist: a binary property list; convert it with "
            "'plutil -convert xml1'");
  EXPECT_NE(errorOf("{ A = B; }").find("old-style"), std::string::npos);
  EXPECT_NE(errorOf("\xFF\xFE<").find("not UTF-8"), std::string::npos);
  EXPECT_NE(errorOf("<plist><dict>").find("at byte"), std::string::npos);
  EXPECT_NE(errorOf(with("<array/>")).find("no dictionary"), std::string::npos);
  EXPECT_NE(errorOf("").find("App/Info.plist"), std::string::npos);
}

TEST(PropertyList, RefusesAKeyThatHoldsSomethingElse) {
  PropertyList P =
      read(with("<dict><key>UIBackgroundModes</key><string>x</string></dict>"));
  llvm::Expected<std::vector<Edit>> E =
      P.add({{"UIBackgroundModes", {"fetch"}}});
  ASSERT_FALSE(bool(E));
  EXPECT_EQ(llvm::toString(E.takeError()),
            "App/Info.plist: 'UIBackgroundModes' is no array");
  EXPECT_EQ(P.string("UIBackgroundModes"), "x");
  EXPECT_EQ(P.strings("UIBackgroundModes"), std::nullopt);
}

} // namespace
