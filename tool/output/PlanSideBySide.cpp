//===-- PlanSideBySide.cpp - before and after -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Diff.h"
#include "tool/output/Html.h"
#include "tool/output/PlanHtml.h"
#include <vector>

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

namespace {

struct NumberedLine {
  unsigned Number;
  StringRef Text;
};

class Table {
public:
  explicit Table(raw_ostream &OS) : OS(OS) {}

  /// \p Diff is git's; what stands before its first hunk is skipped.
  void print(StringRef Diff) {
    bool InHunk = false;
    while (!Diff.empty()) {
      auto [Line, Rest] = Diff.split('\n');
      Diff = Rest;
      if (Line.starts_with("@@")) {
        flush();
        begin(Line, InHunk);
        InHunk = true;
      } else if (!InHunk || Line.starts_with("\\")) {
        continue; // the head, or "\ No newline at end of file"
      } else if (Line.starts_with("-")) {
        if (!In.empty())
          flush();
        Out.push_back({Before++, Line.drop_front()});
      } else if (Line.starts_with("+")) {
        In.push_back({After++, Line.drop_front()});
      } else {
        flush();
        NumberedLine B{Before++, Line.drop_front()};
        NumberedLine A{After++, Line.drop_front()};
        row(&B, &A, "", "");
      }
    }
    flush();
  }

private:
  /// "@@ -17,4 +17,9 @@ …"
  void begin(StringRef Head, bool HasOther) {
    Head.consume_front("@@ -");
    Head.consumeInteger(10, Before);
    Head = Head.substr(Head.find('+') + 1);
    Head.consumeInteger(10, After);
    if (HasOther)
      OS << "<tr class=\"hunk\"><td colspan=\"4\">⋯</td></tr>\n";
  }
  void cell(const NumberedLine *L, StringRef Class) {
    if (!L) {
      OS << "<td class=\"n\"></td><td></td>";
      return;
    }
    StringRef Text = L->Text;
    Text.consume_back("\r");
    OS << "<td class=\"n\">" << L->Number << "</td><td";
    if (!Class.empty())
      OS << " class=\"" << Class << '"';
    OS << '>' << htmlText(Text) << "</td>";
  }
  void row(const NumberedLine *B, const NumberedLine *A, StringRef ClassB,
           StringRef ClassA) {
    OS << "<tr>";
    cell(B, ClassB);
    cell(A, ClassA);
    OS << "</tr>\n";
  }
  void flush() {
    for (std::size_t I = 0; I < std::max(Out.size(), In.size()); ++I)
      row(I < Out.size() ? &Out[I] : nullptr, I < In.size() ? &In[I] : nullptr,
          "out", "in");
    Out.clear();
    In.clear();
  }

  raw_ostream &OS;
  unsigned Before = 1, After = 1;
  std::vector<NumberedLine> Out, In;
};

} // namespace

void ringfence::printSideBySide(raw_ostream &OS, StringRef Path,
                                const FileChange &Change) {
  if (!Change.Before) {
    OS << "<p class=\"file\">" << htmlText(Path) << " (new)</p>\n<pre>"
       << htmlText(Change.After) << "</pre>\n";
    return;
  }
  llvm::Expected<std::string> Diff = fileDiff(Path, Change);
  if (!Diff) {
    OS << "<p>" << htmlText(llvm::toString(Diff.takeError())) << "</p>\n";
    return;
  }
  OS << "<table class=\"both\"><caption>" << htmlText(Path)
     << "</caption>\n<colgroup><col class=\"n\"><col><col class=\"n\"><col>"
        "</colgroup>\n<tr><th colspan=\"2\">before<th "
        "colspan=\"2\">after</tr>\n";
  Table(OS).print(*Diff);
  OS << "</table>\n";
}
