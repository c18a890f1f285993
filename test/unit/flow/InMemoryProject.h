//===-- InMemoryProject.h - sources that stand in for a project -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_FLOW_INMEMORYPROJECT_H
#define RINGFENCE_TEST_UNIT_FLOW_INMEMORYPROJECT_H

#include "matchers/flow/Judge.h"
#include "matchers/objc/Reader.h"
#include "matchers/swift/Reader.h"
#include <deque>

namespace ringfence::test {

/// Reads sources with the real readers and finds functions by their name
/// alone: Swift by base name and labels, Objective-C by selector.
class InMemoryProject : public FunctionSource {
public:
  /// Adds a file; the extension of \p Path decides the language.
  const File &add(std::string Path, std::string Text) {
    auto Source =
        std::make_shared<SourceFile>(std::move(Path), std::move(Text));
    if (Source->language() == Language::Swift)
      Files.push_back(SwiftReader.read(Source));
    else
      Files.push_back(ObjC.read(Source));
    return Files.back();
  }

  const std::deque<File> &files() const { return Files; }

  /// Judges the first handler of the files, in the order they were added.
  Verdict judgeFirst(const JudgeOptions &Options = {}) {
    for (const File &F : Files)
      if (!F.Handlers.empty())
        return judge(F, F.Handlers.front(), *this, Catalogue::builtin(),
                     Options);
    return {};
  }

  std::vector<FunctionRef> callees(const Call &C, FunctionRef) override {
    std::vector<FunctionRef> Out;
    if (C.K == Call::Kind::PropertyRead || C.K == Call::Kind::PropertyWrite)
      return Out;
    for (const FunctionRef &R : named(C.Name)) {
      bool Fits = R.Fn->Parameters.size() >= C.Arguments.size();
      for (const Argument &A : C.Arguments)
        if (R.In->Source->language() == Language::Swift && !A.Label.empty()) {
          bool Has = false;
          for (const Parameter &P : R.Fn->Parameters)
            Has |= P.Label == A.Label;
          Fits &= Has;
        }
      if (Fits)
        Out.push_back(R);
    }
    return Out;
  }

  std::vector<FunctionRef> members(llvm::StringRef Type,
                                   llvm::StringRef Member) override {
    std::vector<FunctionRef> Out;
    for (const FunctionRef &R : named(Member))
      if (R.Fn->Owner == Type)
        Out.push_back(R);
    return Out;
  }

  std::vector<TypeRef> types(llvm::StringRef Name) override {
    std::vector<TypeRef> Out;
    for (const File &F : Files)
      for (const Type &T : F.Types)
        if (T.Name == Name)
          Out.push_back({&F, &T});
    return Out;
  }

  std::vector<FunctionRef> named(llvm::StringRef Name) override {
    std::vector<FunctionRef> Out;
    for (const File &F : Files)
      for (const Function &Fn : F.Functions)
        if (Fn.Name == Name)
          Out.push_back({&F, &Fn});
    return Out;
  }

private:
  std::deque<File> Files;
  swift::Reader SwiftReader;
  objc::Reader ObjC{objc::ReaderOptions{}};
};

} // namespace ringfence::test

#endif
