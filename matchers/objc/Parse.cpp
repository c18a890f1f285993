//===-- Parse.cpp - one run of Clang over a source in memory -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Parse.h"
#include "matchers/objc/BuiltinHeaders.h"
#include "matchers/objc/OnDemandDeclarations.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/DeclGroup.h"
#include "clang/AST/DeclObjC.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/DiagnosticParse.h"
#include "clang/Basic/Stack.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroArgs.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;
using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

namespace {

constexpr char HeaderFolder[] = "/ringfence/sdk";
/// Clang recurses once for each nesting level of the source.
constexpr unsigned StackSize = 64u << 20;

/// Writes down what the preprocessor does.
class PreprocessorNotes : public PPCallbacks {
public:
  PreprocessorNotes(ParsedUnit &U, const SourceManager &SM) : U(U), SM(SM) {}

  // Headers that are not there are no error.
  bool FileNotFound(StringRef) override { return true; }

  void InclusionDirective(SourceLocation HashLoc, const Token &, StringRef Name,
                          bool, CharSourceRange, OptionalFileEntryRef,
                          StringRef, StringRef, const clang::Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    // Not SM.isInMainFile: that takes -include for part of the file.
    if (SM.getFileID(HashLoc) == SM.getMainFileID())
      U.Includes.push_back(Name.str());
  }

  void MacroExpands(const Token &Name, const MacroDefinition &, SourceRange R,
                    const MacroArgs *Args) override {
    if (R.getBegin().isMacroID() || !SM.isInMainFile(R.getBegin()))
      return;
    ringfence::objc::MacroUse Use;
    Use.Name = Name.getIdentifierInfo()->getName().str();
    Use.Where = U.range(R);
    if (Args)
      for (unsigned I = 0; I < Args->getNumMacroArguments(); ++I) {
        const Token *First = Args->getUnexpArgument(I);
        unsigned N = MacroArgs::getArgLength(First);
        Use.Arguments.push_back(
            N ? U.range({First->getLocation(), First[N - 1].getLocation()})
              : Range());
      }
    U.Macros.push_back(std::move(Use));
  }

  void SourceRangeSkipped(SourceRange R, SourceLocation) override {
    if (SM.isInMainFile(R.getBegin()))
      U.Skipped.push_back({U.offset(R.getBegin()), U.offset(R.getEnd())});
  }

private:
  ParsedUnit &U;
  const SourceManager &SM;
};

/// Keeps where the grammar was broken. What does not type-check is of no
/// interest: most of it comes from missing headers.
class SyntaxErrors : public DiagnosticConsumer {
public:
  std::vector<std::pair<FileID, std::uint32_t>> At;

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error || !Info.hasSourceManager() ||
        Info.getLocation().isInvalid())
      return;
    unsigned Id = Info.getID();
    bool Grammar = (Id > diag::DIAG_START_PARSE && Id < diag::DIAG_START_AST) ||
                   (Id > diag::DIAG_START_LEX && Id < diag::DIAG_START_PARSE);
    // A macro that no header defines may do without a semicolon.
    if (!Grammar || Id == diag::err_expected_semi_after_expr ||
        Id == diag::err_atimport)
      return;
    At.push_back(Info.getSourceManager().getDecomposedLoc(
        Info.getSourceManager().getFileLoc(Info.getLocation())));
  }
};

class UnitConsumer : public ASTConsumer {
public:
  UnitConsumer(ParsedUnit &U, OnDemandDeclarations &OnDemand,
               SyntaxErrors &Errors, llvm::function_ref<void(ParsedUnit &)> Use)
      : U(U), OnDemand(OnDemand), Errors(Errors), Use(Use) {}

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group) {
      auto *Class = dyn_cast<ObjCInterfaceDecl>(D);
      if (!Class)
        continue;
      if (Class->isThisDeclarationADefinition() &&
          Class->getName() == "NSObject")
        OnDemand.setRoot(Class);
      else if (!Class->hasDefinition() && U.inMainFile(Class->getLocation()) &&
               !definedLater(Class->getName()))
        OnDemand.complete(Class);
    }
    return true;
  }

  void HandleTranslationUnit(ASTContext &Ctx) override {
    for (auto [Id, Offset] : Errors.At)
      if (Id == Ctx.getSourceManager().getMainFileID())
        U.SyntaxErrors.push_back(Offset);
    llvm::sort(U.SyntaxErrors);
    Use(U);
  }

