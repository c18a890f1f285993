//===-- Outline.cpp - the shape of Swift source by its braces alone -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Outline.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using namespace ringfence::swift;

namespace {

/// Blanks one file, a piece at a time.
class Blanking {
public:
  explicit Blanking(llvm::StringRef In) : In(In), Out(In.str()) {}

  std::string run() {
    while (At < In.size())
      if (!comment() && !string())
        ++At;
    return std::move(Out);
  }

private:
  llvm::StringRef In;
  std::string Out;
  std::size_t At = 0;

  bool sees(llvm::StringRef What) const {
    return In.substr(At).starts_with(What);
  }
  void blank() {
    if (In[At] != '\n' && In[At] != '\r')
      Out[At] = ' ';
    ++At;
  }
  void blank(std::size_t Count) {
    while (Count-- && At < In.size())
      blank();
  }

  bool comment() {
    if (sees("//")) {
      while (At < In.size() && In[At] != '\n' && In[At] != '\r')
        blank();
      return true;
    }
    if (!sees("/*"))
      return false;
    unsigned Level = 0; // they nest
    do {
      if (sees("/*")) {
        ++Level;
        blank(2);
      } else if (sees("*/")) {
        --Level;
        blank(2);
      } else {
        blank();
      }
    } while (Level && At < In.size());
    return true;
  }

  /// "…", """…""" and both with any number of "#" around them. Strings inside
  /// of interpolations are followed by a stack, not by recursion.
  bool string() {
    struct Open {
      std::size_t Hashes;
      bool Multiline;
      unsigned Parens = 0; ///< of the interpolation that it is in, 0 in text
    };
    std::vector<Open> Stack;
    auto Begin = [&] {
      std::size_t Hashes =
          In.substr(At).take_while([](char C) { return C == '#'; }).size();
      llvm::StringRef Rest = In.substr(At + Hashes);
      if (!Rest.starts_with("\""))
        return false;
      bool Multiline = Rest.starts_with("\"\"\"");
      Stack.push_back({Hashes, Multiline});
      blank(Hashes + (Multiline ? 3 : 1));
      return true;
    };
    if ((In[At] != '"' && In[At] != '#') || !Begin())
      return false;
    while (!Stack.empty() && At < In.size()) {
      Open &O = Stack.back();
      if (O.Parens) { // code inside an interpolation
        if (In[At] == '(')
          ++O.Parens;
        else if (In[At] == ')')
          --O.Parens;
        else if ((In[At] == '"' || In[At] == '#') && Begin())
          continue;
        else if (In[At] == '\n' && !O.Multiline) {
          Stack.clear(); // never closed
          break;
        }
        blank();
        continue;
      }
      if (In[At] != '\\' && In[At] != '"' && In[At] != '\n') {
        blank();
        continue;
      }
      std::string Hashes(O.Hashes, '#');
      if (In[At] == '\\' && In.substr(At + 1).starts_with(Hashes)) {
        blank(1 + O.Hashes);
        if (At < In.size() && In[At] == '(')
          O.Parens = 1;
        if (At < In.size() && In[At] != '\n')
          blank();
        continue;
      }
      llvm::StringRef Quotes = O.Multiline ? "\"\"\"" : "\"";
      if (sees(Quotes) && In.substr(At + Quotes.size()).starts_with(Hashes)) {
        blank(Quotes.size() + O.Hashes);
        Stack.pop_back();
        continue;
      }
      if (In[At] == '\n' && !O.Multiline)
        break; // never closed
      blank();
    }
    return true;
  }
};

enum class Word { None, Function, Type, Switch, Other };

Word wordOf(llvm::StringRef W) {
  return llvm::StringSwitch<Word>(W)
      .Cases("func", "init", "deinit", "subscript", Word::Function)
      .Cases("class", "struct", "enum", "extension", Word::Type)
      .Cases("actor", "protocol", Word::Type)
      .Case("switch", Word::Switch)
      .Cases("var", "let", "if", "guard", "for", Word::Other)
      .Cases("while", "do", "catch", "else", "return", Word::Other)
      .Cases("repeat", "case", "defer", "import", "typealias", Word::Other)
      .Default(Word::None);
}

class Outlining {
public:
  explicit Outlining(llvm::StringRef Code) : Code(Code) {}

