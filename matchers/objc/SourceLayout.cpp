//===-- SourceLayout.cpp - comments, tokens and #if regions of a file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/SourceLayout.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

namespace {

/// Turns the token stream into regions; Open is the stack of those that have
/// not met their #endif.
class LayoutBuilder {
public:
  LayoutBuilder(StringRef Text, SourceLayout &Out)
      : Text(Text), Out(Out), Lex(clang::SourceLocation(), options(),
                                  Text.begin(), Text.begin(), Text.end()) {
    Lex.SetCommentRetentionState(true);
  }

  void run() {
    clang::Token Tok;
    while (next(Tok)) {
      if (Tok.is(clang::tok::comment))
        Out.Comments.push_back(range(Tok));
      else if (Tok.is(clang::tok::hash) && Tok.isAtStartOfLine())
        directive(range(Tok).Begin);
      else
        token(range(Tok));
    }
    while (!Open.empty())
      close(Text.size(), Text.size());
    llvm::sort(Out.Conditionals,
               [](const Conditional &A, const Conditional &B) {
                 return A.Where.Begin < B.Where.Begin;
               });
  }

private:
  StringRef Text;
  SourceLayout &Out;
  clang::Lexer Lex;
  std::vector<Conditional> Open;
  bool SeenDeclaration = false;
  unsigned ImportState = 0; // 1 behind '@', 2 behind "@import"
  std::string Module;

  static const clang::LangOptions &options() {
    static const clang::LangOptions Options = [] {
      clang::LangOptions O;
      O.ObjC = O.LineComment = O.C99 = O.C11 = O.CPlusPlus = true;
      return O;
    }();
    return Options;
  }

  Range range(const clang::Token &Tok) {
    // The lexer knows no file, so its locations are plain offsets.
    std::uint32_t End = Lex.getCurrentBufferOffset();
    return {End - std::min<std::uint32_t>(End, Tok.getLength()), End};
  }

  bool next(clang::Token &Tok) {
    Lex.LexFromRawLexer(Tok);
    return Tok.isNot(clang::tok::eof);
  }

  std::uint32_t endOfLine(std::uint32_t I) const {
    while (I < Text.size()) {
      if (Text[I] == '\n') {
        std::uint32_t B = I;
        if (B && Text[B - 1] == '\r')
          --B;
        if (!B || Text[B - 1] != '\\')
          return I;
      }
      ++I;
    }
    return Text.size();
  }

  /// Reads a directive up to the end of its line. Comments in it are kept.
  void directive(std::uint32_t Hash) {
    std::uint32_t End = endOfLine(Hash);
    StringRef Line = Text.slice(Hash + 1, End).ltrim(" \t");
    StringRef Name = Line.take_while([](char C) { return llvm::isAlpha(C); });
    StringRef Rest = Line.drop_front(Name.size());
    Range Where{Hash, End};
    if (Name == "if" || Name == "ifdef" || Name == "ifndef") {
      Conditional C;
      C.Where.Begin = Hash;
      C.Depth = Open.size();
      Open.push_back(std::move(C));
      startArm(Where, Name == "if" ? Rest.str() : asked(Name, Rest));
    } else if (Name == "elif" || Name == "else" || Name == "elifdef" ||
               Name == "elifndef") {
      if (!Open.empty()) {
        Open.back().Arms.back().Inside.End = Hash;
        Open.back().HasElse |= Name == "else";
        startArm(Where, Name.ends_with("def") ? asked(Name, Rest) : Rest.str());
      }
    } else if (Name == "endif") {
      if (!Open.empty())
        close(Hash, End);
    } else if (Name == "import" || Name == "include") {
      if (!SeenDeclaration && Open.empty())
        Out.EndOfImports = End;
    }
    // Go on lexing behind the directive, but see its comments.
    clang::Token Tok;
    while (Lex.getCurrentBufferOffset() < End) {
      if (!next(Tok))
        break;
      if (Tok.is(clang::tok::comment)) {
        Out.Comments.push_back(range(Tok));
      } else if (range(Tok).Begin >= End) {
        // The line was empty behind the '#'.
        if (Tok.is(clang::tok::hash) && Tok.isAtStartOfLine())
          directive(range(Tok).Begin);
        else
          token(range(Tok));
        break;
      }
    }
  }

  /// "#ifndef X" as "#if" would ask it.
  static std::string asked(StringRef Directive, StringRef Macro) {
    bool Not = Directive.contains("ndef");
    return (Not ? "!defined(" : "defined(") + Macro.trim().str() + ")";
  }

  void startArm(Range Directive, StringRef Condition) {
    Open.back().Arms.push_back(
        {Directive, {Directive.End, Directive.End}, Condition.trim().str()});
  }

  void close(std::uint32_t ArmEnd, std::uint32_t End) {
    Open.back().Arms.back().Inside.End = ArmEnd;
    Open.back().Where.End = End;
    Out.Conditionals.push_back(std::move(Open.back()));
    Open.pop_back();
  }

  void token(Range R) {
    StringRef Word = Text.slice(R.Begin, R.End);
    Out.Tokens.push_back(R);
    if (ImportState == 2) {
      if (Word != ";") {
        Module += Word;
        return;
      }
      Out.ModuleImports.push_back(Module);
      if (!SeenDeclaration && Open.empty())
        Out.EndOfImports = R.End;
      ImportState = 0;
      return;
    }
    if (Word == "@") {
      ImportState = 1;
      return;
    }
    if (ImportState == 1 && Word == "import") {
      ImportState = 2;
      Module.clear();
      return;
    }
    ImportState = 0;
    // Forward declarations and audit macros may stand among the imports.
    if (Word == "interface" || Word == "implementation" || Word == "{")
      SeenDeclaration = true;
  }
};

bool isBlank(StringRef S) {
  return S.find_first_not_of(" \t\r\n") == StringRef::npos;
}

} // namespace

SourceLayout::SourceLayout(StringRef Text) { LayoutBuilder(Text, *this).run(); }

std::vector<Range>::const_iterator
SourceLayout::tokenFrom(std::uint32_t Offset) const {
  return llvm::partition_point(
      Tokens, [&](const Range &R) { return R.Begin < Offset; });
}

Range SourceLayout::withComments(Range R, StringRef Text) const {
  Range Wide = R;
  auto First = llvm::partition_point(
      Comments, [&](const Range &C) { return C.Begin < R.Begin; });
  for (auto I = First; I != Comments.begin();) {
    const Range &C = *--I;
    if (C.End > Wide.Begin)
      break;
    StringRef Between = Text.slice(C.End, Wide.Begin);
    StringRef BeforeIt = Text.slice(0, C.Begin);
    BeforeIt = BeforeIt.substr(BeforeIt.rfind('\n') + 1);
    if (!isBlank(Between) || Between.count('\n') > 1 || !isBlank(BeforeIt))
      break;
    Wide.Begin = C.Begin;
  }
  auto Behind = llvm::partition_point(
      Comments, [&](const Range &C) { return C.Begin < R.End; });
  for (; Behind != Comments.end(); ++Behind) {
    StringRef Between = Text.slice(Wide.End, Behind->Begin);
    StringRef Rest =
        Text.substr(Behind->End).take_until([](char C) { return C == '\n'; });
    if (Between.contains('\n') || !isBlank(Between) || !isBlank(Rest))
      break;
    Wide.End = Behind->End;
  }
  return Wide;
}
