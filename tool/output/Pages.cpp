//===-- Pages.cpp - documentation inside the program -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Pages.h"

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

namespace {

struct Page {
  StringRef Name; ///< "checks/late-report", "fixes/report-and-end"
  StringRef Text;
};

// Made from docs/checks and docs/fixes by cmake/EmbedPages.cmake; the empty row
// lets there be none.
const Page Pages[] = {
#include "tool/EmbeddedPages.inc"
    {"", ""}};

} // namespace

std::optional<StringRef> ringfence::pageOf(StringRef Name) {
  Name.consume_front("ringfence-");
  for (const Page &P : Pages)
    if (!Name.empty() && P.Name.split('/').second == Name)
      return P.Text;
  return std::nullopt;
}

std::vector<std::string> ringfence::pageNames() {
  std::vector<std::string> Names;
  for (const Page &P : Pages)
    if (!P.Name.empty())
      Names.push_back(P.Name.split('/').second.str());
  return Names;
}

/// One line of running text, with "**bold**", "*italic*" and "`code`".
static void printLine(raw_ostream &OS, StringRef Line) {
  bool Bold = false;
  for (std::size_t I = 0; I != Line.size(); ++I) {
    StringRef Rest = Line.substr(I);
    if (OS.colors_enabled() && Rest.starts_with("**")) {
      Bold = !Bold;
      if (Bold)
        OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
      else
        OS.resetColor();
      ++I;
      continue;
    }
    OS << Line[I];
  }
  if (Bold)
    OS.resetColor();
  OS << '\n';
}

void ringfence::printPage(raw_ostream &OS, StringRef Markdown) {
  bool InFence = false;
  while (!Markdown.empty()) {
    auto [Line, Rest] = Markdown.split('\n');
    Markdown = Rest;
    if (Line.starts_with("```")) {
      InFence = !InFence;
      // "swift before": the second word says what the block shows.
      StringRef Label = Line.drop_front(3).split(' ').second;
      if (InFence && !Label.empty())
        OS << "    [" << Label << "]\n";
    } else if (InFence) {
      OS << (Line.empty() ? "" : "    ") << Line << '\n';
    } else if (Line.starts_with("#")) {
      OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
      OS << Line.ltrim('#').ltrim();
      OS.resetColor();
      OS << '\n';
    } else {
      printLine(OS, Line);
    }
  }
}