  Outline run() {
    for (At = 0; At < Code.size();) {
      char C = Code[At];
      if (llvm::isAlpha(C) || C == '_')
        word();
      else if (C == '#')
        directive();
      else
        punctuation(C);
    }
    return std::move(O);
  }

private:
  llvm::StringRef Code;
  std::size_t At = 0;
  Outline O;

  struct Brace {
    Word Opens = Word::None;
    std::size_t Begin = 0, Head = 0;
    std::string Name;
    unsigned Parens = 0;
    /// For a brace inside parentheses: what was being said around them.
    Word Around = Word::None;
    std::size_t AroundAt = 0;
    std::string AroundName;
  };
  std::vector<Brace> Stack;
  /// The word that decides what the next brace opens.
  Word Last = Word::None;
  std::size_t LastAt = 0;
  std::string Name;
  unsigned Parens = 0;

  void forget() {
    Last = Word::None;
    Name.clear();
  }

  void word() {
    std::size_t Begin = At;
    while (At < Code.size() && (llvm::isAlnum(Code[At]) || Code[At] == '_'))
      ++At;
    llvm::StringRef W = Code.slice(Begin, At);
    if (W == "func")
      Parens = 0; // never inside any: some were not closed
    if (Parens)
      return;
    bool IsMember =
        Begin > 0 && (Code[Begin - 1] == '.' || Code[Begin - 1] == '`');
    Word K = IsMember ? Word::None : wordOf(W);
    // "protocol P: class {" names no type "class".
    if (K == Word::Type && Code.substr(At).ltrim().starts_with("{"))
      K = Word::None;
    if (K != Word::None) {
      Last = K;
      LastAt = Begin;
      Name = W == "init" || W == "deinit" || W == "subscript" ? W.str() : "";
    } else if ((Last == Word::Type || Last == Word::Function) &&
               (Name.empty() || Code[Begin - 1] == '.')) {
      Name = W.str();
    }
  }

  void directive() {
    std::size_t Begin = At++;
    llvm::StringRef Rest = Code.substr(At);
    bool Is = Rest.starts_with("if ") || Rest.starts_with("if(") ||
              Rest.starts_with("if!") || Rest.starts_with("elseif") ||
              Rest.starts_with("else") || Rest.starts_with("endif");
    if (!Is)
      return;
    while (At < Code.size() && Code[At] != '\n' && Code[At] != '\r')
      ++At;
    Range R = {static_cast<std::uint32_t>(Begin),
               static_cast<std::uint32_t>(At)};
    Word In = Stack.empty() ? Word::None : Stack.back().Opens;
    if (In == Word::Type || In == Word::Switch)
      O.MemberDirectives.push_back(R);
    else if (In != Word::None)
      O.StatementDirectives.push_back(R);
  }

  void punctuation(char C) {
    if (C == '(' || C == '[') {
      ++Parens;
    } else if (C == ')' || C == ']') {
      Parens -= Parens > 0;
    } else if (C == ';') {
      forget();
      if (!Stack.empty() && Stack.back().Opens == Word::Type)
        O.MemberSemicolons.push_back(static_cast<std::uint32_t>(At));
    } else if (C == '{') {
      Brace B;
      B.Opens = Parens || Last == Word::None ? Word::Other : Last;
      B.Begin = At;
      B.Head = LastAt;
      B.Name = B.Opens == Word::Other ? "" : Name;
      B.Parens = Parens;
      if (Parens) {
        B.Around = Last;
        B.AroundAt = LastAt;
        B.AroundName = Name;
      }
      Stack.push_back(std::move(B));
      Parens = 0;
      forget();
    } else if (C == '}' && !Stack.empty()) {
      close();
    }
    ++At;
  }