private:
  ParsedUnit &U;
  OnDemandDeclarations &OnDemand;
  SyntaxErrors &Errors;
  llvm::function_ref<void(ParsedUnit &)> Use;

  /// "\@interface Name" stands in the file, and is no category.
  bool definedLater(StringRef Name) const {
    StringRef Text = U.Source.bytes();
    for (std::size_t I = Text.find("@interface"); I != StringRef::npos;
         I = Text.find("@interface", I + 1)) {
      StringRef Rest = Text.substr(I + 10).ltrim();
      if (!Rest.consume_front(Name))
        continue;
      Rest = Rest.ltrim(" \t");
      if (Rest.empty() ||
          !(isAsciiIdentifierContinue(Rest[0]) || Rest[0] == '('))
        return true;
    }
    return false;
  }
};

class UnitAction : public ASTFrontendAction {
public:
  UnitAction(const SourceFile &Source, const SourceLayout &Layout,
             OnDemandDeclarations &OnDemand, SyntaxErrors &Errors,
             llvm::function_ref<void(ParsedUnit &)> Use)
      : Source(Source), Layout(Layout), OnDemand(OnDemand), Errors(Errors),
        Use(Use) {}

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    U.emplace(ParsedUnit{
        CI.getASTContext(), OnDemand, Source, Layout, {}, {}, {}, {}});
    CI.getASTContext().setExternalSource(&OnDemand);
    CI.getPreprocessor().addPPCallbacks(
        std::make_unique<PreprocessorNotes>(*U, CI.getSourceManager()));
    return std::make_unique<UnitConsumer>(*U, OnDemand, Errors, Use);
  }

private:
  const SourceFile &Source;
  const SourceLayout &Layout;
  OnDemandDeclarations &OnDemand;
  SyntaxErrors &Errors;
  llvm::function_ref<void(ParsedUnit &)> Use;
  std::optional<ParsedUnit> U;
};

/// \returns false if Clang did not come to the end of the file.
bool run(const SourceFile &Source, StringRef Text, const SourceLayout &Layout,
         const CompileFlags *Flags,
         llvm::function_ref<void(ParsedUnit &)> Use) {
  noteBottomOfStack();
  using Lang = ringfence::Language;
  Lang L = Source.language() == Lang::ObjCXX ? Lang::ObjCXX : Lang::ObjC;
  std::string MainFile =
      L == Lang::ObjCXX ? "/ringfence/source.mm" : "/ringfence/source.m";
  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> Memory(
      new llvm::vfs::InMemoryFileSystem);
  Memory->addFile(MainFile, 0,
                  llvm::MemoryBuffer::getMemBuffer(Text, MainFile));
  for (const BuiltinHeader &H : builtinHeaders())
    Memory->addFile((llvm::Twine(HeaderFolder) + "/" + H.Name).str(), 0,
                    llvm::MemoryBuffer::getMemBuffer(H.Text, H.Name));
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = Memory;
  if (Flags && !Flags->Sysroot.empty()) {
    llvm::IntrusiveRefCntPtr<llvm::vfs::OverlayFileSystem> Overlay(
        new llvm::vfs::OverlayFileSystem(
            llvm::vfs::createPhysicalFileSystem()));
    if (!Flags->Directory.empty())
      Overlay->setCurrentWorkingDirectory(Flags->Directory);
    Overlay->pushOverlay(Memory);
    Files = Overlay;
  }

  std::vector<std::string> Args =
      frontendArguments(L, MainFile, HeaderFolder, Flags);
  std::vector<const char *> ArgPointers;
  for (const std::string &A : Args)
    ArgPointers.push_back(A.c_str());

  SyntaxErrors Errors;
  CompilerInstance CI;
  CI.createDiagnostics(&Errors, /*ShouldOwnClient=*/false);
  auto Invocation = std::make_shared<CompilerInvocation>();
  CompilerInvocation::CreateFromArgs(*Invocation, ArgPointers,
                                     CI.getDiagnostics());
  Invocation->getFrontendOpts().DisableFree = false;
  CI.setInvocation(std::move(Invocation));
  CI.createDiagnostics(&Errors, /*ShouldOwnClient=*/false);
  CI.createFileManager(Files);

  llvm::IntrusiveRefCntPtr<OnDemandDeclarations> OnDemand(
      new OnDemandDeclarations(Text));
  CI.setExternalSemaSource(OnDemand);
  bool Used = false;
  UnitAction Action(Source, Layout, *OnDemand, Errors, [&](ParsedUnit &U) {
    Used = true;
    Use(U);
  });
  CI.ExecuteAction(Action);
  return Used;
}

} // namespace

