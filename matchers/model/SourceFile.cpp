//===-- SourceFile.cpp - a file's bytes and lines -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/model/SourceFile.h"
#include <algorithm>

using namespace ringfence;

Language ringfence::languageOf(llvm::StringRef Path) {
  if (Path.ends_with_insensitive(".swift"))
    return Language::Swift;
  return Path.ends_with_insensitive(".mm") ? Language::ObjCXX : Language::ObjC;
}

llvm::StringRef ringfence::nameOf(Language L) {
  switch (L) {
  case Language::ObjC:
    return "objc";
  case Language::ObjCXX:
    return "objc++";
  case Language::Swift:
    return "swift";
  }
  return "";
}

SourceFile::SourceFile(std::string ThePath, std::string TheBytes)
    : Path(std::move(ThePath)), Bytes(std::move(TheBytes)) {
  LineBegins.push_back(0);
  for (std::size_t I = 0, E = Bytes.size(); I != E; ++I) {
    bool LoneCR = Bytes[I] == '\r' && (I + 1 == E || Bytes[I + 1] != '\n');
    if (Bytes[I] == '\n' || LoneCR)
      LineBegins.push_back(static_cast<std::uint32_t>(I + 1));
  }
}

llvm::StringRef SourceFile::text(Range R) const {
  return llvm::StringRef(Bytes).slice(R.Begin, R.End);
}

unsigned SourceFile::line(std::uint32_t Offset) const {
  auto It = std::upper_bound(LineBegins.begin(), LineBegins.end(), Offset);
  return static_cast<unsigned>(It - LineBegins.begin());
}

unsigned SourceFile::column(std::uint32_t Offset) const {
  return Offset - lineBegin(line(Offset)) + 1;
}

std::uint32_t SourceFile::lineBegin(unsigned Line) const {
  if (Line == 0)
    return 0;
  if (Line > LineBegins.size())
    return static_cast<std::uint32_t>(Bytes.size());
  return LineBegins[Line - 1];
}

llvm::StringRef SourceFile::lineText(unsigned Line) const {
  llvm::StringRef All(Bytes);
  return All.slice(lineBegin(Line), lineBegin(Line + 1)).rtrim("\r\n");
}

llvm::StringRef SourceFile::indentation(std::uint32_t Offset) const {
  llvm::StringRef L = lineText(line(Offset));
  return L.take_while([](char C) { return C == ' ' || C == '\t'; });
}

llvm::StringRef SourceFile::lineEnding() const {
  llvm::StringRef All(Bytes);
  std::size_t CRLF = All.count("\r\n");
  std::size_t LF = All.count('\n') - CRLF;
  return CRLF > LF ? "\r\n" : "\n";
}
