//===-- NamesTest.cpp - name scan, import names, types of expressions -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/ImportNames.h"
#include "tool/pipeline/NameScan.h"
#include "tool/pipeline/Receivers.h"
#include <gtest/gtest.h>

using namespace ringfence;

/// "f:name", "o:name", "t:Name<Super,Super>", "x:Name<…>", separated by blanks.
static std::string scanned(llvm::StringRef Bytes, bool Swift) {
  std::string Result;
  auto Add = [&](const ScannedName &N) {
    Result += Result.empty() ? "" : " ";
    switch (N.K) {
    case ScannedName::Kind::Function:
      Result += "f:";
      break;
    case ScannedName::Kind::ObjCName:
      Result += "o:";
      break;
    case ScannedName::Kind::Type:
      Result += "t:";
      break;
    case ScannedName::Kind::Extension:
      Result += "x:";
      break;
    }
    Result += N.Name.str();
    for (std::size_t I = 0; I != N.Supertypes.size(); ++I)
      Result += (I ? "," : "<") + N.Supertypes[I].str();
    if (!N.Supertypes.empty())
      Result += ">";
  };
  if (Swift)
    scanSwiftNames(Bytes, Add);
  else
    scanObjCNames(Bytes, Add);
  return Result;
}

TEST(NameScan, FindsSwiftDeclarationsBehindModifiers) {
  EXPECT_EQ(scanned("import A\n"
                    "public final class Calls: NSObject, Ringing {\n"
                    "  private static func ring(x: Int) {}\n"
                    "  @MainActor @objc(showIt:) public func show(_ x: A) {}\n"
                    "  class func make() -> Calls { Calls() }\n"
                    "  let notAFunc = 1\n"
                    "  private(set) lazy var x = f()\n"
                    "}\n"
                    "extension Outer.Inner: P where T: Q {}\n",
                    true),
            "t:Calls<NSObject,Ringing> f:ring f:show o:showIt f:make "
            "x:Inner<P>");
}

TEST(NameScan, FindsWhatStandsInOneLine) {
  EXPECT_EQ(scanned("struct A { func b() {} }\nenum `E` {}", true), "t:A f:b");
  EXPECT_EQ(scanned("func last()", true), "f:last");
  EXPECT_EQ(scanned("protocol P:\n  Q,\n  R {\n}\n", true), "t:P<Q,R>");
}

TEST(NameScan, FindsObjectiveCDeclarations) {
  EXPECT_EQ(scanned("@interface Calls : NSObject <A, B>\n"
                    "- (void)ring:(id)x then:(void (^)(int))y;\n"
                    "@end\n"
                    "@interface Calls (Extra) <C>\n"
                    "@end\n"
                    "@protocol Later;\n"
                    "@implementation Calls\n"
                    "+ (instancetype) shared\n"
                    "{ return nil; }\n"
                    "@end\n"
                    "static void Ring(NSString *x) {\n"
                    "  other(x);\n"
                    "}\n"
                    "extern void Declared(int);\n",
                    false),
            "t:Calls<NSObject,A,B> f:ring x:Calls<C> t:Calls f:shared f:Ring");
}

TEST(NameScan, SurvivesTornText) {
  for (const char *Text : {"class", "func ", "@objc(", "extension A.",
                           "class A<T: ", "private", "class A:", "@"})
    scanned(Text, true);
  for (const char *Text : {"-", "+ (", "@interface", "@interface A (", "f(",
                           "@implementation A :", "@protocol"})
    scanned(Text, false);
}

static Function swiftFunction(std::string Name,
                              std::vector<std::string> Labels) {
  Function F;
  F.Name = std::move(Name);
  F.Labels = std::move(Labels);
  return F;
}

TEST(ImportNames, ExportsSwiftNamesAsTheCompilerDoes) {
  EXPECT_EQ(selectorOf(swiftFunction("show", {})), "show");
  EXPECT_EQ(selectorOf(swiftFunction("show", {"_"})), "show:");
  EXPECT_EQ(selectorOf(swiftFunction("show", {"call", "animated"})),
            "showWithCall:animated:");
  EXPECT_EQ(selectorOf(swiftFunction("show", {"for"})), "showFor:");
  EXPECT_EQ(selectorOf(swiftFunction("show", {"_", "_"})), "show::");
  Function Renamed = swiftFunction("show", {"call"});
  Renamed.ObjCName = "present:";
  EXPECT_EQ(selectorOf(Renamed), "present:");
}

