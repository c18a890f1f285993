//===-- Report.cpp - what printers print -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace ringfence;
using llvm::StringRef;

const FixSet *ringfence::fixOf(const Report &R, unsigned Index) {
  for (const FixSet &S : R.Sets)
    if (llvm::is_contained(S.Findings, Index))
      return &S;
  return nullptr;
}

std::string ringfence::fixCommand(const Report &R, const FixSet &Set) {
  std::string Command = "ringfence fix";
  if (Set.Step != MigrationStep::Report)
    Command += " --step " + nameOf(Set.Step).str();
  // A preview shows the sets of the other levels unasked.
  if (Set.A == Applicability::Placeholders)
    Command += " --level placeholders";
  if (!Set.Findings.empty()) {
    StringRef Check = R.A.Findings[Set.Findings.front()].Check;
    Check.consume_front("ringfence-");
    Command += " --only " + Check.str();
  }
  return Command + R.Arguments;
}

std::string ringfence::uriOf(StringRef Path) {
  std::string Uri;
  for (char C : Path) {
    if (llvm::isAlnum(C) || StringRef("-._~/").contains(C))
      Uri += C;
    else
      Uri += "%" + llvm::toHex(StringRef(&C, 1));
  }
  return Uri;
}

std::string ringfence::shellWord(StringRef Word) {
  auto IsPlain = [](char C) {
    return llvm::isAlnum(C) || StringRef("-._/+=:@%,").contains(C);
  };
  if (!Word.empty() && llvm::all_of(Word, IsPlain))
    return Word.str();
  std::string Quoted = "'";
  for (char C : Word)
    Quoted += C == '\'' ? std::string("'\\''") : std::string(1, C);
  return Quoted + "'";
}

unsigned ringfence::utf16Column(const SourceFile &Source,
                                std::uint32_t Offset) {
  StringRef Before = Source.lineText(Source.line(Offset))
                         .take_front(Source.column(Offset) - 1);
  if (!llvm::json::isUTF8(Before))
    return static_cast<unsigned>(Before.size()) + 1;
  unsigned Units = 0;
  for (char C : Before) {
    auto Byte = static_cast<unsigned char>(C);
    if ((Byte & 0xC0) == 0x80)
      continue; // goes on with a character that is counted
    Units += Byte >= 0xF0 ? 2 : 1;
  }
  return Units + 1;
}

std::string ringfence::validUtf8(StringRef Text) {
  return llvm::json::isUTF8(Text) ? Text.str() : llvm::json::fixUTF8(Text);
}
