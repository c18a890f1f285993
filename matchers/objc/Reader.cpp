//===-- Reader.cpp - Objective-C sources become the model -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Reader.h"
#include "matchers/objc/Alternatives.h"
#include "matchers/objc/Declarations.h"
#include "matchers/objc/Handlers.h"
#include "matchers/objc/Parse.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/Path.h"

using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

namespace {

/// Larger sources are generated; nobody writes a handler into one.
constexpr std::size_t LargestSource = 16u << 20;

/// "PushKit/PushKit.h" names the module PushKit.
std::string importName(StringRef Header) {
  auto [Folder, Name] = Header.split('/');
  return Name == (Folder + ".h").str() ? Folder.str() : Header.str();
}

/// Beginning of the line behind the imports; with none, of the first line
/// that is no comment.
std::uint32_t importInsertion(const SourceFile &S, const SourceLayout &L) {
  StringRef Bytes = S.bytes();
  std::uint32_t At = L.EndOfImports;
  if (At) {
    std::size_t Line = Bytes.find('\n', At);
    return Line == StringRef::npos ? Bytes.size() : Line + 1;
  }
  std::uint32_t First = L.Tokens.empty() ? Bytes.size() : L.Tokens[0].Begin;
  for (const Conditional &C : L.Conditionals)
    First = std::min(First, C.Where.Begin);
  At = S.lineBegin(S.line(First));
  return At == 0 && Bytes.starts_with("\xEF\xBB\xBF") ? 3 : At;
}

/// Manual reference counting shows by its messages.
bool countsReferences(const SourceFile &S, const SourceLayout &L) {
  for (std::size_t I = 0; I + 1 < L.Tokens.size(); ++I) {
    StringRef Word = S.text(L.Tokens[I]);
    if (S.text(L.Tokens[I + 1]) != "]")
      continue;
    if (Word == "retain" || Word == "release" || Word == "autorelease")
      return true;
    if (Word == "dealloc" && I && S.text(L.Tokens[I - 1]) == "super")
      return true;
  }
  return false;
}

} // namespace

struct Reader::State {
  ReaderOptions Options;
  std::unique_ptr<clang::tooling::CompilationDatabase> Database;
  std::string DatabaseError;

  std::optional<CompileFlags> flagsFor(StringRef Path) const {
    if (!Database)
      return std::nullopt;
    llvm::SmallString<256> Full(Path);
    if (!Options.Root.empty() && !llvm::sys::path::is_absolute(Path)) {
      Full = Options.Root;
      llvm::sys::path::append(Full, Path);
    }
    llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
    std::vector<clang::tooling::CompileCommand> Commands =
        Database->getCompileCommands(Full);
    if (Commands.empty())
      return std::nullopt;
    return compileFlags(Commands.front().CommandLine,
                        Commands.front().Directory);
  }
};

Reader::Reader(ReaderOptions Options) : S(std::make_unique<State>()) {
  // What Clang does not survive must not end the run.
  llvm::CrashRecoveryContext::Enable();
  S->Options = std::move(Options);
  if (!S->Options.BuildDirectory.empty())
    S->Database = clang::tooling::CompilationDatabase::loadFromDirectory(
        S->Options.BuildDirectory, S->DatabaseError);
}

Reader::~Reader() = default;

std::string Reader::description() const {
  return S->Database ? "a compile database" : "built-in headers";
}

File Reader::read(std::shared_ptr<const SourceFile> Source) {
  File F;
  F.Source = std::move(Source);
  const SourceFile &Src = *F.Source;
  auto Give = [&](unsigned Line, std::string Message, bool Fatal) {
    F.Problems.push_back({Src.path().str(), Line, std::move(Message), Fatal});
  };
  if (!S->Options.BuildDirectory.empty() && !S->Database)
    Give(0, "no compile database: " + S->DatabaseError, false);
  StringRef Bytes = Src.bytes();
  if (Bytes.size() > LargestSource) {
    Give(0, "larger than 16 MB: not read", true);
    return F;
  }
  if (Bytes.starts_with("\xFF\xFE") || Bytes.starts_with("\xFE\xFF")) {
    Give(0, "UTF-16 text: not read", true);
    return F;
  }

  SourceLayout Layout(Bytes);
  std::optional<CompileFlags> Flags = S->flagsFor(Src.path());
  F.UsesARC = !countsReferences(Src, Layout);
  F.ImportInsertion = importInsertion(Src, Layout);

  std::vector<Range> Skipped;
  std::string Failure =
      parse(Src, Bytes, Layout, Flags ? &*Flags : nullptr, [&](ParsedUnit &U) {
        for (const std::string &I : U.Includes)
          F.Imports.push_back(importName(I));
        lowerDeclarations(U, F);
        Skipped = U.Skipped;
        if (!U.SyntaxErrors.empty())
          Give(Src.line(U.SyntaxErrors.front()),
               "syntax error: what stands here may be missing from the result",
               false);
      });
  if (!Failure.empty()) {
    Give(0, Failure, true);
    return F;
  }
  if (unsigned Arms = armsToRead(Layout, F, Skipped)) {
    std::vector<File> Readings(Arms);
    for (unsigned I = 0; I < Arms; ++I) {
      Readings[I].Source = F.Source;
      std::string Text = withArm(Src, Layout, F, I);
      parse(Src, Text, Layout, Flags ? &*Flags : nullptr,
            [&](ParsedUnit &U) { lowerDeclarations(U, Readings[I]); });
    }
    mergeArms(F, Layout, Skipped, Readings);
  }
  F.Imports.insert(F.Imports.end(), Layout.ModuleImports.begin(),
                   Layout.ModuleImports.end());
  F.Registrations = registrationsIn(F);
  return F;
}
