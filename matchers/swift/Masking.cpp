//===-- Masking.cpp - what the grammar does not know, hidden from it -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Masking.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

using namespace ringfence;
using namespace ringfence::swift;

namespace {

class Masks {
public:
  Masks(llvm::StringRef Bytes, llvm::StringRef Code, const Outline &O)
      : Code(Code), O(O) {
    M.Bytes = Bytes.str();
  }

  Masked run() {
    placeholders();
    for (Range R : O.MemberDirectives)
      blank(R.Begin, R.End);
    unitValues();
    words();
    trailingLabels();
    emptyStatements();
    for (std::uint32_t At : O.MemberSemicolons)
      M.Bytes[At] = ' ';
    std::sort(M.HiddenAwaits.begin(), M.HiddenAwaits.end());
    return std::move(M);
  }

private:
  llvm::StringRef Code;
  const Outline &O;
  Masked M;
  /// How far a construct may reach: bounds the work on hostile input.
  static constexpr std::size_t Near = 2000;

  void blank(std::size_t Begin, std::size_t End) {
    for (std::size_t I = Begin; I != End; ++I)
      if (M.Bytes[I] != '\n' && M.Bytes[I] != '\r')
        M.Bytes[I] = ' ';
  }

  /// Calls \p Found with each place where \p Word stands by itself.
  void each(llvm::StringRef Word,
            llvm::function_ref<void(std::size_t)> Found) const {
    for (std::size_t At = Code.find(Word); At != llvm::StringRef::npos;
         At = Code.find(Word, At + 1)) {
      auto IsPart = [](char C) { return llvm::isAlnum(C) || C == '_'; };
      std::size_t End = At + Word.size();
      if (At > 0 && IsPart(Word[0]) &&
          (IsPart(Code[At - 1]) || Code[At - 1] == '.'))
        continue;
      if (IsPart(Word.back()) && End < Code.size() && IsPart(Code[End]))
        continue;
      Found(At);
    }
  }

  /// End of the brackets that open at \p Open, or npos.
  std::size_t closing(std::size_t Open) const {
    unsigned Level = 0;
    for (std::size_t I = Open; I < std::min(Code.size(), Open + Near); ++I) {
      Level += Code[I] == '(';
      if (Code[I] == ')' && --Level == 0)
        return I + 1;
    }
    return llvm::StringRef::npos;
  }

  std::size_t skipBlanks(std::size_t At) const {
    while (At < Code.size() && llvm::isSpace(Code[At]))
      ++At;
    return At;
  }

  /// Xcode's "<#text#>" becomes an identifier.
  void placeholders() {
    for (std::size_t At = Code.find("<#"); At != llvm::StringRef::npos;
         At = Code.find("<#", At + 1)) {
      std::size_t Size = llvm::StringRef(M.Bytes).substr(At, Near).find("#>");
      if (Size == llvm::StringRef::npos)
        continue;
      for (std::size_t I = At; I != At + Size + 2; ++I)
        M.Bytes[I] = '_';
    }
  }

  /// "()" where a value is meant becomes a number: ".success(())".
  void unitValues() {
    for (std::size_t At = Code.find("()"); At != llvm::StringRef::npos;
         At = Code.find("()", At + 1)) {
      llvm::StringRef Before = Code.take_front(At).rtrim(" \t");
      llvm::StringRef After = Code.substr(At + 2).ltrim(" \t");
      bool Value = Before.ends_with("(") || Before.ends_with(",") ||
                   Before.ends_with(":") || Before.ends_with("=") ||
                   Before.ends_with("return") || Before.ends_with(" in") ||
                   Before.ends_with("?");
      if (Value && !After.starts_with("->") && !After.starts_with("async") &&
          !After.starts_with("throws") && !After.starts_with("{"))
        M.Bytes[At] = M.Bytes[At + 1] = '0';
    }
  }