TEST(ImportNames, ListsTheBaseNamesOfASelector) {
  EXPECT_EQ(baseNamesOf("showWithCall:animated:"),
            (std::vector<std::string>{"showWithCall", "showWith", "show"}));
}

static Call swiftCall(std::string Name, std::vector<std::string> Labels) {
  Call C;
  C.Name = std::move(Name);
  for (std::string &L : Labels)
    C.Arguments.push_back({std::move(L), {}});
  return C;
}

TEST(ImportNames, MatchesSwiftCallsWithSelectors) {
  EXPECT_TRUE(mayMean(swiftCall("report", {"with", "update"}),
                      "reportWithUUID:update:"));
  EXPECT_TRUE(mayMean(swiftCall("report", {"withUUID", "update"}),
                      "reportWithUUID:update:"));
  EXPECT_TRUE(mayMean(swiftCall("init", {"frame"}), "initWithFrame:"));
  EXPECT_TRUE(mayMean(swiftCall("show", {""}), "show:"));
  EXPECT_TRUE(mayMean(swiftCall("load", {""}), "load:error:"));
  EXPECT_FALSE(mayMean(swiftCall("show", {"call"}), "show:"));
  EXPECT_FALSE(mayMean(swiftCall("show", {}), "show:"));
  EXPECT_FALSE(mayMean(swiftCall("show", {""}), "showcase:"));
  EXPECT_FALSE(
      mayMean(swiftCall("report", {"with", "hold"}), "reportWithUUID:update:"));
}

TEST(Receivers, StripsTypesToTheirNames) {
  for (const char *Written :
       {"Calls", "Calls?", "Calls!", "Calls *", "__weak Calls *", "any Calls",
        "id<Calls>", "Core.Calls", "Calls<Int>", "Optional<Calls>",
        "nullable Calls *", "__kindof Calls * _Nonnull"})
    EXPECT_EQ(bareType(Written), "Calls") << Written;
  for (const char *Written : {"", "id", "Any", "AnyObject", "[Calls]",
                              "() -> "
                              "Calls",
                              "(Calls, Int)", "void", "int"})
    EXPECT_EQ(bareType(Written), "") << Written;
}

namespace {
/// A project with one type, Calls, that has a property and a factory.
struct OneType final : TypeFacts {
  bool knowsType(llvm::StringRef Name) override { return Name == "Calls"; }
  std::string propertyType(llvm::StringRef Owner,
                           llvm::StringRef Property) override {
    if (Owner == "Delegate" && Property == "calls")
      return "Calls?";
    if (Owner == "Calls" && Property == "ringer")
      return "Ringer()";
    return "";
  }
  std::string returnType(llvm::StringRef Owner,
                         llvm::StringRef Function) override {
    return Owner == "Calls" && Function == "make" ? "Self" : "";
  }
};
} // namespace

TEST(Receivers, InfersTypesOfExpressions) {
  File F;
  Function Fn;
  Fn.Owner = "Delegate";
  Fn.Parameters.push_back({"_", "given", "Calls", false, false});
  Step S;
  S.Declares.push_back({"local", "", true, {}});
  S.Declares.back().Init.Text = "Calls.shared";
  S.Declares.push_back({"loop", "", true, {}});
  S.Declares.back().Init.Text = "loop2";
  S.Declares.push_back({"loop2", "", true, {}});
  S.Declares.back().Init.Text = "loop";
  Fn.Steps.push_back(std::move(S));
  OneType Facts;
  FunctionRef Here{&F, &Fn};
  for (const char *Text :
       {"calls", "self.calls", "_calls", "calls?", "given", "local",
        "Calls.shared", "[Calls sharedInstance]", "[[Calls alloc] init]",
        "Calls()", "(x as! Calls)", "Calls.make()", "self.calls!",
        "[Calls make]", "(Calls *)x"})
    EXPECT_EQ(typeOfExpression(Text, Here, Facts), "Calls") << Text;
  EXPECT_EQ(typeOfExpression("self", Here, Facts), "Delegate");
  EXPECT_EQ(typeOfExpression("calls?.ringer", Here, Facts), "Ringer");
  for (const char *Text : {"unknown", "loop", "", "a.b.c", "[", "(", "x as "})
    EXPECT_EQ(typeOfExpression(Text, Here, Facts), "") << Text;
}
