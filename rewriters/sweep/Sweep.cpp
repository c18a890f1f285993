//===-- Sweep.cpp - takes statements away, and what is dead then ----------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/sweep/Sweep.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace ringfence;
using llvm::StringRef;

void Sweep::replace(const File &F, const Step &S, std::string Text) {
  Gone[&F].push_back(S.Where);
  Instead[&F].push_back(Text);
  Edits.of(F).replace(S.Where, std::move(Text));
}

bool Sweep::isGone(const File &F, Range R) const {
  auto At = Gone.find(&F);
  return At != Gone.end() && llvm::any_of(At->second, [&](const Range &G) {
           return G.contains(R);
         });
}

/// The names under which Objective-C reaches a member called \p Name.
static bool isNameOf(StringRef Word, StringRef Name, Language L) {
  if (Word == Name)
    return true;
  if (L == Language::Swift)
    return false;
  if (Word.starts_with("_") && Word.drop_front() == Name)
    return true;
  return Word.consume_front("set") && !Word.empty() &&
         Word.substr(1) == Name.substr(1) &&
         Word.take_front().equals_insensitive(Name.take_front());
}

bool Sweep::isNamedIn(const File &F, StringRef Name, Range But) const {
  const SourceFile &S = *F.Source;
  Range All{0, static_cast<std::uint32_t>(S.bytes().size())};
  for (const Word &W : words(S.bytes(), All, S.language()))
    if (isNameOf(W.Text, Name, S.language()) && !But.contains(W.Where) &&
        !isGone(F, W.Where))
      return true;
  if (auto New = Instead.find(&F); New != Instead.end())
    for (const std::string &Text : New->second)
      for (const Word &W :
           words(Text, {0, static_cast<std::uint32_t>(Text.size())},
                 S.language()))
        if (isNameOf(W.Text, Name, S.language()))
          return true;
  return false;
}

bool Sweep::isNamed(StringRef Name, const File &Home, Range But,
                    bool InHome) const {
  if (isNamedIn(Home, Name, But))
    return true;
  if (InHome)
    return false;
  for (const std::string &Path : In.Project.filesWith(Name))
    if (const File *F = In.Project.file(Path))
      if (F != &Home && isNamedIn(*F, Name, {}))
        return true;
  return false;
}

std::vector<std::string> Sweep::goneWords() const {
  std::set<std::string> All;
  for (const auto &[F, Ranges] : Gone)
    for (Range R : Ranges)
      for (const Word &W : words(F->Source->bytes(), R, F->Source->language()))
        All.insert(W.Text.str());
  return {All.begin(), All.end()};
}

/// Whether line \p Text of a file in \p L belongs to the declaration below it.
static bool belongsBelow(StringRef Text, Language L) {
  Text = Text.trim();
  if (Text.starts_with("//"))
    return !Text.starts_with("// MARK") && !Text.starts_with("//MARK");
  return L == Language::Swift && Text.starts_with("@") &&
         !Text.contains(" var ") && !Text.contains(" let ") &&
         !Text.contains(" func ");
}

bool Sweep::removeDeclaration(const File &F, Range Where) {
  const SourceFile &S = *F.Source;
  unsigned First = S.line(Where.Begin), Last = S.line(Where.End - 1);
  StringRef Before = S.text({S.lineBegin(First), Where.Begin});
  std::uint32_t LineEnd = Last < S.lineCount()
                              ? S.lineBegin(Last + 1)
                              : static_cast<std::uint32_t>(S.bytes().size());
  StringRef Behind = S.text({Where.End, LineEnd}).trim();
  Behind.consume_front(";");
  Behind = Behind.trim();
  if (!Before.trim().empty() || (!Behind.empty() && !Behind.starts_with("//")))
    return false;
  while (First > 1 && belongsBelow(S.lineText(First - 1), S.language()))
    --First;
  auto IsBlank = [&](unsigned Line) {
    return Line >= 1 && Line <= S.lineCount() &&
           S.lineText(Line).trim().empty();
  };
  // One blank line between what is left, none at the end of a block.
  bool Closes = Last + 1 > S.lineCount() || IsBlank(Last + 1) ||
                S.lineText(Last + 1).ltrim().starts_with("}");
  if (IsBlank(First - 1) && Closes)
    --First;
  Range R{S.lineBegin(First), LineEnd};
  // Two runs that meet at a blank line: the first has taken it. What has gone
  // inside of the declaration goes along.
  for (const Range &G : Gone[&F])
    if (G.overlaps(R) && !R.contains(G))
      R.Begin = std::max(R.Begin, G.End);
  if (!R.contains(Where))
    return false;
  Gone[&F].push_back(R);
  Edits.of(F).cut(R);
  return true;
}