Range ParsedUnit::range(SourceRange R) const {
  const SourceManager &SM = Ctx.getSourceManager();
  if (R.isInvalid())
    return {};
  CharSourceRange Chars = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(R), SM, Ctx.getLangOpts());
  if (Chars.isInvalid())
    return expansion(R);
  if (!SM.isInMainFile(Chars.getBegin()))
    return {};
  return {SM.getFileOffset(Chars.getBegin()), SM.getFileOffset(Chars.getEnd())};
}

Range ParsedUnit::expansion(SourceRange R) const {
  const SourceManager &SM = Ctx.getSourceManager();
  if (R.isInvalid())
    return {};
  SourceLocation Begin = SM.getExpansionLoc(R.getBegin());
  SourceLocation End = SM.getExpansionRange(R.getEnd()).getEnd();
  if (!SM.isInMainFile(Begin) || !SM.isInMainFile(End))
    return {};
  std::uint32_t B = SM.getFileOffset(Begin);
  std::uint32_t E = SM.getFileOffset(End) +
                    Lexer::MeasureTokenLength(End, SM, Ctx.getLangOpts());
  return {B, std::max(B, E)};
}

std::uint32_t ParsedUnit::offset(SourceLocation Loc) const {
  const SourceManager &SM = Ctx.getSourceManager();
  return SM.getFileOffset(SM.getFileLoc(Loc));
}

bool ParsedUnit::inMainFile(SourceLocation Loc) const {
  const SourceManager &SM = Ctx.getSourceManager();
  return Loc.isValid() && SM.isInMainFile(SM.getExpansionLoc(Loc));
}

const ringfence::objc::MacroUse *
ParsedUnit::macroAt(std::uint32_t Offset) const {
  auto It =
      llvm::partition_point(Macros, [&](const ringfence::objc::MacroUse &M) {
        return M.Where.Begin < Offset;
      });
  return It != Macros.end() && It->Where.Begin == Offset ? &*It : nullptr;
}

bool ParsedUnit::isSkipped(std::uint32_t Offset) const {
  return llvm::any_of(Skipped,
                      [&](const Range &R) { return R.contains(Offset); });
}

std::string ringfence::objc::parse(const SourceFile &Source, StringRef Text,
                                   const SourceLayout &Layout,
                                   const CompileFlags *Flags,
                                   llvm::function_ref<void(ParsedUnit &)> Use) {
  bool Finished = false;
  llvm::CrashRecoveryContext Guard;
  bool Survived = Guard.RunSafelyOnThread(
      [&] { Finished = run(Source, Text, Layout, Flags, Use); }, StackSize);
  if (!Survived)
    return "Clang crashed on this file";
  return Finished ? "" : "Clang could not read this file";
}
