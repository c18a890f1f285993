//===-- Invocation.cpp - how Clang is called -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Invocation.h"
#include "matchers/objc/BuiltinHeaders.h"
#include "llvm/Support/FileSystem.h"

using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

CompileFlags
ringfence::objc::compileFlags(const std::vector<std::string> &CommandLine,
                              StringRef Directory) {
  CompileFlags Flags;
  Flags.Directory = Directory.str();
  for (std::size_t I = 1; I < CommandLine.size(); ++I) {
    StringRef A = CommandLine[I];
    auto Next = [&]() -> std::string {
      return I + 1 < CommandLine.size() ? CommandLine[++I] : "";
    };
    if (A == "-fobjc-arc") {
      Flags.ARC = true;
    } else if (A == "-fno-objc-arc") {
      Flags.ARC = false;
    } else if (A == "-isysroot") {
      std::string Path = Next();
      if (llvm::sys::fs::is_directory(Path))
        Flags.Sysroot = Path;
    } else if (A == "-D" || A == "-U") {
      std::string Name = Next();
      Flags.Macros.push_back((A + Name).str());
    } else if (A.starts_with("-D") || A.starts_with("-U")) {
      Flags.Macros.push_back(A.str());
    } else if (A == "-I" || A == "-F" || A == "-isystem" || A == "-iquote" ||
               A == "-iframework") {
      std::string Path = Next();
      Flags.Headers.push_back(A.str());
      Flags.Headers.push_back(Path);
    } else if ((A.starts_with("-I") || A.starts_with("-F")) &&
               !A.ends_with(".hmap")) {
      Flags.Headers.push_back(A.str());
    }
  }
  return Flags;
}

std::vector<std::string>
ringfence::objc::frontendArguments(Language L, StringRef MainFile,
                                   StringRef HeaderFolder,
                                   const CompileFlags *Flags) {
  bool Cxx = L == Language::ObjCXX;
  bool RealHeaders = Flags && !Flags->Sysroot.empty();
  std::vector<std::string> Args = {
      "-triple", "arm64-apple-ios13.0.0", "-x",
      Cxx ? "objective-c++" : "objective-c",
      Cxx ? "-std=gnu++20" : "-std=gnu11", "-fblocks",
      "-fobjc-runtime=ios-13.0.0", "-fobjc-exceptions", "-fexceptions",
      // Ownership errors would drop whole expressions, and what is written is
      // the same with and without ARC.
      "-fobjc-weak",
      // An expression that does not type-check is kept as a RecoveryExpr; all
      // the rest of these flags serves to get as few as possible.
      "-Wno-everything", "-ferror-limit", "0", "-fno-spell-checking",
      "-fno-builtin", "-nobuiltininc", "-fbracket-depth", "512",
      "-fallow-editor-placeholders", "-fno-caret-diagnostics", "-fsyntax-only"};
  // With C++20's modules Clang puts a reader of its own where declarations are
  // asked for, and "module" becomes a word of the language.
  if (Cxx)
    Args.insert(Args.end(), {"-fcxx-exceptions", "-fno-cxx-modules"});
  if (Flags)
    Args.insert(Args.end(), Flags->Macros.begin(), Flags->Macros.end());
  if (RealHeaders) {
    Args.insert(Args.end(), {"-isysroot", Flags->Sysroot});
    Args.insert(Args.end(), Flags->Headers.begin(), Flags->Headers.end());
    Args.insert(Args.end(),
                {"-internal-isystem", Flags->Sysroot + "/usr/include",
                 "-iframework", Flags->Sysroot + "/System/Library/Frameworks"});
  } else {
    Args.insert(Args.end(), {"-nostdsysteminc", "-nostdinc++"});
    for (const BuiltinHeader &H : builtinHeaders())
      Args.insert(Args.end(),
                  {"-include", (HeaderFolder + "/" + H.Name).str()});
  }
  Args.push_back(MainFile.str());
  return Args;
}