  void words() {
    each("nonisolated(unsafe)",
         [&](std::size_t At) { blank(At + 11, At + 19); });
    each("#isolation", [&](std::size_t At) { M.Bytes[At] = '_'; });
    each("#_sourceLocation", [&](std::size_t At) { M.Bytes[At] = '_'; });
    each("nonisolated", [&](std::size_t At) {
      llvm::StringRef Next = Code.substr(skipBlanks(At + 11));
      for (llvm::StringRef W : {"class ", "struct ", "enum ", "extension ",
                                "protocol ", "final ", "actor "})
        if (Next.starts_with(W))
          blank(At, At + 11);
    });
    each("isolated", [&](std::size_t At) {
      if (Code.substr(skipBlanks(At + 8)).starts_with("deinit"))
        blank(At, At + 8);
    });
    each("isolated", [&](std::size_t At) { // "x: isolated Actor"
      if (Code.take_front(At).rtrim().ends_with(":"))
        blank(At, At + 8);
    });
    each("throws(", [&](std::size_t At) { // typed throws
      if (std::size_t End = closing(At + 6); End != llvm::StringRef::npos)
        blank(At + 6, End);
    });
    for (llvm::StringRef A :
         {"@_spi", "@_specialize", "@backDeployed", "@_documentation",
          "@_silgen_name", "@freestanding", "@attached"})
      each(A, [&](std::size_t At) {
        std::size_t End = At + A.size();
        if (End < Code.size() && Code[End] == '(')
          End = closing(End);
        if (End != llvm::StringRef::npos)
          blank(At, End);
      });
    for (llvm::StringRef W : {"__owned", "__shared", "sending"})
      each(W, [&](std::size_t At) {
        char Next = At + W.size() < Code.size() ? Code[At + W.size()] : 0;
        char Then = Code[std::min(skipBlanks(At + W.size()), Code.size() - 1)];
        if (Next == ' ' && (llvm::isAlpha(Then) || Then == '@'))
          blank(At, At + W.size());
      });
    each("indirect", [&](std::size_t At) {
      if (!Code.substr(skipBlanks(At + 8)).starts_with("case"))
        blank(At, At + 8);
    });
    for (std::size_t At = Code.find("as "); At != llvm::StringRef::npos;
         At = Code.find("as ", At + 1)) { // "as T??"
      std::size_t End = At + 3;
      while (End < Code.size() &&
             (llvm::isAlnum(Code[End]) || Code[End] == '_' || Code[End] == '.'))
        ++End;
      if (Code.substr(End).starts_with("??") && End > At + 3 &&
          !Code.substr(End + 2).starts_with(" "))
        M.Bytes[End + 1] = ' ';
    }
    awaits();
    catches();
  }

  /// "await" in the head of an if, guard, while, switch or for.
  void awaits() {
    for (llvm::StringRef Head : {"if", "guard", "while", "switch", "for"})
      each(Head, [&](std::size_t At) {
        unsigned Level = 0;
        std::size_t Stop = std::min(Code.size(), At + Near);
        for (std::size_t I = At; I < Stop; ++I) {
          char C = Code[I];
          if (C == '(' || C == '[')
            ++Level;
          else if ((C == ')' || C == ']') && Level-- == 0)
            return;
          else if (C == '{' || C == '}' || C == ';')
            return;
          if (Code.substr(I).starts_with("await ") &&
              !llvm::isAlnum(Code[I - 1]) &&
              !(Head == "for" && Code.slice(At + 3, I).trim().empty())) {
            blank(I, I + 5);
            M.HiddenAwaits.push_back(static_cast<std::uint32_t>(I));
          }
        }
      });
  }

  /// "catch A, B {": the list's first pattern stands for all.
  void catches() {
    each("catch", [&](std::size_t At) {
      unsigned Level = 0;
      std::size_t Stop = std::min(Code.size(), At + Near);
      for (std::size_t I = At; I < Stop && Code[I] != '{'; ++I) {
        Level += Code[I] == '(';
        Level -= Code[I] == ')' && Level;
        if (Code[I] != ',' || Level)
          continue;
        std::size_t Rest = Code.slice(I, Stop).find('{');
        if (Rest != llvm::StringRef::npos)
          blank(I, I + Rest);
        return;
      }
    });
  }

  /// A ";" with no statement before it.
  void emptyStatements() {
    for (std::size_t At = Code.find(';'); At != llvm::StringRef::npos;
         At = Code.find(';', At + 1)) {
      std::size_t Begin = At > Near ? At - Near : 0;
      llvm::StringRef Before = Code.slice(Begin, At).rtrim();
      if (Before.ends_with(";") || Before.ends_with("{"))
        M.Bytes[At] = ' ';
    }
  }

  /// A labelled trailing closure on a line of its own: "}⏎ footer: {".
  void trailingLabels() {
    for (std::size_t At = Code.find('}'); At != llvm::StringRef::npos;
         At = Code.find('}', At + 1)) {
      std::size_t Label = skipBlanks(At + 1);
      llvm::StringRef Gap = llvm::StringRef(M.Bytes).slice(At + 1, Label);
      if (!Gap.contains('\n') || !Gap.trim().empty())
        continue;
      std::size_t End = Label;
      while (End < Code.size() &&
             (llvm::isAlnum(Code[End]) || Code[End] == '_'))
        ++End;
      llvm::StringRef Name = Code.slice(Label, End);
      if (Name.empty() || Name == "default" || Name == "case" ||
          !Code.substr(End).starts_with(":"))
        continue;
      if (!Code.substr(skipBlanks(End + 1)).starts_with("{"))
        continue;
      for (std::size_t I = At + 1; I != Label; ++I)
        M.Bytes[I] = ' ';
    }
  }
};

} // namespace

Masked swift::mask(llvm::StringRef Bytes, llvm::StringRef Code,
                   const Outline &O) {
  return Masks(Bytes, Code, O).run();
}