  void close() {
    Brace B = std::move(Stack.back());
    Stack.pop_back();
    Parens = B.Parens;
    forget();
    if (Parens) {
      Last = B.Around;
      LastAt = B.AroundAt;
      Name = B.AroundName;
    }
    auto End = static_cast<std::uint32_t>(At + 1);
    if (B.Opens == Word::Type || B.Opens == Word::Switch)
      O.Types.push_back({{static_cast<std::uint32_t>(B.Begin), End},
                         {static_cast<std::uint32_t>(B.Head),
                          static_cast<std::uint32_t>(B.Begin)},
                         B.Opens == Word::Type ? B.Name : ""});
    if (B.Opens != Word::Function)
      return;
    bool AtTop = Stack.empty() || Stack.back().Opens == Word::Type;
    if (!AtTop)
      return;
    O.Functions.push_back({{beginOfHead(B.Head), End},
                           {static_cast<std::uint32_t>(B.Begin), End},
                           Stack.empty() ? "" : Stack.back().Name,
                           B.Name});
  }

  /// Back over the modifiers and attributes that stand before "func".
  std::uint32_t beginOfHead(std::size_t Func) const {
    std::size_t Begin = Func;
    while (true) {
      std::size_t LineEnd = Begin;
      constexpr std::size_t Near = 400; // modifiers are never longer
      std::size_t From = LineEnd > Near ? LineEnd - Near : 0;
      std::size_t Line = Code.slice(From, LineEnd).rfind('\n');
      if (Line == llvm::StringRef::npos && From != 0)
        break;
      Line = Line == llvm::StringRef::npos ? 0 : From + Line + 1;
      llvm::StringRef Before = Code.slice(Line, LineEnd);
      bool Modifiers = Before.find_first_of("{};=#") == llvm::StringRef::npos;
      if (!Modifiers)
        break;
      llvm::StringRef Text = Before.ltrim();
      Begin = LineEnd - Text.size();
      if (Line == 0)
        break;
      // An attribute may stand on a line of its own.
      llvm::StringRef Above =
          Code.slice(Line > Near ? Line - Near : 0, Line - 1);
      llvm::StringRef AboveLine = Above.substr(Above.rfind('\n') + 1).trim();
      if (!AboveLine.starts_with("@") || AboveLine.contains(" var ") ||
          AboveLine.contains(" let "))
        break;
      Begin = Line - 1;
    }
    while (Begin < Func && llvm::isSpace(Code[Begin]))
      ++Begin;
    return static_cast<std::uint32_t>(Begin);
  }
};

} // namespace

std::string swift::codeOnly(llvm::StringRef Bytes) {
  return Blanking(Bytes).run();
}

Outline swift::outlineOf(llvm::StringRef Code) { return Outlining(Code).run(); }

std::vector<Range> swift::outsideBodies(const Outline &O, std::size_t Size) {
  std::vector<std::uint32_t> Types;
  for (const Outline::TypeBody &T : O.Types)
    if (!T.Name.empty())
      Types.push_back(T.Where.Begin);
  llvm::sort(Types);
  std::vector<Range> Bodies;
  for (const Outline::FunctionPart &Fn : O.Functions) {
    auto FirstType = llvm::lower_bound(Types, Fn.Body.Begin);
    bool HasTypes = FirstType != Types.end() && *FirstType < Fn.Body.End;
    // The accessors of a subscript are functions of their own.
    if (!HasTypes && Fn.Name != "subscript")
      Bodies.push_back(Fn.Body);
  }
  llvm::sort(Bodies, [](Range A, Range B) { return A.Begin < B.Begin; });
  std::vector<Range> Result;
  std::uint32_t From = 0;
  for (Range B : Bodies) {
    Result.push_back({From, B.Begin + 1});
    From = B.End - 1;
  }
  Result.push_back({From, static_cast<std::uint32_t>(Size)});
  return Result;
}
